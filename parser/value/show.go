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
	if v.Kind == String && v.Flags&Secure == 0 {
		return cut(v.text())
	}
	return cut(string(show(nil, v, 0)))
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

// show appends v. What follows once there are more than maxShow bytes is cut.
func show(to []byte, v Value, depth int) []byte {
	if v.Flags&Secure != 0 {
		return append(to, "‹secret›"...)
	}
	if depth > 4 || len(to) > maxShow {
		return append(to, "…"...)
	}
	switch v.Kind {
	case Choice:
		return append(to, strings.Join(shown(v.Alternatives(), func(v Value) string {
			return string(show(nil, v, depth+1))
		}), " or ")...)
	case Array:
		return showArray(to, v.Array(), depth)
	case Object:
		return showObject(to, v.Object(), depth)
	}
	to, _ = showLeaf(to, v, depth)
	return to
}

// showLeaf appends what holds no other values; false for the rest.
func showLeaf(to []byte, v Value, depth int) ([]byte, bool) {
	switch v.Kind {
	case Missing, Null:
		to = append(to, "null"...)
	case Bool:
		to = strconv.AppendBool(to, v.ref == true)
	case Int, Float:
		to = append(to, v.Number()...)
	case String:
		if depth > 0 {
			to = append(append(append(to, '\''), v.text()...), '\'')
		} else {
			to = append(to, v.text()...)
		}
	case Text:
		for _, p := range v.Parts() {
			to = append(to, p.Show()...)
		}
	case Unknown:
		to = append(to, Part{Hole: v.Symbol()}.Show()...)
	default:
		return to, false
	}
	return to, true
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

func showArray(to []byte, a *ArrayValue, depth int) []byte {
	to = append(to, '[')
	for i := range a.Len() {
		if len(to) > maxShow {
			break
		}
		if i > 0 {
			to = append(to, ", "...)
		}
		to = show(to, a.At(i), depth+1)
	}
	if a.Open != nil {
		to = append(to, ", …"...)
	}
	return append(to, ']')
}

func showObject(to []byte, o *ObjectValue, depth int) []byte {
	to = append(to, '{')
	for i, m := range o.Names {
		if len(to) > maxShow {
			break
		}
		if i > 0 {
			to = append(to, ", "...)
		}
		to = append(append(to, m.Show()...), ": "...)
		to = show(to, o.At(i), depth+1)
	}
	if o.Open != nil {
		to = append(to, ", …"...)
	}
	return append(to, '}')
}

// callText is the display form of the call name(args…).
func callText(name string, args []Value) string {
	var room [2 * maxShow]byte // most are shorter
	to := append(append(room[:0], name...), '(')
	for i, a := range args {
		if i > 0 {
			to = append(to, ", "...)
		}
		if to = callArgument(to, a); len(to) > maxShow {
			to = append(to, "…"...)
			break
		}
	}
	return string(append(to, ')'))
}

// callArgument appends an argument of a call. That of a container is made apart,
// so that the text of all others may stand on the stack.
func callArgument(to []byte, a Value) []byte {
	if a.Flags&Secure != 0 {
		return append(to, "‹secret›"...)
	}
	if s := a.Symbol(); s != nil {
		return append(to, s.Text...)
	}
	if len(to) > maxShow {
		return append(to, "…"...)
	}
	if to, ok := showLeaf(to, a, 1); ok {
		return to
	}
	return show(slices.Clone(to), a, 1)
}
