package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD003 reports custom roles with management operations that hand out or
// replace keys, passwords and tokens: one finding for a role, at the first of
// them. What RD001 reports as a wildcard, what RD002 reports as a way to every
// right, and what RD005 reports as the rest that notActions leave, is left out.
var RD003 = add("RD003", func(p *Pass) {
	for d := range p.customRoles {
		var found []facts.Action
		graver, _ := escalation(d)
		for _, a := range d.Actions {
			if credentialBy(d, a) != "" && !takesAll(d) && a.Text != graver.Text && !isWildcard(a.Text) && !leavesAnotherWay(d, a) {
				found = append(found, a)
			}
		}
		if len(found) == 0 {
			continue
		}
		first := found[0]
		f := Finding{
			At: actionAt(p, d, first), Resource: d.Resource, When: d.When, Path: "properties.permissions.actions." + first.Text,
			Message: fmt.Sprintf("the role '%s' can obtain credentials: %s", roleTitle(d), by(first, credentialBy(d, first))),
			Related: because(d.Resource, "the list of actions", "properties", "permissions"),
		}
		for _, a := range found[1:min(len(found), 8)] {
			f.Related = append(f.Related, Related{actionAt(p, d, a), "and " + by(a, credentialBy(d, a))})
		}
		p.report("credentials", f)
	}
})

// credentialBy is an operation of the class of credentials that the action
// allows, without a condition and after the notActions; "" if there is none.
func credentialBy(d *facts.Definition, a facts.Action) string {
	b := alone(d, a)
	if a.Not || a.Data || b.Condition {
		return ""
	}
	return azure.Grants([]azure.Permissions{b}, azure.Credential)
}
