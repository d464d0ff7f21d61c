package value

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// maxKey bounds the length of a key; longer ones are cut and hashed.
const maxKey = 400

// Key returns a text that two values share if they are surely equal (text
// compared with case). Container members are forced.
func Key(v Value) string {
	var b strings.Builder
	writeKey(&b, v, 0)
	return shorten(b.String())
}

// CallKey is the key of the symbol op(args…).
func CallKey(op string, args []Value) string {
	var b strings.Builder
	b.WriteString(op)
	b.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		writeKey(&b, a, 0)
	}
	b.WriteByte(')')
	return shorten(b.String())
}

func shorten(key string) string {
	if len(key) <= maxKey {
		return key
	}
	h := fnv.New128a()
	h.Write([]byte(key))
	return key[:64] + "…" + string(strconv.AppendInt(nil, int64(len(key)), 10)) + "#" + hex(h.Sum(nil))
}

func hex(b []byte) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 2*len(b))
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

const keyDepth = 12

func writeKey(b *strings.Builder, v Value, depth int) {
	if depth > keyDepth || b.Len() > 1<<16 {
		b.WriteString("…")
		return
	}
	switch v.Kind {
	case Missing, Null:
		b.WriteString("null")
	case Bool:
		b.WriteString(BoolText(v.num != 0))
	case Int, Float:
		b.WriteString(v.Number())
	case String:
		b.WriteString(strconv.Quote(v.str))
	case Text:
		for _, p := range v.Parts() {
			if p.Hole != nil {
				b.WriteString("‹" + p.Hole.Key + "›")
			} else {
				b.WriteString(strconv.Quote(p.Literal))
			}
		}
	case Unknown:
		b.WriteString("‹" + v.Symbol().Key + "›")
	case Choice:
		for _, a := range v.Alternatives() {
			writeKey(b, a.Value, depth+1)
			b.WriteByte('|')
		}
	case Array:
		writeArrayKey(b, v.Array(), depth)
	case Object:
		writeObjectKey(b, v.Object(), depth)
	}
}

func writeArrayKey(b *strings.Builder, a *ArrayValue, depth int) {
	b.WriteByte('[')
	for i := range a.Len() {
		writeKey(b, a.At(i), depth+1)
		b.WriteByte(',')
	}
	if a.Open != nil {
		b.WriteString("‹" + a.Open.Key + "›")
	}
	b.WriteByte(']')
}

func writeObjectKey(b *strings.Builder, o *ObjectValue, depth int) {
	b.WriteByte('{')
	for i, m := range o.Names {
		b.WriteString(strconv.Quote(m.Name))
		b.WriteByte(':')
		writeKey(b, o.At(i), depth+1)
		b.WriteByte(',')
	}
	for i, u := range o.Unnamed {
		writeKey(b, u.Name, depth+1)
		b.WriteByte(':')
		writeKey(b, o.UnnamedAt(i), depth+1)
		b.WriteByte(',')
	}
	if o.Open != nil {
		b.WriteString("‹" + o.Open.Key + "›")
	}
	b.WriteByte('}')
}
