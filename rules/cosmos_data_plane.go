package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP009 reports roles for data of Cosmos DB that Azure rejects, that reach
// further than the database they are for, and users with passwords.
var GP009 = add("GP009", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.Cosmos) {
		if !p.cosmosRejected(g) {
			p.cosmosWide(g)
		}
	}
	for r := range p.deployed {
		switch {
		case r.Is(facts.CosmosAccounts + "/sqlRoleDefinitions"):
			p.cosmosActions(r)
		case r.Is(facts.CosmosAccounts + "/mongodbUserDefinitions"):
			p.cosmosPassword(r)
		}
	}
})

// cosmosContributor is the built-in role for reading and writing all data.
// https://learn.microsoft.com/azure/cosmos-db/nosql/reference-data-plane-security
const cosmosContributor = "00000000-0000-0000-0000-000000000002"

// cosmosRejected reports an assignment that Azure does not accept: of a role of
// Azure, or with a name that is no GUID.
func (p *Pass) cosmosRejected(g *facts.Grant) bool {
	r, found := g.Resource, false
	for _, alt := range firing(g.RoleID, isAzureRole) {
		found = true
		p.report("rejected", Finding{
			At: p.memberPlace(r, alt.Value, "roleDefinitionId"), Resource: r, When: alt.When, Path: "properties.roleDefinitionId",
			Message: "an Azure role cannot be assigned for data of Cosmos DB: the role definition must be one of the account",
			Related: because(r, "the role", "properties", "roleDefinitionId"),
		})
	}
	segments, exact := r.Name().Segments()
	if len(segments) < 2 || !exact {
		return found
	}
	if name, ok := segments[len(segments)-1].Str(); ok && !facts.IsGUID(name) && !isPlaceholder(name) {
		found = true
		p.report("rejected", Finding{
			At: spot(r, "name"), Resource: r, Path: "name",
			Message: fmt.Sprintf("the role assignment of Cosmos DB is called '%s', which is no GUID", name),
		})
	}
	return found
}

// isAzureRole tells whether an id is that of a role definition of Azure RBAC.
func isAzureRole(v value.Value) bool {
	return containsFold(literals(v), "/microsoft.authorization/roledefinitions/")
}

// memberPlace is the place of a value below properties, or of its name.
func (p *Pass) memberPlace(r *eval.Resource, v value.Value, name string) value.Span {
	if writtenIn(r, v.At) && !nodeAt(p.Unit, v.At).IsZero() {
		return v.At
	}
	return spot(r, "properties", name)
}

// cosmosWide reports the built-in role for all data on an account of which the
// template has one database.
func (p *Pass) cosmosWide(g *facts.Grant) {
	segments, _ := g.RoleID.Segments()
	if len(segments) == 0 {
		return
	}
	account := facts.OwnerID(g.Resource)
	guid, _ := segments[len(segments)-1].Str()
	if guid != cosmosContributor || account.Kind == value.None.Kind || resourceid.Key(g.Scope) != resourceid.Key(account) {
		return
	}
	var databases []*eval.Resource
	for r := range p.deployed {
		if r.Is(facts.CosmosAccounts+"/sqlDatabases") && resourceid.Key(facts.OwnerID(r)) == resourceid.Key(account) {
			databases = append(databases, r)
		}
	}
	if len(databases) != 1 || databases[0].Symbolic {
		return
	}
	p.report("wide", Finding{
		At: p.memberPlace(g.Resource, g.Scope, "scope"), Resource: g.Resource, Path: "properties.scope",
		Message: fmt.Sprintf("the role for all data is assigned on the whole account, which has one database here: '/dbs/%s' would do", lastName(databases[0])),
		Related: []Related{{Head(databases[0]), "the only database of the account in this template"}},
	})
}

// cosmosActions reports a role definition that takes everything of accounts or
// of databases.
func (p *Pass) cosmosActions(r *eval.Resource) {
	found, _ := places(r.Body(), "properties.permissions[].dataActions[]")
	for _, at := range found {
		action, ok := at.Value.Str()
		if !ok || at.Offered || !strings.EqualFold(action, facts.CosmosAccounts+"/*") && !strings.EqualFold(action, facts.CosmosAccounts+"/sqlDatabases/*") {
			continue
		}
		place := at.Value.At
		if nodeAt(p.Unit, place).IsZero() {
			place = spot(r, "properties", "permissions")
		}
		p.report("wide", Finding{
			At: place, Resource: r, When: at.When, Path: "properties.permissions.dataActions." + action,
			Message: fmt.Sprintf("the role definition '%s' allows '%s': every operation on data there is", called(r), action),
			Related: because(r, "the permissions", "properties", "permissions"),
		})
	}
}

func (p *Pass) cosmosPassword(r *eval.Resource) {
	password := r.Get("properties", "password")
	if password.IsNull() || password.Kind == value.Choice {
		return
	}
	p.report("password", Finding{
		At: spot(r, "properties", "password"), Resource: r, Path: "properties.password",
		Message: fmt.Sprintf("'%s' is a user of Cosmos DB for MongoDB with a password", called(r)),
	})
}
