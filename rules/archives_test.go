package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// want is an expected finding: a line, and the columns if carets give them.
type want struct {
	line     int
	from, to int // in characters, 1-based, to exclusive; 0 if only the line matters
	re       *regexp.Regexp
	met      bool
}

var quoted = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`")

// wants reads the want comments of a file: behind a line, or a line of carets
// below it.
func wants(t *testing.T, name, text string) []*want {
	t.Helper()
	var out []*want
	target := 0
	for i, line := range strings.Split(text, "\n") {
		before, comment, ok := strings.Cut(line, "//")
		at := strings.LastIndex(line, "// want ")
		carets := ok && strings.TrimSpace(before) == "" && strings.HasPrefix(strings.TrimSpace(comment), "^")
		if !carets {
			target = i + 1
		}
		switch {
		case carets:
			runes := []rune(line)
			from := slices.Index(runes, '^')
			to := from
			for to < len(runes) && runes[to] == '^' {
				to++
			}
			out = append(out, patterns(t, name, i, string(runes[to:]), want{line: target, from: from + 1, to: to + 1})...)
		case at >= 0:
			out = append(out, patterns(t, name, i, line[at:], want{line: i + 1})...)
		}
	}
	return out
}

func patterns(t *testing.T, name string, line int, text string, like want) []*want {
	t.Helper()
	var out []*want
	for _, q := range quoted.FindAllString(text, -1) {
		s, err := strconv.Unquote(q)
		if err != nil {
			s = strings.Trim(q, `"`)
		}
		w := like
		w.re = regexp.MustCompile(s)
		out = append(out, &w)
	}
	if len(out) == 0 {
		t.Errorf("%s:%d: a want comment without a pattern in quotes", name, line+1)
	}
	return out
}

// TestArchives runs each rule over its archive testdata/rules/ID.txtar, which
// must show each of its grades and a template that is silent.
func TestArchives(t *testing.T) {
	for _, r := range rules.All() {
		if r.Driver {
			continue // tested in internal/driver
		}
		t.Run(r.Name, func(t *testing.T) {
			a, err := txtar.ParseFile(filepath.Join("..", "testdata", "rules", r.Name+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			files := ruletest.Files{}
			for _, f := range a.Files {
				files[f.Name] = string(f.Data)
			}
			silent := 0
			shown := map[string]int{} // findings by grade
			for _, f := range a.Files {
				if !isRoot(f.Name) {
					continue
				}
				t.Run(f.Name, func(t *testing.T) {
					findings := testFile(t, r, files, f.Name)
					for _, found := range findings {
						shown[found.Grade.Name]++
					}
					if len(findings) == 0 {
						silent++
					}
				})
			}
			for _, g := range r.Grades {
				if shown[g.Name] == 0 && !bySettings(r, g) {
					t.Errorf("no finding has the grade '%s'", g.Name)
				}
			}
			if silent == 0 {
				t.Error("no template is silent")
			}
		})
	}
}

// bySettings tells whether a grade needs settings, which TestSettings has.
func bySettings(r *rules.Rule, g rules.Grade) bool {
	return r.Name == "GP014" && (g.Name == "denied" || g.Name == "external")
}

func testFile(t *testing.T, r *rules.Rule, files ruletest.Files, name string) []rules.Finding {
	u := ruletest.Load(t, files, name, parametersOf(files, name)...)
	findings := ruletest.Run(t, u, []*rules.Rule{r})
	expected := map[string][]*want{}
	for _, f := range u.Inputs() {
		expected[f.Name] = wants(t, f.Name, files[f.Name])
	}
	seen := map[string]bool{}
	for _, f := range findings {
		written := u.Written(f.At)
		file := u.Source(written.Pos())
		if file == nil {
			t.Errorf("a finding without a place: %s", f.Message)
			continue
		}
		from := file.Position(int(written.Start) - file.Base)
		to := file.Position(int(written.End) - file.Base)
		at := fmt.Sprintf("%s:%d:%d-%d", file.Name, from.Line, from.Rune, to.Rune)
		if from.Line != to.Line {
			t.Errorf("%s: the range goes over several lines", at)
		}
		if !meet(expected[file.Name], from.Line, from.Rune, to.Rune, told(f), seen[at]) {
			t.Errorf("%s: unexpected: %s", at, f.Message)
		}
		seen[at] = true
	}
	for file, ws := range expected {
		for _, w := range ws {
			if !w.met {
				t.Errorf("%s:%d: no finding matches %q (columns %d-%d)", file, w.line, w.re, w.from, w.to)
			}
		}
	}
	if fixed, ok := files[name+".fixed"]; ok {
		testFix(t, r, files, name, fixed, u, findings)
	}
	return findings
}

// told is the message, the conditions under which it holds, and what is said
// of other places.
func told(f rules.Finding) string {
	s := f.Message + " | " + f.When.String()
	if f.Resource != nil {
		s += " | " + f.Resource.When.String()
	}
	for _, r := range f.Related {
		s += " | " + r.Message
	}
	return s
}

// meet marks the first expectation that the finding meets. Copies of a
// finding at one place meet the same one.
func meet(ws []*want, line, from, to int, message string, again bool) bool {
	for _, w := range ws {
		if w.line == line && (!w.met || again) && w.re.MatchString(message) && (w.from == 0 || w.from == from && w.to == to) {
			w.met = true
			return true
		}
	}
	return false
}

// testFix applies the fixes once and compares; once more must change nothing,
// and no rule may find anything new.
func testFix(t *testing.T, r *rules.Rule, files ruletest.Files, name, fixed string, u *facts.Unit, findings []rules.Finding) {
	text := ruletest.Apply(u, name, files[name], findings)
	if strip(text) != strip(fixed) {
		t.Errorf("%s: the fixed file is\n%s\nwant\n%s", name, text, fixed)
		return
	}
	after := ruletest.Files{}
	for k, v := range files {
		after[k] = v
	}
	after[name] = text
	v := ruletest.Load(t, after, name)
	left := ruletest.Run(t, v, []*rules.Rule{r})
	if again := ruletest.Apply(v, name, text, left); again != text {
		t.Errorf("%s: fixing twice changes it again:\n%s", name, again)
	}
	for _, f := range findings {
		if len(f.Fixes) > 0 && !f.Fixes[0].Safe {
			return // what an unsafe fix means is for people to judge
		}
	}
	before := messages(ruletest.Run(t, u, rules.All()))
	for m := range messages(ruletest.Run(t, v, rules.All())) {
		if !before[m] {
			t.Errorf("%s: the fixed file has a new finding: %s", name, m)
		}
	}
}

// strip leaves out want comments and blanks at line ends, which a fix may put
// elsewhere.
func strip(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		if i := strings.LastIndex(line, "// want "); i >= 0 {
			line = line[:i]
		}
		line = strings.TrimRight(line, " \t\r\n")
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "//") && strings.Contains(trimmed, "^ want ") {
			continue
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func messages(fs []rules.Finding) map[string]bool {
	out := map[string]bool{}
	for _, f := range fs {
		out[f.Rule.Name+" "+f.Message] = true
	}
	return out
}

// TestTable holds the table of rules together with files and code.
func TestTable(t *testing.T) {
	slugs := map[string]bool{}
	for _, r := range rules.All() {
		if slugs[r.Slug] {
			t.Errorf("the slug %q stands twice", r.Slug)
		}
		slugs[r.Slug] = true
		if !slices.IsSortedFunc(r.Grades, func(a, b rules.Grade) int { return int(b.Severity) - int(a.Severity) }) {
			t.Errorf("%s: the grades do not begin with the gravest", r.Name)
		}
		file := strings.ReplaceAll(r.Slug, "-", "_") + ".go"
		src, err := os.ReadFile(file)
		if err != nil {
			t.Errorf("%s: its file must be called %s", r.Name, file)
			continue
		}
		if !strings.Contains(string(src), "// "+r.Name+" reports ") {
			t.Errorf("%s has no comment that begins with \"%s reports\"", file, r.Name)
		}
	}
	for _, pattern := range []string{"../docs/rules/[A-Z]*[0-9].md", "../testdata/rules/*.txtar"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			id, _, _ := strings.Cut(filepath.Base(name), ".")
			if rules.Find(id) == nil {
				t.Errorf("%s belongs to no rule", name)
			}
		}
	}
}
