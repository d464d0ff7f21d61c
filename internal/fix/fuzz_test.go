package fix_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/fix"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// editsOf reads edits out of bytes: three for each, where it starts, how long
// it is and what it writes.
func editsOf(plan []byte, size int) []report.Edit {
	var out []report.Edit
	for ; len(plan) >= 3; plan = plan[3:] {
		start := int(plan[0]) % (size + 1)
		out = append(out, report.Edit{Start: start, End: start + int(plan[1])%8, New: strings.Repeat(string(rune('A'+plan[2]%26)), int(plan[2])%4)})
	}
	return out
}

// naive makes edits on a row of cells, one for each byte and one for the end:
// what is written before it, and whether it stays.
func naive(text []byte, edits []report.Edit) (string, bool) {
	type cell struct {
		before string
		taken  bool
	}
	cells := make([]cell, len(text)+1)
	for _, e := range edits {
		if e.End > len(text) {
			return "", false
		}
		for i := e.Start; i < e.End; i++ {
			if cells[i].taken {
				return "", false
			}
			cells[i].taken = true
		}
	}
	for _, e := range edits { // an insertion within what another one takes overlaps it
		if e.Start > 0 && e.Start < len(text) && cells[e.Start].taken && cells[e.Start-1].taken &&
			slices.ContainsFunc(edits, func(x report.Edit) bool { return x.Start < e.Start && e.Start < x.End }) {
			return "", false
		}
	}
	for _, pass := range []bool{true, false} { // at one place, what only inserts comes first
		for _, e := range edits {
			if (e.Start == e.End) == pass {
				cells[e.Start].before += e.New
			}
		}
	}
	var out strings.Builder
	for i, c := range cells {
		out.WriteString(c.before)
		if i < len(text) && !c.taken {
			out.WriteByte(text[i])
		}
	}
	return out.String(), true
}

// FuzzApply compares with the naive way.
func FuzzApply(f *testing.F) {
	f.Add([]byte("hello, world"), []byte{0, 1, 7, 5, 0, 2, 5, 0, 3, 5, 2, 9})
	f.Add([]byte(""), []byte{0, 0, 1})
	f.Add([]byte("overlapping"), []byte{2, 4, 1, 4, 4, 1})
	f.Fuzz(func(t *testing.T, text, plan []byte) {
		edits := editsOf(plan, len(text))
		got, err := fix.Apply(bytes.Clone(text), edits)
		want, ok := naive(text, edits)
		if (err == nil) != ok || ok && string(got) != want {
			t.Errorf("%q with %v: %q, %v; want %q, %v", text, edits, got, err, want, ok)
		}
	})
}

// FuzzFix makes every fix of every rule in a text.
func FuzzFix(f *testing.F) {
	for _, text := range fixable(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 8000 {
			fixed(t, text)
		}
	})
}

// FuzzSpacing makes every fix in templates that need some, written with other
// white space and with comments everywhere.
func FuzzSpacing(f *testing.F) {
	texts := fixable(f)
	for i := range texts {
		f.Add(i, []byte{byte(i), 5, 0, 0, 3, 0, 6, 0, 1})
	}
	f.Fuzz(func(t *testing.T, i int, plan []byte) {
		if i >= 0 && i < len(texts) && len(plan) > 0 {
			fixed(t, spaced(texts[i], plan))
		}
	})
}

// fixable are the templates of the archives that have fixes.
func fixable(f *testing.F) []string {
	names, err := filepath.Glob("../../testdata/rules/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal("no archives: ", err)
	}
	var out []string
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i, file := range a.Files[1:] {
			if strings.HasSuffix(file.Name, ".fixed") {
				out = append(out, string(a.Files[i].Data))
			}
		}
	}
	return out
}

// spaced writes white space and comments before and behind values, as bytes
// say.
func spaced(text string, plan []byte) string {
	var at []int
	collect(source.Parse("a.json", []byte(text)).Root(), &at)
	slices.Sort(at)
	var out strings.Builder
	done := 0
	for i, offset := range slices.Compact(at) {
		out.WriteString(text[done:offset])
		done = offset
		kinds := []string{"", " ", "\t", "\n", "\r\n", fmt.Sprintf(" /* note %d */ ", i), fmt.Sprintf(" // note, %d\n", i)}
		out.WriteString(kinds[int(plan[i%len(plan)])%len(kinds)])
	}
	return out.String() + text[done:]
}

func collect(n source.Node, at *[]int) {
	if n.IsZero() {
		return
	}
	*at = append(*at, n.Start(), n.End())
	for key, v := range n.Members() {
		*at = append(*at, key.Start(), key.End())
		collect(v, at)
	}
	for e := range n.Elements() {
		collect(e, at)
	}
}

// fixed fixes a text. What comes of it can be read, is in the same encoding and
// with the same line ends. Safe fixes keep the comments too.
func fixed(t *testing.T, text string) {
	t.Helper()
	for _, unsafe := range []bool{false, true} {
		done := mend(t, ruletest.Files{"a.json": text}, "a.json", rules.All(), unsafe)
		for _, p := range done.Report.Problems {
			if p.Kind == report.ProblemInternal {
				t.Errorf("%s: %s:\n%s", p.Rule, p.Message, text)
			}
		}
		for _, c := range done.Changes {
			intact(t, source.Parse("old", c.Old), source.Parse("new", c.New), unsafe)
		}
	}
}

func intact(t *testing.T, before, after *source.File, unsafe bool) {
	t.Helper()
	if len(after.Errors) > 0 {
		t.Errorf("it cannot be read any more: %v\n%s", after.Errors, after.Text)
	}
	if before.Encoding != after.Encoding {
		t.Errorf("the encoding was %v, and is %v", before.Encoding, after.Encoding)
	}
	if !strings.Contains(strings.ReplaceAll(before.Text, "\r\n", ""), "\n") && strings.Contains(strings.ReplaceAll(after.Text, "\r\n", ""), "\n") &&
		strings.Contains(before.Text, "\n") {
		t.Errorf("the line ends are mixed: %q", after.Text)
	}
	for c := range before.Comments() {
		if comment := before.Text[c.Start:c.End]; !unsafe && !strings.Contains(after.Text, comment) {
			t.Errorf("the comment %q is gone:\n%s", comment, after.Text)
		}
	}
}
