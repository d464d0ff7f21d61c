package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD002 reports custom roles that can give themselves or others more rights.
// Roles that allow everything are left to RD001.
var RD002 = add("RD002", func(p *Pass) {
	for _, d := range p.Access.Definitions {
		if d.Offered || d.Resource.Existing || d.Resource.State == eval.NotDeployed || !d.Known || takesAll(d) {
			continue
		}
		a, operation := escalation(d)
		if operation == "" {
			continue
		}
		p.report("escalates", Finding{
			At: actionAt(p, d, a), Resource: d.Resource, When: d.When, Path: "properties.permissions.actions." + a.Text,
			Message: fmt.Sprintf("the role '%s' can give itself any right: '%s' allows '%s'", roleTitle(d), a.Text, operation),
			Related: because(d.Resource, "the list of actions", "properties", "permissions"),
		})
	}
})

// escalation returns the action by which a role can give rights, and the
// operation that does it; "" if there is none.
func escalation(d *facts.Definition) (facts.Action, string) {
	if c, _ := azure.Classify(d.Blocks); c&azure.Escalate == 0 {
		return facts.Action{}, ""
	}
	operation := azure.Grants(d.Blocks, azure.Escalate)
	if a, ok := allowing(d, operation); ok {
		return a, operation
	}
	return facts.Action{}, ""
}

// takesAll tells whether the role has a general wildcard, which is RD001's.
func takesAll(d *facts.Definition) bool {
	return slices.ContainsFunc(d.Actions, func(a facts.Action) bool {
		return !a.Not && !a.Data && (a.Text == "*" || strings.EqualFold(a.Text, "*/write"))
	})
}

// allowing returns the action by which the role allows an operation.
func allowing(d *facts.Definition, operation string) (facts.Action, bool) {
	for _, a := range d.Actions {
		if !a.Not && !a.Data && azure.Match(a.Text, operation) && d.Blocks[a.Block].Allows(operation) && !d.Blocks[a.Block].Condition {
			return a, true
		}
	}
	return facts.Action{}, false
}
