package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP013 reports strong roles that a service hands out on its own account: to
// the publisher of a managed application, to whoever makes an environment of a
// dev center, to a workload in a Kubernetes cluster; and stacks that exclude
// principals from a protection that they do not have.
var GP013 = add("GP013", func(p *Pass) {
	for g, role := range p.planeRoles(facts.ManagedApplication) {
		if !unmanaged(g.Resource) {
			p.publisherRole(g, role)
		}
	}
	for g, role := range p.planeRoles(facts.OtherPlane) {
		if g.Resource.Is("Microsoft.DevCenter/projects/environmentTypes") {
			p.environmentRole(g, role)
		}
	}
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		p.clusterAdmin(g, role)
		return true
	})
	for r := range p.deployed {
		if r.Is("Microsoft.Resources/deploymentStacks") {
			p.stackWithoutDeny(r)
		}
	}
})

// publisherRole judges what the publisher may do in the resource group of each
// customer's instance.
func (p *Pass) publisherRole(g *facts.Grant, role facts.Role) {
	f := entryFinding(g, "roleDefinitionId", role.When)
	switch c := classes(role); {
	case c&azure.Escalate != 0:
		f.Message = fmt.Sprintf("the publisher can give itself and others any role on the resource group of every instance: '%s' allows '%s'", role.Name(), azure.Grants(role.Blocks(), azure.Escalate))
		p.report("escalates", f)
	case c&azure.Broad != 0:
		f.Message = fmt.Sprintf("the publisher may change nearly everything in the resource group of every instance: '%s' allows '%s'", role.Name(), azure.Grants(role.Blocks(), azure.Broad))
		p.report("publisher", f)
	}
}

// unmanaged tells whether a definition keeps its publisher out.
func unmanaged(definition *eval.Resource) bool {
	mode, _ := definition.Get("properties", "managementPolicy", "mode").Str()
	return value.FoldEqual(mode, "Unmanaged")
}

// environmentRole judges the roles in the resource group of an environment.
func (p *Pass) environmentRole(g *facts.Grant, role facts.Role) {
	if classes(role)&azure.Escalate == 0 {
		return
	}
	whom := "whoever creates an environment"
	if s, ok := g.Principal.Value.Str(); ok {
		whom = "the principal '" + s + "'"
	}
	at := g.RoleID.At
	if !at.IsValid() {
		at = spot(g.Resource, entryPath(g)...)
	}
	p.report("escalates", Finding{
		At: at, Resource: g.Resource, Path: g.Path + "." + role.GUID, When: role.When,
		Message: fmt.Sprintf("%s can give any role on its resource group to anybody: '%s' allows '%s'", whom, role.Name(), azure.Grants(role.Blocks(), azure.Escalate)),
		Related: because(g.Resource, "the map of roles", entryPath(g)...),
	})
}

// clusterAdminRole is Azure Kubernetes Service RBAC Cluster Admin.
const clusterAdminRole = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"

// clusterAdmin reports a workload that may do everything in a Kubernetes
// cluster. On a cluster that does not ask Azure the role means nothing.
func (p *Pass) clusterAdmin(g *facts.Grant, role facts.Role) {
	if role.GUID != clusterAdminRole || !g.Principal.IsIdentity() || conditioned(g) {
		return
	}
	if cluster := p.Unit.Deployment.Lookup(g.Scope); cluster != nil && !cluster.Existing && cluster.Is("Microsoft.ContainerService/managedClusters") {
		found, exact := places(cluster.Body(), "properties.aadProfile.enableAzureRBAC")
		if b, known := boolOf(found); known && !b || exact && len(found) == 0 {
			return
		}
	}
	p.report("broad", Finding{
		At: roleAt(g), Resource: g.Resource, Path: "properties.roleDefinitionId", When: role.When,
		Message: fmt.Sprintf("%s may do everything in the clusters of %s, as '%s': give it a namespace and a lesser role", who(g), where(g), role.Name()),
		Related: because(g.Resource, "the role", "properties", "roleDefinitionId"),
	})
}

// stackWithoutDeny reports exclusions from deny settings that deny nothing.
func (p *Pass) stackWithoutDeny(r *eval.Resource) {
	mode := r.Get("properties", "denySettings", "mode")
	excluded, _ := places(r.Body(), "properties.denySettings.excludedPrincipals[]")
	if len(excluded) == 0 {
		return
	}
	for _, alt := range firing(mode, func(v value.Value) bool { s, _ := v.Str(); return value.FoldEqual(s, "none") }) {
		p.report("no deny", Finding{
			At: valueAt(r, mode, "properties", "denySettings", "mode"), Resource: r, Path: "properties.denySettings.mode", When: alt.When,
			Message: "the deny settings exclude principals, but deny nothing: with the mode 'none' everybody may change and delete what the stack manages",
			Related: []Related{{spot(r, "properties", "denySettings", "excludedPrincipals"), "the principals that are excluded"}},
		})
	}
}
