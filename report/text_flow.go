package report

import (
	"strings"
	"unicode/utf8"
)

// Flow breaks a line of text for a terminal into lines of at most so many columns: at blanks, else behind a mark of a
// path, else anywhere; addresses stay whole, so that terminals can open them. Lines after the first begin with the margin. Colours and hyperlinks of the text go on from line
// to line; the margin has none of them.
func Flow(s string, columns int, margin string) string {
	f := flow{columns: columns, margin: margin}
	for i, word := range strings.Split(s, " ") {
		f.word(word, i > 0)
	}
	return f.b.String()
}

// Fit breaks a line as [Flow] does so that it fits the terminal. Where there is none it stays one line.
func (o Options) Fit(s, margin string) string {
	if o.Width <= 0 {
		return s
	}
	return Flow(s, max(o.Width, minWidth), margin)
}

// flow is a text that is being broken into lines.
type flow struct {
	b       strings.Builder
	columns int
	margin  string
	at      int  // columns of the line so far
	begun   bool // the line has more than its margin

	style, link string // what is in force: escape sequences
}

// word writes a word, behind a blank if it does not begin the line.
func (f *flow) word(w string, blank bool) {
	n := VisibleColumns(w)
	switch {
	case f.begun && f.at+n >= f.columns && f.at+n+1 > f.columns:
		f.newLine()
	case blank:
		f.write(" ")
	}
	for f.at+n > f.columns && !strings.Contains(w, "://") {
		head, tail := cutWord(w, max(f.columns-f.at, 1))
		if tail == "" { // a character that is wider than the columns
			break
		}
		f.write(head)
		f.newLine()
		w, n = tail, n-VisibleColumns(head)
	}
	f.write(w)
}

// newLine ends a line and begins another one in the same style. What was within a line may be a command of a build
// agent at its start, so that is watched for when something is written.
func (f *flow) newLine() {
	if f.link != "" {
		f.b.WriteString(linkEnd)
	}
	if f.style != "" {
		f.b.WriteString(styleEnd)
	}
	f.b.WriteString("\n" + f.margin + f.style + f.link)
	f.at, f.begun = VisibleColumns(f.margin), false
}

// write writes text and takes note of the escape sequences in it.
func (f *flow) write(s string) {
	for s != "" {
		size := escapeSize(s)
		if size > 0 {
			f.note(s[:size])
			f.b.WriteString(s[:size])
			s = s[size:]
			continue
		}
		text := s
		if i := strings.IndexByte(s, '\x1b'); i > 0 {
			text = s[:i]
		}
		s = s[len(text):]
		if !f.begun {
			text = Clean(text)
		}
		f.begun = true
		f.at += Columns(text)
		f.b.WriteString(text)
	}
}

func (f *flow) note(escape string) {
	switch {
	case escape == linkEnd:
		f.link = ""
	case strings.HasPrefix(escape, linkStart):
		f.link = escape
	case escape == styleEnd:
		f.style = ""
	default:
		f.style = escape
	}
}

const (
	styleEnd  = "\x1b[0m"
	linkStart = "\x1b]8;;"
	linkEnd   = "\x1b]8;;\x1b\\"
)

// escapeSize returns the length of the escape sequence that a text begins with, 0 if it does not. There are none but
// ours: [Clean] has taken those of others.
func escapeSize(s string) int {
	end := ""
	switch {
	case strings.HasPrefix(s, linkStart):
		end = "\x1b\\"
	case strings.HasPrefix(s, "\x1b["):
		end = "m"
	default:
		return 0
	}
	i := strings.Index(s[2:], end)
	if i < 0 {
		return len(s)
	}
	return 2 + i + len(end)
}

// VisibleColumns returns the columns of a terminal that a painted text takes: its escape sequences take none.
func VisibleColumns(s string) int {
	n := 0
	for s != "" {
		if size := escapeSize(s); size > 0 {
			s = s[size:]
			continue
		}
		end := strings.IndexByte(s[1:], '\x1b') + 1
		if end == 0 {
			end = len(s)
		}
		n += Columns(s[:end])
		s = s[end:]
	}
	return n
}

// cutWord cuts a word that is too long for the columns: behind the last mark that fits, else where it must.
func cutWord(w string, columns int) (head, tail string) {
	fits, mark, used := 0, 0, 0
	for i := 0; i < len(w); {
		if size := escapeSize(w[i:]); size > 0 {
			i += size
			continue
		}
		r, size := utf8.DecodeRuneInString(w[i:])
		used += Columns(w[i : i+size])
		if used > columns && fits > 0 {
			break
		}
		i += size
		fits = i
		if strings.ContainsRune("/_,;:>-", r) {
			mark = i
		}
	}
	if mark > fits/2 {
		fits = mark
	}
	return w[:fits], w[fits:]
}
