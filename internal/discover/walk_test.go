package discover

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/tree"
)

const (
	templateText   = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}`
	parametersText = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"}`
	policyText     = `{"properties":{"policyRule":{}}}`
	generatedText  = `{"$schema":"x/deploymentTemplate.json#","metadata":{"_generator":{"name":"bicep"}}}`
)

// newTree makes a tree of files; "T" as text stands for a template.
func newTree(t testing.TB, files map[string]string) *tree.Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if text == "T" {
			text = templateText
		}
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	tr, err := tree.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

// walk searches a tree: one line a file, with what is special of it,
// and one a problem.
func walk(t *testing.T, tr *tree.Tree, o Options, paths ...string) string {
	t.Helper()
	for i, path := range paths {
		paths[i] = filepath.Join(tr.Dir(), filepath.FromSlash(path))
	}
	files, problems, err := Walk(tr, paths, o)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range files {
		line := fmt.Sprintf("%s %s", f.Path, f.Kind)
		if f.Named {
			line += " named"
		}
		if f.CoveredBy != "" {
			line += " by " + f.CoveredBy
		}
		lines = append(lines, line)
	}
	for _, p := range problems {
		lines = append(lines, "! "+p.Path+": "+p.Message)
	}
	return strings.Join(lines, "\n")
}

func check(t *testing.T, got string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(strings.Join(want, "\n"), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWalkKinds(t *testing.T) {
	tr := newTree(t, map[string]string{
		"b/main.json":                "T",
		"b/UPPER.JSON":               "T",
		"b/c.jsonc":                  "// comment\n" + templateText,
		"b/wide.json":                string(encodeUTF16("\ufeff"+templateText, false)),
		"b/main.parameters.json":     parametersText,
		"a.bicep":                    "",
		"a.bicepparam":               "using './a.bicep'",
		"policy/p.json":              policyText,
		"policy/late.json":           `{"description":"` + strings.Repeat("x", HeadSize) + `","policyRule":{}}`,
		"package.json":               `{"name":"x"}`,
		"broken.json":                `{"$schema`,
		"empty.json":                 "",
		"text.txt":                   templateText,
		"node_modules/x/main.json":   "T",
		"b/node_modules/x/main.json": "T",
		".git/main.json":             "T",
		".hidden/main.json":          "T",
		"b.json/main.json":           "T",
	})
	check(t, walk(t, tr, Options{}, "."),
		".hidden/main.json template",
		"a.bicep bicep",
		"a.bicepparam bicepparam",
		"b.json/main.json template",
		"b/UPPER.JSON template",
		"b/c.jsonc template",
		"b/main.json template",
		"b/main.parameters.json parameters",
		"b/wide.json template",
		"policy/late.json policy",
		"policy/p.json policy",
	)
}

func TestWalkSize(t *testing.T) {
	tr := newTree(t, map[string]string{"a.json": templateText + strings.Repeat(" ", 2*HeadSize), "b.bicep": "var x = 1"})
	files, _, err := Walk(tr, []string{tr.Dir()}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []File{
		{Path: "a.json", Kind: Template, Size: int64(len(templateText) + 2*HeadSize)},
		{Path: "b.bicep", Kind: Bicep, Size: 9},
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Error(diff)
	}
}

func TestWalkNamed(t *testing.T) {
	tr := newTree(t, map[string]string{
		".gitignore":              "*\n",
		"text.txt":                "hello",
		"template.txt":            "T",
		"a/node_modules/x.json":   "T",
		"a/node_modules/y/x.json": "T",
	})
	check(t, walk(t, tr, Options{Exclude: []string{"*"}}, "text.txt", "template.txt", "a/node_modules/x.json"),
		"a/node_modules/x.json template named",
		"template.txt template named",
		"text.txt not a template named",
	)
	check(t, walk(t, tr, Options{NoIgnore: true}, "a/node_modules"),
		"a/node_modules/x.json template",
		"a/node_modules/y/x.json template",
	)
}

func TestWalkErrors(t *testing.T) {
	tr := newTree(t, map[string]string{"a.json": "T"})
	missing := filepath.Join(tr.Dir(), "a", "gone.json")
	_, _, err := Walk(tr, []string{tr.Dir(), missing}, Options{})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "gone.json") {
		t.Errorf("missing: %v", err)
	}
	_, _, err = Walk(tr, []string{filepath.Dir(tr.Dir())}, Options{})
	if !errors.Is(err, tree.ErrOutside) {
		t.Errorf("outside: %v", err)
	}
	if _, _, err = Walk(tr, []string{""}, Options{}); err == nil {
		t.Error("an empty path is taken")
	}
}

func TestWalkOverlap(t *testing.T) {
	tr := newTree(t, map[string]string{
		"a/b/x.json": "T", "a/y.json": "T", "a/y.bicep": "", "c/z.json": "T", ".gitignore": "/a/b/\n",
	})
	want := []string{
		"a/b/x.json template",
		"a/y.bicep bicep",
		"a/y.json template named",
		"c/z.json template",
	}
	check(t, walk(t, tr, Options{}, ".", "a/b", "a", "a/y.json", "a/y.json", "a/../a"), want...)
	check(t, walk(t, tr, Options{}, "a/y.json", "a/b", "a", "c/z.json/../../.", "c"), want...)
}

func TestWalkIgnoreFiles(t *testing.T) {
	files := map[string]string{
		".gitignore":            "build/\n*.out.json\n/top.json\nlogs/*\n!logs/keep.json\n**/deep/x.json\n",
		"top.json":              "T",
		"a/top.json":            "T",
		"a/build/x.json":        "T",
		"a/x.out.json":          "T",
		"a/keep/.gitignore":     "!*.out.json\nsecret.json\n",
		"a/keep/x.out.json":     "T",
		"a/keep/secret.json":    "T",
		"a/keep/b/secret.json":  "T",
		"a/keep/b/.gitignore":   "\ufeff!secret.json\r\n",
		"a/keep/build/x.json":   "T",
		"logs/a.json":           "T",
		"logs/keep.json":        "T",
		"logs/sub/keep.json":    "T",
		"deep/x.json":           "T",
		"a/b/deep/x.json":       "T",
		"a/b/deep/x.bicep":      "",
		"a/b/deep/.gitignore/x": "",
	}
	tr := newTree(t, files)
	check(t, walk(t, tr, Options{}, "."),
		"a/b/deep/x.bicep bicep",
		"a/keep/b/secret.json template",
		"a/keep/x.out.json template",
		"a/top.json template",
		"logs/keep.json template",
		"! a/b/deep/.gitignore: is a folder, not a file",
	)
	check(t, walk(t, tr, Options{}, "a/keep/b", "a/build"),
		"a/build/x.json template",
		"a/keep/b/secret.json template",
	)
	check(t, walk(t, tr, Options{Exclude: []string{"a/", "!/top.json", "keep.json"}}, "."),
		"top.json template",
	)
	check(t, walk(t, tr, Options{NoIgnore: true, Exclude: []string{"a"}}, "."),
		"deep/x.json template",
		"logs/a.json template",
		"logs/keep.json template",
		"logs/sub/keep.json template",
		"top.json template",
	)
}

func TestWalkCovered(t *testing.T) {
	tr := newTree(t, map[string]string{
		"a/main.json": generatedText, "a/main.bicep": "",
		"a/hand.json": "T", "a/hand.bicep": "",
		"a/lone.json": generatedText,
		"b/main.json": generatedText, "b/main.bicep": "", "b/.gitignore": "*.bicep",
	})
	check(t, walk(t, tr, Options{}, "."),
		"a/hand.bicep bicep",
		"a/hand.json template",
		"a/lone.json template",
		"a/main.bicep bicep",
		"a/main.json template by a/main.bicep",
		"b/main.json template",
	)
	check(t, walk(t, tr, Options{}, "a/main.json", "a"),
		"a/hand.bicep bicep",
		"a/hand.json template",
		"a/lone.json template",
		"a/main.bicep bicep",
		"a/main.json template named",
	)
}

func symlink(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip("symbolic links cannot be made here:", err)
	}
}

func TestWalkLinks(t *testing.T) {
	tr := newTree(t, map[string]string{"repo/a/x.json": "T", "repo/node_modules/y.json": "T", "secret.json": "T"})
	dir := filepath.Join(tr.Dir(), "repo")
	symlink(t, "..", filepath.Join(dir, "a", "loop"))
	symlink(t, "a", filepath.Join(dir, "folder"))
	symlink(t, "a", filepath.Join(dir, "folder.json"))
	symlink(t, "a/x.json", filepath.Join(dir, "again.json"))
	symlink(t, "node_modules/y.json", filepath.Join(dir, "y.json"))
	symlink(t, "../secret.json", filepath.Join(dir, "out.json"))
	symlink(t, "self.json", filepath.Join(dir, "self.json"))
	symlink(t, "gone", filepath.Join(dir, "gone.json"))
	symlink(t, "gone", filepath.Join(dir, "gone.txt"))
	tr, err := tree.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	check(t, walk(t, tr, Options{}, "."),
		"a/x.json template",
		"node_modules/y.json template",
		"! gone.json: there is no such file or folder (gone)",
		"! out.json: leads outside of the analysed tree; widen it with --root",
		"! self.json: its symbolic links lead in a circle",
	)
	check(t, walk(t, tr, Options{}, "folder", "again.json", "y.json"),
		"a/x.json template named",
		"node_modules/y.json template named",
	)
	if _, _, err := Walk(tr, []string{filepath.Join(dir, "out.json")}, Options{}); !errors.Is(err, tree.ErrOutside) {
		t.Errorf("a link that leads out: %v", err)
	}
}

func TestPairs(t *testing.T) {
	tr := newTree(t, map[string]string{
		".gitignore":                     "*.local.json\n",
		"a/main.json":                    "T",
		"a/main.parameters.json":         parametersText,
		"a/MAIN.Parameters.Dev.json":     parametersText,
		"a/main.parameters-prod.json":    parametersText,
		"a/main.parameters.local.json":   parametersText,
		"a/main.parameters.other.json":   `{"a":1}`,
		"a/main.bicepparam":              "using './main.bicep'",
		"a/other.parameters.json":        parametersText,
		"a/parameters/x.parameters.json": parametersText,
		"a/parameters/none/main.json":    "T",
		"azuredeploy.json":               "T",
		"azuredeploy.parameters.json":    parametersText,
	})
	pairs := NewPairs(tr, Options{Exclude: []string{"excluded"}})
	for template, want := range map[string][]string{
		"a/main.json":      {"a/MAIN.Parameters.Dev.json", "a/main.bicepparam", "a/main.parameters-prod.json", "a/main.parameters.json"},
		"azuredeploy.json": {"azuredeploy.parameters.json"},
		"a/x.json":         nil,
		"gone/x.json":      nil,
	} {
		for range 2 {
			if diff := cmp.Diff(want, pairs.Of(template)); diff != "" {
				t.Errorf("%s: %s", template, diff)
			}
		}
	}
	listed := NewPairs(tr, Options{})
	walk(t, tr, Options{Listed: listed.Listed}, ".")
	if got := listed.Of("azuredeploy.json"); len(got) != 1 {
		t.Errorf("after a walk: %q", got)
	}
	if names, known := listed.folders["a/parameters/none"]; !known || names != nil {
		t.Errorf("a folder without parameter files is to be listed again")
	}
	all := NewPairs(tr, Options{NoIgnore: true}).Of("a/main.bicep")
	if len(all) != 5 {
		t.Errorf("without ignore files: %q", all)
	}
}

func TestParameterNames(t *testing.T) {
	for sibling, want := range map[string]bool{
		"x.parameters.json":         true,
		"X.PARAMETERS.JSON":         true,
		"x.parameters.dev.json":     true,
		"x.parameters-dev.json":     true,
		"x.parameters.dev.eu.jsonc": true,
		"x.bicepparam":              true,
		"x.dev.bicepparam":          false,
		"x.parameters.bicepparam":   false,
		"x.parametersdev.json":      false,
		"x.parameters..json":        false,
		"x.parameters.yaml":         false,
		"x-parameters.json":         false,
		"xx.parameters.json":        false,
		"y.parameters.json":         false,
		"x.json":                    false,
		"x":                         false,
	} {
		for _, template := range []string{"x.json", "x.JSONC", "x.bicep"} {
			if got := len(ParameterNames(template, []string{sibling})) == 1; got != want {
				t.Errorf("%s of %s: %v", sibling, template, got)
			}
		}
	}
	for _, template := range []string{"x", "x.txt", "x.bicepparam", ".json"} {
		if got := ParameterNames(template, []string{"x.parameters.json", ".parameters.json", "x.bicepparam"}); got != nil {
			t.Errorf("%s has %q", template, got)
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	files := map[string]string{".gitignore": strings.Repeat("*.user\n[Bb]in/\n/out/**/x*\nobj/\n", 60)}
	for i := range 600 {
		folder := fmt.Sprintf("modules/group%d/module%d/", i%20, i)
		for j := range 8 {
			files[fmt.Sprintf("%smain%d.json", folder, j)] = templateText + strings.Repeat(" ", 12000)
		}
		files[folder+"main.parameters.json"] = parametersText
		files[folder+"data.json"] = `{"data":[` + strings.Repeat(`{"name":"value"},`, 300) + `{}]}`
		files[folder+"main.bicep"] = ""
	}
	tr := newTree(b, files)
	b.ReportAllocs()
	for b.Loop() {
		found, _, err := Walk(tr, []string{tr.Dir()}, Options{})
		if err != nil || len(found) != 6000 {
			b.Fatal(len(found), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/6600, "ns/file")
}
