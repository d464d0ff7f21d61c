package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Tokens is the lexical content of a file.
type Tokens struct {
	List       []Token // ends with EndOfFile
	Comments   []Span  // without the line break
	Directives []Directive
	Errors     []Error
}

// maxIdentifier is the longest name that the language allows.
const maxIdentifier = 255

// mode is an entry of the lexer's stack: a brace within a hole, or a string
// whose hole is open.
type mode struct {
	str     bool
	multi   bool
	dollars int
	start   int // of the string
}

type lexer struct {
	s     string
	i     int
	modes []mode
	fresh bool // nothing but blanks so far on the line
	out   Tokens
}

// Lex splits the text of a file into tokens.
func Lex(text string) Tokens {
	l := lexer{s: text, fresh: true}
	l.out.List = make([]Token, 0, len(text)/5+8)
	if strings.HasPrefix(text, "\ufeff") {
		l.i = len("\ufeff")
	}
	for l.i < len(l.s) {
		l.next()
	}
	if n := len(l.modes); n > 0 {
		l.fail(l.modes[0].start, l.i, "the string does not end: its ${ is not closed")
	}
	l.emit(EndOfFile, l.i)
	return l.out
}

func (l *lexer) emit(k Kind, start int) {
	l.out.List = append(l.out.List, Token{k, Span{int32(start), int32(l.i)}})
	l.fresh = k == NewLine
}

func (l *lexer) fail(start, end int, message string) {
	l.out.Errors = append(l.out.Errors, Error{Span{int32(start), int32(end)}, message})
}

func (l *lexer) peek(n int) byte {
	if l.i+n < len(l.s) {
		return l.s[l.i+n]
	}
	return 0
}

func (l *lexer) next() {
	start := l.i
	switch c := l.s[l.i]; {
	case isBlank(c):
		l.i++
	case c == '\n' || c == '\r':
		l.newline()
	case c == '/' && l.peek(1) == '/':
		l.i = lineEnd(l.s, l.i)
		l.comment(start)
	case c == '/' && l.peek(1) == '*':
		l.block()
	case c == '#' && l.fresh && l.directive():
	case isIdentStart(c):
		l.identifier()
	case isDigit(c):
		for l.i < len(l.s) && isDigit(l.s[l.i]) {
			l.i++
		}
		l.emit(Integer, start)
	case c == '\'':
		l.text(0)
	case c == '$' && l.dollars() > 0:
		l.text(l.dollars())
	case c == '}' && len(l.modes) > 0 && l.modes[len(l.modes)-1].str:
		l.resume()
	default:
		l.operator()
	}
}

func lineEnd(s string, from int) int {
	if k := strings.IndexAny(s[from:], "\r\n"); k >= 0 {
		return from + k
	}
	return len(s)
}

func (l *lexer) newline() {
	start := l.i
	for l.peek(0) == '\n' || l.peek(0) == '\r' {
		l.i++
	}
	if len(l.modes) > 0 {
		m := l.modes[0]
		l.fail(m.start, start, "a ${…} must stand on one line; close it with } before the line ends")
		l.modes = nil
		end := l.i
		l.i = start
		l.emit(StringRightPiece, start)
		l.i = end
	}
	l.emit(NewLine, start)
}

func (l *lexer) comment(start int) {
	l.out.Comments = append(l.out.Comments, Span{int32(start), int32(l.i)})
	l.fresh = false
}

func (l *lexer) block() {
	start := l.i
	k := strings.Index(l.s[l.i+2:], "*/")
	if k < 0 {
		l.i = len(l.s)
		l.fail(start, l.i, "the comment does not end; close it with */")
	} else {
		l.i += 2 + k + 2
	}
	l.comment(start)
}

func (l *lexer) identifier() {
	start := l.i
	for l.i < len(l.s) && (isIdentStart(l.s[l.i]) || isDigit(l.s[l.i])) {
		l.i++
	}
	k := Identifier
	switch l.s[start:l.i] {
	case "true":
		k = TrueKeyword
	case "false":
		k = FalseKeyword
	case "null":
		k = NullKeyword
	}
	if l.i-start > maxIdentifier {
		l.fail(start, l.i, fmt.Sprintf("a name has at most %d characters", maxIdentifier))
	}
	l.emit(k, start)
}

func (l *lexer) operator() {
	start := l.i
	for _, op := range operators {
		if strings.HasPrefix(l.s[l.i:], op.text) {
			l.i += len(op.text)
			l.nest(op.kind, start)
			l.emit(op.kind, start)
			return
		}
	}
	_, n := utf8.DecodeRuneInString(l.s[l.i:])
	l.i += n
	l.fail(start, l.i, unrecognized(l.s[start:l.i]))
	l.emit(Unrecognized, start)
}

func unrecognized(c string) string {
	switch c {
	case `"`:
		return "a double quote means nothing in Bicep; write strings in single quotes"
	case ";":
		return "a semicolon means nothing in Bicep; end the line instead"
	case "&":
		return "a single & means nothing in Bicep; write && for 'and'"
	}
	return fmt.Sprintf("the character %q means nothing here", c)
}

// nest keeps count of the braces inside of a hole.
func (l *lexer) nest(k Kind, start int) {
	n := len(l.modes)
	switch {
	case n == 0:
	case k == LeftBrace:
		l.modes = append(l.modes, mode{start: start})
	case k == RightBrace:
		l.modes = l.modes[:n-1]
	}
}

func isIdentStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
