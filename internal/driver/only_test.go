package driver_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
)

// TestOnlyJudgesWhatItNeeds counts the units that are judged, and that are
// evaluated to see what they pull in.
func TestOnlyJudgesWhatItNeeds(t *testing.T) {
	link := func(to string) string {
		return template("", `{ "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m",
			"properties": { "mode": "Incremental", "`+to+`": { "relativePath": "m.json" } } }`)
	}
	utf16 := func(s string) string {
		var b strings.Builder
		b.WriteString("\xff\xfe")
		for i := range len(s) {
			b.WriteString(s[i:i+1] + "\x00")
		}
		return b.String()
	}
	files := ruletest.Files{
		"a.json": link("templateLink"), "b.json": link("TEMPLATELINK"), "c.json": link(`templateLin\u006b`), "d.json": utf16(link("templateLink")),
		"m.json": template("", owner("m")), "other.json": template("", owner("o")), "links.json": template("", `{ "type": "A.B/links", "apiVersion": "1", "name": "x" }`),
	}
	var judged []string
	counting := &rules.Rule{Analyzer: &analysis.Analyzer{Name: "RA001", Run: func(p *analysis.Pass) (any, error) {
		judged = append(judged, p.OtherFiles[0])
		return nil, nil
	}}, Grades: []rules.Grade{{}}}
	for _, c := range []struct {
		only string
		want []string
	}{
		{"m.json", []string{"a.json", "b.json", "c.json", "d.json"}}, // that is judged through the others
		{"other.json", []string{"other.json"}},
		{"a.json", []string{"a.json"}},
		{"README.md", nil},
	} {
		judged = nil
		o := options(files, false, "a.json", "b.json", "c.json", "d.json", "links.json", "m.json", "other.json")
		o.Rules, o.Jobs = []*rules.Rule{counting}, 1
		o.Only = func(file string) bool { return file == c.only }
		r := driver.Run(o)
		if diff := cmp.Diff(c.want, judged); diff != "" || !r.Complete {
			t.Errorf("--only %s: (- wanted)\n%s", c.only, diff)
		}
	}
}

// TestOnlyIsAPart holds that what is told of some files is part of what is
// told of all, with the same fingerprints.
func TestOnlyIsAPart(t *testing.T) {
	for _, u := range units(t)[:40] {
		files := ruletest.Files{}
		for name, text := range u.files {
			files[name] = text
		}
		o := options(files, false, u.root)
		o.Profile = rules.Pedantic
		var all []string
		for _, f := range driver.Run(o).Findings {
			all = append(all, f.Fingerprint)
		}
		told := 0
		for name := range files {
			o.Only = func(file string) bool { return file == name }
			for _, f := range driver.Run(o).Findings {
				told++
				if !slices.Contains(all, f.Fingerprint) {
					t.Errorf("%s: with --only %s there is a new finding: %s", u.name, name, f.Message)
				}
			}
		}
		if told < len(all) {
			t.Errorf("%s: %d findings, but %d with --only for each file", u.name, len(all), told)
		}
	}
}
