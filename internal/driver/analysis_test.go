package driver_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
)

func linkTo(name string) string {
	return head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "n", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "` + name + `"}}}]}`
}

// TestAgain edits a file and judges only the units that read it. The report is
// that of a new run.
func TestAgain(t *testing.T) {
	files := ruletest.Files{
		"a.json": linkTo("m/x.json"), "b.json": linkTo("m/x.json"), "c.json": head + `"resources": [` + resource(`"x": "grave"`, "") + `]}`,
		"m/x.json": head + `"resources": [` + resource(`"x": "light"`, "") + `]}`,
		"p.json":   head + `"parameters": {"x": {"type": "string"}}, "resources": [` + resource(`"x": "[parameters('x')]"`, "") + `]}`,
		"v.json":   file + `{"x": {"value": "grave"}}}`,
	}
	var read []string
	o := driver.Options{Rules: []*rules.Rule{marker()}, Jobs: 1, Read: func(name string) ([]byte, error) {
		read = append(read, name)
		return files.Read(name)
	}}
	for _, name := range []string{"a.json", "b.json", "c.json", "p.json"} {
		o.Files = append(o.Files, discover.File{Path: name, Kind: discover.Template})
	}
	o.Pairs = func(name string) []string {
		if name == "p.json" {
			return []string{"v.json"}
		}
		return nil
	}
	a := driver.Analyse(o)
	for _, c := range []struct{ file, old, new, reads string }{
		{"m/x.json", "light", "grave", "a.json b.json m/x.json"},
		{"c.json", "grave", "light", "c.json"},
		{"v.json", "grave", "light", "p.json v.json"},
		{"p.json", `"resources"`, `"outputs": {}, "resources"`, "p.json v.json"},
	} {
		before := told(a.Report())
		files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
		read = nil
		a.Again([]string{c.file})
		slices.Sort(read)
		if got := strings.Join(slices.Compact(read), " "); got != c.reads {
			t.Errorf("%s: %s was read, want %s", c.file, got, c.reads)
		}
		got, want := a.Report(), driver.Run(o)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: judged again\n%s\nin a new run\n%s", c.file, told(got), told(want))
		}
		if c.file != "p.json" && told(got) == before {
			t.Errorf("%s: the edit makes no difference: %s", c.file, before)
		}
	}
}

// TestBlank: what one of the units may not show is not shown.
func TestBlank(t *testing.T) {
	deployment := func(kind string) string {
		return head + `"parameters": {"p": {"type": "` + kind + `", "defaultValue": "Zw0lf-b0xer"}}, "resources": []}`
	}
	files := ruletest.Files{"a.json": deployment("securestring"), "b.json": deployment("string")}
	o := driver.Options{Read: files.Read, Jobs: 1, Rules: []*rules.Rule{marker()}, Files: []discover.File{
		{Path: "a.json", Kind: discover.Template}, {Path: "b.json", Kind: discover.Template},
	}}
	a := driver.Analyse(o)
	for name, hidden := range map[string]bool{"a.json": true, "b.json": false} {
		got := string(a.Blank(name, files.Read))
		if len(got) != len(files[name]) || strings.Contains(got, "Zw0lf-b0xer") == hidden {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := a.Blank("c.json", files.Read); got != nil {
		t.Errorf("a file that no unit reads: %s", got)
	}
}

// TestEditOfLines: an edit that goes over several lines keeps its end.
func TestEditOfLines(t *testing.T) {
	files := ruletest.Files{"a.json": head + `"resources": [{"type": "Microsoft.Web/sites", "apiVersion": "2022-09-01", "name": "n", "location": "x",
  "identity": {"type": "UserAssigned", "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'w')]": {
    "clientId": "c"
  }}}}]}`}
	r := run(driver.Options{Rules: []*rules.Rule{rules.Find("UA005")}, Profile: rules.Pedantic}, files, "a.json")
	if len(r.Findings) != 1 || len(r.Findings[0].Fixes) != 1 {
		t.Fatalf("no fix: %s", told(r))
	}
	e := r.Findings[0].Fixes[0].Edits[0]
	if got, want := files["a.json"][e.Start:e.End], "{\n    \"clientId\": \"c\"\n  }"; got != want {
		t.Errorf("the edit replaces %q, want %q", got, want)
	}
	if e.To.Line != e.From.Line+2 || e.To.Byte != 4 {
		t.Errorf("it goes from %+v to %+v", e.From, e.To)
	}
}
