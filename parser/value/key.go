package value

import (
	"encoding/hex"
	"hash/fnv"
	"strconv"
	"strings"
)

// maxKey bounds the length of a key; longer ones are cut and hashed.
const maxKey = 400

// maxNodes bounds how many values one walk over a value visits: shared parts
// may make a small value huge to write down.
const maxNodes = 1 << 16

// Key returns a text that two values share if they are surely equal (text
// compared with case). Container members are forced.
func Key(v Value) string {
	var w keyWriter
	w.value(v, 0)
	return shorten(w.String())
}

// CallKey is the key of the symbol op(args…).
func CallKey(op string, args []Value) string {
	var w keyWriter
	w.WriteString(op)
	w.WriteByte('(')
	for i, a := range args {
		if i > 0 {
			w.WriteByte(',')
		}
		w.value(a, 0)
	}
	w.WriteByte(')')
	return shorten(w.String())
}

func shorten(key string) string {
	if len(key) <= maxKey {
		return key
	}
	h := fnv.New128a()
	h.Write([]byte(key))
	return key[:64] + "…" + strconv.Itoa(len(key)) + "#" + hex.EncodeToString(h.Sum(nil))
}

const keyDepth = 12

type keyWriter struct {
	strings.Builder
	nodes int
}

func (w *keyWriter) full() bool { return w.nodes > maxNodes || w.Len() > 1<<20 }

func (w *keyWriter) value(v Value, depth int) {
	if w.nodes++; depth > keyDepth || w.full() {
		w.WriteString("…")
		return
	}
	switch v.Kind {
	case Missing, Null:
		w.WriteString("null")
	case Bool:
		w.WriteString(BoolText(v.num != 0))
	case Int, Float:
		w.WriteString(v.Number())
	case String:
		w.WriteString(strconv.Quote(v.str))
	case Text:
		for _, p := range v.Parts() {
			if p.Hole != nil {
				w.hole(p.Hole)
			} else {
				w.WriteString(strconv.Quote(p.Literal))
			}
		}
	case Unknown:
		w.hole(v.Symbol())
	case Choice:
		for _, a := range v.Alternatives() {
			w.value(a.Value, depth+1)
			w.WriteByte('|')
		}
	case Array:
		w.array(v.Array(), depth)
	case Object:
		w.object(v.Object(), depth)
	}
}

func (w *keyWriter) hole(s *Symbol) { w.WriteString("‹" + s.Key + "›") }

func (w *keyWriter) array(a *ArrayValue, depth int) {
	w.WriteByte('[')
	for i := 0; i < a.Len() && !w.full(); i++ {
		w.value(a.At(i), depth+1)
		w.WriteByte(',')
	}
	if a.Open != nil {
		w.hole(a.Open)
	}
	w.WriteByte(']')
}

func (w *keyWriter) object(o *ObjectValue, depth int) {
	w.WriteByte('{')
	for i := 0; i < o.Len() && !w.full(); i++ {
		w.WriteString(strconv.Quote(o.Names[i].Name))
		w.WriteByte(':')
		w.value(o.At(i), depth+1)
		w.WriteByte(',')
	}
	for i := 0; i < len(o.Unnamed) && !w.full(); i++ {
		w.value(o.Unnamed[i].Name, depth+1)
		w.WriteByte(':')
		w.value(o.UnnamedAt(i), depth+1)
		w.WriteByte(',')
	}
	if o.Open != nil {
		w.hole(o.Open)
	}
	w.WriteByte('}')
}
