package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// entry is an object in an array of grants, and when it is there.
type entry struct {
	Value value.Value
	When  value.Condition
}

// entries returns the objects in an array as far as the template itself
// chooses them.
func entries(v value.Value) []entry {
	var out []entry
	for _, list := range v.Alternatives() {
		a := list.Value.Array()
		if a == nil || list.Offered {
			continue
		}
		for _, element := range a.All() {
			for _, one := range element.Alternatives() {
				when, feasible := list.When.And(one.When)
				if one.Value.Object() != nil && !one.Offered && feasible {
					out = append(out, entry{one.Value, when})
				}
			}
		}
	}
	return out
}

// RolesOf resolves each alternative of a role definition id, or of the GUID of
// one, that is known.
func (a *Access) RolesOf(id value.Value) []Role {
	var out []Role
	for _, alt := range id.Alternatives() {
		if role, ok := a.role(alt.Value); ok {
			role.When, role.Offered = alt.When, alt.Offered
			out = append(out, role)
		}
	}
	return out
}

// authorization is the grant that an entry with a role and a principal gives.
func (a *Access) authorization(p Plane, r *eval.Resource, path string, e entry) *Grant {
	role := member(e.Value, "roleDefinitionId")
	return &Grant{
		Plane: p, Resource: r, Path: path, Entry: e.Value, When: e.When,
		RoleID: role, Roles: a.RolesOf(role),
		Principal: PrincipalOf(member(e.Value, "principalId")),
	}
}

// OwnerID is the id of the resource that r is a child of; not Kind String or
// Text if r is no child, or it is not known.
func OwnerID(r *eval.Resource) value.Value {
	return value.Lift([]value.Value{r.ID()}, func(ids []value.Value) value.Value {
		id, ok := resourceid.Parse(ids[0])
		if !ok || len(id.Names) < 2 {
			return value.None
		}
		return resourceid.Join(id.Scope, parentType(id.Type), id.Names[:len(id.Names)-1])
	})
}

// parentType is a type without its last segment.
func parentType(t string) string {
	for i := len(t) - 1; i >= 0; i-- {
		if t[i] == '/' {
			return t[:i]
		}
	}
	return ""
}
