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
	var flags Flags
	at := Span{}
	w := partWriter{most: countParts(vs)}
	for _, v := range vs {
		flags |= v.Flags
		if !at.IsValid() {
			at = v.At
		}
		switch v.Kind {
		case String:
			w.literal(v.text())
		case Int, Float:
			w.literal(v.Number())
		case Bool:
			w.literal(BoolText(v.ref == true))
		case Text:
			for _, p := range v.ref.(*text).parts {
				w.part(p)
			}
		case Unknown:
			w.part(Part{Hole: v.Symbol()})
		}
	}
	v := w.value()
	v.Flags |= flags
	v.At = at
	return v
}

func countParts(vs []Value) int {
	n := len(vs)
	for i := range vs {
		if t, ok := vs[i].ref.(*text); ok {
			n += len(t.parts) - 1
		}
	}
	return n
}

// joinStrings is Join of known strings only, the common case.
func joinStrings(vs []Value) (Value, bool) {
	n := 0
	for i := range vs {
		if vs[i].Kind != String {
			return None, false
		}
		n += len(vs[i].text())
	}
	var b strings.Builder
	b.Grow(n)
	out := Value{Kind: String}
	for i := range vs {
		b.WriteString(vs[i].text())
		out.Flags |= vs[i].Flags
		if !out.At.IsValid() {
			out.At = vs[i].At
		}
	}
	out.ref = b.String()
	return out, true
}

// partWriter puts the pieces of a text together.
type partWriter struct {
	parts []Part
	most  int             // how many parts there may be; 0 if that is not known
	run   string          // literal text behind the parts
	more  strings.Builder // the same, once it is made of several pieces
}

func (w *partWriter) part(p Part) {
	if p.Hole == nil {
		w.literal(p.Literal)
		return
	}
	w.flush()
	w.add(p)
}

func (w *partWriter) add(p Part) {
	if w.parts == nil {
		w.parts = make([]Part, 0, w.most)
	}
	w.parts = append(w.parts, p)
}

func (w *partWriter) literal(s string) {
	switch {
	case s == "":
		return
	case w.run == "":
		w.run = s
		return
	case w.more.Len() == 0:
		w.more.Grow(max(64, len(w.run)+len(s)))
		w.more.WriteString(w.run)
	}
	w.more.WriteString(s)
}

// text is the literal text behind the parts.
func (w *partWriter) text() string {
	if w.more.Len() > 0 {
		return w.more.String()
	}
	return w.run
}

func (w *partWriter) flush() {
	if w.run != "" {
		w.add(Part{Literal: w.text()})
		w.run = ""
		w.more.Reset()
	}
}

// value is the simplest value of the pieces.
func (w *partWriter) value() Value {
	if len(w.parts) == 0 {
		return OfString(w.text())
	}
	if w.run == "" && len(w.parts) == 1 {
		return OfSymbol(w.parts[0].Hole)
	}
	w.flush()
	return Value{Kind: Text, ref: &text{w.parts}}
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
		if v.text() == "" {
			return nil
		}
		return []Part{{Literal: v.text()}}
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
	parts, exact := v.Parts(), true
	n, holes := 1, 0
	for _, p := range parts {
		n += strings.Count(p.Literal, "/")
		if p.Hole != nil {
			holes++
		}
	}
	segments = make([]Value, 0, n)
	w := partWriter{parts: make([]Part, 0, 2*holes)} // of one segment after the other
	for _, p := range parts {
		if p.Hole != nil {
			exact = exact && p.Hole.Segment
			w.part(p)
			continue
		}
		rest := p.Literal
		for {
			head, tail, found := strings.Cut(rest, "/")
			w.literal(head)
			if !found {
				break
			}
			segments = append(segments, w.value())
			w = partWriter{parts: w.parts[len(w.parts):]}
			rest = tail
		}
	}
	return append(segments, w.value()), exact
}
