package value

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// AppendJSON writes v as JSON. What is not known is written in a stable form:
// a text with holes as a string with the holes in ‹ ›, a symbol as
// {"$unknown": reason, "$of": expression}, a choice as {"$oneOf": [{"value":
// …, "when": […]}]}, and an open container with a last element
// {"$unknown": …} or member "$unknown". A secret is {"$unknown": "secret"}.
// Containers nested deeper than 200 levels are cut, and so is what lies
// behind the first 4 MB, which is all that Azure takes: {"$unknown": "limit"}.
func AppendJSON(b []byte, v Value) []byte { return AppendJSONThrough(b, v, nil) }

// AppendJSONThrough is AppendJSON with each text, also in names and
// expressions, replaced by what the function makes of it.
func AppendJSONThrough(b []byte, v Value, text func(string) string) []byte {
	w := jsonWriter{max: len(b) + 4<<20, text: text}
	return w.value(b, v, 0)
}

const maxJSONDepth = 200

type jsonWriter struct {
	max  int
	text func(string) string // may be nil
}

func (w jsonWriter) string(b []byte, s string) []byte {
	if w.text != nil {
		s = w.text(s)
	}
	return appendString(b, s)
}

func (w jsonWriter) value(b []byte, v Value, depth int) []byte {
	if v.Flags&Secure != 0 && v.Kind != Object && v.Kind != Array && v.Kind != Choice && !v.IsNull() {
		return append(b, `{"$unknown":"secret"}`...)
	}
	if depth > maxJSONDepth || len(b) > w.max {
		return append(b, `{"$unknown":"limit"}`...)
	}
	switch v.Kind {
	case Missing, Null:
		return append(b, "null"...)
	case Bool:
		return strconv.AppendBool(b, v.ref == true)
	case Int, Float:
		return append(b, v.Number()...)
	case String:
		return w.string(b, v.text())
	case Text:
		var s []byte
		for _, p := range v.Parts() {
			s = append(s, p.Show()...)
		}
		return w.string(b, string(s))
	case Unknown:
		return w.unknown(b, v.Symbol())
	case Choice:
		return w.choice(b, v.Alternatives(), depth)
	case Array:
		return w.array(b, v, depth)
	}
	return w.object(b, v, depth)
}

func appendString(b []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return append(b, `""`...)
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}

// isPlain tells whether s stands in JSON as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func (w jsonWriter) unknown(b []byte, s *Symbol) []byte {
	if s.Secret {
		return append(b, `{"$unknown":"secret"}`...)
	}
	b = append(b, `{"$unknown":"`...)
	b = append(b, s.Reason.String()...)
	b = append(b, `","$of":`...)
	b = w.string(b, s.Text)
	return append(b, '}')
}

func (w jsonWriter) choice(b []byte, alts []Alternative, depth int) []byte {
	b = append(b, `{"$oneOf":[`...)
	for i, a := range alts {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"value":`...)
		b = w.value(b, a.Value, depth+2)
		b = append(b, `,"when":`...)
		b = w.string(b, a.When.String())
		b = append(b, '}')
	}
	return append(b, "]}"...)
}

func (w jsonWriter) array(b []byte, v Value, depth int) []byte {
	a := v.Array()
	b = append(b, '[')
	for i := range a.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		if len(b) > w.max {
			b = append(b, `{"$unknown":"limit"}`...)
			break
		}
		b = w.value(b, a.At(i).With(v.Flags&Secure), depth+1)
	}
	if a.Open != nil {
		if a.Len() > 0 {
			b = append(b, ',')
		}
		b = w.unknown(b, a.Open)
	}
	return append(b, ']')
}

func (w jsonWriter) object(b []byte, v Value, depth int) []byte {
	o := v.Object()
	b = append(b, '{')
	for i, m := range o.Names {
		if i > 0 {
			b = append(b, ',')
		}
		if len(b) > w.max {
			return append(b, `"$unknown":"limit"}`...)
		}
		b = w.string(b, m.Show())
		b = append(b, ':')
		b = w.value(b, o.At(i).With(v.Flags&Secure), depth+1)
	}
	for i, u := range o.Unnamed {
		if i+o.Len() > 0 {
			b = append(b, ',')
		}
		b = w.string(b, Show(u.Name.With(v.Flags&Secure)))
		b = append(b, ':')
		b = w.value(b, o.UnnamedAt(i).With(v.Flags&Secure), depth+1)
	}
	if o.Open != nil && len(o.Unnamed) == 0 {
		if o.Len() > 0 {
			b = append(b, ',')
		}
		b = append(b, `"$unknown":"`...)
		b = append(b, o.Open.Reason.String()...)
		b = append(b, '"')
	}
	return append(b, '}')
}

// String writes the condition for people: its literals joined by "and".
func (c Condition) String() string {
	s := ""
	for i, l := range c {
		if i > 0 {
			s += " and "
		}
		s += l.String()
	}
	return s
}

// String writes the literal for people.
func (l Literal) String() string {
	name := l.Of.short(2 * maxCall)
	if l.Of.Secret {
		name = "‹secret›"
	}
	if b, ok := l.Is.Bool(); ok {
		if b == l.Not {
			return "not " + name
		}
		return name
	}
	op := " == "
	if l.Not {
		op = " != "
	}
	var b bytes.Buffer
	b.WriteString(name + op)
	if s, ok := l.Is.Str(); ok && l.Is.Flags&Secure == 0 {
		b.WriteString("'" + cut(s) + "'")
	} else {
		b.WriteString(Show(l.Is))
	}
	return b.String()
}
