package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// adminMember is where a resource names a Microsoft Entra administrator.
type adminMember struct {
	resourceType string
	path         []string // of the object with the members
	id           string   // the member with the object id; "" if the resource is named by it
	child        bool
}

// adminMembers are the administrators of database servers.
// https://learn.microsoft.com/azure/templates/microsoft.sql/servers/administrators
var adminMembers = []adminMember{
	{"Microsoft.Sql/servers", []string{"properties", "administrators"}, "sid", false},
	{"Microsoft.Sql/managedInstances", []string{"properties", "administrators"}, "sid", false},
	{"Microsoft.Sql/servers/administrators", []string{"properties"}, "sid", true},
	{"Microsoft.Sql/managedInstances/administrators", []string{"properties"}, "sid", true},
	{"Microsoft.Synapse/workspaces/administrators", []string{"properties"}, "sid", true},
	{"Microsoft.Synapse/workspaces/sqlAdministrators", []string{"properties"}, "sid", true},
	{"Microsoft.DBforMySQL/flexibleServers/administrators", []string{"properties"}, "sid", true},
	{"Microsoft.DBforPostgreSQL/flexibleServers/administrators", []string{"properties"}, "", true},
}

// databaseGrants reads the Microsoft Entra administrator of a database server.
func databaseGrants(_ *Access, r *eval.Resource) []*Grant {
	var out []*Grant
	for _, m := range adminMembers {
		if !r.Is(m.resourceType) {
			continue
		}
		for _, alt := range r.Get(m.path...).Alternatives() {
			if alt.Value.Object() == nil || alt.Offered {
				continue
			}
			g := &Grant{Plane: DatabaseAdmin, Resource: r, Entry: alt.Value, When: alt.When, Level: resourceid.Resource, Scope: r.ID()}
			if m.child {
				g.Scope = OwnerID(r)
			}
			g.Principal = PrincipalOf(m.principal(r, alt.Value))
			out = append(out, g)
		}
	}
	return out
}

func (m adminMember) principal(r *eval.Resource, entry value.Value) value.Value {
	if m.id != "" {
		return member(entry, m.id)
	}
	segments, _ := r.Name().Segments()
	if len(segments) == 0 {
		return value.None
	}
	return segments[len(segments)-1]
}
