// Package ruletest runs rules over templates in tests: it evaluates a unit out
// of files in memory and returns what the rules tell.
package ruletest

import (
	"fmt"
	"go/types"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/internal/front"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// Files are the files of a test by their slash-separated path.
type Files map[string]string

// Read implements [facts.Reader].
func (f Files) Read(name string) ([]byte, error) {
	text, ok := f[path.Clean(name)]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return []byte(text), nil
}

// Load evaluates the root with the parameter files.
func Load(t testing.TB, files Files, root string, params ...string) *facts.Unit {
	t.Helper()
	u, err := facts.Load(facts.Options{Root: root, Parameters: params, Front: Front(t)}, files.Read)
	if err != nil {
		t.Fatalf("%s: %v", root, err)
	}
	for _, e := range u.Errors {
		t.Errorf("%s:%d: %s", e.Path, e.File.Position(e.Offset).Line, e.Message)
	}
	return u
}

// Front reads the Bicep files of a test: without a module cache, and without
// folders to list.
func Front(t testing.TB) facts.Front {
	t.Helper()
	root, err := tree.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	f := front.New(root)
	f.SetCache("")
	return f.Lower
}

// Run runs the rules over the unit, each alone, and returns what they tell, in
// the order of the rules.
func Run(t testing.TB, u *facts.Unit, run []*rules.Rule) []rules.Finding {
	t.Helper()
	var out []rules.Finding
	for _, r := range run {
		sink := &rules.Sink{}
		pass := &analysis.Pass{
			Analyzer: r.Analyzer, Fset: u.Fset, Pkg: types.NewPackage("unit", "unit"),
			ResultOf: map[*analysis.Analyzer]any{
				facts.Source: u, facts.Accesses: facts.NewAccess(u), rules.Results: sink,
			},
			Report: func(d analysis.Diagnostic) { check(t, r, d) },
		}
		if _, err := r.Run(pass); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
		out = append(out, sink.Findings...)
	}
	return out
}

// check holds each diagnostic to what every message must be.
func check(t testing.TB, r *rules.Rule, d analysis.Diagnostic) {
	t.Helper()
	switch {
	case d.Pos <= 0 || d.Pos >= d.End:
		t.Errorf("%s: %q has no range: %d to %d", r.Name, d.Message, d.Pos, d.End)
	case d.Message == "" || strings.HasSuffix(d.Message, "."):
		t.Errorf("%s: the message %q is empty or ends with a period", r.Name, d.Message)
	case strings.Contains(d.Message, "`"):
		t.Errorf("%s: the message %q quotes with backticks", r.Name, d.Message)
	}
}

// Apply makes the first fix of each finding that has one and returns the text
// of the file. Edits that overlap others are left out, whole fixes with them.
func Apply(u *facts.Unit, name, text string, findings []rules.Finding) string {
	var edits []rules.Edit
	base := 0
	for _, f := range u.Inputs() {
		if f.Name == name {
			base = f.Base
		}
	}
	for _, f := range findings {
		if len(f.Fixes) == 0 {
			continue
		}
		fix := f.Fixes[0].Edits
		if slices.ContainsFunc(fix, func(e rules.Edit) bool { return overlaps(edits, e) }) {
			continue
		}
		edits = append(edits, fix...)
	}
	slices.SortFunc(edits, func(a, b rules.Edit) int { return int(b.Pos) - int(a.Pos) })
	for _, e := range edits {
		if f := u.Source(e.Pos); f != nil && f.Name == name {
			text = text[:int(e.Pos)-base] + e.New + text[int(e.End)-base:]
		}
	}
	return text
}

func overlaps(edits []rules.Edit, e rules.Edit) bool {
	return slices.ContainsFunc(edits, func(x rules.Edit) bool {
		return e.Pos < x.End && x.Pos < e.End || e.Pos == x.Pos && e.End == x.End
	})
}
