package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA001 reports grants of roles that can give themselves any other role.
var RA001 = add("RA001", func(p *Pass) {
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		if classes(role)&azure.Escalate == 0 || conditioned(g) {
			return true
		}
		grade := ""
		switch {
		case wide(g.Level):
			grade = "wide"
		case g.Level == resourceid.ResourceGroup:
			grade = "resource group"
		case g.Level == resourceid.Resource:
			grade = "resource"
		default:
			return true
		}
		p.report(grade, Finding{
			At:       roleAt(g),
			Message:  fmt.Sprintf("%s can give itself any role on %s: '%s' allows '%s'", who(g), where(g), role.Name(), azure.Grants(role.Blocks(), azure.Escalate)),
			Resource: g.Resource, Path: "properties.roleDefinitionId", When: role.When,
			Related: because(g.Resource, "the role", "properties", "roleDefinitionId"),
		})
		return true
	})
})
