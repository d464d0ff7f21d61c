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
		f.Fixes = p.quantifyAll(c, role)
		p.report("weak", f)
		return
	}
	if at, open := p.removalOpen(c.Expr, role); open {
		f := p.conditionFinding(c, at, fmt.Sprintf("the condition does not keep %s from removing any role assignment: it does not bind '%s'", role.Subject, removeRole))
		f.Fixes = p.quantifyAll(c, role)
		p.report("delete open", f)
	}
	if r, open := anyPrincipal(c.Expr); open {
		p.report("any principal", p.conditionFinding(c, r, fmt.Sprintf("the condition says which roles %s may assign, but not to whom", role.Subject)))
	}
}

// removalOpen tells whether any role assignment can be removed, if the role
// may remove any at all.
func (p *Pass) removalOpen(e abac.Expr, role boundRole) (abac.Span, bool) {
	if !role.allows(removeRole) {
		return abac.Span{}, false
	}
	for _, id := range []string{"", ownerRole} {
		for _, kind := range principalKinds {
			if (request{removeRole, id, kind}).allowedBy(e) != abac.True {
				return abac.Span{}, false
			}
		}
	}
	return firstAction(e), true
}

// quantifyAll is the fix for comparisons that are always true: Any becomes All
// for the values that a role must differ from. There is none if the condition is
// too weak for another reason, too.
func (p *Pass) quantifyAll(c *condition, role boundRole) []Fix {
	var edits []Edit
	mended, done := "", 0
	for e := range abac.All(c.Expr) {
		compare, ok := e.(*abac.Compare)
		if !ok || !alwaysTrue(compare) {
			continue
		}
		part := compare.Operator.Span
		at, written := p.inText(c, part)
		if !written {
			return nil
		}
		all := compare.Operator
		all.Quantifier += abac.AnyOfAll - abac.AnyOfAny
		edits = append(edits, Edit{Pos: at.Pos(), End: at.EndPos(), New: all.String()})
		mended += c.Text[done:part.Start] + all.String()
		done = part.End
	}
	if len(edits) == 0 || !p.binds(mended+c.Text[done:], role) {
		return nil
	}
	return respell(p.Unit, c.Value.At, "compare with all of the values", false, edits...)
}

// binds tells whether a condition is strong enough for a role that may assign
// roles.
func (p *Pass) binds(condition string, role boundRole) bool {
	e, err := abac.Parse(condition)
	if err != nil {
		return false
	}
	_, weak := p.weakness(e, role.Subject)
	_, open := p.removalOpen(e, role)
	return !weak && !open
}
