package driver_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// marker is a rule that tells of each deployed resource whose properties have
// a member x: as grave as x says, with a fix that writes the member y.
func marker() *rules.Rule {
	r := &rules.Rule{Slug: "marker", Grades: []rules.Grade{
		{Name: "grave", Severity: rules.High}, {Name: "light", Severity: rules.Low}, {Name: "extra", Severity: rules.Info, Profile: rules.Pedantic},
	}}
	r.Analyzer = &analysis.Analyzer{
		Name: "XX002", Doc: "marks", Requires: []*analysis.Analyzer{facts.Source, rules.Results},
		Run: func(pass *analysis.Pass) (any, error) {
			sink := pass.ResultOf[rules.Results].(*rules.Sink)
			for _, res := range pass.ResultOf[facts.Source].(*facts.Unit).Deployment.Resources {
				if v := res.Get("properties", "x"); res.State != eval.NotDeployed && v.Kind != value.Missing {
					sink.Findings = append(sink.Findings, mark(r, res, v)...)
				}
			}
			return nil, nil
		},
	}
	return r
}

func mark(r *rules.Rule, res *eval.Resource, x value.Value) []rules.Finding {
	var out []rules.Finding
	for _, alt := range x.Alternatives() {
		f := rules.Finding{Rule: r, Message: "x is " + value.Show(alt.Value), At: rules.Head(res), Resource: res, When: alt.When, Path: "x"}
		grade, _ := alt.Value.Str()
		for _, g := range r.Grades {
			if g.Name == grade {
				f.Grade = g
			}
		}
		for _, stop := range res.Trace("properties", "x") {
			f.Related = append(f.Related, rules.Related{At: stop.At, Message: stop.Kind})
		}
		if y, ok := res.Get("properties", "y").Str(); ok {
			f.Fixes = []rules.Fix{{Message: "write y", Edits: []rules.Edit{{Pos: f.At.Pos(), End: f.At.EndPos(), New: y}}}}
		}
		if f.Grade.Name != "" {
			out = append(out, f)
		}
	}
	return out
}

// run analyses the files; those with a * in front are named by the user.
func run(o driver.Options, files ruletest.Files, roots ...string) *report.Report {
	for _, name := range roots {
		path, named := strings.CutPrefix(name, "*")
		o.Files = append(o.Files, discover.File{Path: path, Kind: discover.Template, Named: named})
	}
	o.Read = files.Read
	if o.Rules == nil {
		o.Rules = []*rules.Rule{marker()}
	}
	o.Jobs = 1
	return driver.Run(o)
}

// told writes findings in short.
func told(r *report.Report) string {
	var out []string
	for _, f := range r.Findings {
		text := fmt.Sprintf("%s:%d %s %s", f.At.File, f.At.From.Line, f.Severity, f.Message)
		if f.Count > 1 {
			text += fmt.Sprintf(" %d times", f.Count)
		}
		if f.Sets != nil {
			text += " in " + strings.Join(f.Sets, "+")
		}
		if f.Maybe != "" {
			text += " if " + f.Maybe
		}
		if len(f.Chain) > 0 {
			text += " through " + strings.Join(f.Chain, ">")
		}
		for _, x := range f.Fixes {
			text += " fix " + x.Edits[0].New
		}
		out = append(out, text)
	}
	for _, p := range r.Problems {
		out = append(out, p.Kind+": "+p.Message)
	}
	return strings.Join(out, "\n")
}

const (
	head = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",` + "\n"
	file = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": `
)

func resource(properties, more string) string {
	return `{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties": {` + properties + `}` + more + `}`
}

// TestMerged checks what becomes of several findings at one place.
func TestMerged(t *testing.T) {
	module := head + `"parameters": {"x": {"type": "string"}}, "resources": [` + resource(`"x": "[parameters('x')]"`, "") + `]}`
	link := func(name, x string) string {
		return `{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "` + name + `", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "module.json"}, "parameters": {"x": {"value": "` + x + `"}}}}`
	}
	for _, c := range []struct{ name, main, want string }{
		{"one", head + `"resources": [` + resource(`"x": "light"`, "") + `]}`, "main.json:2 low x is light"},
		{"copies", head + `"resources": [` + resource(`"x": "light"`, `, "copy": {"name": "l", "count": 3}`) + `]}`, "main.json:2 low x is light 3 times"},
		{"copies that differ", head + `"resources": [` + resource(`"x": "[if(equals(copyIndex(), 1), 'grave', 'light')]"`, `, "copy": {"name": "l", "count": 3}`) + `]}`, "main.json:2 high x is grave 3 times"},
		{"fixes that agree", head + `"resources": [` + resource(`"x": "light", "y": "same"`, `, "copy": {"name": "l", "count": 2}`) + `]}`, "main.json:2 low x is light 2 times fix same"},
		{"fixes that differ", head + `"resources": [` + resource(`"x": "light", "y": "[string(copyIndex())]"`, `, "copy": {"name": "l", "count": 2}`) + `]}`, "main.json:2 low x is light 2 times"},
		{"maybe", head + `"parameters": {"b": {"type": "bool"}}, "resources": [` + resource(`"x": "light"`, `, "condition": "[parameters('b')]"`) + `]}`, "main.json:2 low x is light if parameters('b')"},
		{"an unknown loop", head + `"parameters": {"n": {"type": "int"}}, "resources": [` + resource(`"x": "light"`, `, "copy": {"name": "l", "count": "[parameters('n')]"}`) + `]}`, "main.json:2 low x is light if the loop makes copies"},
		{"two arms", head + `"parameters": {"b": {"type": "bool"}}, "resources": [` + resource(`"x": "[if(parameters('b'), 'light', 'grave')]"`, "") + `]}`, "main.json:2 high x is grave 2 times if not parameters('b')"},
		{"a module twice", head + `"resources": [` + link("a", "light") + ", " + link("b", "light") + `]}`, "module.json:2 low x is light 2 times through a"},
		{"a module that differs", head + `"resources": [` + link("a", "light") + ", " + link("b", "grave") + `]}`, "module.json:2 high x is grave 2 times through b"},
		{"two places", head + `"resources": [` + resource(`"x": "light"`, "") + ",\n" + resource(`"x": "grave"`, "") + `]}`, "main.json:3 high x is grave\nmain.json:2 low x is light"},
	} {
		got := told(run(driver.Options{}, ruletest.Files{"main.json": c.main, "module.json": module}, "main.json"))
		a, b := strings.Split(got, "\n"), strings.Split(c.want, "\n")
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestSets checks which parameter sets a finding is said to hold in.
func TestSets(t *testing.T) {
	main := head + `"parameters": {"x": {"type": "string", "defaultValue": "none"}}, "resources": [` + resource(`"x": "[parameters('x')]"`, "") + `]}`
	set := func(x string) string { return file + `{"x": {"value": "` + x + `"}}}` }
	for _, c := range []struct{ a, b, want string }{
		{"light", "none", "main.json:2 low x is light in main.parameters.a.json"},
		{"light", "light", "main.json:2 low x is light in main.parameters.a.json+main.parameters.b.json"},
		{"light", "grave", "main.json:2 high x is grave in main.parameters.a.json+main.parameters.b.json"},
		{"none", "none", ""},
	} {
		files := ruletest.Files{"main.json": main, "main.parameters.a.json": set(c.a), "main.parameters.b.json": set(c.b)}
		pairs := func(string) []string {
			return []string{"main.parameters.a.json", "main.bicepparam", "main.parameters.b.json"}
		}
		if got := told(run(driver.Options{Pairs: pairs}, files, "main.json")); got != c.want {
			t.Errorf("%s and %s: got %q, want %q", c.a, c.b, got, c.want)
		}
		files["main.json"] = strings.Replace(main, `"none"`, `"light"`, 1)
		if got := told(run(driver.Options{Pairs: pairs}, files, "main.json")); c.b == "light" && got != "main.json:2 low x is light" {
			t.Errorf("in every set: got %q", got)
		}
		if got := told(run(driver.Options{Parameters: []string{"main.parameters.a.json", "main.parameters.b.json"}}, files, "main.json")); (got != "") != (c.b != "none") {
			t.Errorf("the last file wins: got %q", got)
		}
	}
}

// TestProfile checks which grades are told.
func TestProfile(t *testing.T) {
	files := ruletest.Files{"main.json": head + `"resources": [` + resource(`"x": "extra"`, "") + `]}`}
	for _, c := range []struct {
		o    driver.Options
		want string
	}{
		{driver.Options{}, ""},
		{driver.Options{Profile: rules.Strict}, ""},
		{driver.Options{Profile: rules.Pedantic}, "main.json:2 info x is extra"},
		{driver.Options{Selected: map[string]bool{"XX002": true}}, "main.json:2 info x is extra"},
	} {
		if got := told(run(c.o, files, "main.json")); got != c.want {
			t.Errorf("profile %v, selected %v: got %q, want %q", c.o.Profile, c.o.Selected, got, c.want)
		}
	}
}

// TestThroughOthers checks that a template that others deploy is judged
// through them, unless it is named.
func TestThroughOthers(t *testing.T) {
	files := ruletest.Files{
		"main.json":   head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "module.json"}, "parameters": {"x": {"value": "light"}}}}]}`,
		"module.json": head + `"parameters": {"x": {"type": "string", "defaultValue": "grave"}}, "resources": [` + resource(`"x": "[parameters('x')]"`, "") + `]}`,
	}
	for _, c := range []struct{ roots, want string }{
		{"main.json module.json", "module.json:2 low x is light through m"},
		{"main.json *module.json", "module.json:2 high x is grave"},
		{"module.json", "module.json:2 high x is grave"},
	} {
		r := run(driver.Options{}, files, strings.Fields(c.roots)...)
		if got := told(r); got != c.want {
			t.Errorf("%s: got %q, want %q", c.roots, got, c.want)
		}
	}
	if c := run(driver.Options{}, files, "main.json", "module.json").Coverage; c.Templates != 1 || c.Files != 2 || c.Units != 1 {
		t.Errorf("coverage: %d templates, %d files, %d units", c.Templates, c.Files, c.Units)
	}
}

// TestProblems checks what is told of files that cannot be analysed, and that
// the others are.
func TestProblems(t *testing.T) {
	files := ruletest.Files{
		"good.json":  head + `"resources": [` + resource(`"x": "light"`, "") + `]}`,
		"bad.json":   head + `"resources": [`,
		"data.json":  `{"a": 1}`,
		"large.json": head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "copy": {"name": "l", "count": 20}, "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {"resources": [` + resource("", `, "copy": {"name": "k", "count": 9000}`) + `]}}}]}`,
		"link.json":  head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "bad.json"}}}]}`,
	}
	for _, c := range []struct {
		roots    string
		complete bool
		want     []string
	}{
		{"good.json", true, []string{"good.json:2 low"}},
		{"good.json bad.json", false, []string{"good.json:2 low", "input: "}},
		{"good.json *missing.json", false, []string{"good.json:2 low", "input: "}},
		{"good.json *data.json", true, []string{"good.json:2 low", "note: "}},
		{"good.json data.json", true, []string{"good.json:2 low"}},
		{"good.json large.json", false, []string{"good.json:2 low", "limit: more than 100,000 resources"}},
		{"good.json link.json", false, []string{"good.json:2 low", "input: "}},
	} {
		r := run(driver.Options{}, files, strings.Fields(c.roots)...)
		lines := strings.Split(told(r), "\n")
		ok := len(lines) == len(c.want) && r.Complete == c.complete
		for i := range min(len(lines), len(c.want)) {
			ok = ok && strings.HasPrefix(lines[i], c.want[i])
		}
		if !ok {
			t.Errorf("%s: complete: %v, got\n%s\nwant\n%s", c.roots, r.Complete, strings.Join(lines, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// TestFingerprints checks that a fingerprint survives what does not concern
// the finding, and that no two are the same.
func TestFingerprints(t *testing.T) {
	prints := func(text string) []string {
		var out []string
		for _, f := range run(driver.Options{}, ruletest.Files{"main.json": text}, "main.json").Findings {
			out = append(out, f.Fingerprint)
		}
		return out
	}
	two := resource(`"x": "light"`, "") + ",\n" + strings.Replace(resource(`"x": "light"`, ""), `"n"`, `"m"`, 1)
	before := prints(head + `"resources": [` + two + `]}`)
	if len(before) != 2 || before[0] == before[1] {
		t.Fatalf("fingerprints: %q", before)
	}
	after := prints(head + "\n\n" + `"parameters": {"p": {"type": "int"}}, "resources": [{"type": "A.B/z", "apiVersion": "1", "name": "z"}, ` + strings.ReplaceAll(two, `"light"`, `"grave"`) + `]}`)
	slices.Sort(before)
	slices.Sort(after)
	if !slices.Equal(before, after) {
		t.Errorf("the fingerprints changed: %q, %q", before, after)
	}
	same := resource(`"x": "light"`, "")
	if p := prints(head + `"resources": [` + same + ",\n" + same + `]}`); len(p) != 2 || p[0] == p[1] {
		t.Errorf("two findings with one fingerprint: %q", p)
	}
}
