package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP001 reports standing authorizations of Azure Lighthouse that Azure
// rejects, or that let another tenant change nearly everything or hand out
// strong roles at any time.
var GP001 = add("GP001", func(p *Pass) {
	for g, role := range p.planeRoles(facts.Lighthouse) {
		if role.GUID == userAccessAdministrator {
			p.delegating(g, role)
			continue
		}
		f := entryFinding(g, "roleDefinitionId", role.When)
		if why := refusedByLighthouse(role); why != "" {
			f.Message = why + ": Azure rejects the delegation"
			p.report("rejected", f)
			continue
		}
		switch c := classes(role); {
		case c&azure.Broad != 0:
			f.Message = fmt.Sprintf("%s may change nearly everything on %s at any time: '%s' allows '%s'",
				delegate(g), delegatedScope(g), role.Name(), azure.Grants(role.Blocks(), azure.Broad))
			p.report("standing", f)
		case c&azure.Credential != 0:
			f.Message = fmt.Sprintf("%s can read credentials on %s at any time: '%s' allows '%s'",
				delegate(g), delegatedScope(g), role.Name(), azure.Grants(role.Blocks(), azure.Credential))
			p.report("standing credentials", f)
		}
	}
})

// delegating judges an authorization with the role User Access Administrator,
// which may give managed identities the roles that it lists.
func (p *Pass) delegating(g *facts.Grant, role facts.Role) {
	delegated := g.Entry.Get("delegatedRoleDefinitionIds")
	o := g.Entry.Object()
	if list := delegated.Array(); o.Open == nil && delegated.IsNull() || list != nil && list.Open == nil && list.Len() == 0 {
		f := entryFinding(g, "roleDefinitionId", role.When)
		f.Message = "Lighthouse takes 'User Access Administrator' only with delegatedRoleDefinitionIds, the roles that it may give to managed identities: Azure rejects the delegation"
		p.report("rejected", f)
		return
	}
	for _, list := range delegated.Alternatives() {
		a := list.Value.Array()
		when, ok := joined(role.When, list.When)
		if a == nil || list.Offered || !ok {
			continue
		}
		for _, id := range a.All() {
			p.delegatedRole(g, id, when)
		}
	}
}

// delegatedRole judges one of the roles that managed identities may be given.
func (p *Pass) delegatedRole(g *facts.Grant, id value.Value, when value.Condition) {
	for _, role := range p.Access.RolesOf(id) {
		both, ok := joined(when, role.When)
		if role.Offered || !ok {
			continue
		}
		f := entryFinding(g, "delegatedRoleDefinitionIds", both)
		if id.At.IsValid() {
			f.At = id.At
		}
		switch c := classes(role); {
		case c&azure.Escalate != 0:
			f.Message = fmt.Sprintf("%s may give managed identities the role '%s', with which they can give themselves any role", delegate(g), role.Name())
			p.report("delegates escalation", f)
		case c&azure.Broad != 0:
			f.Message = fmt.Sprintf("%s may give managed identities the role '%s', with which they may change nearly everything", delegate(g), role.Name())
			p.report("delegates Contributor", f)
		}
	}
}
