package report

import (
	"strings"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v2/sarif"
)

// contextRegion returns what surrounds a place, with its text: the lines of the frame or, if they are too long for
// that, some of the line the place is on.
func contextRegion(p *Place) *sarif.Region {
	if len(p.Lines) == 0 || p.From.Line != p.To.Line {
		return nil
	}
	if text, ok := frameText(p.Lines); ok {
		first, last := p.Lines[0].Number, p.Lines[len(p.Lines)-1].Number
		if p.From.Line < first || p.From.Line > last {
			return nil
		}
		return &sarif.Region{StartLine: &first, EndLine: &last, Snippet: &sarif.ArtifactContent{Text: &text}}
	}
	return neighbourhood(p)
}

// frameText joins lines that are whole, follow each other and are not too long.
func frameText(lines []Line) (string, bool) {
	var b strings.Builder
	for i := range lines {
		l := &lines[i]
		follows := i == 0 || l.Number == lines[i-1].Number+1
		if !follows || l.Before+l.After > 0 || b.Len()+len(l.Text) > maxSnippet {
			return "", false
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.Text)
	}
	return b.String(), true
}

// neighbourhood returns the part of a long line around a place.
func neighbourhood(p *Place) *sarif.Region {
	l, start, end := p.marked()
	if l == nil {
		return nil
	}
	line, same := p.From.Line, p.From.Line
	if text, cut := shortened(l.Text[start:end], p.To.Byte-p.From.Byte); cut { // the whole line, of which this is all that is shown
		return &sarif.Region{StartLine: &line, EndLine: &same, Snippet: &sarif.ArtifactContent{Text: &text}}
	}
	from, to := max(0, start-nearby), min(len(l.Text), end+nearby)
	for from > 0 && !utf8.RuneStart(l.Text[from]) {
		from--
	}
	for to < len(l.Text) && !utf8.RuneStart(l.Text[to]) {
		to++
	}
	text := l.Text[from:to]
	first := p.From.UTF16 - utf16Length(l.Text[from:start])
	last := p.To.UTF16 + utf16Length(l.Text[end:to])
	return &sarif.Region{
		StartLine: &line, StartColumn: &first, EndLine: &same, EndColumn: &last,
		Snippet: &sarif.ArtifactContent{Text: &text},
	}
}

// utf16Length returns the number of UTF-16 code units of s.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}
