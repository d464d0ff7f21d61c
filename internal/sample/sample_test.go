package sample_test

import (
	"maps"
	"testing"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/internal/sample"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/rules"
)

// TestShape holds both languages to what the shape says, and to no error.
func TestShape(t *testing.T) {
	for name, s := range map[string]sample.Shape{
		"smallest":    {},
		"one":         {Resources: 1},
		"grants":      {Resources: 23},
		"copies":      {Resources: 10, Copies: 3},
		"nested":      {Resources: 6, Depth: 4},
		"modules":     {Resources: 2, Uses: 3},
		"linked":      {Uses: 3, Linked: true},
		"expressions": {Resources: 10, Terms: 7},
		"calls":       {Resources: 10, Parens: 80},
		"all of it":   {Resources: 12, Copies: 2, Depth: 2, Uses: 2, Parens: 3},
	} {
		t.Run(name, func(t *testing.T) {
			for _, set := range []sample.Set{s.JSON(), s.Bicep()} {
				dep := ruletest.Load(t, set.Files, set.Root).Deployment
				if got := deployed(dep); got != s.Deployed() {
					t.Errorf("%s deploys %d resources, want %d", set.Root, got, s.Deployed())
				}
				judge(t, set)
			}
		})
	}
}

func deployed(dep *eval.Deployment) int {
	n := 0
	for _, r := range dep.Resources {
		if r.State != eval.NotDeployed {
			n++
		}
	}
	return n
}

// judge runs all rules over the set: nothing in it may be beyond them.
func judge(t *testing.T, set sample.Set) {
	t.Helper()
	r := driver.Run(driver.Options{
		Files: []discover.File{{Path: set.Root, Kind: discover.Template}}, Read: ruletest.Files(set.Files).Read, Front: ruletest.Front(t),
		Rules: rules.All(), Jobs: 1,
	})
	for _, p := range r.Problems {
		t.Errorf("%s: %s", set.Root, p.Message)
	}
	for _, u := range r.Coverage.Unsupported {
		t.Errorf("%s: %s is not supported", set.Root, u.Construct)
	}
	if c := r.Coverage; c.Grants.NotUnderstood+c.Grants.Limit+c.Identities.NotUnderstood+c.Identities.Limit > 0 {
		t.Errorf("%s: %s", set.Root, c.Sentence())
	}
}

// TestBytes holds templates to the size that was asked for.
func TestBytes(t *testing.T) {
	for _, want := range []int{1_526, 12_207, 781_250} {
		got := len(sample.Shape{Bytes: want}.JSON().Files["main.json"])
		if got < want*9/10 || got > want*11/10+1500 {
			t.Errorf("%d bytes, want %d", got, want)
		}
	}
}

// TestSame holds every axis to the same bytes on every run, and to its growth.
func TestSame(t *testing.T) {
	for _, a := range sample.Axes() {
		n := len(a.Steps)
		if a.Steps[n-1]/a.Steps[n-2] > 9 {
			t.Errorf("%s: the last step is no eightfold: %v", a.Name, a.Steps)
		}
		if !maps.Equal(a.Make(a.Steps[1]).Files, a.Make(a.Steps[1]).Files) {
			t.Errorf("%s: two runs differ", a.Name)
		}
	}
}
