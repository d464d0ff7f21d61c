package value

import (
	"slices"
	"strconv"
	"strings"
)

// maxShow is how many bytes of a value are shown to people.
const maxShow = 200

// Show writes v for people: text as it is, holes and unknown values in ‹ ›.
// A secret is not shown.
func Show(v Value) string {
	var b strings.Builder
	if v.Kind == String && v.Flags&Secure == 0 {
		return cut(v.text())
	}
	show(&b, v, 0)
	return cut(b.String())
}

// ShowAll is [Show] of each alternative that v has, joined by "or".
func ShowAll(v Value) string {
	return cut(strings.Join(shown(v.Alternatives(), Show), " or "))
}

// shown are the texts of alternatives, each once: what is unknown for several
// reasons can look the same.
func shown(alts []Alternative, show func(Value) string) []string {
	var out []string
	for _, a := range alts {
		if text := show(a.Value); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func cut(s string) string {
	if len(s) <= maxShow {
		return s
	}
	i := maxShow
	for i > 0 && s[i]&0xC0 == 0x80 {
		i--
	}
	return s[:i] + "…"
}

func show(b *strings.Builder, v Value, depth int) {
	if v.Flags&Secure != 0 {
		b.WriteString("‹secret›")
		return
	}
	if depth > 4 || b.Len() > maxShow {
		b.WriteString("…")
		return
	}
	switch v.Kind {
	case Missing, Null:
		b.WriteString("null")
	case Bool:
		b.WriteString(strconv.FormatBool(v.ref == true))
	case Int, Float:
		b.WriteString(v.Number())
	case String:
		if depth > 0 {
			b.WriteString("'" + v.text() + "'")
		} else {
			b.WriteString(v.text())
		}
	case Text:
		for _, p := range v.Parts() {
			b.WriteString(p.Show())
		}
	case Unknown:
		b.WriteString(Part{Hole: v.Symbol()}.Show())
	case Choice:
		b.WriteString(strings.Join(shown(v.Alternatives(), func(v Value) string {
			var one strings.Builder
			show(&one, v, depth+1)
			return one.String()
		}), " or "))
	case Array:
		showArray(b, v.Array(), depth)
	case Object:
		showObject(b, v.Object(), depth)
	}
}

// Show writes the name for people. A secret is not shown.
func (m Member) Show() string {
	if m.Secure {
		return "‹secret›"
	}
	return m.Name
}

// Show writes a part of a text: the literal, or the hole in ‹ ›.
func (p Part) Show() string {
	if p.Hole == nil {
		return p.Literal
	}
	if p.Hole.Secret {
		return "‹secret›"
	}
	return "‹" + p.Hole.short(maxCall) + "›"
}

// maxCall is how long a call may be to be shown with its arguments.
const maxCall = 60

// short is the text of the symbol, without the arguments of a call that is
// longer than most.
func (s *Symbol) short(most int) string {
	if s.Op == "" || s.Op == OpMember || len(s.Text) <= most {
		return s.Text
	}
	name, _, ok := strings.Cut(s.Text, "(")
	if !ok {
		return s.Text
	}
	return name + "(…)"
}

func showArray(b *strings.Builder, a *ArrayValue, depth int) {
	b.WriteByte('[')
	for i := range a.Len() {
		if b.Len() > maxShow {
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		show(b, a.At(i), depth+1)
	}
	if a.Open != nil {
		b.WriteString(", …")
	}
	b.WriteByte(']')
}

func showObject(b *strings.Builder, o *ObjectValue, depth int) {
	b.WriteByte('{')
	for i, m := range o.Names {
		if b.Len() > maxShow {
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(m.Show() + ": ")
		show(b, o.At(i), depth+1)
	}
	if o.Open != nil {
		b.WriteString(", …")
	}
	b.WriteByte('}')
}

// callText is the display form of the symbol op(args…).
func callText(op string, args []Value) string {
	var b strings.Builder
	b.WriteString(op)
	b.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			b.WriteString(", ")
		}
		switch s := a.Symbol(); {
		case a.Flags&Secure != 0:
			b.WriteString("‹secret›")
		case s != nil:
			b.WriteString(s.Text)
		default:
			show(&b, a, 1)
		}
		if b.Len() > maxShow {
			b.WriteString("…")
			break
		}
	}
	b.WriteByte(')')
	return b.String()
}
