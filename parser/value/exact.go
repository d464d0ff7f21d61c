package value

import "strings"

// Exact writes a value for people as [Show] does, but whole: calls with all of
// their arguments, texts to their end. What differs is written differently, as
// far as names tell; positions and instances are not told. It stops after about
// most bytes.
func Exact(v Value, most int) string {
	e := exact{most: most}
	for i, a := range v.Alternatives() {
		if i > 0 {
			e.write(" or ")
		}
		e.value(a.Value, false)
	}
	return e.String()
}

// Exact writes the condition for people as String does, but whole.
func (c Condition) Exact(most int) string {
	e := exact{most: most}
	for i, l := range c {
		if i > 0 {
			e.write(" and ")
		}
		e.literal(l)
	}
	return e.String()
}

// exact is a text in the making.
type exact struct {
	strings.Builder
	most int
}

func (e *exact) full() bool { return e.Len() >= e.most }

// write adds a text, or an ellipsis once there is no room.
func (e *exact) write(s string) {
	if e.full() {
		return
	}
	if room := e.most - e.Len(); len(s) > room {
		s = strings.ToValidUTF8(s[:room], "") + "…"
	}
	e.WriteString(s)
}

// value writes a value, a text in quotes if it is part of something.
func (e *exact) value(v Value, quoted bool) {
	switch {
	case e.full():
	case v.Flags&Secure != 0:
		e.write("‹secret›")
	case v.Kind == String && quoted:
		e.write("'" + v.text() + "'")
	case v.Kind == Array:
		e.array(v.Array())
	case v.Kind == Object:
		e.object(v.Object())
	case v.Kind == Choice:
		e.write("(" + Exact(v, e.most-e.Len()) + ")")
	case v.Kind == String && v.text() == "":
	case v.Parts() != nil:
		e.parts(v.Parts())
	default:
		e.write(Show(v))
	}
}

func (e *exact) parts(parts []Part) {
	for _, p := range parts {
		if p.Hole == nil {
			e.write(p.Literal)
			continue
		}
		e.write("‹")
		e.symbol(p.Hole)
		e.write("›")
	}
}

// symbol writes what a symbol is: the call that makes it, or its text.
func (e *exact) symbol(s *Symbol) {
	switch {
	case e.full():
	case s.Secret:
		e.write("secret")
	case s.Op == "" || len(s.Args) == 0:
		e.write(s.Text)
	case s.Op == OpMember:
		e.argument(s.Args[0])
		e.write(".")
		e.value(s.Args[len(s.Args)-1], false)
	default:
		e.write(s.Op + "(")
		for i, a := range s.Args {
			if i > 0 {
				e.write(", ")
			}
			e.argument(a)
		}
		e.write(")")
	}
}

// argument writes an argument of a call; a symbol needs no marks there.
func (e *exact) argument(v Value) {
	if s := v.Symbol(); s != nil && v.Kind == Unknown && v.Flags&Secure == 0 {
		e.symbol(s)
		return
	}
	e.value(v, true)
}

func (e *exact) array(a *ArrayValue) {
	e.write("[")
	for i := range a.Len() {
		if e.full() {
			return
		}
		if i > 0 {
			e.write(", ")
		}
		e.value(a.At(i), true)
	}
	if a.Open != nil {
		e.write(", …")
	}
	e.write("]")
}

func (e *exact) object(o *ObjectValue) {
	e.write("{")
	for i, m := range o.Names {
		if e.full() {
			return
		}
		if i > 0 {
			e.write(", ")
		}
		e.write(m.Show() + ": ")
		e.value(o.At(i), true)
	}
	if o.Open != nil {
		e.write(", …")
	}
	e.write("}")
}

func (e *exact) literal(l Literal) {
	is, known := l.Is.Bool()
	if known && is == l.Not {
		e.write("not ")
	}
	e.symbol(l.Of)
	switch {
	case known:
	case l.Not:
		e.write(" != ")
		e.value(l.Is, true)
	default:
		e.write(" == ")
		e.value(l.Is, true)
	}
}
