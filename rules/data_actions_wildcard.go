package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD004 reports custom roles whose data actions take everything, or all of a
// provider. A wildcard that only reads is a lesser thing.
var RD004 = add("RD004", func(p *Pass) {
	for d := range p.customRoles {
		for _, a := range d.Actions {
			of, ok := dataWildcard(a)
			if !ok || d.Blocks[a.Block].Condition || coveredData(d, a) {
				continue
			}
			grade, what := "wildcard", "every operation on data"
			if onlyReads(alone(d, a)) {
				grade, what = "read only", "reading all data"
			}
			p.report(grade, Finding{
				At: actionAt(p, d, a), Resource: d.Resource, When: d.When, Path: "properties.permissions.dataActions." + a.Text,
				Message: fmt.Sprintf("the role '%s' has the data action '%s': %s of %s", roleTitle(d), a.Text, what, of),
				Related: because(d.Resource, "the list of actions", "properties", "permissions"),
			})
		}
	}
})

// dataWildcard tells whether a data action covers a whole provider, or its
// reads, and says of what.
func dataWildcard(a facts.Action) (of string, ok bool) {
	if !a.Data || a.Not {
		return "", false
	}
	provider, rest, found := strings.Cut(a.Text, "/")
	switch {
	case strings.Contains(provider, "*"):
		return "all services", true
	case found && (rest == "*" || strings.EqualFold(rest, "*/read")):
		return provider, true
	}
	return "", false
}

// coveredData tells whether another data action of the block says the same
// and more: then that one is reported.
func coveredData(d *facts.Definition, a facts.Action) bool {
	for _, b := range d.Actions {
		if b.Block == a.Block && b.Data && !b.Not && !strings.EqualFold(b.Text, a.Text) && azure.Match(b.Text, a.Text) {
			return true
		}
	}
	return false
}

// onlyReads tells whether a wildcard, or what notDataActions leave of it,
// changes nothing: no write, no delete and no other action.
func onlyReads(b azure.Permissions) bool {
	probe := strings.ReplaceAll(b.DataActions[0], "*", "things")
	for _, verb := range []string{"/write", "/delete", "/action"} {
		if b.AllowsData(probe + verb) {
			return false
		}
	}
	return true
}
