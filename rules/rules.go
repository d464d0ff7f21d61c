// Package rules holds the rules: each one an exported analyzer in a file of
// its own, with a page docs/rules/ID.md and a test archive
// testdata/rules/ID.txtar. Kind, severity and profile of every grade stand in
// one table, table.go.
package rules

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/docs"
	"github.com/rolecall/rolecall/rules/facts"
)

// Rule is an analyzer with what people want to know of it.
type Rule struct {
	*analysis.Analyzer // Name is the id
	Slug               string
	Grades             []Grade // the gravest first
	Fixable            bool

	// Driver says that the rule is not about a unit: the driver itself reports
	// it, and the analyzer finds nothing.
	Driver bool
}

// Page returns the documentation of the rule.
func (r *Rule) Page() docs.Page {
	p, _ := docs.Rule(r.Name)
	return p
}

// Profile is the narrowest profile that a grade of the rule belongs to.
func (r *Rule) Profile() Profile {
	p := Pedantic
	for _, g := range r.Grades {
		p = min(p, g.Profile)
	}
	return p
}

var all = make([]*Rule, 0, len(table))

// All returns the rules in the order of their ids.
func All() []*Rule { return all }

// Find returns the rule with the id or slug, in any case; nil if there is
// none.
func Find(name string) *Rule {
	for _, r := range all {
		if strings.EqualFold(r.Name, name) || strings.EqualFold(r.Slug, name) {
			return r
		}
	}
	return nil
}

// ofDriver makes a rule that the driver reports.
func ofDriver(id string) *analysis.Analyzer {
	a := add(id, func(*Pass) {})
	Find(id).Driver = true
	return a
}

// made holds the rules, and their analyzers, in the order of the table: room
// for all of them at once, because they are made at every start.
var made = make([]struct {
	Rule
	analyzer analysis.Analyzer
}, len(table))

var requires = []*analysis.Analyzer{facts.Source, facts.Accesses, Results}

// add makes a rule of the function that judges a unit. Each rule file calls
// it once.
func add(id string, run func(*Pass)) *analysis.Analyzer {
	row := slices.IndexFunc(table, func(e entry) bool { return e.id == id })
	if row < 0 {
		panic("rules: " + id + " is not in the table")
	}
	entry, rule, analyzer := &table[row], &made[row].Rule, &made[row].analyzer
	*rule = Rule{Analyzer: analyzer, Slug: entry.slug, Grades: entry.grades, Fixable: entry.fixable}
	*analyzer = analysis.Analyzer{
		Name:     id,
		Doc:      entry.slug,
		URL:      "https://github.com/rolecall/rolecall/blob/main/docs/rules/" + id + ".md",
		Requires: requires,
		Run: func(pass *analysis.Pass) (any, error) {
			run(pass.ResultOf[Results].(*Sink).begin(pass, rule))
			return nil, nil
		},
	}
	i, _ := slices.BinarySearchFunc(all, id, func(r *Rule, id string) int { return strings.Compare(r.Name, id) })
	all = slices.Insert(all, i, rule)
	return analyzer
}
