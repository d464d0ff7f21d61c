package value

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// maxKey bounds the length of a key; longer ones are cut and hashed.
const maxKey = 400

// maxNodes bounds how many values one walk over a value visits: shared parts
// may make a small value huge to write down.
const maxNodes = 1 << 16

// Key returns a text that two values share if they are surely equal (text
// compared with case). Container members are forced.
func Key(v Value) string {
	var room [512]byte // most keys are shorter
	var w keyWriter
	return shorten(w.append(room[:0], v))
}

// CallKey is the key of the symbol op(args…).
func CallKey(op string, args []Value) string {
	var room [512]byte
	var w keyWriter
	key := append(append(room[:0], op...), '(')
	for i, a := range args {
		if i > 0 {
			key = append(key, ',')
		}
		key = w.append(key, a)
	}
	return shorten(append(key, ')'))
}

func shorten(key []byte) string {
	if len(key) <= maxKey {
		return string(key)
	}
	h := sha256.Sum256(key) // no template can make two keys that are alike by chance
	return string(key[:64]) + "…" + strconv.Itoa(len(key)) + "#" + hex.EncodeToString(h[:16])
}

const keyDepth = 12

// keyWriter counts the values that a key is made of.
type keyWriter struct{ nodes int }

// append appends the key of v. That of a container is made apart, so that the
// text of all others may stand on the stack.
func (w *keyWriter) append(to []byte, v Value) []byte {
	if to, ok := appendLeaf(to, v); ok {
		return to
	}
	return append(to, w.value(nil, v, 0)...)
}

func (w *keyWriter) full(to []byte) bool { return w.nodes > maxNodes || len(to) > 1<<20 }

func (w *keyWriter) value(to []byte, v Value, depth int) []byte {
	if w.nodes++; depth > keyDepth || w.full(to) {
		return append(to, "…"...)
	}
	if to, ok := appendLeaf(to, v); ok {
		return to
	}
	switch v.Kind {
	case Choice:
		for _, a := range v.Alternatives() {
			to = append(w.value(to, a.Value, depth+1), '|')
		}
	case Array:
		return w.array(to, v.Array(), depth)
	case Object:
		return w.object(to, v.Object(), depth)
	}
	return to
}

// appendLeaf appends the key of what holds no other values; false for the rest.
func appendLeaf(to []byte, v Value) ([]byte, bool) {
	switch v.Kind {
	case Missing, Null:
		to = append(to, "null"...)
	case Bool:
		to = append(to, BoolText(v.ref == true)...)
	case Int, Float:
		to = append(to, v.Number()...)
	case String:
		to = strconv.AppendQuote(to, v.text())
	case Text:
		for _, p := range v.ref.(*text).parts {
			if p.Hole != nil {
				to = appendHole(to, p.Hole)
			} else {
				to = strconv.AppendQuote(to, p.Literal)
			}
		}
	case Unknown:
		to = appendHole(to, v.Symbol())
	default:
		return to, false
	}
	return to, true
}

func appendHole(to []byte, s *Symbol) []byte {
	to = append(to, "‹"...)
	to = append(to, s.Key...)
	return append(to, "›"...)
}

func (w *keyWriter) array(to []byte, a *ArrayValue, depth int) []byte {
	to = append(to, '[')
	for i := 0; i < a.Len() && !w.full(to); i++ {
		to = append(w.value(to, a.At(i), depth+1), ',')
	}
	if a.Open != nil {
		to = appendHole(to, a.Open)
	}
	return append(to, ']')
}

func (w *keyWriter) object(to []byte, o *ObjectValue, depth int) []byte {
	to = append(to, '{')
	for i := 0; i < o.Len() && !w.full(to); i++ {
		to = append(strconv.AppendQuote(to, o.Names[i].Name), ':')
		to = append(w.value(to, o.At(i), depth+1), ',')
	}
	for i := 0; i < len(o.Unnamed) && !w.full(to); i++ {
		to = append(w.value(to, o.Unnamed[i].Name, depth+1), ':')
		to = append(w.value(to, o.UnnamedAt(i), depth+1), ',')
	}
	if o.Open != nil {
		to = appendHole(to, o.Open)
	}
	return append(to, '}')
}
