package driver_test

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// TestEach checks that what is taken comes from the units that are judged, in
// their order, and that the report tells of the others.
func TestEach(t *testing.T) {
	link := `{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "module.json"}, "parameters": {"x": {"value": "Tr0ub4dor-value"}}}}`
	files := ruletest.Files{
		"a.json":      head + `"resources": [` + link + `]}`,
		"b.json":      head + `"parameters": {"n": {"type": "securestring", "defaultValue": "Tr0ub4dor-value"}}, "resources": [` + resource("", "") + `]}`,
		"broken.json": head + `"resources": [`,
		"module.json": head + `"parameters": {"x": {"type": "string"}}, "resources": [` + resource(`"x": "[parameters('x')]"`, "") + `]}`,
		"set.json":    file + `{}}`,
	}
	o := driver.Options{Read: files.Read, Pairs: func(f string) []string {
		if f == "b.json" {
			return []string{"set.json"}
		}
		return nil
	}}
	for _, name := range []string{"a.json", "b.json", "broken.json", "module.json"} {
		o.Files = append(o.Files, discover.File{Path: name, Kind: discover.Template})
	}
	want := []string{"a.json defaults of 1: Tr0ub4dor-value", "b.json defaults of 2: ‹secret›", "b.json set.json of 2: ‹secret›"}
	for _, jobs := range []int{1, 8} {
		o.Jobs = jobs
		got, r := driver.Each(o, func(u *driver.Unit) string {
			set, of := u.Sets()
			return u.Root + " " + set + " of " + string(rune('0'+of)) + ": " + u.Plain("Tr0ub4dor-value")
		})
		if !slices.Equal(got, want) {
			t.Errorf("%d jobs: got %q, want %q", jobs, got, want)
		}
		if r.Complete || len(r.Problems) != 1 || r.Problems[0].File != "broken.json" || r.Coverage.Templates != 2 || r.Coverage.Units != 3 {
			t.Errorf("%d jobs: the report is %+v", jobs, r)
		}
	}
}

// TestEachPanics checks that a unit that cannot be taken apart is a problem of
// its own.
func TestEachPanics(t *testing.T) {
	files := ruletest.Files{"a.json": head + `"resources": []}`, "b.json": head + `"resources": []}`}
	o := driver.Options{Read: files.Read, Files: []discover.File{{Path: "a.json", Kind: discover.Template}, {Path: "b.json", Kind: discover.Template}}}
	got, r := driver.Each(o, func(u *driver.Unit) string {
		if u.Root == "a.json" {
			panic("no")
		}
		return u.Root
	})
	if !slices.Equal(got, []string{"b.json"}) || len(r.Problems) != 1 || r.Problems[0].File != "a.json" || r.Complete {
		t.Errorf("got %q and %+v", got, r)
	}
}

// TestAlso checks that what is taken beside the findings is what Each takes,
// and that a unit of which nothing can be taken keeps its findings.
func TestAlso(t *testing.T) {
	const owner = head + `"resources": [{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "x", "properties": {
		"roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')]",
		"principalId": "11111111-2222-4333-8444-555555555555", "principalType": "Group"}}]}`
	files := ruletest.Files{"a.json": owner, "b.json": owner, "c.json": owner}
	o := driver.Options{
		Read: files.Read, Rules: []*rules.Rule{rules.Find("RA001")}, Jobs: 2,
		Files: []discover.File{{Path: "a.json", Kind: discover.Template}, {Path: "b.json", Kind: discover.Template}, {Path: "c.json", Kind: discover.Template}},
		Also: func(u *driver.Unit) any {
			if u.Root == "b.json" {
				panic("no")
			}
			return u.Root
		},
	}
	a := driver.Analyse(o)
	r := a.Report()
	if got := driver.Taken[string](a); !slices.Equal(got, []string{"a.json", "c.json"}) {
		t.Errorf("taken: %q", got)
	}
	if len(r.Findings) != 3 || r.Complete || len(r.Problems) != 1 || r.Problems[0].File != "b.json" || r.Problems[0].Kind != report.ProblemInternal {
		t.Errorf("%d findings, problems %+v", len(r.Findings), r.Problems)
	}
	a.Again([]string{"c.json"})
	if got := driver.Taken[string](a); !slices.Equal(got, []string{"a.json", "c.json"}) {
		t.Errorf("taken after judging again: %q", got)
	}
}
