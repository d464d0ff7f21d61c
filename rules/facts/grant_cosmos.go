package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
)

// CosmosAccounts are the accounts of Cosmos DB.
const CosmosAccounts = "Microsoft.DocumentDB/databaseAccounts"

// CosmosAssignments are the assignments of roles for data of Cosmos DB, one
// type for each of its APIs.
// https://learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control
var CosmosAssignments = []string{
	CosmosAccounts + "/sqlRoleAssignments", CosmosAccounts + "/cassandraRoleAssignments", CosmosAccounts + "/gremlinRoleAssignments",
	CosmosAccounts + "/mongoMIRoleAssignments", CosmosAccounts + "/tableRoleAssignments",
}

// cosmosGrants reads an assignment of a role for data. Such roles are not those
// of Azure, so Roles is empty.
func cosmosGrants(_ *Access, r *eval.Resource) []*Grant {
	if !strings.HasPrefix(strings.ToLower(r.Type), strings.ToLower(CosmosAccounts)) || !r.Is(CosmosAssignments...) {
		return nil
	}
	props := r.Get("properties")
	return []*Grant{{
		Plane: Cosmos, Resource: r, Entry: props, Level: resourceid.Resource,
		RoleID:    member(props, "roleDefinitionId"),
		Principal: PrincipalOf(member(props, "principalId")),
		Scope:     member(props, "scope"),
	}}
}
