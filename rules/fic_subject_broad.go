package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP005 reports federated credentials that let in more than one workload, and
// wildcards in a subject, which let in none.
var GP005 = add("GP005", func(p *Pass) {
	for r := range p.federated {
		for _, subject := range federatedTexts(r, "properties.subject") {
			p.ficReach(r, subject)
		}
		for _, expression := range federatedTexts(r, "properties.claimsMatchingExpression.value") {
			p.ficClaims(r, expression)
		}
	}
})

// ficReach judges a subject, which Microsoft Entra ID compares letter by
// letter.
//
// https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
func (p *Pass) ficReach(r *eval.Resource, subject place) {
	s := literals(subject.Value)
	kind := issuersOf(r, subject.When)
	account, isAccount := strings.CutPrefix(s, serviceAccount)
	switch {
	case strings.Contains(s, "*"):
		p.reportFIC("dead", r, "properties.subject", subject, fmt.Sprintf(
			"no token matches the subject '%s': a subject takes no wildcards, only claimsMatchingExpression does", value.Show(subject.Value)))
	case isAccount && (kind == kubernetes || kind == otherIssuer) && strings.HasSuffix(account, ":default") && strings.Count(account, ":") == 1:
		p.reportFIC("wide", r, "properties.subject", subject, fmt.Sprintf(
			"the subject '%s' is the service account of every pod that names none: name one for the workload", value.Show(subject.Value)))
	case kind == gitHub && strings.HasPrefix(s, "repo:") && strings.HasSuffix(s, ":pull_request"):
		if role := p.federatedPower(r); role != "" {
			p.reportFIC("wide", r, "properties.subject", subject, fmt.Sprintf(
				"the subject '%s' lets every pull request sign in to an identity with the role '%s'", value.Show(subject.Value), role))
		}
	}
}

// federatedPower names a role of the identity that a credential belongs to by which
// it can change whatever there is, or give itself any right.
func (p *Pass) federatedPower(r *eval.Resource) string {
	id, ok := hostID(r, facts.UserAssignedIdentities)
	if !r.Is(federatedCredentials) || !ok {
		return ""
	}
	principal := facts.Principal{Resource: p.Unit.Deployment.Lookup(id)}
	if principal.Resource == nil {
		principal = facts.Principal{Outside: id}
	}
	for _, g := range p.Access.HeldBy(principal) {
		for _, role := range g.Roles {
			if !role.Offered && classes(role)&(azure.Broad|azure.Escalate) != 0 && together(g.Resource.When, role.When, r.When) {
				return role.Name()
			}
		}
	}
	return ""
}

// ficClaims judges a claimsMatchingExpression.
func (p *Pass) ficClaims(r *eval.Resource, expression place) {
	claims, ok := readClaims(strings.TrimSuffix(literals(expression.Value), "."))
	if !ok {
		return
	}
	reach := judgeClaims(issuersOf(r, expression.When), claims)
	if reach.grade == "" {
		return
	}
	p.reportFIC(reach.grade, r, "properties.claimsMatchingExpression.value", expression, fmt.Sprintf(
		"the credential lets %s sign in: name the one that it is for", strings.ReplaceAll(reach.what, unknownPart, "…")))
}
