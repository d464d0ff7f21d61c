package lock

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"
)

// maxLine is how long a line may be in bytes before it is broken up.
const maxLine = 120

// line writes a value as JSON on one line.
func line(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // nothing of ours cannot be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// layout gives each list and object that is too long for a line, and all of the
// first levels, a line for each of its members.
func layout(doc string) []byte {
	var b bytes.Buffer
	lay(&b, gjson.Parse(doc), 0)
	b.WriteByte('\n')
	return b.Bytes()
}

func lay(b *bytes.Buffer, v gjson.Result, depth int) {
	flat := spaced(v.Raw)
	if !v.IsObject() && !v.IsArray() || len(flat) <= 2 || depth > 1 && 2*depth+len(flat) <= maxLine {
		b.WriteString(flat)
		return
	}
	b.WriteByte(flat[0])
	first := true
	v.ForEach(func(key, member gjson.Result) bool {
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.WriteString("\n" + strings.Repeat("  ", depth+1))
		if v.IsObject() {
			b.WriteString(key.Raw + ": ")
		}
		lay(b, member, depth+1)
		return true
	})
	b.WriteString("\n" + strings.Repeat("  ", depth) + flat[len(flat)-1:])
}

// spaced puts a space behind each comma and colon of JSON without spaces.
func spaced(doc string) string {
	var b strings.Builder
	text := false
	for i := 0; i < len(doc); i++ {
		c := doc[i]
		b.WriteByte(c)
		switch {
		case text && c == '\\':
			i++
			b.WriteByte(doc[i])
		case c == '"':
			text = !text
		case !text && (c == ',' || c == ':'):
			b.WriteByte(' ')
		}
	}
	return b.String()
}
