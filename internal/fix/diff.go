package fix

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// Diff writes changes as a unified diff. Lines are shown as blank gives them,
// which puts a star for each byte that is not to be seen, and without control
// characters. It also tells whether every line is what stands in the file:
// otherwise the diff is for reading, and no patch.
func Diff(changes []tree.Change, blank func(file string, after bool) []byte) (text []byte, exact bool) {
	var out bytes.Buffer
	exact = true
	for _, c := range changes {
		s := &shower{out: &out, exact: true, before: lines(shown(c.Old, blank(c.Path, false))), after: lines(shown(c.New, blank(c.Path, true)))}
		s.header(c.Path)
		plain := diff.Diff("a", c.Old, "b", c.New)
		for _, line := range lines(plain)[3:] {
			s.line(string(line))
		}
		exact = exact && s.exact
	}
	return out.Bytes(), exact
}

// shown is the text as blank gave it. Should that be another text, nothing is
// shown but where the lines end.
func shown(text, blanked []byte) []byte {
	if len(blanked) == len(text) {
		return blanked
	}
	return bytes.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return '*'
	}, text)
}

func lines(text []byte) [][]byte {
	return bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
}

// shower writes the lines of one diff.
type shower struct {
	out           *bytes.Buffer
	before, after [][]byte // the lines as they may be shown
	old, new      int      // those that come next
	exact         bool
}

func (s *shower) header(name string) {
	name = report.Clean(name)
	fmt.Fprintf(s.out, "--- a/%s\n+++ b/%s\n", name, name)
}

func (s *shower) line(line string) {
	var n int
	if strings.HasPrefix(line, "@@ ") {
		fmt.Sscanf(line, "@@ -%d,%d +%d,", &s.old, &n, &s.new)
	}
	switch line[:1] {
	case "-":
		s.show(line, s.before[s.old-1])
		s.old++
	case "+":
		s.show(line, s.after[s.new-1])
		s.new++
	case " ":
		s.show(line, stars(s.before[s.old-1], s.after[s.new-1]))
		s.old++
		s.new++
	default:
		s.out.WriteString(line + "\n")
	}
}

// show writes a line of a file as it may be shown. Tabs and the end of the line
// stay, so that a patch is one.
func (s *shower) show(line string, shown []byte) {
	text, end := strings.CutSuffix(string(shown), "\r")
	parts := strings.Split(text, "\t")
	for i := range parts {
		parts[i] = report.Clean(parts[i])
	}
	text = line[:1] + strings.Join(parts, "\t")
	if end {
		text += "\r"
	}
	s.exact = s.exact && text == line
	s.out.WriteString(text + "\n")
}

// stars is a line with the stars of both of its forms.
func stars(a, b []byte) []byte {
	if len(a) != len(b) {
		return a
	}
	out := bytes.Clone(a)
	for i := range b {
		if b[i] == '*' {
			out[i] = '*'
		}
	}
	return out
}
