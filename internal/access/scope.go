package access

import (
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/facts"
)

var levels = [...]string{
	resourceid.LevelUnknown: "", resourceid.Tenant: "tenant", resourceid.ManagementGroup: "management group",
	resourceid.Subscription: "subscription", resourceid.ResourceGroup: "resource group", resourceid.Resource: "resource",
}

// scopes are the scopes that a grant may be for.
func (r *reader) scopes(g *facts.Grant) []either[model.Scope] {
	switch {
	case g.Plane == facts.GraphAppRole:
		return []either[model.Scope]{{is: graphScope}}
	case g.Scope.Kind != value.Choice:
		return []either[model.Scope]{{is: r.scopeOf(g)}}
	}
	return alternatives(g.Scope, func(v value.Value) model.Scope { return r.scope(v, resourceid.LevelOf(v)) })
}

// scopeOf is the scope of a grant. Some hold in a place that there is not yet.
func (r *reader) scopeOf(g *facts.Grant) model.Scope {
	out := r.scope(g.Scope, g.Level)
	if g.Scope.Kind != value.Missing {
		return out
	}
	switch g.Plane {
	case facts.OtherPlane:
		out.Name = "of each environment"
	case facts.ManagedApplication:
		out.Name = "of each instance"
	case facts.Lighthouse, facts.LighthouseEligible:
		out.Name = "what is delegated"
	}
	return out
}

// scope names the scope with the id. The level is what is known of it without
// the id.
func (r *reader) scope(id value.Value, level resourceid.Level) model.Scope {
	if id.Kind == value.Missing {
		return model.Scope{Level: levels[level]}
	}
	if is := resourceid.LevelOf(id); is != resourceid.LevelUnknown {
		level = is
	}
	out := model.Scope{Level: levels[level], ID: r.exact(id)}
	p, ok := resourceid.Parse(id)
	switch {
	case level == resourceid.Tenant:
	case ok:
		out.Name = r.whole(p.Name())
	default:
		out.Name = r.whole(id)
	}
	if ok && level == resourceid.Resource {
		out.Type = r.Plain(p.Type)
	}
	return out
}
