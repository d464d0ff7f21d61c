package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/golden"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// inFull writes the findings of a template: those of the rule that the archive
// belongs to with all that is told, of the others that they are there.
func inFull(b *strings.Builder, u *facts.Unit, name, rule string, findings []rules.Finding) {
	fmt.Fprintf(b, "%s\n", name)
	for _, f := range findings {
		fmt.Fprintf(b, "  %s %s %s", placeOf(u, f.At), f.Rule.Name, f.Grade.Name)
		if f.Rule.Name != rule {
			b.WriteString("\n")
			continue
		}
		fmt.Fprintf(b, ": %s\n", f.Message)
		detail(b, "path", f.Path)
		if f.Resource != nil {
			detail(b, "of", f.Resource.Type)
		}
		detail(b, "when", f.When.String())
		for _, r := range f.Related {
			detail(b, "see "+placeOf(u, r.At), r.Message)
		}
		for _, r := range f.Flow {
			detail(b, "flow "+placeOf(u, r.At), r.Message)
		}
		for _, x := range f.Fixes {
			detail(b, fmt.Sprintf("fix safe=%v", x.Safe), x.Message)
			for _, e := range x.Edits {
				detail(b, "edit "+placeOf(u, value.Span{Start: int32(e.Pos), End: int32(e.End)}), fmt.Sprintf("%q", e.New))
			}
		}
	}
}

func detail(b *strings.Builder, what, text string) {
	if text != "" {
		fmt.Fprintf(b, "    %s: %s\n", what, text)
	}
}

// placeOf is where a span is written: line:column-column, in characters, with
// the file if it is another one than the template.
func placeOf(u *facts.Unit, at value.Span) string {
	at = u.Written(at)
	file := u.Source(at.Pos())
	if file == nil {
		return "nowhere"
	}
	from, to := file.Position(int(at.Start)-file.Base), file.Position(int(at.End)-file.Base)
	s := fmt.Sprintf("%d:%d-%d", from.Line, from.Rune, to.Rune)
	if to.Line != from.Line {
		s = fmt.Sprintf("%d:%d-%d:%d", from.Line, from.Rune, to.Line, to.Rune)
	}
	if file.Name != u.Inputs()[0].Name {
		s = file.Name + ":" + s
	}
	return s
}

// TestGrades shows the table of rules: what users settle in their
// configuration, and what a change of it would change for them.
func TestGrades(t *testing.T) {
	var b strings.Builder
	for _, r := range rules.All() {
		fmt.Fprintf(&b, "%s %s", r.Name, r.Slug)
		if r.Fixable {
			b.WriteString(" fixable")
		}
		if r.Driver {
			b.WriteString(" driver")
		}
		fmt.Fprintf(&b, " from %s on\n", r.Profile())
		for _, g := range r.Grades {
			fmt.Fprintf(&b, "  %s: %s %s %s\n", g.Name, g.Kind, g.Severity, g.Profile)
		}
		if r.URL != "https://github.com/rolecall/rolecall/blob/main/docs/rules/"+r.Name+".md" || r.Doc != r.Slug {
			t.Errorf("%s: the analyzer says %q and %q", r.Name, r.URL, r.Doc)
		}
	}
	golden.Check(t, "testdata/grades.txt", b.String())
}
