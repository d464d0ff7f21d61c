package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// What Lighthouse lets an access policy say.
// https://learn.microsoft.com/azure/lighthouse/how-to/create-eligible-authorizations#access-policy
const (
	shortestActivation = 30 // minutes
	longestActivation  = 8 * 60
	mostApprovers      = 10
)

// GP002 reports eligible authorizations of Azure Lighthouse that Azure
// rejects, or that another tenant can activate without a second factor or,
// for a role that may change nearly everything, without approval.
var GP002 = add("GP002", func(p *Pass) {
	for g, role := range p.planeRoles(facts.LighthouseEligible) {
		if why := refusedAsEligible(role); why != "" {
			f := entryFinding(g, "roleDefinitionId", role.When)
			f.Message = why + ": Azure rejects the delegation"
			p.report("rejected", f)
		} else if classes(role)&azure.Broad != 0 {
			p.unapproved(g, role)
		}
	}
	for g := range p.Access.GrantsOn(facts.LighthouseEligible) {
		if g.Principal.IsIdentity() {
			f := entryFinding(g, "principalId", g.When)
			f.Message = fmt.Sprintf("%s cannot activate a role, and Lighthouse takes no eligible authorization for it: Azure rejects the delegation", who(g))
			p.report("rejected", f)
		}
		p.activation(g)
	}
})

// refusedAsEligible says why a role cannot be made eligible.
func refusedAsEligible(role facts.Role) string {
	if role.GUID == userAccessAdministrator {
		return "Lighthouse does not take 'User Access Administrator' as an eligible role"
	}
	return refusedByLighthouse(role)
}

// accessPolicies are the objects that say how an authorization is activated.
func accessPolicies(g *facts.Grant) []value.Alternative {
	var out []value.Alternative
	for _, alt := range g.Entry.Get("justInTimeAccessPolicy").Alternatives() {
		when, ok := joined(g.When, alt.When)
		if alt.Value.Object() != nil && !alt.Offered && ok {
			out = append(out, value.Alternative{Value: alt.Value, When: when})
		}
	}
	return out
}

// unapproved reports a strong role that nobody approves the use of.
func (p *Pass) unapproved(g *facts.Grant, role facts.Role) {
	for _, policy := range accessPolicies(g) {
		approvers := policy.Value.Get("managedByTenantApprovers")
		when, ok := joined(policy.When, role.When)
		if !ok || !nothing(policy.Value, approvers) {
			continue
		}
		f := entryFinding(g, "justInTimeAccessPolicy", when)
		f.Message = fmt.Sprintf("%s can activate '%s', which may change nearly everything, without an approval: name managedByTenantApprovers", delegate(g), role.Name())
		p.report("weak", f)
	}
}

// nothing tells whether a member of an object is absent or an empty list.
func nothing(around, member value.Value) bool {
	if a := member.Array(); a != nil {
		return a.Open == nil && a.Len() == 0
	}
	return member.IsNull() && around.Object().Open == nil
}

// activation judges how a role is activated.
func (p *Pass) activation(g *facts.Grant) {
	for _, policy := range accessPolicies(g) {
		for _, alt := range firing(policy.Value.Get("multiFactorAuthProvider"), func(v value.Value) bool { return noSecondFactor(policy.Value, v) }) {
			p.policyFinding("weak", g, policy, "multiFactorAuthProvider", alt.When,
				delegate(g)+" can activate the role without multifactor authentication: set multiFactorAuthProvider to 'Azure'")
		}
		for _, alt := range firing(policy.Value.Get("maximumActivationDuration"), outsideActivation) {
			p.policyFinding("rejected", g, policy, "maximumActivationDuration", alt.When,
				fmt.Sprintf("Lighthouse takes activations of 30 minutes to 8 hours, not of '%s': Azure rejects the delegation", value.Show(alt.Value)))
		}
		for _, alt := range firing(policy.Value.Get("managedByTenantApprovers"), tooManyApprovers) {
			p.policyFinding("rejected", g, policy, "managedByTenantApprovers", alt.When,
				fmt.Sprintf("Lighthouse takes up to %d approvers, not %d: Azure rejects the delegation", mostApprovers, alt.Value.Array().Len()))
		}
	}
}

// policyFinding reports a member of an access policy.
func (p *Pass) policyFinding(grade string, g *facts.Grant, policy value.Alternative, member string, when value.Condition, message string) {
	both, ok := joined(policy.When, when)
	if !ok || !together(both, g.Resource.When) {
		return
	}
	f := entryFinding(g, "justInTimeAccessPolicy", both)
	f.Path += "." + member
	f.Message = message
	if v := policy.Value.Get(member); v.At.IsValid() && !isContainer(v) {
		f.At = v.At
	} else if at := nameOf(policy.Value, member); at.IsValid() {
		f.At = at
	}
	p.report(grade, f)
}

func noSecondFactor(policy, provider value.Value) bool {
	s, ok := provider.Str()
	return ok && value.FoldEqual(s, "None") || provider.IsNull() && policy.Object().Open == nil
}

func outsideActivation(v value.Value) bool {
	s, _ := v.Str()
	n, ok := minutesOf(s)
	return ok && (n < shortestActivation || n > longestActivation)
}

func tooManyApprovers(v value.Value) bool {
	a := v.Array()
	return a != nil && a.Len() > mostApprovers
}
