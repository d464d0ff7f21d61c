package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP003 reports requests that make a privileged role active for good, and
// such requests without a justification.
var GP003 = add("GP003", func(p *Pass) {
	for g, role := range p.planeRoles(facts.PIMActive) {
		c := privileged(g, role)
		if c == 0 || !asks(g, "AdminAssign", "AdminUpdate", "AdminExtend", "AdminRenew") {
			continue
		}
		for _, end := range neverEnding(g) {
			p.permanent(g, role, c, end)
		}
		p.unjustified(g, role)
	}
})

// permanent reports an active assignment without an end. What reaches less is
// less grave, as it is for role assignments.
func (p *Pass) permanent(g *facts.Grant, role facts.Role, c azure.Class, end value.Alternative) {
	escalates := c&azure.Escalate != 0
	grade := ""
	switch {
	case wide(g.Level) && escalates:
		grade = "permanent"
	case wide(g.Level), g.Level == resourceid.ResourceGroup && escalates:
		grade = "permanent, less"
	case g.Level == resourceid.ResourceGroup, g.Level == resourceid.Resource && escalates:
		grade = "permanent, least"
	}
	when, ok := joined(role.When, end.When)
	if grade == "" || !ok {
		return
	}
	p.report(grade, Finding{
		At: scheduleAt(g, end.Value), Resource: g.Resource, Path: "properties.scheduleInfo.expiration.type", When: when,
		Message: fmt.Sprintf("%s gets '%s' on %s for good and %s at any time: make it eligible, or let it expire",
			who(g), role.Name(), where(g), power(c)),
		Related: append([]Related{{roleAt(g), "the role is '" + role.Name() + "'"}},
			because(g.Resource, "the role", "properties", "roleDefinitionId")...),
	})
}

// unjustified reports a request that surely says no reason.
func (p *Pass) unjustified(g *facts.Grant, role facts.Role) {
	found, exact := places(g.Entry, "justification")
	if !exact {
		return
	}
	at := roleAt(g)
	for _, f := range found {
		if s, ok := f.Value.Str(); !ok || strings.TrimSpace(s) != "" {
			return
		}
		at = spot(g.Resource, "properties", "justification")
	}
	p.report("no justification", Finding{
		At: at, Resource: g.Resource, Path: "properties.justification", When: role.When,
		Message: fmt.Sprintf("the request for '%s' says no justification, which reviewers and the audit log miss", role.Name()),
	})
}
