package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA002 reports grants of roles that may change nearly everything in their
// scope. Roles that escalate are left to RA001.
var RA002 = add("RA002", func(p *Pass) {
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		c := classes(role)
		if c&azure.Broad == 0 || c&azure.Escalate != 0 || conditioned(g) {
			return true
		}
		grade := ""
		switch {
		case wide(g.Level) && workload(g):
			grade = "wide, workload"
		case wide(g.Level):
			grade = "wide"
		case g.Level == resourceid.ResourceGroup && g.Principal.Resource != nil && !g.Principal.Resource.Existing:
			grade = "resource group, workload"
		case g.Level == resourceid.ResourceGroup:
			grade = "resource group"
		default:
			return true
		}
		p.report(grade, Finding{
			At:       roleAt(g),
			Message:  fmt.Sprintf("%s may change nearly everything on %s: '%s' allows '%s'", who(g), where(g), role.Name(), azure.Grants(role.Blocks(), azure.Broad)),
			Resource: g.Resource, Path: "properties.roleDefinitionId", When: role.When,
			Related: because(g.Resource, "the role", "properties", "roleDefinitionId"),
		})
		return true
	})
})
