package gauntlet

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
)

// places holds that whatever the report points at lies in its file, on one
// line, and is counted right; and that edits of a fix do not overlap.
func (g *gauntlet) places() {
	texts := texts{g: g, known: map[string]*source.File{}}
	all := make([]report.Finding, 0, len(g.Report.Findings)+len(g.Report.Suppressed))
	all = append(all, g.Report.Findings...)
	for _, s := range g.Report.Suppressed {
		all = append(all, s.Finding)
	}
	for _, f := range all {
		if f.At.File == "" || f.Message == "" || f.Fingerprint == "" {
			g.fault("%s: a finding without a file, a message or a fingerprint: %+v", f.Rule.ID, f)
		}
		for _, p := range append(append([]report.Place{f.At}, f.Related...), f.Flow...) {
			texts.place(f.Rule.ID, p)
		}
		for _, x := range f.Fixes {
			texts.edits(f.Rule.ID, x.Edits)
		}
	}
}

// texts are the files as the report counts them.
type texts struct {
	g     *gauntlet
	known map[string]*source.File
}

// of is the text of a file; nil if it is none that was given.
func (t *texts) of(file string) *source.File {
	if f, ok := t.known[file]; ok {
		return f
	}
	var f *source.File
	if raw, err := t.g.o.Read(file); err == nil {
		f = source.NewText(file, raw)
	}
	t.known[file] = f
	return f
}

func (t *texts) place(rule string, p report.Place) {
	f := t.of(p.File)
	switch {
	case f == nil:
		return
	case p.Start < 0 || p.Start > p.End || p.End > len(f.Text):
		t.g.fault("%s: %s: %d to %d is outside of %d bytes", rule, p.File, p.Start, p.End, len(f.Text))
		return
	case strings.ContainsAny(f.Text[p.Start:p.End], "\r\n"):
		t.g.fault("%s: %s: %d to %d is more than a line", rule, p.File, p.Start, p.End)
	}
	for _, x := range []struct {
		offset int
		got    report.Position
	}{{p.Start, p.From}, {p.End, p.To}} {
		if want := count(f, x.offset); x.got != want {
			t.g.fault("%s: %s: offset %d is said to be at %+v, and is at %+v", rule, p.File, x.offset, x.got, want)
		}
	}
}

func (t *texts) edits(rule string, edits []report.Edit) {
	for i, e := range edits {
		if f := t.of(e.File); f != nil && (e.Start < 0 || e.Start > e.End || e.End > len(f.Text)) {
			t.g.fault("%s: an edit of %s from %d to %d is outside of %d bytes", rule, e.File, e.Start, e.End, len(f.Text))
		}
		for _, x := range edits[:i] {
			if x.File == e.File && x.Start < e.End && e.Start < x.End {
				t.g.fault("%s: two edits of %s overlap at %d", rule, e.File, max(x.Start, e.Start))
			}
		}
	}
}

// count counts lines and columns anew, from the beginning of the text.
func count(f *source.File, offset int) report.Position {
	text := f.Text[:offset]
	if f.Encoding == source.UTF8BOM {
		text = text[min(len("\ufeff"), offset):]
	}
	breaks := strings.Count(text, "\n") + strings.Count(text, "\r") - strings.Count(text, "\r\n")
	line := text[strings.LastIndexAny(text, "\r\n")+1:]
	if strings.HasSuffix(text, "\r") && strings.HasPrefix(f.Text[offset:], "\n") { // between the two, the line still goes on
		breaks--
		line = text[strings.LastIndexAny(text[:len(text)-1], "\r\n")+1:]
	}
	units := 0
	for _, r := range line {
		units += max(utf16.RuneLen(r), 1)
	}
	return report.Position{Line: 1 + breaks, Byte: 1 + len(line), Rune: 1 + utf8.RuneCountInString(line), UTF16: 1 + units}
}
