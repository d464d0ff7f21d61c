package script

import "strings"

// reader splits a text into commands.
type reader struct {
	text   string
	lang   Language
	i      int
	words  []Word
	out    []Command
	ending []string // of here-documents whose text follows the line
}

func (r *reader) read() {
	for r.i < len(r.text) {
		switch c := r.text[r.i]; {
		case c == '\n':
			r.i++
			r.end()
			r.skipHereDocuments()
		case c == ' ' || c == '\t' || c == '\r':
			r.i++
		case r.comment():
		case r.continued():
		case strings.IndexByte(";|&(){}", c) >= 0 || c == '`' && r.lang == Shell:
			r.i++
			r.end()
		default:
			r.word()
		}
	}
	r.end()
}

// end ends the command.
func (r *reader) end() {
	if len(r.words) > 0 {
		r.out = append(r.out, Command{r.words})
		r.words = nil
	}
}

// comment skips a comment that starts here.
func (r *reader) comment() bool {
	rest := r.text[r.i:]
	if r.lang == PowerShell && strings.HasPrefix(rest, "<#") {
		r.skipPast("#>")
		return true
	}
	if rest[0] != '#' {
		return false
	}
	if n := strings.IndexByte(rest, '\n'); n >= 0 {
		r.i += n
	} else {
		r.i = len(r.text)
	}
	return true
}

func (r *reader) skipPast(mark string) {
	if n := strings.Index(r.text[r.i:], mark); n >= 0 {
		r.i += n + len(mark)
	} else {
		r.i = len(r.text)
	}
}

// continued skips the mark by which a line goes on in the next.
func (r *reader) continued() bool {
	mark := byte('\\')
	if r.lang == PowerShell {
		mark = '`'
	}
	if r.text[r.i] != mark {
		return false
	}
	rest := strings.TrimLeft(r.text[r.i+1:], "\r")
	if !strings.HasPrefix(rest, "\n") {
		return false
	}
	r.i = len(r.text) - len(rest) + 1
	return true
}

// word reads a word: bare text and quoted parts up to a blank or a separator.
func (r *reader) word() {
	w := Word{Start: r.i}
	var text strings.Builder
	bare := false
	for r.i < len(r.text) && !r.atBreak() {
		switch c := r.text[r.i]; {
		case c == '\'' || c == '"':
			w.Quoted = true
			text.WriteString(r.quoted(c))
		case r.escapes(c) && r.i+1 < len(r.text):
			text.WriteByte(r.text[r.i+1])
			r.i += 2
			bare = true
		default:
			text.WriteByte(c)
			r.i++
			bare = true
		}
	}
	w.Quoted = w.Quoted && !bare
	w.Text, w.End = text.String(), r.i
	if doc, ok := r.hereDocument(w.Text); ok {
		r.ending = append(r.ending, doc)
	}
	r.words = append(r.words, w)
}

func (r *reader) escapes(c byte) bool {
	return c == '\\' && r.lang == Shell || c == '`' && r.lang == PowerShell
}

// atBreak tells whether a word ends here. "$(" starts a command of its own.
func (r *reader) atBreak() bool {
	return strings.IndexByte(" \t\r\n;|&()", r.text[r.i]) >= 0 || r.text[r.i] == '`' && r.lang == Shell
}

// quoted reads a quoted part. Commands that are substituted in double quotes
// are read as well.
func (r *reader) quoted(quote byte) string {
	start := r.i + 1
	for r.i = start; r.i < len(r.text); r.i++ {
		switch c := r.text[r.i]; {
		case c == quote:
			s := r.text[start:r.i]
			r.i++
			r.substituted(s, start, quote)
			return s
		case quote == '"' && r.escapes(c):
			r.i++
		}
	}
	r.i = len(r.text)
	return r.text[min(start, len(r.text)):]
}

// substituted reads the commands in $(…) within double quotes.
func (r *reader) substituted(s string, at int, quote byte) {
	if quote != '"' {
		return
	}
	for from := 0; ; {
		n := strings.Index(s[from:], "$(")
		if n < 0 {
			return
		}
		from += n + 2
		end := closing(s[from:])
		inner := reader{text: s[from : from+end], lang: r.lang}
		inner.read()
		for _, c := range inner.out {
			for i := range c.Words {
				c.Words[i].Start += at + from
				c.Words[i].End += at + from
			}
			r.out = append(r.out, c)
		}
		from += end
	}
}

// closing is the offset of the parenthesis that closes what is open before s.
func closing(s string) int {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

// hereDocument recognises <<EOF of a shell.
func (r *reader) hereDocument(word string) (ending string, ok bool) {
	if r.lang != Shell || !strings.HasPrefix(word, "<<") || strings.HasPrefix(word, "<<<") {
		return "", false
	}
	ending = strings.TrimPrefix(word[2:], "-")
	return ending, ending != ""
}

// skipHereDocuments leaves out the texts that belong to the line before: they
// are data.
func (r *reader) skipHereDocuments() {
	for _, ending := range r.ending {
		for r.i < len(r.text) {
			line, _, more := strings.Cut(r.text[r.i:], "\n")
			r.i += len(line)
			if more {
				r.i++
			}
			if strings.TrimSpace(line) == ending {
				break
			}
		}
	}
	r.ending = nil
}
