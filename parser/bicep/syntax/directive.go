package syntax

import "strings"

// directive reads a # line at the cursor; false if it is none. It ends where
// something else than blanks and codes stands: a comment, say.
func (l *lexer) directive() bool {
	start := l.i
	line := l.s[start:lineEnd(l.s, start)]
	end := 1
	for end < len(line) && (isCode(line[end]) || isBlank(line[end])) {
		end++
	}
	words := codesAt(line[1:end], start+1)
	if len(words) == 0 || isBlank(line[1]) {
		return false
	}
	switch words[0].Text {
	case "disable-next-line", "disable-diagnostics", "restore-diagnostics":
	default:
		return false
	}
	d := Directive{Name: words[0].Text, Codes: words[1:]}
	d.Span = Span{int32(start), words[len(words)-1].End}
	if comment, ok := strings.CutPrefix(line[end:], "//"); ok {
		d.Reason = strings.TrimSpace(comment)
	}
	l.out.Directives = append(l.out.Directives, d)
	l.i = start + end
	l.fresh = false
	return true
}

// codesAt splits a list of codes that begins at an offset.
func codesAt(s string, at int) []Code {
	var out []Code
	for i := 0; i < len(s); {
		if isBlank(s[i]) {
			i++
			continue
		}
		end := i
		for end < len(s) && !isBlank(s[end]) {
			end++
		}
		out = append(out, Code{Span{int32(at + i), int32(at + end)}, s[i:end]})
		i = end
	}
	return out
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isCode(c byte) bool { return isIdentStart(c) || isDigit(c) || c == '-' }
