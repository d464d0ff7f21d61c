package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/abac"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA004 reports conditions that should bind who may assign which role, and
// still let a role be assigned that can give itself any other, let assignments
// be removed, or leave open to whom roles are assigned.
var RA004 = add("RA004", func(p *Pass) {
	for c := range p.conditions {
		if c.Expr == nil {
			continue
		}
		for _, role := range c.Bound {
			when, feasible := c.When.And(role.When)
			if !feasible || !role.allows(assignRole) {
				continue
			}
			one := *c
			one.When = when
			p.delegation(&one, role)
			break
		}
	}
})

const (
	assignRole = facts.RoleAssignments + "/write"
	removeRole = facts.RoleAssignments + "/delete"
)

// delegation judges one condition for one role that may assign roles.
func (p *Pass) delegation(c *condition, role boundRole) {
	if w, weak := p.weakness(c.Expr, role.Subject); weak {
		f := p.conditionFinding(c, w.At, w.Message)
		f.Fixes = p.quantifyAll(c)
		p.report("weak", f)
		return
	}
	if at, open := p.removalOpen(c, role); open {
		f := p.conditionFinding(c, at, fmt.Sprintf("the condition does not keep %s from removing any role assignment: it does not bind '%s'", role.Subject, removeRole))
		f.Fixes = p.quantifyAll(c)
		p.report("delete open", f)
	}
	if r, open := anyPrincipal(c.Expr); open {
		p.report("any principal", p.conditionFinding(c, r, fmt.Sprintf("the condition says which roles %s may assign, but not to whom", role.Subject)))
	}
}

// removalOpen tells whether any role assignment can be removed, if the role
// may remove any at all.
func (p *Pass) removalOpen(c *condition, role boundRole) (abac.Span, bool) {
	if !role.allows(removeRole) {
		return abac.Span{}, false
	}
	for _, id := range []string{"", ownerRole} {
		for _, kind := range principalKinds {
			if (request{removeRole, id, kind}).allowedBy(c.Expr) != abac.True {
				return abac.Span{}, false
			}
		}
	}
	return firstAction(c.Expr), true
}

// quantifyAll is the fix for comparisons that are always true: Any becomes All
// for the values that a role must differ from.
func (p *Pass) quantifyAll(c *condition) []Fix {
	var edits []Edit
	for e := range abac.All(c.Expr) {
		compare, ok := e.(*abac.Compare)
		if !ok || !alwaysTrue(compare) {
			continue
		}
		at, written := p.inText(c, compare.Operator.Span)
		if !written {
			return nil
		}
		all := compare.Operator
		all.Quantifier += abac.AnyOfAll - abac.AnyOfAny
		edits = append(edits, Edit{Pos: at.Pos(), End: at.EndPos(), New: all.String()})
	}
	if len(edits) == 0 {
		return nil
	}
	return respell(p.Unit, c.Value.At, "compare with all of the values", false, edits...)
}
