package source

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Text returns the value of a string or a property name with its escapes decoded,
// the text of a number as it is written, and "" for everything else. Only a
// string that HasEscapes costs memory, on each call. An escaped lone surrogate is
// U+FFFD; bytes that are not UTF-8 are kept as they are.
func (n Node) Text() string {
	e := n.entry()
	switch Kind(e.meta & kindMask) {
	case String:
		return n.f.stringText(&e)
	case Number:
		return n.f.Text[e.start:e.end]
	}
	return ""
}

// HasEscapes reports whether n is a string that is written with escapes.
func (n Node) HasEscapes() bool { return n.entry().meta&flagEscaped != 0 }

// Offset returns the offset in File.Text of byte i of Text, the closing quote for
// len(Text). All bytes that one escape stands for are at its backslash, as are
// both halves of a surrogate pair. An i out of range is moved into it.
func (n Node) Offset(i int) int {
	e := n.entry()
	start, end := int(e.start), int(e.end)
	switch Kind(e.meta & kindMask) {
	case String:
		start, end = start+1, end-1
	case Number:
	default:
		return start
	}
	if i < 0 {
		i = 0
	}
	if e.meta&flagEscaped == 0 {
		return min(start+i, end)
	}
	written := n.f.Text[start:end]
	at := 0
	for at < len(written) {
		plain := strings.IndexByte(written[at:], '\\')
		if plain < 0 || i < plain {
			break
		}
		at, i = at+plain, i-plain
		r, size := unescape(written[at:])
		if i < utf8.RuneLen(r) {
			return start + at
		}
		at, i = at+size, i-utf8.RuneLen(r)
	}
	return min(start+at+i, end)
}

// stringText returns the decoded value of a string entry.
func (f *File) stringText(e *entry) string {
	written := f.Text[e.start+1 : e.end-1]
	if e.meta&flagEscaped == 0 {
		return written
	}
	var b strings.Builder
	b.Grow(len(written))
	for {
		plain := strings.IndexByte(written, '\\')
		if plain < 0 {
			b.WriteString(written)
			return b.String()
		}
		b.WriteString(written[:plain])
		r, size := unescape(written[plain:])
		b.WriteRune(r)
		written = written[plain+size:]
	}
}

// unescape decodes the valid escape that s begins with and returns its length.
func unescape(s string) (r rune, size int) {
	switch s[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r = hexRune(s[2:6])
	default:
		return rune(s[1]), 2
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
		if pair := utf16.DecodeRune(r, hexRune(s[8:12])); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// hexRune returns the value of hexadecimal digits.
func hexRune(digits string) rune {
	var r rune
	for _, c := range []byte(digits) {
		if c > '9' {
			c = c&^0x20 - 'A' + 10
		} else {
			c -= '0'
		}
		r = r<<4 | rune(c)
	}
	return r
}
