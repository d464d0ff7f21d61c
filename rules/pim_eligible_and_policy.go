package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP004 reports eligibility for a role that escalates without an end, PIM
// requests that cannot be deployed a second time, and role management
// policies, which templates cannot deploy.
var GP004 = add("GP004", func(p *Pass) {
	for g, role := range p.planeRoles(facts.PIMEligible) {
		if privileged(g, role)&azure.Escalate != 0 {
			p.eligibleForGood(g, role)
		}
	}
	for g := range p.Access.GrantsOn(facts.PIMActive, facts.PIMEligible) {
		p.usedUp(g)
	}
	for r := range p.deployed {
		if r.Is("Microsoft.Authorization/roleManagementPolicies") {
			p.report("policy", Finding{
				Resource: r, Path: "type",
				Message: "role management policies cannot be deployed: Azure has them for each role and takes only updates, by PATCH",
			})
		}
	}
})

func (p *Pass) eligibleForGood(g *facts.Grant, role facts.Role) {
	grade := ""
	switch {
	case wide(g.Level):
		grade = "permanent"
	case g.Level == resourceid.ResourceGroup:
		grade = "permanent, less"
	}
	for _, end := range neverEnding(g) {
		when, ok := joined(role.When, end.When)
		if grade == "" || !ok {
			continue
		}
		p.report(grade, Finding{
			At: scheduleAt(g, end.Value), Resource: g.Resource, Path: "properties.scheduleInfo.expiration.type", When: when,
			Message: fmt.Sprintf("%s stays eligible for '%s' on %s for good, and nobody has to look at it again: let it expire",
				who(g), role.Name(), where(g)),
			Related: append([]Related{{roleAt(g), "the role is '" + role.Name() + "'"}},
				because(g.Resource, "the role", "properties", "roleDefinitionId")...),
		})
	}
}

// usedUp reports a request that is deployed each time. A new assignment fails
// while there is one, whatever the name; any request fails if its name was
// used. With a condition the author can leave it out.
func (p *Pass) usedUp(g *facts.Grant) {
	r := g.Resource
	if r.State != eval.Certain {
		return
	}
	switch {
	case asks(g, "AdminAssign"):
	case fixedName(r) && asks(g, "AdminUpdate", "AdminExtend", "AdminRenew"):
	default:
		return
	}
	p.report("not redeployable", Finding{
		At: spot(r, "name"), Resource: r, Path: "name",
		Message: "the request cannot be deployed twice: Azure refuses a name that was used before, and an assignment that exists; deploy it once, with a condition",
	})
}

// fixedName tells whether the name of a resource is the same in every
// deployment.
func fixedName(r *eval.Resource) bool {
	s, ok := r.Name().Str()
	return ok && !isPlaceholder(s) && r.Name().Flags&(value.Default|value.Supplied) == 0
}
