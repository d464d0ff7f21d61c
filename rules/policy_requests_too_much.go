package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP009 reports policies that ask for more than they should: for a role that
// gives access, or for one that can change nearly everything; policies that
// act and ask for none; and roles granted to the identity of an assignment
// that its policy does not ask for.
var PP009 = add("PP009", func(p *Pass) {
	for _, d := range p.Access.Policies() {
		for _, role := range d.Roles {
			p.requested(d, role)
		}
		p.unrequested(d)
	}
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		if p.voice(g, role).rule == "" && p.beyond(g, role) {
			p.reportBeyond(g, role)
		}
		return true
	})
})

// asksTooMuch is the grade for a role that a policy asks for, "" if it is fine.
func asksTooMuch(role facts.Role) string {
	c := classes(role)
	switch {
	case role.Offered:
		return ""
	case c&azure.Escalate != 0:
		return "escalates"
	case c&azure.Broad != 0:
		return "broad"
	}
	return ""
}

func (p *Pass) requested(d *facts.PolicyDefinition, role facts.PolicyRole) {
	grade := asksTooMuch(role.Role)
	if grade == "" || p.isGranted(d, role.GUID) {
		return
	}
	class, power := azure.Broad, "change nearly everything"
	if grade == "escalates" {
		class, power = azure.Escalate, "give itself any role"
	}
	f := Finding{
		At: p.policyPlace(d, role.At), Resource: d.Resource, When: role.When, Path: "policyRule.then.details.roleDefinitionIds." + role.GUID,
		Message: fmt.Sprintf("the policy%s asks for '%s': each identity that it is assigned with may %s ('%s')", policyName(d), role.Name(), power, azure.Grants(role.Blocks(), class)),
	}
	p.report(grade, f)
}

func policyName(d *facts.PolicyDefinition) string {
	switch {
	case d.Name != "":
		return " '" + d.Name + "'"
	case d.Resource != nil:
		return " '" + called(d.Resource) + "'"
	}
	return ""
}

// policyPlace is a place of the definition: the value if it is written there.
func (p *Pass) policyPlace(d *facts.PolicyDefinition, at value.Span) value.Span {
	if !nodeAt(p.Unit, at).IsZero() {
		return at
	}
	return Head(d.Resource)
}

// unrequested reports a policy that acts and names no roles to act with.
// https://learn.microsoft.com/azure/governance/policy/how-to/remediate-resources
func (p *Pass) unrequested(d *facts.PolicyDefinition) {
	if !closed(d.Details) || len(d.Effects) != 1 || !d.Acts() {
		return
	}
	ids := d.Details.Get("roleDefinitionIds")
	if a := ids.Array(); !ids.IsNull() && (a == nil || a.Open != nil || a.Len() > 0) {
		return
	}
	p.report("rejected", Finding{
		At: p.policyPlace(d, d.At), Resource: d.Resource, Path: "policyRule.then.details.roleDefinitionIds",
		Message: fmt.Sprintf("the policy%s has the effect '%s' and no roleDefinitionIds: Azure rejects it", policyName(d), d.Effects[0]),
	})
}

// assignedTo is the policy whose assignment the grant is for.
func (p *Pass) assignedTo(g *facts.Grant) (facts.AssignedPolicy, bool) {
	r := g.Principal.Resource
	if r == nil {
		r = p.assignmentNamed(g.Principal)
	}
	if r == nil || !g.Principal.System || !r.Is(facts.PolicyAssignments) {
		return facts.AssignedPolicy{}, false
	}
	return p.Access.Assigned(r)
}

// assignmentNamed finds the policy assignment of the unit that an id without
// its scope means: "/providers/Microsoft.Authorization/policyAssignments/x".
func (p *Pass) assignmentNamed(who facts.Principal) *eval.Resource {
	id, ok := resourceid.Parse(who.Outside)
	if !ok || !value.FoldEqual(id.Type, facts.PolicyAssignments) || resourceid.Key(id.Scope) != "" {
		return nil
	}
	for r := range p.deployed {
		if r.Is(facts.PolicyAssignments) && value.Equal(r.Name(), id.Name()) == value.Yes {
			return r
		}
	}
	return nil
}

// isGranted tells whether the template itself gives the role to the identity of
// an assignment of the policy, so that RA001 or RA002 tells of it.
func (p *Pass) isGranted(d *facts.PolicyDefinition, guid string) bool {
	found := false
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		policy, ok := p.assignedTo(g)
		found = ok && policy.Definition == d && role.GUID == guid && p.voice(g, role).rule != ""
		return !found
	})
	return found
}

// askedFor is where the policy asks for the role that the identity of its
// assignment gets.
func (p *Pass) askedFor(g *facts.Grant, role facts.Role) []Related {
	policy, ok := p.assignedTo(g)
	if !ok || policy.Definition == nil {
		return nil
	}
	for _, r := range policy.Definition.Roles {
		if r.GUID == role.GUID {
			return []Related{{p.policyPlace(policy.Definition, r.At), "the policy" + policyName(policy.Definition) + " asks for it"}}
		}
	}
	return nil
}

// beyond tells whether the role is one that the policy does not ask for.
func (p *Pass) beyond(g *facts.Grant, role facts.Role) bool {
	policy, ok := p.assignedTo(g)
	if !ok || role.GUID == "" || len(policy.Roles()) == 0 || policy.Definition == nil && policy.BuiltIn.Initiative {
		return false
	}
	return !slices.ContainsFunc(policy.Roles(), func(id string) bool { return strings.EqualFold(id, role.GUID) })
}

func (p *Pass) reportBeyond(g *facts.Grant, role facts.Role) {
	f := grantFinding(g, role)
	f.Message = fmt.Sprintf("%s has '%s' on %s, which its policy does not ask for", who(g), role.Name(), where(g))
	p.report("beyond", f)
}
