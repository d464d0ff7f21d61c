package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP014 reports grants above subscriptions that are easily overlooked, and,
// where the settings say who belongs and what must not be granted, grants to
// strangers and grants that must not be.
var GP014 = add("GP014", func(p *Pass) {
	for r := range p.deployed {
		switch {
		case r.Is("Microsoft.Management/managementGroups/settings"):
			p.openHierarchy(r)
		case r.Is("Microsoft.Subscription/aliases"):
			p.literalOwner(r)
		case isBillingAssignment(r):
			p.billingOwner(r)
		}
	}
	if s := p.Unit.Settings; len(s.Tenants)+len(s.Principals)+len(s.Issuers)+len(s.Denied) > 0 {
		p.configured(s)
	}
})

// openHierarchy: without the setting, everyone in the tenant may create
// management groups.
// https://learn.microsoft.com/azure/governance/management-groups/how-to/protect-resource-hierarchy
func (p *Pass) openHierarchy(r *eval.Resource) {
	const path = "requireAuthorizationForGroupCreation"
	isFalse := func(v value.Value) bool {
		b, ok := v.Bool()
		return ok && !b
	}
	for _, alt := range firing(r.Get("properties", path), isFalse) {
		p.report("organisation", Finding{
			At: p.memberPlace(r, alt.Value, path), Resource: r, When: alt.When, Path: "properties." + path,
			Message: "everyone in the tenant may create management groups, and so own a part of the hierarchy",
			Related: because(r, "the setting", "properties", path),
		})
	}
}

// literalOwner: the owner of a new subscription stands in the template.
func (p *Pass) literalOwner(r *eval.Resource) {
	found, _ := places(r.Body(), "properties.additionalProperties.subscriptionOwnerId")
	for _, at := range found {
		s, ok := at.Value.Str()
		if !ok || at.Offered || !facts.IsGUID(s) || at.Value.Flags&(value.Default|value.Supplied) != 0 {
			continue
		}
		p.report("organisation", Finding{
			At: p.memberPlace(r, at.Value, "additionalProperties"), Resource: r, When: at.When, Path: "properties.additionalProperties.subscriptionOwnerId",
			Message: fmt.Sprintf("the owner of the new subscription is fixed to the object id '%s'", s),
		})
	}
}

func isBillingAssignment(r *eval.Resource) bool {
	const prefix, suffix = "Microsoft.Billing/", "/billingRoleAssignments"
	return hasPrefixFold(r.Type, prefix) && len(r.Type) > len(suffix) && value.FoldEqual(r.Type[len(r.Type)-len(suffix):], suffix)
}

// enrollmentOwner is the billing role of account owners.
// https://learn.microsoft.com/rest/api/billing/billing-role-definitions/list-by-enrollment-account
const enrollmentOwner = "c15c22c0-9faf-424c-9b7e-bd91c06a240b"

func (p *Pass) billingOwner(r *eval.Resource) {
	id := facts.RoleIDOf(r)
	isOwner := func(v value.Value) bool {
		segments, _ := v.Segments()
		if len(segments) == 0 {
			return false
		}
		s, ok := segments[len(segments)-1].Str()
		return ok && strings.EqualFold(s, enrollmentOwner)
	}
	for _, alt := range firing(id, isOwner) {
		p.report("organisation", Finding{
			At: p.memberPlace(r, alt.Value, "roleDefinitionId"), Resource: r, When: alt.When, Path: "properties.roleDefinitionId",
			Message: "a principal becomes owner of an enrollment account: it may create subscriptions and owns each of them",
			Related: because(r, "the role", "properties", "roleDefinitionId"),
		})
	}
}

// configured judges all role assignments by the settings.
func (p *Pass) configured(s facts.Settings) {
	for g := range p.Access.GrantsOn(facts.RBAC, facts.PIMActive, facts.PIMEligible, facts.Lighthouse, facts.LighthouseEligible) {
		p.stranger(s, g)
		p.denied(s, g)
	}
	p.foreignIssuers(s)
	for r := range p.deployed {
		if tenant, ok := r.Get("properties", "managedByTenantId").Str(); ok && r.Is("Microsoft.ManagedServices/registrationDefinitions") &&
			len(s.Tenants) > 0 && facts.IsGUID(tenant) && !isListed(s.Tenants, tenant) {
			p.report("external", Finding{
				At: spot(r, "properties", "managedByTenantId"), Resource: r, Path: "properties.managedByTenantId",
				Message: fmt.Sprintf("access is delegated to the tenant '%s', which is not on the list of known tenants", tenant),
			})
		}
	}
}

// foreignIssuers: whoever runs an issuer can sign in with any subject.
func (p *Pass) foreignIssuers(s facts.Settings) {
	for r := range p.federated {
		for _, issuer := range federatedTexts(r, "properties.issuer") {
			address, known := issuer.Value.Str()
			if !known || address == "" || s.Issuer(strings.TrimSpace(address)) {
				continue
			}
			p.reportFIC("external", r, "properties.issuer", issuer,
				fmt.Sprintf("tokens of '%s' sign in, which is not on the list of known issuers", address))
		}
	}
}

func (p *Pass) stranger(s facts.Settings, g *facts.Grant) {
	if len(s.Principals) == 0 || g.Plane == facts.Lighthouse || g.Plane == facts.LighthouseEligible {
		return
	}
	unknown := func(v value.Value) bool {
		id, ok := v.Str()
		return ok && facts.IsGUID(id) && !isListed(s.Principals, id)
	}
	for _, alt := range firing(g.Principal.Value, unknown) {
		p.report("external", Finding{
			At: p.memberPlace(g.Resource, alt.Value, "principalId"), Resource: g.Resource, When: alt.When, Path: "properties.principalId",
			Message: fmt.Sprintf("the principal '%s' is not on the list of known principals", value.Show(alt.Value)),
			Related: because(g.Resource, "the principal", "properties", "principalId"),
		})
	}
}

func (p *Pass) denied(s facts.Settings, g *facts.Grant) {
	for _, role := range g.Roles {
		if role.Offered {
			continue
		}
		for _, d := range s.Denied {
			if g.Level == resourceid.LevelUnknown || g.Level > d.Level || !d.By(role) {
				continue
			}
			f := grantFinding(g, role)
			f.Message = fmt.Sprintf("%s gets '%s' by '%s' on %s, which the settings forbid", who(g), d.Action, role.Name(), where(g))
			if d.Role != "" {
				f.Message = fmt.Sprintf("%s gets the role '%s' on %s, which the settings forbid", who(g), d.Name, where(g))
			}
			p.report("denied", f)
			break
		}
	}
}

func isListed(list []string, id string) bool {
	for _, l := range list {
		if strings.EqualFold(l, id) {
			return true
		}
	}
	return false
}
