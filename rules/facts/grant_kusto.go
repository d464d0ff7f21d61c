package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
)

// kustoAssignments give principals roles on clusters and databases of Azure
// Data Explorer, and on the pools of Synapse that are such clusters.
// https://learn.microsoft.com/azure/templates/microsoft.kusto/clusters/principalassignments
var kustoAssignments = []string{
	"Microsoft.Kusto/clusters/principalAssignments", "Microsoft.Kusto/clusters/databases/principalAssignments",
	"Microsoft.Synapse/workspaces/kustoPools/principalAssignments", "Microsoft.Synapse/workspaces/kustoPools/databases/principalAssignments",
}

// kustoGrants reads a principal assignment. Rights is the name of the role.
func kustoGrants(_ *Access, r *eval.Resource) []*Grant {
	if !r.Is(kustoAssignments...) {
		return nil
	}
	props := r.Get("properties")
	return []*Grant{{
		Plane: Kusto, Resource: r, Entry: props, Level: resourceid.Resource,
		Rights:    member(props, "role"),
		Principal: PrincipalOf(member(props, "principalId")),
		Scope:     OwnerID(r),
	}}
}
