package eval

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
)

// parseJSON is json(): the text as data. Names and texts may stand in single
// quotes, as the reader behind Azure allows.
func parseJSON(c *call) value.Value {
	s, ok := c.args[0].Str()
	if !ok {
		return failf("json() takes a string, not %s", kindName(c.args[0]))
	}
	return c.readJSON(s)
}

// readJSON reads the text that the first argument holds; the names in a
// secret text are as secret as the rest.
func (c *call) readJSON(s string) value.Value {
	if strings.TrimSpace(s) == "" {
		return c.failed(armfn.ErrUnknown)
	}
	if t := strings.TrimSpace(s); strings.EqualFold(t, "true") || strings.EqualFold(t, "false") {
		return value.OfBool(strings.EqualFold(t, "true"))
	}
	f := source.Parse("json()", []byte(s))
	if len(f.Errors) > 0 {
		return failf("json() cannot read the text: %s", f.Errors[0].Message)
	}
	return dataOf(f.Root(), isSecure(c.args[0]))
}

// dataOf returns a JSON node as data, without a place.
func dataOf(n source.Node, secure bool) value.Value {
	switch n.Kind() {
	case source.True:
		return value.True
	case source.False:
		return value.False
	case source.Number:
		return value.OfNumber(n.Text())
	case source.String:
		return value.OfString(strings.Clone(n.Text()))
	case source.Array:
		out := make([]value.Value, 0, n.Len())
		for e := range n.Elements() {
			out = append(out, dataOf(e, secure))
		}
		return value.OfArray(out)
	case source.Object:
		b := value.Builder{Exact: true}
		for k, v := range n.Members() {
			b.Set(value.Member{Name: strings.Clone(k.Text()), Secure: secure}, dataOf(v, secure))
		}
		return b.Value()
	}
	return value.Nil
}

func base64ToJSON(c *call) value.Value {
	s, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	text, err := armfn.Base64ToString(s)
	if err != nil {
		return c.failed(err)
	}
	return c.readJSON(text)
}

// compact writes a known value as JSON without blanks, its texts in the given
// quotes; not ok if something in it is not known.
func compact(v value.Value, quote byte) (string, bool) {
	var b strings.Builder
	ok := writeCompact(&b, v, quote, 0)
	return b.String(), ok
}

func writeCompact(b *strings.Builder, v value.Value, quote byte, depth int) bool {
	if depth > 200 || b.Len() > maxText {
		return false
	}
	switch v.Kind {
	case value.Null:
		b.WriteString("null")
	case value.Bool:
		t, _ := v.Bool()
		b.WriteString(strconv.FormatBool(t))
	case value.Int, value.Float:
		b.WriteString(v.Number())
	case value.String:
		s, _ := v.Str()
		writeQuoted(b, s, quote)
	case value.Array:
		return writeCompactArray(b, v.Array(), quote, depth)
	case value.Object:
		return writeCompactObject(b, v.Object(), quote, depth)
	default:
		return false
	}
	return true
}

func writeCompactArray(b *strings.Builder, a *value.ArrayValue, quote byte, depth int) bool {
	b.WriteByte('[')
	for i := range a.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		if !writeCompact(b, a.At(i), quote, depth+1) {
			return false
		}
	}
	b.WriteByte(']')
	return a.Open == nil
}

func writeCompactObject(b *strings.Builder, o *value.ObjectValue, quote byte, depth int) bool {
	b.WriteByte('{')
	for i, m := range o.Names {
		if i > 0 {
			b.WriteByte(',')
		}
		writeQuoted(b, m.Name, quote)
		b.WriteByte(':')
		if !writeCompact(b, o.At(i), quote, depth+1) {
			return false
		}
	}
	b.WriteByte('}')
	return o.Open == nil
}

func writeQuoted(b *strings.Builder, s string, quote byte) {
	var buf strings.Builder
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return
	}
	text := strings.TrimSuffix(buf.String(), "\n")
	if quote == '"' {
		b.WriteString(text)
		return
	}
	inner := strings.ReplaceAll(text[1:len(text)-1], `\"`, `"`)
	b.WriteByte(quote)
	b.WriteString(strings.ReplaceAll(inner, "'", `\'`))
	b.WriteByte(quote)
}
