package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA021 reports custom roles of the template that have data actions and are
// assigned at a management group, which Azure refuses. To make such a role
// eligible there is accepted; only its activation fails.
var RA021 = add("RA021", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.RBAC, facts.PIMActive) {
		if g.Level != resourceid.ManagementGroup {
			continue
		}
		for _, role := range g.Roles {
			if role.Custom != nil && !role.Offered {
				p.dataRoleAbove(g, role)
			}
		}
	}
})

// dataRoleAbove judges each alternative of the definition of a role.
func (p *Pass) dataRoleAbove(g *facts.Grant, role facts.Role) {
	for _, d := range p.Access.Definitions {
		when, feasible := role.When.And(d.When)
		a, ok := firstDataAction(d)
		if d.Resource != role.Custom.Resource || d.Offered || !feasible || !ok {
			continue
		}
		p.report("refused", Finding{
			At: roleAt(g), Resource: g.Resource, Path: "properties.roleDefinitionId", When: when,
			Message: fmt.Sprintf("the custom role '%s' has data actions and is assigned at a management group: Azure refuses that", roleTitle(d)),
			Related: append([]Related{{actionAt(p, d, a), "a data action of the role"}}, because(g.Resource, "the role", "properties", "roleDefinitionId")...),
		})
	}
}

func firstDataAction(d *facts.Definition) (facts.Action, bool) {
	for _, a := range d.Actions {
		if a.Data && !a.Not {
			return a, true
		}
	}
	return facts.Action{}, false
}
