package driver_test

import (
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// unit is a template to run rules over, with its parameter files and what it
// links to.
type unit struct {
	name  string
	files ruletest.Files
	root  string
	more  []string // parameter files and linked templates
}

// units are the demo with and without parameters, a clean template, and every
// template of the rules' archives.
func units(t *testing.T) []unit {
	t.Helper()
	demo := ruletest.Files{}
	for _, name := range []string{"demo/main.json", "demo/main.parameters.json", "demo/modules/access.json", "clean/main.json"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		demo[name] = string(b)
	}
	out := []unit{
		{"demo", demo, "demo/main.json", []string{"demo/modules/access.json"}},
		{"demo with parameters", demo, "demo/main.json", []string{"demo/main.parameters.json", "demo/modules/access.json"}},
		{"clean", demo, "clean/main.json", nil},
	}
	archives, err := filepath.Glob(filepath.Join("..", "..", "testdata", "rules", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files, nested := ruletest.Files{}, []string(nil)
		for _, f := range a.Files {
			files[f.Name] = string(f.Data)
			if strings.Contains(f.Name, "/") {
				nested = append(nested, f.Name)
			}
		}
		for _, f := range a.Files {
			if strings.HasSuffix(f.Name, ".json") && !strings.Contains(f.Name, "/") && !strings.HasSuffix(f.Name, ".parameters.json") {
				out = append(out, unit{filepath.Base(name) + " " + f.Name, files, f.Name, nested})
			}
		}
	}
	return out
}

// elsewhere marks a finding that points at other places too.
const elsewhere = " and elsewhere"

// ours runs the rules under our driver and returns rule, file and byte range of
// each finding, and whether it points at other places.
func ours(t *testing.T, u unit, run []*rules.Rule) []string {
	t.Helper()
	var params []string
	for _, f := range u.more {
		if strings.HasSuffix(f, ".parameters.json") {
			params = append(params, f)
		}
	}
	r := driver.Run(driver.Options{
		Files: []discover.File{{Path: u.root, Kind: discover.Template, Named: true}},
		Read:  u.files.Read, Parameters: params, Rules: run, Profile: rules.Pedantic, Jobs: 1,
	})
	for _, p := range r.Problems {
		t.Errorf("%s: %+v", u.name, p)
	}
	var out []string
	for _, f := range r.Findings {
		line := fmt.Sprintf("%s %s %d-%d", f.Rule.ID, f.At.File, f.At.Start, f.At.End)
		if len(f.Related) > 0 {
			line += elsewhere
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// theirs runs the rules under the checker of x/tools.
func theirs(t *testing.T, u unit) []string {
	t.Helper()
	var analyzers []*analysis.Analyzer
	for _, r := range rules.All() {
		analyzers = append(analyzers, r.Analyzer)
	}
	dir := t.TempDir()
	for name, text := range u.files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var others []string
	for _, name := range append([]string{u.root}, u.more...) {
		others = append(others, filepath.Join(dir, filepath.FromSlash(name)))
	}
	fset := token.NewFileSet()
	pkg := &packages.Package{
		ID: u.root, Name: "unit", PkgPath: u.root, Fset: fset, Types: types.NewPackage(u.root, "unit"), TypesInfo: &types.Info{},
		TypesSizes: types.SizesFor("gc", "amd64"), OtherFiles: others,
	}
	graph, err := checker.Analyze(analyzers, []*packages.Package{pkg}, &checker.Options{
		Sequential: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %s: %v", u.name, act.Analyzer.Name, act.Err)
		}
		for _, d := range act.Diagnostics {
			f := fset.File(d.Pos)
			start := f.Offset(d.Pos)
			name, err := filepath.Rel(dir, filepath.FromSlash(f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			name = filepath.ToSlash(name)
			end := start + lineRange(u.files[name], start, int(d.End-d.Pos))
			line := fmt.Sprintf("%s %s %d-%d", act.Analyzer.Name, name, start, end)
			if len(d.Related) > 0 {
				line += elsewhere
			}
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lineRange cuts a range at the end of its line, as our driver does.
func lineRange(text string, start, n int) int {
	if i := strings.IndexAny(text[start:start+n], "\r\n"); i >= 0 {
		return i
	}
	return n
}

// places leaves out whether findings point elsewhere.
func places(findings []string) []string {
	var out []string
	for _, f := range findings {
		out = append(out, strings.TrimSuffix(f, elsewhere))
	}
	return slices.Compact(out)
}

// TestEqualDrivers holds our driver against the checker of x/tools, which
// knows more of the other places: ours merges findings at one place.
func TestEqualDrivers(t *testing.T) {
	findings := 0
	for _, u := range units(t) {
		a, b := ours(t, u, rules.All()), theirs(t, u)
		findings += len(a)
		for _, f := range a {
			if strings.HasSuffix(f, elsewhere) && !slices.Contains(b, f) {
				t.Errorf("%s: our driver finds %s, the checker does not point there", u.name, f)
			}
		}
		if a, b := places(a), places(b); !slices.Equal(a, b) {
			t.Errorf("%s: our driver finds\n%s\nthe checker\n%s", u.name, strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	}
	if findings < 100 {
		t.Errorf("only %d findings were compared", findings)
	}
}

// TestIndependence holds each rule alone against the whole catalogue.
func TestIndependence(t *testing.T) {
	for _, u := range units(t) {
		all := ours(t, u, rules.All())
		var alone []string
		for _, r := range rules.All() {
			alone = append(alone, ours(t, u, []*rules.Rule{r})...)
		}
		slices.Sort(alone)
		if !slices.Equal(all, alone) {
			t.Errorf("%s: together\n%s\nalone\n%s", u.name, strings.Join(all, "\n"), strings.Join(alone, "\n"))
		}
	}
}

// inJSON is what a report tells, without what comes in the order of the files.
func inJSON(t *testing.T, r *report.Report) string {
	t.Helper()
	r.Coverage.Undecided, r.Coverage.Unsupported = nil, nil
	var b strings.Builder
	if err := report.JSON(&b, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestJobs holds a run with one worker against one with eight, and one of the
// same files given in the opposite order.
func TestJobs(t *testing.T) {
	var files []discover.File
	texts := ruletest.Files{}
	for i, u := range units(t) {
		dir := fmt.Sprintf("u%03d/", i)
		for name, text := range u.files {
			texts[dir+name] = text
		}
		files = append(files, discover.File{Path: dir + u.root, Kind: discover.Template})
	}
	run := func(jobs int) *report.Report {
		return driver.Run(driver.Options{Files: files, Read: texts.Read, Rules: rules.All(), Profile: rules.Pedantic, Jobs: jobs, Hashes: true})
	}
	one, eight := run(1), run(8)
	if len(one.Findings) == 0 || !reflect.DeepEqual(one, eight) {
		t.Errorf("%d findings with one worker, %d with eight, or not the same", len(one.Findings), len(eight.Findings))
	}
	slices.Reverse(files)
	if diff := cmp.Diff(inJSON(t, one), inJSON(t, run(1))); diff != "" {
		t.Errorf("with the files in the opposite order the report differs: %s", diff)
	}
}

// TestPassFields pins what an analysis.Pass has, since we build it by hand.
func TestPassFields(t *testing.T) {
	var names []string
	p := reflect.TypeFor[analysis.Pass]()
	for i := range p.NumField() {
		f := p.Field(i)
		if f.IsExported() {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	want := []string{
		"AllObjectFacts", "AllPackageFacts", "Analyzer", "ExportObjectFact", "ExportPackageFact", "Files", "Fset",
		"IgnoredFiles", "ImportObjectFact", "ImportPackageFact", "Module", "OtherFiles", "Pkg", "ReadFile", "Report",
		"ResultOf", "TypeErrors", "TypesInfo", "TypesSizes",
	}
	if !slices.Equal(names, want) {
		t.Errorf("analysis.Pass has the fields %v, want %v: look at what the new ones ask of a driver", names, want)
	}
}

// TestPanic holds that a rule that panics is told, and the others go on.
func TestPanic(t *testing.T) {
	u := units(t)[0]
	broken := &rules.Rule{
		Analyzer: &analysis.Analyzer{Name: "XX001", Doc: "panics", Run: func(*analysis.Pass) (any, error) { panic("oops") }},
		Slug:     "panics", Grades: []rules.Grade{{Name: "x"}},
	}
	r := driver.Run(driver.Options{
		Files: []discover.File{{Path: u.root, Kind: discover.Template, Named: true}},
		Read:  u.files.Read, Rules: append([]*rules.Rule{broken}, rules.All()...), Jobs: 1,
	})
	if len(r.Problems) != 1 || r.Problems[0].Kind != report.ProblemInternal || r.Problems[0].Rule != "XX001" || !strings.Contains(r.Problems[0].Message, "oops") {
		t.Errorf("problems: %+v", r.Problems)
	}
	if len(r.Findings) == 0 || r.Complete {
		t.Errorf("%d findings, complete: %v", len(r.Findings), r.Complete)
	}
}
