package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// judged yields the grants that are or may be deployed and each role that the
// template itself chooses for them.
func (p *Pass) judged(yield func(*facts.Grant, facts.Role) bool) {
	for _, g := range p.Access.Grants {
		if g.Resource.State == eval.NotDeployed {
			continue
		}
		for _, role := range g.Roles {
			if !role.Offered && !yield(g, role) {
				return
			}
		}
	}
}

// conditioned tells whether an ABAC condition is, or may be, set on the grant.
func conditioned(g *facts.Grant) bool {
	for _, alt := range g.Condition.Alternatives() {
		if s, ok := alt.Value.Str(); alt.Value.IsNull() || ok && s == "" {
			continue
		}
		return true
	}
	return false
}

// roleAt is where a grant names its role.
func roleAt(g *facts.Grant) value.Span {
	if g.RoleID.At.IsValid() {
		return g.RoleID.At
	}
	return g.Resource.Get("properties").At
}

// classes are the risk classes of a role that no condition of its own binds.
func classes(role facts.Role) azure.Class {
	c, _ := azure.Classify(role.Blocks())
	return c
}

// workload tells whether the grant goes to a workload: a managed identity or
// a service principal.
func workload(g *facts.Grant) bool {
	if g.Principal.IsIdentity() {
		return true
	}
	s, _ := g.Resource.Get("properties", "principalType").Str()
	return value.FoldEqual(s, "ServicePrincipal")
}

// who names the principal of a grant.
func who(g *facts.Grant) string {
	r := g.Principal.Resource
	switch {
	case r == nil && g.Principal.IsIdentity():
		return "a managed identity"
	case r == nil:
		return principal(g)
	case g.Principal.System:
		return "the system-assigned identity of '" + title(r) + "'"
	}
	return "the identity '" + title(r) + "'"
}

// principal names a principal that leads to no identity: by its type and by
// what is known of its id.
func principal(g *facts.Grant) string {
	kind := "principal"
	if s, ok := g.Resource.Get("properties", "principalType").Str(); ok && s != "" {
		kind = s
	}
	if s, ok := g.Principal.Value.Str(); ok && s != "" {
		return "the " + kind + " '" + s + "'"
	}
	if s := g.Principal.Value.Symbol(); s != nil && s.Reason == value.ReasonParameter && !s.Secret {
		return "the " + kind + " of " + s.Text
	}
	return "a " + kind
}

// where names the scope of a grant.
func where(g *facts.Grant) string {
	if g.Level != resourceid.Resource {
		return g.Level.String()
	}
	id, ok := resourceid.Parse(g.Scope)
	if !ok || template.IsClosed(id.Type) {
		return g.Level.String()
	}
	return "a resource of the type '" + id.Type + "'"
}

func wide(l resourceid.Level) bool {
	return l == resourceid.Tenant || l == resourceid.ManagementGroup || l == resourceid.Subscription
}
