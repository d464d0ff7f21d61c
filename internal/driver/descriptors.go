package driver

import (
	"sync"

	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

var descriptors struct {
	sync.Mutex
	byID map[string]*report.Rule
}

// descriptor returns the plain description of a rule, always the same one.
func descriptor(r *rules.Rule) *report.Rule {
	descriptors.Lock()
	defer descriptors.Unlock()
	if d := descriptors.byID[r.Name]; d != nil {
		return d
	}
	if descriptors.byID == nil {
		descriptors.byID = map[string]*report.Rule{}
	}
	d := Describe(r)
	descriptors.byID[r.Name] = d
	return d
}

// Describe returns the plain description of a rule.
func Describe(r *rules.Rule) *report.Rule {
	g := r.Grades[0]
	return &report.Rule{
		ID: r.Name, Slug: r.Slug, Page: func() report.Page { return pageOf(r) }, URL: r.URL,
		Kind: kindOf(g.Kind), Severity: severityOf(g.Severity), Profile: r.Profile().String(), Fixable: r.Fixable,
		Tags: []string{"azure", "arm", family(r.Name)},
	}
}

func pageOf(r *rules.Rule) report.Page {
	page := r.Page()
	return report.Page{Title: page.Title, Summary: page.Summary, Help: page.Markdown, HelpText: page.Markdown}
}

func family(id string) string {
	switch id[:2] {
	case "ID", "UA":
		return "identity"
	case "RA", "RD", "PP":
		return "access"
	case "CR":
		return "credentials"
	case "SU":
		return "suppression"
	}
	return "federation"
}
