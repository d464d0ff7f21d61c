package markdown

import (
	"strings"

	"github.com/rolecall/rolecall/report"
)

// inline renders code, links and emphasis within a line.
func (r *renderer) inline(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "`[*")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		text, size := r.span(s[i:])
		b.WriteString(text)
		s = s[i+size:]
	}
	return b.String() + s
}

// span renders what begins with one of the marks, and returns the number of
// bytes that it takes.
func (r *renderer) span(s string) (text string, size int) {
	switch {
	case s[0] == '`':
		return r.code(s)
	case s[0] == '[':
		return r.link(s)
	case strings.HasPrefix(s, "**"):
		return r.emphasis(s, "**", r.style.strong)
	}
	return r.emphasis(s, "*", r.style.soft)
}

// code renders `code`. Without colours it keeps its marks.
func (r *renderer) code(s string) (string, int) {
	end := strings.IndexByte(s[1:], '`')
	if end < 0 {
		return s[:1], 1
	}
	if r.style.code == "" {
		return s[:end+2], end + 2
	}
	return paint(r.style.code, s[1:end+1]), end + 2
}

func (r *renderer) emphasis(s, mark, style string) (string, int) {
	inner, _, ok := strings.Cut(s[len(mark):], mark)
	if !ok || inner == "" || strings.TrimSpace(inner) != inner {
		return mark, len(mark)
	}
	return paint(style, inner), len(inner) + 2*len(mark)
}

// link renders [text](address): as a hyperlink, or with the address behind it
// unless that is the page of a rule, which the text names.
func (r *renderer) link(s string) (string, int) {
	text, rest, ok := strings.Cut(s[1:], "](")
	address, _, closed := strings.Cut(rest, ")")
	if !ok || !closed || strings.ContainsAny(text, "[]") {
		return s[:1], 1
	}
	size := len("[](") + len(text) + len(address) + len(")")
	text = strings.Trim(text, "`")
	internal := !strings.Contains(address, "://")
	if internal {
		address = r.o.Base + address
	}
	switch {
	case r.o.Hyperlinks:
		return report.Hyperlink(paint(r.style.link, text), address), size
	case internal:
		return text, size
	}
	return text + " (" + paint(r.style.link, address) + ")", size
}
