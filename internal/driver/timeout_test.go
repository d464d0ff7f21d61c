package driver_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// TestTimeout holds that a unit which comes to no end is told, and the others are
// judged; so it is with one that is too large only when a rule asks for its
// values.
func TestTimeout(t *testing.T) {
	files := ruletest.Files{}
	for _, name := range []string{"a", "hangs", "large"} {
		files[name+".json"] = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
			"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "` + name + `", "properties": {"x": "light"}}]}`
	}
	end := make(chan struct{})
	defer close(end)
	waits := &rules.Rule{Slug: "waits", Grades: []rules.Grade{{Name: "x"}}, Analyzer: &analysis.Analyzer{
		Name: "XX003", Doc: "waits", Requires: []*analysis.Analyzer{facts.Source},
		Run: func(pass *analysis.Pass) (any, error) {
			switch pass.OtherFiles[0] {
			case "hangs.json":
				<-end
			case "large.json":
				panic(&eval.LimitError{Message: "too many steps in all"})
			}
			return nil, nil
		},
	}}
	r := driver.Run(driver.Options{
		Read: files.Read, Rules: []*rules.Rule{marker(), waits}, Jobs: 1, Timeout: 5 * time.Second,
		Files: []discover.File{{Path: "hangs.json", Kind: discover.Template}, {Path: "large.json", Kind: discover.Template}, {Path: "a.json", Kind: discover.Template}},
	})
	if len(r.Findings) != 1 || r.Findings[0].At.File != "a.json" || r.Complete {
		t.Errorf("complete: %v, findings: %v", r.Complete, r.Findings)
	}
	want := []string{"the analysis was given up after 5s", "too many steps in all"}
	for i, p := range r.Problems {
		if p.Kind != report.ProblemLimit || !strings.Contains(p.Message, want[i]) || !strings.Contains(p.Hint, "--exclude") {
			t.Errorf("problem: %+v, want %s", p, want[i])
		}
	}
	if len(r.Problems) != 2 {
		t.Errorf("%d problems, want 2", len(r.Problems))
	}
}
