package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// environmentTypes say who gets which roles in the environments of a project.
// https://learn.microsoft.com/azure/templates/microsoft.devcenter/projects/environmenttypes
const environmentTypes = "Microsoft.DevCenter/projects/environmentTypes"

// environmentGrants reads the roles that an environment type gives in the
// resource group of each environment: to whoever creates it, and to the
// principals that it names. A grant to creators has no principal.
func environmentGrants(a *Access, r *eval.Resource) []*Grant {
	if !r.Is(environmentTypes) {
		return nil
	}
	props := r.Get("properties")
	out := a.environmentRoles(r, "properties.creatorRoleAssignment.roles", member(props, "creatorRoleAssignment"), Principal{})
	for _, users := range member(props, "userRoleAssignments").Alternatives() {
		o := users.Value.Object()
		if o == nil || users.Offered {
			continue
		}
		for i, n := range o.Names {
			who := Principal{Value: value.OfString(n.Name).WithSpan(n.At)}
			for _, g := range a.environmentRoles(r, "properties.userRoleAssignments", o.At(i), who) {
				when, feasible := users.When.And(g.When)
				if g.When = when; feasible {
					out = append(out, g)
				}
			}
		}
	}
	return out
}

// environmentRoles reads a map whose keys are the GUIDs of roles.
func (a *Access) environmentRoles(r *eval.Resource, path string, assignment value.Value, who Principal) []*Grant {
	var out []*Grant
	for _, roles := range member(assignment, "roles").Alternatives() {
		o := roles.Value.Object()
		if o == nil || roles.Offered {
			continue
		}
		for i, n := range o.Names {
			id := value.OfString(n.Name).WithSpan(n.At)
			out = append(out, &Grant{
				Plane: OtherPlane, Resource: r, Path: path, Entry: o.At(i), When: roles.When,
				RoleID: id, Roles: a.RolesOf(id), Principal: who, Level: resourceid.ResourceGroup,
			})
		}
	}
	return out
}
