package report

import (
	"strings"
	"unicode/utf8"
)

// EscapeMarkdown makes text that others wrote fit for a line or a table cell of Markdown, where it reads as it is: no
// emphasis, code, link, image, HTML, table, mention, reference to an issue, and no address that turns into a link.
//
// What would structure the text is written as a character reference, which never does, also in the cells of tables and
// whatever reads them: https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references. Mentions and
// references are found by services in the finished page, so a space without width parts them.
func EscapeMarkdown(s string) string {
	s = Clean(s)
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	start := true // a block could begin here
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(markdownOf(s, i, size, start))
		start = start && (s[i] == ' ' || '0' <= s[i] && s[i] <= '9')
		i += size
	}
	return b.String()
}

// markdownOf returns how to write the character of the given size at s[i:].
func markdownOf(s string, i, size int, start bool) string {
	c := s[i]
	switch {
	case c == '&':
		return "&amp;"
	case c == '<':
		return "&lt;"
	case c == '>':
		return "&gt;"
	case strings.IndexByte("\\`|*_[]~$!", c) >= 0,
		start && strings.IndexByte("+-=.):", c) >= 0,
		c == ':' && strings.HasPrefix(s[i+1:], "/"),
		c == '.' && endsInWWW(s[:i]):
		return reference(c)
	case c == '#' || c == '@':
		return reference(c) + "&#8203;"
	}
	return s[i : i+size]
}

// reference returns the character reference of an ASCII character.
func reference(c byte) string {
	digits := []byte{'&', '#', '0' + c/100, '0' + c/10%10, '0' + c%10, ';'}
	return string(digits)
}

// endsInWWW reports whether what stands before a dot makes readers take it for an address.
func endsInWWW(s string) bool {
	return len(s) >= 3 && strings.EqualFold(s[len(s)-3:], "www")
}
