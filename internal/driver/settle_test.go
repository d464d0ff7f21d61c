package driver_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// TestPagesOfDriver executes the examples of the rules that the driver itself
// reports, JSON and Bicep: the rule reports every bad one once, and no rule any
// good one.
func TestPagesOfDriver(t *testing.T) {
	for _, r := range rules.All() {
		if !r.Driver {
			continue
		}
		for section, want := range map[string]int{"Bad": 1, "Good": 0} {
			examples := ruletest.Examples(r.Page(), section)
			if len(examples) != 2 {
				t.Errorf("%s, %s: %d examples, want one in JSON and one in Bicep", r.Name, section, len(examples))
			}
			for _, x := range examples {
				o := options(ruletest.Files{x.Name: x.Text}, true, x.Name)
				o.Front = ruletest.Front(t)
				got := driver.Run(o)
				n := len(got.Findings)
				if want > 0 {
					n = count(got, r.Name)
				}
				if n != want || len(got.Problems) > 0 {
					t.Errorf("%s, %s: %d findings, want %d; problems: %v", r.Name, x.Name, n, want, got.Problems)
				}
			}
		}
	}
}

func count(r *report.Report, rule string) int {
	n := 0
	for _, f := range r.Findings {
		if f.Rule.ID == rule {
			n++
		}
	}
	return n
}

// judge runs all rules; the roots are named, or the whole of the tree.
func judge(files ruletest.Files, named bool, roots ...string) *report.Report {
	return driver.Run(options(files, named, roots...))
}

func options(files ruletest.Files, named bool, roots ...string) driver.Options {
	o := driver.Options{
		Read: files.Read, Rules: rules.All(), Jobs: 4, Whole: !named,
		Pairs:   func(string) []string { return nil },
		Configs: config.NewFinder(files.Read),
	}
	for _, root := range roots {
		o.Files = append(o.Files, discover.File{Path: root, Kind: discover.Template, Named: named})
	}
	return o
}

// settled lists findings and what is suppressed, by rule, file and line.
func settled(r *report.Report) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s %s:%d", f.Rule.ID, f.At.File, f.At.From.Line))
	}
	for _, f := range r.Suppressed {
		out = append(out, fmt.Sprintf("%s %s:%d by %s: %s", f.Rule.ID, f.At.File, f.At.From.Line, f.By, f.Reason))
	}
	return out
}

// owner is a role assignment on 5 lines, which RA001 reports on the third.
func owner(name string) string {
	return `{ "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('` + name + `', parameters('p'))]",
  "properties": {
    "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', variables('owner'))]",
    "principalId": "[parameters('p')]", "principalType": "ServicePrincipal"
} }`
}

func template(parameter string, resources ...string) string {
	return `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
"parameters": { "p": { "type": "string"` + parameter + ` } }, "variables": { "owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635" },
"resources": [
` + strings.Join(resources, ",\n") + "\n]}"
}

const someone = `, "defaultValue": "0f9d2a43-58f8-4f0e-93ad-8b1d3b2c6e70"`

func TestSettle(t *testing.T) {
	const ignore = "// rolecall:ignore RA001 known\n"
	module := `{ "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m",
  "properties": { "mode": "Incremental", "templateLink": { "relativePath": "m.json" }, "parameters": { "p": { "value": "[parameters('p')]" } } } }`
	for _, c := range []struct {
		name  string
		files ruletest.Files
		named bool
		roots []string
		want  []string
	}{
		{"resource", ruletest.Files{"a.json": template("", ignore+owner("a"), owner("b"))}, true, []string{"a.json"},
			[]string{"RA014 a.json:10", "RA001 a.json:12", "RA001 a.json:7 by comment: known"}},
		{"line", ruletest.Files{"a.json": template("", strings.Replace(owner("a"), "\n    \"role", "\n"+ignore+"    \"role", 1))}, true, []string{"a.json"},
			[]string{"RA001 a.json:7 by comment: known"}},
		{"wrong line", ruletest.Files{"a.json": template(someone, strings.Replace(owner("a"), "\n    \"principalId", "\n"+ignore+"    \"principalId", 1))}, true, []string{"a.json"},
			[]string{"RA001 a.json:6", "SU001 a.json:7"}},
		{"metadata", ruletest.Files{"a.json": template("", `{ "metadata": {"rolecall": {"ignore": [{"rule": "escalating-role", "reason": "known"}]}},`+owner("a")[1:])}, true, []string{"a.json"},
			[]string{"RA001 a.json:6 by metadata: known"}},
		{"no reason", ruletest.Files{"a.json": template("", "// rolecall:ignore RA001\n"+owner("a"))}, true, []string{"a.json"},
			[]string{"SU002 a.json:4", "RA001 a.json:7"}},
		{"unknown rule", ruletest.Files{"a.json": template("", "// rolecall:ignore RA0001,RA001 known\n"+owner("a"))}, true, []string{"a.json"},
			[]string{"SU002 a.json:4", "RA001 a.json:7 by comment: known"}},
		{"one of two", ruletest.Files{"a.json": template(someone, "// rolecall:ignore RA001,ID001 known\n"+owner("a"))}, true, []string{"a.json"},
			[]string{"SU001 a.json:4", "RA001 a.json:7 by comment: known"}},
		{"waits for a value", ruletest.Files{"a.json": template("", "// rolecall:ignore RA001,ID001 known\n"+owner("a"))}, true, []string{"a.json"},
			[]string{"RA001 a.json:7 by comment: known"}},
		{"waits, in the whole tree", ruletest.Files{"a.json": template("", "// rolecall:ignore RA001,ID001 known\n"+owner("a"))}, false, []string{"a.json"},
			[]string{"SU001 a.json:4", "RA001 a.json:7 by comment: known"}},
		{"rule not in the profile", ruletest.Files{"a.json": template(someone, "// rolecall:ignore UA010 known\n{}")}, true, []string{"a.json"}, nil},
		{"rule off", ruletest.Files{"rolecall.json": `{"rules": {"ID": "off"}}`, "a.json": template(someone, "// rolecall:ignore ID001 known\n{}")}, true, []string{"a.json"}, nil},
		{"module", ruletest.Files{"a.json": template("", module), "m.json": template("", ignore+owner("m"), "// rolecall:ignore ID001 x\n{}")}, false, []string{"a.json", "m.json"},
			[]string{"SU001 m.json:10", "RA001 m.json:7 by comment: known"}},
		{"module of one named template", ruletest.Files{"a.json": template("", module), "m.json": template("", ignore+owner("m"), "// rolecall:ignore ID001 x\n{}")}, true, []string{"a.json"},
			[]string{"RA001 m.json:7 by comment: known"}},
		{"incomplete", ruletest.Files{"a.json": template("", "// rolecall:ignore ID001 known\n{}") + "}"}, false, []string{"a.json"}, nil},
		{"another template is broken", ruletest.Files{"a.json": template("", "// rolecall:ignore ID001 known\n{}"), "b.json": "{"}, false, []string{"a.json", "b.json"}, nil},
		{"configuration", ruletest.Files{
			"x/rolecall.json": `{"ignore": [
				{"rule": "RA", "paths": ["a.json"], "reason": "known"},
				{"rule": "RA001", "paths": ["gone.json"], "reason": "x"},
				{"rule": "ID001", "paths": ["a.json"], "reason": "x"},
				{"rule": "UA010", "paths": ["a.json"], "reason": "not in the profile"}
			]}`, "x/a.json": template("", owner("a"))}, false, []string{"x/a.json"},
			[]string{"SU001 x/rolecall.json:3", "SU001 x/rolecall.json:4", "RA001 x/a.json:6 by configuration: known"}},
		{"both", ruletest.Files{"rolecall.json": `{"ignore": [{"rule": "RA", "paths": ["a.json"], "reason": "known"}]}`,
			"a.json": template("", "// rolecall:ignore RA001 here too\n"+owner("a"))}, false, []string{"a.json"},
			[]string{"RA001 a.json:7 by comment: here too"}},
		{"severity and off", ruletest.Files{"rolecall.json": `{"rules": {"SU001": "off"}}`, "a.json": template(someone, ignore+"{}", "// rolecall:ignore\n{}")}, false, []string{"a.json"},
			[]string{"SU002 a.json:6"}},
	} {
		if diff := cmp.Diff(c.want, settled(judge(c.files, c.named, c.roots...))); diff != "" {
			t.Errorf("%s: (- wanted)\n%s", c.name, diff)
		}
	}
}

// TestUnusedNeedsOwnValues: with other values than its own, a template may
// have other findings.
func TestUnusedNeedsOwnValues(t *testing.T) {
	files := ruletest.Files{"a.json": template(someone, "// rolecall:ignore ID001 known\n{}")}
	if got := settled(judge(files, false, "a.json")); !slices.Equal(got, []string{"SU001 a.json:4"}) {
		t.Fatalf("got %v", got)
	}
	o := options(files, false, "a.json")
	o.Pairs = nil
	if got := settled(driver.Run(o)); got != nil {
		t.Errorf("without parameter files: %v", got)
	}
}

// TestFingerprintsSurvive holds that fingerprints survive what moves lines, and that
// of equal findings one more or less changes one.
func TestFingerprintsSurvive(t *testing.T) {
	prints := func(resources ...string) []string {
		var out []string
		for _, f := range judge(ruletest.Files{"a.json": template("", resources...)}, true, "a.json").Findings {
			if f.Rule.ID == "RA001" {
				out = append(out, f.Fingerprint)
			}
		}
		slices.Sort(out)
		return out
	}
	before := prints(owner("a"), owner("b"))
	if moved := prints("\n\n{}", owner("b"), owner("a")); !slices.Equal(moved, before) {
		t.Errorf("moved: %v, were %v", moved, before)
	}
	three, two := prints(owner("a"), owner("a"), owner("a")), prints(owner("a"), owner("a"))
	if len(slices.Compact(slices.Clone(three))) != 3 {
		t.Errorf("equal findings share a fingerprint: %v", three)
	}
	for _, p := range two {
		if !slices.Contains(three, p) {
			t.Errorf("%s is new when one of three goes", p)
		}
	}
}
