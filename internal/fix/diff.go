package fix

import (
	"bytes"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// Diff writes changes as a unified diff. Lines are shown as blank gives them,
// which puts a star for each byte that is not to be seen, and without control
// characters. It also tells whether every line is what stands in the file:
// otherwise the diff is for reading, and no patch.
func Diff(changes []tree.Change, blank func(file string, after bool) []byte) (text []byte, exact bool, err error) {
	var out bytes.Buffer
	exact = true
	for _, c := range changes {
		old, name := string(c.Old), label(c.Path)
		u, err := udiff.ToUnifiedDiff("a/"+name, "b/"+name, old, udiff.Lines(old, string(c.New)), udiff.DefaultContextLines)
		if err != nil {
			return nil, false, err
		}
		before := lines(shown(c.Old, blank(c.Path, false)))
		after := lines(shown(c.New, blank(c.Path, true)))
		for _, h := range u.Hunks {
			exact = show(h, before, after) && exact
		}
		out.WriteString(u.String())
	}
	return out.Bytes(), exact, nil
}

// label is a name as patches have it: behind one with blanks stands a tab.
func label(name string) string {
	name = report.Clean(name)
	if strings.Contains(name, " ") {
		name += "\t"
	}
	return name
}

// shown is the text as blank gave it, but with all of its line ends. Should
// blank have given another text, these are all there is.
func shown(text, blanked []byte) string {
	out := bytes.Repeat([]byte("*"), len(text))
	if len(blanked) == len(text) {
		copy(out, blanked)
	}
	for i, c := range text {
		if c == '\n' || c == '\r' {
			out[i] = c
		}
	}
	return string(out)
}

func lines(text string) []string { return strings.SplitAfter(text, "\n") }

// show puts the lines of both texts as they may be shown into a hunk. It tells
// whether they are still what they were.
func show(h *udiff.Hunk, before, after []string) (exact bool) {
	old, now := h.FromLine-1, h.ToLine-1
	exact = true
	for i := range h.Lines {
		l := &h.Lines[i]
		var text string
		switch l.Kind {
		case udiff.Delete:
			text = before[old]
			old++
		case udiff.Insert:
			text = after[now]
			now++
		default:
			text = stars(before[old], after[now])
			old++
			now++
		}
		text = harmless(text)
		exact = exact && text == l.Content
		l.Content = text
	}
	return exact
}

// stars is a line with the stars of both of its forms.
func stars(a, b string) string {
	out := []byte(a)
	for i := range min(len(a), len(b)) {
		if b[i] == '*' {
			out[i] = '*'
		}
	}
	return string(out)
}

// harmless is a line without control characters and commands. Tabs and the end
// of the line stay, so that a patch is one.
func harmless(line string) string {
	text := strings.TrimRight(line, "\r\n")
	parts := strings.Split(text, "\t")
	for i := range parts {
		parts[i] = report.Clean(parts[i])
	}
	return strings.Join(parts, "\t") + line[len(text):]
}
