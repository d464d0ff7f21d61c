package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// applicationDefinitions are managed applications that a publisher offers.
// https://learn.microsoft.com/azure/templates/microsoft.solutions/applicationdefinitions
const (
	applicationDefinitions = "Microsoft.Solutions/applicationDefinitions"
	managedApplications    = "Microsoft.Solutions/applications"
)

// publisherGrants reads what the publisher of a managed application may do in
// the resource group of each instance.
func publisherGrants(a *Access, r *eval.Resource) []*Grant {
	if !r.Is(applicationDefinitions) {
		return nil
	}
	var out []*Grant
	for _, e := range entries(member(r.Get("properties"), "authorizations")) {
		g := a.authorization(ManagedApplication, r, "properties.authorizations", e)
		g.Scope, g.Level = a.managedGroup(r), resourceid.ResourceGroup
		out = append(out, g)
	}
	return out
}

// managedGroup is the resource group of the instance that the unit deploys of
// a definition, if it deploys one.
func (a *Access) managedGroup(definition *eval.Resource) value.Value {
	key := resourceid.Key(definition.ID())
	for _, r := range a.Unit.Deployment.Resources {
		if !r.Is(managedApplications) || r.Existing || r.State == eval.NotDeployed {
			continue
		}
		props := r.Get("properties")
		if resourceid.Key(member(props, "applicationDefinitionId")) == key {
			return member(props, "managedResourceGroupId")
		}
	}
	return value.None
}
