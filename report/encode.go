package report

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"
)

// Encode writes v as indented JSON. Nothing is lost, yet the bytes are fit for a terminal and a build log.
func Encode(w io.Writer, v any) error {
	doc, err := encode(v)
	if err != nil {
		return err
	}
	_, err = w.Write(doc)
	return err
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return indent(b.Bytes()), nil
}

// EscapeJSON spells characters of JSON as \u escapes that a terminal or a build agent would act on: hidden ones, and
// the second of "##", which opens commands of build agents. Both can stand in strings only.
func EscapeJSON(doc []byte) []byte {
	return appendEscaped(make([]byte, 0, len(doc)+len(doc)/16), doc)
}

func appendEscaped(out, doc []byte) []byte {
	done := 0
	for i := 0; i < len(doc); {
		c := doc[i]
		if c < utf8.RuneSelf && c != '#' && c != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(doc[i:])
		if isHidden(r) || r == 0x7f || r == '#' && i > done && doc[i-1] == '#' {
			out = append(out, doc[done:i]...)
			out = appendEscape(out, r)
			done = i + size
		}
		i += size
	}
	return append(out, doc[done:]...)
}

// appendEscape appends the JSON escape of a character, in two parts beyond U+FFFF.
func appendEscape(b []byte, r rune) []byte {
	if r >= 0x10000 {
		b = appendEscape(b, 0xd800+(r-0x10000)>>10)
		r = 0xdc00 + (r-0x10000)&0x3ff
	}
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
