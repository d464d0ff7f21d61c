package rules_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/docs"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// TestPages executes the examples of each page: the rule reports every bad
// one, and no rule any good one. The Bicep says the same as the JSON beside it.
func TestPages(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.Name, func(t *testing.T) {
			page := r.Page()
			wholePage(t, page)
			bad, good := ruletest.Examples(page, "Bad"), ruletest.Examples(page, "Good")
			if len(bad) != 2 || len(good) != 2 {
				t.Fatalf("%d bad and %d good examples; there must be one in JSON and one in Bicep", len(bad), len(good))
			}
			if r.Driver {
				return // the examples are run in internal/driver
			}
			badExamples(t, r, bad)
			goodExamples(t, good)
		})
	}
}

// wholePage holds the page to the parts that each one has.
func wholePage(t *testing.T, page docs.Page) {
	if page.Title == "" || strings.HasSuffix(page.Title, ".") {
		t.Fatalf("the page has no title, or one with a period: %q", page.Title)
	}
	if len(page.Summary) > 1000 || page.Summary == "" {
		t.Errorf("the first paragraph has %d bytes", len(page.Summary))
	}
	for _, s := range []string{"Why", "Bad", "Good", "Fix", "Notes", "More"} {
		if page.Section(s) == "" {
			t.Errorf("the page has no section %q", s)
		}
	}
	for _, s := range []string{"### Template", "### Bicep", "### Azure CLI", "### PowerShell"} {
		if !strings.Contains(page.Section("Fix"), s) {
			t.Errorf("the section Fix lacks %q", s)
		}
	}
}

func badExamples(t *testing.T, r *rules.Rule, list []ruletest.Example) {
	var found, deployed [][]string
	for _, x := range list {
		u := load(t, x)
		findings := ruletest.Run(t, u, []*rules.Rule{r})
		if len(findings) == 0 {
			t.Errorf("the rule does not report the example %s\n%s", x.Name, x.Text)
		}
		var kinds []string
		for _, f := range findings {
			kinds = append(kinds, kind(t, u, f))
		}
		slices.Sort(kinds)
		found, deployed = append(found, kinds), append(deployed, types(u))
	}
	same(t, "findings", found)
	same(t, "resources", deployed)
}

func goodExamples(t *testing.T, list []ruletest.Example) {
	var deployed [][]string
	for _, x := range list {
		u := load(t, x)
		for _, f := range ruletest.Run(t, u, rules.All()) {
			if f.Grade.Profile <= rules.Strict {
				t.Errorf("%s reports the example %s: %s", f.Rule.Name, x.Name, f.Message)
			}
		}
		deployed = append(deployed, types(u))
	}
	same(t, "resources", deployed)
}

// load evaluates an example, all of which must be understood.
func load(t *testing.T, x ruletest.Example) *facts.Unit {
	u := ruletest.Load(t, ruletest.Files{x.Name: x.Text}, x.Name)
	for _, c := range u.Deployment.Unsupported {
		t.Errorf("%s is not understood: %s", x.Name, c.Name)
	}
	return u
}

// same compares what the examples in the two languages yield.
func same(t *testing.T, what string, of [][]string) {
	if diff := cmp.Diff(of[0], of[1]); diff != "" {
		t.Errorf("the %s of the JSON (-) are not those of the Bicep (+):\n%s", what, diff)
	}
}

// types are the types of the resources that a unit deploys.
func types(u *facts.Unit) []string {
	var out []string
	for _, r := range u.Deployment.Resources {
		out = append(out, r.Type)
	}
	slices.Sort(out)
	return out
}

// kind says of a finding all that does not depend on the language.
func kind(t *testing.T, u *facts.Unit, f rules.Finding) string {
	list := []string{f.Grade.Name, f.Path, f.Message, "at " + label(t, u, f)}
	if f.Resource != nil {
		list = append(list, f.Resource.Type)
	}
	return strings.Join(list, " | ")
}

// The beginnings of what a finding may stand at, up to its place.
var (
	headOf     = regexp.MustCompile(`^(?:"type": *|resource \w+ )$`)
	outputOf   = regexp.MustCompile(`^output \w+ \w+ = $`)
	propertyOf = regexp.MustCompile(`['"]?([^'": ]+)['"]?: `)
)

// label names what the place of a finding stands behind: a property, the head
// of a resource, or nothing, if it is a key or an element. An output of Bicep
// has its value where one of JSON has a property.
func label(t *testing.T, u *facts.Unit, f rules.Finding) string {
	at := u.Written(f.At)
	file := u.Source(at.Pos())
	start, end := int(at.Start)-file.Base, int(at.End)-file.Base
	place := file.Text[start:end]
	if place == "" || strings.Contains(place, "\n") {
		t.Errorf("%s:%d: the place of %q is empty, or goes over lines", file.Name, file.Position(start).Line, f.Message)
	}
	before := lastLine(file.Text[:start])
	switch m := propertyOf.FindStringSubmatch(before); {
	case headOf.MatchString(before) && strings.Contains(place, "/"):
		return "resource"
	case outputOf.MatchString(before):
		return "value"
	case m != nil:
		return m[1]
	}
	return ""
}

// lastLine is the last line of a text, without its indent; of a string over
// several lines that is not closed, the one that it begins on.
func lastLine(text string) string {
	if strings.Count(text, "'''")%2 == 1 {
		text = text[:strings.LastIndex(text, "'''")]
	}
	return strings.TrimLeft(text[strings.LastIndex(text, "\n")+1:], " ")
}
