package syntax

import "strings"

// dollars counts the dollar signs before a multi-line string at the cursor; 0
// if none stands there.
func (l *lexer) dollars() int {
	n := 0
	for l.peek(n) == '$' {
		n++
	}
	if strings.HasPrefix(l.s[l.i+n:], "'''") {
		return n
	}
	return 0
}

// text starts a string at the cursor.
func (l *lexer) text(dollars int) {
	m := mode{str: true, dollars: dollars, start: l.i}
	start := l.i
	l.i += dollars
	if m.multi = strings.HasPrefix(l.s[l.i:], "'''"); m.multi {
		l.i += 3
	} else {
		l.i++
	}
	l.piece(m, start, StringComplete, StringLeftPiece)
}

// resume goes on with the string whose hole the brace at the cursor closes.
func (l *lexer) resume() {
	n := len(l.modes) - 1
	m := l.modes[n]
	l.modes = l.modes[:n]
	start := l.i
	l.i++
	l.piece(m, start, StringRightPiece, StringMiddlePiece)
}

// piece scans to the end of the string or to its next hole.
func (l *lexer) piece(m mode, start int, last, more Kind) {
	scan := l.single
	if m.multi {
		scan = l.multi
	}
	if scan(m, start) {
		l.emit(more, start)
		l.modes = append(l.modes, m)
		return
	}
	l.emit(last, start)
}

// single scans a piece of a string in single quotes; true if a hole opens.
func (l *lexer) single(m mode, _ int) bool {
	for l.i < len(l.s) {
		switch c := l.s[l.i]; {
		case c == '\'':
			l.i++
			return false
		case c == '\r' || c == '\n':
			l.fail(m.start, l.i, "the string does not end on its line; close it with ' or use ''' for several lines")
			return false
		case c == '\\':
			l.escape()
		case c == '$' && l.peek(1) == '{':
			l.i += 2
			return true
		default:
			l.i++
		}
	}
	l.fail(m.start, l.i, "the string does not end; close it with '")
	return false
}

// escape scans an escape sequence.
func (l *lexer) escape() {
	start := l.i
	l.i++
	switch l.peek(0) {
	case 'n', 'r', 't', '\\', '\'', '$':
		l.i++
		return
	case 'u':
		l.i++
		if l.peek(0) == '{' {
			end := l.i + 1
			for end < len(l.s) && isHex(l.s[end]) {
				end++
			}
			if _, ok := codePoint(l.s[l.i+1 : end]); ok && end < len(l.s) && l.s[end] == '}' {
				l.i = end + 1
				return
			}
		}
	}
	l.fail(start, min(len(l.s), start+2), `no escape sequence; there are \n \r \t \\ \' \$ and \u{…}`)
}

// multi scans a piece of a multi-line string; true if a hole opens.
func (l *lexer) multi(m mode, _ int) bool {
	for l.i < len(l.s) {
		switch l.s[l.i] {
		case '\'':
			n := run(l.s[l.i:], '\'')
			l.i += n
			if n >= 3 {
				return false
			}
		case '$':
			n := run(l.s[l.i:], '$')
			l.i += n
			if m.dollars > 0 && n >= m.dollars && l.peek(0) == '{' {
				l.i++
				return true
			}
		default:
			l.i++
		}
	}
	l.fail(m.start, l.i, "the string does not end; close it with '''")
	return false
}

// run is the number of bytes c that s begins with.
func run(s string, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}

func isHex(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// codePoint reads hexadecimal digits.
func codePoint(hex string) (rune, bool) {
	if hex == "" {
		return 0, false
	}
	var v rune
	for i := range len(hex) {
		v = v<<4 | rune(strings.IndexByte("0123456789abcdef", hex[i]|0x20))
		if v > 0x10FFFF {
			return 0, false
		}
	}
	return v, true
}
