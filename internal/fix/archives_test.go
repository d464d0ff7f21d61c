package fix_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/fix"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// mend runs the engine over one template with some rules.
func mend(t *testing.T, files ruletest.Files, name string, run []*rules.Rule, unsafe bool) fix.Result {
	t.Helper()
	memory := fix.NewFiles(files.Read)
	o := driver.Options{
		Files: []discover.File{{Path: name, Kind: discover.Template, Named: true}}, Read: memory.Read,
		Rules: run, Profile: rules.Pedantic, Jobs: 1, Front: ruletest.Front(t),
	}
	params := strings.TrimSuffix(name, filepath.Ext(name)) + ".parameters.json"
	if _, ok := files[params]; ok {
		o.Parameters = []string{params}
	}
	a := driver.Analyse(o)
	return fix.Run(fix.Options{
		Files: memory, Unsafe: unsafe, Allow: func(string) error { return nil },
		Judge: func(edited []string) *report.Report {
			a.Again(edited)
			return a.Report()
		},
	})
}

// after are the files with the changes made.
func after(files ruletest.Files, done fix.Result) ruletest.Files {
	out := ruletest.Files{}
	for name, text := range files {
		out[name] = text
	}
	for _, c := range done.Changes {
		out[c.Path] = string(c.New)
	}
	return out
}

// form is another way to write the same text.
type form struct {
	name      string
	to, plain func(string) string
}

var forms = []form{
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }},
	{"BOM", func(s string) string { return "\ufeff" + s }, func(s string) string { return strings.TrimPrefix(s, "\ufeff") }},
	{"tabs", func(s string) string { return strings.ReplaceAll(s, "  ", "\t") }, func(s string) string { return strings.ReplaceAll(s, "\t", "  ") }},
}

// TestArchives makes all fixes, safe or not, of each rule in each template of
// its archive.
func TestArchives(t *testing.T) {
	for _, r := range rules.All() {
		if r.Driver {
			continue // it has no fixes
		}
		t.Run(r.Name, func(t *testing.T) {
			a, err := txtar.ParseFile(filepath.Join("..", "..", "testdata", "rules", r.Name+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			files := ruletest.Files{}
			for _, f := range a.Files {
				files[f.Name] = string(f.Data)
			}
			fixed := 0
			for _, f := range a.Files {
				if !strings.Contains(f.Name, "/") && isTemplate(f) {
					fixed += archived(t, r, files, f.Name)
				}
			}
			if r.Fixable != (fixed > 0) {
				t.Errorf("%d findings were fixed, but the table says fixable: %v", fixed, r.Fixable)
			}
		})
	}
}

// isTemplate tells whether a file of an archive is JSON or Bicep to be checked.
func isTemplate(f txtar.File) bool {
	return strings.HasSuffix(f.Name, ".bicep") || strings.HasSuffix(f.Name, ".json") && discover.Classify(f.Name, f.Data) == discover.Template
}

// readable tells what is wrong with the text of a file, "" if nothing is.
func readable(name string, text []byte) string {
	if strings.HasSuffix(name, ".bicep") {
		for _, e := range syntax.Parse(string(text), false).Errors {
			return e.Message
		}
		return ""
	}
	for _, e := range source.Parse(name, text).Errors {
		return e.Message
	}
	return ""
}

// archived fixes one template and holds the result to what every fix must do.
func archived(t *testing.T, r *rules.Rule, files ruletest.Files, name string) int {
	t.Helper()
	run := []*rules.Rule{r}
	done := mend(t, files, name, run, true)
	sound(t, name, done)
	for _, c := range done.Changes {
		if err := readable(c.Path, c.New); err != "" {
			t.Errorf("%s cannot be read any more: %s\n%s", c.Path, err, c.New)
		}
	}
	if again := mend(t, after(files, done), name, run, true); len(again.Changes) > 0 {
		t.Errorf("%s: a second run changes it again: %v", name, again.Report.Fixing.Fixed)
	}
	for _, form := range forms {
		written := ruletest.Files{}
		for name, text := range files {
			written[name] = form.to(text)
		}
		other := mend(t, written, name, run, true)
		sound(t, name+" with "+form.name, other)
		same(t, name+" with "+form.name, form, done, other)
	}
	return len(done.Report.Fixing.Fixed)
}

// sound holds that no fix went wrong, and none was left.
func sound(t *testing.T, what string, done fix.Result) {
	t.Helper()
	for _, p := range done.Report.Problems {
		if p.Kind == report.ProblemInternal {
			t.Errorf("%s: %s", what, p.Message)
		}
	}
	for _, f := range done.Report.Findings {
		if x := f.Fix(true); x != nil && !refused(done.Report.Problems, x.Edits[0].File) {
			t.Errorf("%s: a fix was not made: %s of %s", what, x.Message, f.Message)
		}
	}
}

func refused(ps []report.Problem, file string) bool {
	for _, p := range ps {
		if p.File == file && strings.HasPrefix(p.Message, "not fixed: ") {
			return true
		}
	}
	return false
}

// same compares the changes with those in another form of the files.
func same(t *testing.T, what string, f form, want, got fix.Result) {
	t.Helper()
	if len(want.Changes) != len(got.Changes) {
		t.Errorf("%s: %d files are changed, want %d", what, len(got.Changes), len(want.Changes))
		return
	}
	for i, c := range got.Changes {
		if plain := f.plain(string(c.New)); plain != string(want.Changes[i].New) && f.name != "tabs" {
			t.Errorf("%s: the fixed file differs:\n%s\nwant\n%s", what, plain, want.Changes[i].New)
		}
		if f.name == "CRLF" && bytes.Count(c.New, []byte("\r\n")) != bytes.Count(c.New, []byte("\n")) {
			t.Errorf("%s: the line ends are mixed:\n%q", what, c.New)
		}
		if f.name == "BOM" && bytes.HasPrefix(c.Old, []byte("\ufeff")) && (!bytes.HasPrefix(c.New, []byte("\ufeff")) || bytes.Count(c.New, []byte("\ufeff")) > 1) {
			t.Errorf("%s: the byte order mark is gone", what)
		}
	}
}
