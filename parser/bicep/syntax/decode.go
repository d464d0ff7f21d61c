package syntax

import (
	"strings"
	"unicode/utf16"
)

// decoder turns the pieces of one string into their text.
type decoder struct {
	multi   bool
	dollars int
}

// decoderOf looks at the first piece of a string.
func decoderOf(first string) decoder {
	d := decoder{dollars: run(first, '$')}
	d.multi = strings.HasPrefix(first[d.dollars:], "'''")
	return d
}

// text is the text of a piece: without quotes, braces and dollars of its ends,
// its escapes decoded.
func (d decoder) text(k Kind, raw string) string {
	if d.multi {
		return d.raw(k, raw)
	}
	raw = raw[min(1, len(raw)):]
	switch {
	case k == StringLeftPiece || k == StringMiddlePiece:
		raw = strings.TrimSuffix(raw, "${")
	case strings.HasSuffix(raw, "'") && !escapedEnd(raw):
		raw = raw[:len(raw)-1]
	}
	if strings.IndexByte(raw, '\\') < 0 {
		return raw
	}
	return unescape(raw)
}

// escapedEnd tells whether the last byte of s is escaped, as it happens in a
// string without end.
func escapedEnd(s string) bool {
	n := 0
	for i := len(s) - 2; i >= 0 && s[i] == '\\'; i-- {
		n++
	}
	return n%2 == 1
}

// raw is a piece of a multi-line string.
func (d decoder) raw(k Kind, raw string) string {
	if k == StringLeftPiece || k == StringComplete {
		raw = raw[min(len(raw), d.dollars+3):]
		raw = strings.TrimPrefix(strings.TrimPrefix(raw, "\r"), "\n")
	} else {
		raw = raw[min(1, len(raw)):]
	}
	if k == StringLeftPiece || k == StringMiddlePiece {
		return raw[:max(0, len(raw)-d.dollars-1)]
	}
	return strings.TrimSuffix(raw, "'''")
}

func unescape(s string) string {
	var b strings.Builder
	var high rune // the first half of a surrogate pair
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 >= len(s) {
			b.WriteByte(s[i])
			high = 0
			continue
		}
		i++
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u':
			end := strings.IndexByte(s[i:], '}')
			if end < 2 {
				continue
			}
			c, _ := codePoint(s[i+2 : i+end])
			i += end
			if high != 0 && utf16.IsSurrogate(c) {
				b.WriteRune(utf16.DecodeRune(high, c))
			} else if high = 0; utf16.IsSurrogate(c) {
				high = c
				continue
			} else {
				b.WriteRune(c)
			}
		default:
			b.WriteByte(s[i])
		}
		high = 0
	}
	return b.String()
}
