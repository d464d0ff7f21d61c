package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// The delegations of Azure Lighthouse.
// https://learn.microsoft.com/azure/templates/microsoft.managedservices/registrationdefinitions
const (
	registrationDefinitions = "Microsoft.ManagedServices/registrationDefinitions"
	registrationAssignments = "Microsoft.ManagedServices/registrationAssignments"
)

// lighthouseGrants reads what a registration definition gives another tenant.
func lighthouseGrants(a *Access, r *eval.Resource) []*Grant {
	if !r.Is(registrationDefinitions) {
		return nil
	}
	var out []*Grant
	props := r.Get("properties")
	for _, e := range entries(member(props, "authorizations")) {
		out = append(out, a.authorization(Lighthouse, r, "properties.authorizations", e))
	}
	for _, e := range entries(member(props, "eligibleAuthorizations")) {
		out = append(out, a.authorization(LighthouseEligible, r, "properties.eligibleAuthorizations", e))
	}
	if len(out) > 0 {
		scope, level := a.delegated(r)
		for _, g := range out {
			g.Scope, g.Level = scope, level
		}
	}
	return out
}

// delegated is the widest scope that an assignment of the unit delegates by a
// definition; of an unknown level if there is none.
func (a *Access) delegated(definition *eval.Resource) (value.Value, resourceid.Level) {
	key := resourceid.Key(definition.ID())
	scope, level := value.None, resourceid.LevelUnknown
	for _, r := range a.Unit.Deployment.Resources {
		if !r.Is(registrationAssignments) || r.Existing || r.State == eval.NotDeployed {
			continue
		}
		id := member(r.Get("properties"), "registrationDefinitionId")
		l := resourceid.LevelOf(r.Scope())
		if l != resourceid.LevelUnknown && (level == resourceid.LevelUnknown || l < level) && resourceid.Key(id) == key {
			scope, level = r.Scope(), l
		}
	}
	return scope, level
}
