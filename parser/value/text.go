package value

import "strings"

// Part is a piece of a text with holes: literal text, or a hole.
type Part struct {
	Literal string
	Hole    *Symbol // nil for literal text
}

type text struct{ parts []Part }

// Join puts texts together. Strings, texts, string symbols and the text forms
// of ints and bools may be joined; anything else must be turned into a string
// first.
func Join(vs ...Value) Value {
	if hasChoice(vs) {
		return Lift(vs, func(vs []Value) Value { return Join(vs...) })
	}
	if s, ok := joinStrings(vs); ok {
		return s
	}
	var parts []Part
	var flags Flags
	at := Span{}
	for _, v := range vs {
		flags |= v.Flags
		if !at.IsValid() {
			at = v.At
		}
		switch v.Kind {
		case String:
			parts = appendLiteral(parts, v.str)
		case Int, Float:
			parts = appendLiteral(parts, v.Number())
		case Bool:
			parts = appendLiteral(parts, BoolText(v.num != 0))
		case Text:
			for _, p := range v.Parts() {
				if p.Hole != nil {
					parts = append(parts, p)
				} else {
					parts = appendLiteral(parts, p.Literal)
				}
			}
		case Unknown:
			parts = append(parts, Part{Hole: v.Symbol()})
		}
	}
	v := ofParts(parts)
	v.Flags |= flags
	v.At = at
	return v
}

// joinStrings is Join of known strings only, the common case.
func joinStrings(vs []Value) (Value, bool) {
	n := 0
	for i := range vs {
		if vs[i].Kind != String {
			return None, false
		}
		n += len(vs[i].str)
	}
	var b strings.Builder
	b.Grow(n)
	out := Value{Kind: String}
	for i := range vs {
		b.WriteString(vs[i].str)
		out.Flags |= vs[i].Flags
		if !out.At.IsValid() {
			out.At = vs[i].At
		}
	}
	out.str = b.String()
	return out, true
}

// ofParts builds the simplest value of the parts.
func ofParts(parts []Part) Value {
	switch {
	case len(parts) == 0:
		return OfString("")
	case len(parts) == 1 && parts[0].Hole == nil:
		return OfString(parts[0].Literal)
	case len(parts) == 1:
		return OfSymbol(parts[0].Hole)
	}
	return Value{Kind: Text, ref: &text{parts}}
}

func appendLiteral(parts []Part, s string) []Part {
	if s == "" {
		return parts
	}
	if n := len(parts); n > 0 && parts[n-1].Hole == nil {
		parts[n-1].Literal += s
		return parts
	}
	return append(parts, Part{Literal: s})
}

// BoolText is how the language turns a bool into text.
func BoolText(b bool) string {
	if b {
		return "True"
	}
	return "False"
}

// Parts returns the pieces of a string, a text, or a symbol taken as text.
func (v Value) Parts() []Part {
	switch v.Kind {
	case String:
		if v.str == "" {
			return nil
		}
		return []Part{{Literal: v.str}}
	case Text:
		return v.ref.(*text).parts
	case Unknown:
		return []Part{{Hole: v.Symbol()}}
	}
	return nil
}

// Prefix returns the literal text that v surely begins with.
func (v Value) Prefix() string {
	if p := v.Parts(); len(p) > 0 {
		return p[0].Literal
	}
	return ""
}

// Suffix returns the literal text that v surely ends with.
func (v Value) Suffix() string {
	if p := v.Parts(); len(p) > 0 {
		return p[len(p)-1].Literal
	}
	return ""
}

// Segments splits a string or text at its slashes. A segment with a hole that
// may itself hold slashes makes the count uncertain: then exact is false.
func (v Value) Segments() (segments []Value, exact bool) {
	exact = true
	var cur []Part
	for _, p := range v.Parts() {
		if p.Hole != nil {
			exact = exact && p.Hole.Segment
			cur = append(cur, p)
			continue
		}
		rest := p.Literal
		for {
			head, tail, found := strings.Cut(rest, "/")
			cur = appendLiteral(cur, head)
			if !found {
				break
			}
			segments = append(segments, ofParts(cur))
			cur = nil
			rest = tail
		}
	}
	return append(segments, ofParts(cur)), exact
}
