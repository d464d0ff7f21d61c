package abac

import "strings"

type kind uint8

const (
	end kind = iota
	open
	closed
	openSet
	closedSet
	comma
	and
	or
	not
	attribute
	text
	word
	bad
)

type token struct {
	Span
	kind kind
	text string // of an attribute, text or word; what is wrong with a bad one
	head string // the source of an attribute
}

type lexer struct {
	in       string
	at       int
	doubtful bool // it has quotes of which the meaning is not documented
}

// next returns the next token; at the end, and behind a bad one, end.
func (l *lexer) next() token {
	for l.at < len(l.in) && isBlank(l.in[l.at]) {
		l.at++
	}
	if l.at == len(l.in) {
		return token{Span: Span{l.at, l.at}}
	}
	switch c := l.in[l.at]; c {
	case '(':
		return l.take(open, 1)
	case ')':
		return l.take(closed, 1)
	case '{':
		return l.take(openSet, 1)
	case '}':
		return l.take(closedSet, 1)
	case ',':
		return l.take(comma, 1)
	case '!':
		return l.take(not, 1)
	case '&', '|':
		return l.doubled(c)
	case '@':
		return l.attribute()
	case '\'', '"':
		return l.quoted(c)
	case '[', ']':
		t := l.take(bad, 1)
		t.text = "'" + string(c) + "' stands only in attributes such as @Request[…]"
		return t
	}
	return l.word()
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (l *lexer) take(k kind, n int) token {
	t := token{Span: Span{l.at, l.at + n}, kind: k, text: l.in[l.at : l.at+n]}
	l.at += n
	return t
}

// bad is a token with a problem; nothing is read behind it.
func (l *lexer) bad(start, end int, problem string) token {
	l.at = len(l.in)
	return token{Span: Span{start, end}, kind: bad, text: problem}
}

func (l *lexer) doubled(c byte) token {
	if l.at+1 >= len(l.in) || l.in[l.at+1] != c {
		return l.bad(l.at, l.at+1, "'"+string(c)+"' must be doubled")
	}
	if c == '&' {
		return l.take(and, 2)
	}
	return l.take(or, 2)
}

// attribute reads @Source[Name].
func (l *lexer) attribute() token {
	start := l.at
	i := start + 1
	for i < len(l.in) && isLetter(l.in[i]) {
		i++
	}
	head := l.in[start+1 : i]
	for i < len(l.in) && isBlank(l.in[i]) {
		i++
	}
	if i == len(l.in) || l.in[i] != '[' {
		return l.bad(start, start+1+len(head), "'@"+head+"' lacks the name of an attribute in brackets")
	}
	n := strings.IndexByte(l.in[i:], ']')
	if n < 0 {
		return l.bad(start, len(l.in), "the attribute has no closing bracket")
	}
	l.at = i + n + 1
	return token{Span: Span{start, l.at}, kind: attribute, text: strings.TrimSpace(l.in[i+1 : i+n]), head: head}
}

func isLetter(c byte) bool {
	c |= 0x20
	return 'a' <= c && c <= 'z'
}

// quoted reads a string. How a quote is written within one is not documented:
// a backslash before it and a second quote behind it are both understood.
func (l *lexer) quoted(quote byte) token {
	start := l.at
	l.doubtful = l.doubtful || quote == '"'
	for i := start + 1; i < len(l.in); i++ {
		doubled := i+1 < len(l.in) && l.in[i+1] == quote
		switch {
		case l.in[i] == '\\' && doubled, l.in[i] == quote && doubled && i > start+1:
			l.doubtful = true
			i++
		case l.in[i] == quote:
			l.doubtful = l.doubtful || doubled
			l.at = i + 1
			return token{Span: Span{start, l.at}, kind: text, text: l.in[start+1 : i]}
		}
	}
	return l.bad(start, len(l.in), "the string has no closing quote")
}

// word reads a name, an operator, or a value without quotes. Nearly anything
// may be part of one.
func (l *lexer) word() token {
	start := l.at
	for l.at < len(l.in) && !isBlank(l.in[l.at]) && strings.IndexByte("(){}[],'\"!&|@", l.in[l.at]) < 0 {
		l.at++
	}
	t := token{Span: Span{start, l.at}, kind: word, text: l.in[start:l.at]}
	switch {
	case strings.EqualFold(t.text, "AND"):
		t.kind = and
	case strings.EqualFold(t.text, "OR"):
		t.kind = or
	case strings.EqualFold(t.text, "NOT"):
		t.kind = not
	}
	return t
}
