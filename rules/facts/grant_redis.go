package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// Assignments of access policies of caches.
// https://learn.microsoft.com/azure/templates/microsoft.cache/redis/accesspolicyassignments
const (
	redisAssignments           = "Microsoft.Cache/redis/accessPolicyAssignments"
	redisEnterpriseAssignments = "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments"
)

// redisGrants reads the assignment of an access policy. Rights is the name of
// the policy, or the access string where there is one.
func redisGrants(_ *Access, r *eval.Resource) []*Grant {
	if !r.Is(redisAssignments, redisEnterpriseAssignments) {
		return nil
	}
	props := r.Get("properties")
	g := &Grant{Plane: Redis, Resource: r, Entry: props, Level: resourceid.Resource}
	if r.Is(redisAssignments) {
		g.Rights = member(props, "accessPolicyName")
		g.Principal = PrincipalOf(member(props, "objectId"))
	} else {
		g.Rights = member(props, "accessString")
		if g.Rights.Kind == value.Missing {
			g.Rights = member(props, "accessPolicyName")
		}
		g.Principal = PrincipalOf(member(member(props, "user"), "objectId"))
	}
	g.Scope = OwnerID(r)
	return []*Grant{g}
}
