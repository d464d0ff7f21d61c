package suppress

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/report"
)

const (
	mark = "rolecall:"
	word = "ignore"
)

// ParseComment reads a comment, its delimiters included, that begins at an
// offset of a file; false if it is not for us. The scope is left open.
func ParseComment(text string, offset int) (Directive, bool) {
	c := cursor{text: strings.TrimSuffix(text, "*/")}
	c.i = min(2, len(c.text))
	c.skip(" \t\r\n*")
	start := c.i
	if !c.take(mark) {
		return Directive{}, false
	}
	d := Directive{By: report.ByComment, Span: Span{offset + start, offset + endOfLine(c.text, start)}}
	spaced := c.skip(" \t")
	switch verb := c.word(); {
	case verb == word:
	case spaced: // prose: "rolecall: see the guide"
		return Directive{}, false
	default:
		d.Fault = fmt.Sprintf("there is no %q; a suppression is written \"%s%s RULE reason\"", mark+verb, mark, word)
		if near := names.Nearest(verb, word); near != "" {
			d.Fault = fmt.Sprintf("there is no %q; did you mean \"%s%s\"?", mark+verb, mark, near)
		}
		return d, true
	}
	c.skip(" \t")
	d.Names = c.names(offset)
	switch n := len(d.Names); {
	case n == 0:
		d.Fault = fmt.Sprintf("the suppression names no rule; write \"%s%s RULE reason\"", mark, word)
	case d.Names[n-1].Text == "":
		d.Fault = "a rule is missing behind the comma"
	}
	d.Reason = reason(c.text[c.i:])
	return d, true
}

// cursor goes through a text.
type cursor struct {
	text string
	i    int
}

// skip passes over characters of a set, and tells whether there were any.
func (c *cursor) skip(set string) bool {
	from := c.i
	for c.i < len(c.text) && strings.IndexByte(set, c.text[c.i]) >= 0 {
		c.i++
	}
	return c.i > from
}

func (c *cursor) take(prefix string) bool {
	if !strings.HasPrefix(c.text[c.i:], prefix) {
		return false
	}
	c.i += len(prefix)
	return true
}

// word takes letters, digits and hyphens.
func (c *cursor) word() string {
	from := c.i
	for c.i < len(c.text) && isNameByte(c.text[c.i]) {
		c.i++
	}
	return c.text[from:c.i]
}

func isNameByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-'
}

// names takes rules with commas between.
func (c *cursor) names(offset int) []Name {
	var out []Name
	for {
		from := c.i
		text := c.word()
		if text == "" && len(out) == 0 {
			return nil
		}
		out = append(out, Name{text, Span{offset + from, offset + c.i}})
		if text == "" {
			return out
		}
		back := c.i
		c.skip(" \t")
		if !c.take(",") {
			c.i = back
			return out
		}
		c.skip(" \t")
	}
}

// reason is the text behind the rules on one line, without what sets it off;
// "" if it says nothing.
func reason(text string) string {
	var words []string
	for w := range strings.FieldsSeq(text) {
		if w != "*" {
			words = append(words, w)
		}
	}
	s := strings.TrimLeft(strings.Join(words, " "), " :-–—")
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return ""
	}
	return strings.ToValidUTF8(s, string(utf8.RuneError))
}

func endOfLine(text string, from int) int {
	if n := strings.IndexAny(text[from:], "\r\n"); n >= 0 {
		return from + n
	}
	return len(text)
}
