package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA001 reports grants of roles that can give themselves any other role.
var RA001 = add("RA001", func(p *Pass) {
	p.voices(func(g *facts.Grant, role facts.Role, v verdict) {
		f := grantFinding(g, role)
		f.Message = fmt.Sprintf("%s can give itself any role on %s: '%s' allows '%s'", who(g), where(g), role.Name(), azure.Grants(role.Blocks(), azure.Escalate))
		f.Related = append(f.Related, p.askedFor(g, role)...)
		p.report(v.grade, f)
	})
})

// grantFinding is a finding about the role of a grant.
func grantFinding(g *facts.Grant, role facts.Role) Finding {
	return Finding{
		At: roleAt(g), Resource: g.Resource, Path: "properties.roleDefinitionId", When: role.When,
		Related: because(g.Resource, "the role", "properties", "roleDefinitionId"),
	}
}
