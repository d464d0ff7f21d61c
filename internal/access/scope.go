package access

import (
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
)

var levels = [...]string{
	resourceid.LevelUnknown: "", resourceid.Tenant: "tenant", resourceid.ManagementGroup: "management group",
	resourceid.Subscription: "subscription", resourceid.ResourceGroup: "resource group", resourceid.Resource: "resource",
}

// scopes are the scopes that a grant may be for.
func (r *reader) scopes(id value.Value, level resourceid.Level) []either[model.Scope] {
	if id.Kind != value.Choice {
		return []either[model.Scope]{{is: r.scope(id, level)}}
	}
	return alternatives(id, func(v value.Value) model.Scope { return r.scope(v, resourceid.LevelOf(v)) })
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
	out := model.Scope{Level: levels[level], ID: r.whole(id)}
	p, ok := resourceid.Parse(id)
	switch {
	case level == resourceid.Tenant:
	case ok:
		out.Name = r.whole(p.Name())
	default:
		out.Name = out.ID
	}
	if ok && level == resourceid.Resource {
		out.Type = r.Plain(p.Type)
	}
	return out
}
