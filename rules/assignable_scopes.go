package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD007 reports assignable scopes of custom roles that Azure refuses, that
// belong to another subscription, or that are wider than any assignment in the
// template.
//
// https://learn.microsoft.com/azure/role-based-access-control/custom-roles#custom-role-limits
var RD007 = add("RD007", func(p *Pass) {
	for r := range p.deployed {
		if !r.Is(facts.RoleDefinitions) {
			continue
		}
		for _, list := range r.Get("properties", "assignableScopes").Alternatives() {
			if _, possible := list.When.And(r.When); possible && !list.Offered && list.Value.Array() != nil {
				p.assignable(r, list)
			}
		}
	}
})

// assignable judges one alternative of the list.
func (p *Pass) assignable(r *eval.Resource, list value.Alternative) {
	entries := list.Value.Array().All()
	group := value.None
	for _, scope := range entries {
		for _, alt := range firing(scope, func(v value.Value) bool { return refusedScope(v) != "" }) {
			if when, feasible := joined(list.When, alt.When); feasible {
				p.refused(r, when, scope, alt.Value, refusedScope(alt.Value))
			}
		}
		if !isGroupID(scope) {
			continue
		}
		if group.Kind != value.Missing && differentIDs(group, scope) {
			p.refused(r, list.When, scope, scope, "is a second management group; a custom role takes one")
		}
		group = scope
	}
	if list.Value.Array().Open == nil {
		p.foreignScope(r, list, entries)
	}
	p.wideScope(r, list, entries)
}

// refused reports one alternative of an entry.
func (p *Pass) refused(r *eval.Resource, when value.Condition, entry, alternative value.Value, why string) {
	p.report("rejected", scopeFinding(r, when, entry, fmt.Sprintf("the assignable scope '%s' %s", value.Show(alternative), why)))
}

// refusedScope says why no custom role can have the scope, "" if nothing is
// known against it.
func refusedScope(scope value.Value) string {
	s, known := scope.Str()
	switch {
	case scope.Flags&value.Secure != 0 || known && isPlaceholder(s):
		return ""
	case s == "/":
		return "is the root, which only built-in roles can have"
	case strings.Contains(literals(scope), "*"):
		return "has a wildcard, which is not allowed here"
	}
	return ""
}

// isGroupID tells whether an id is that of a management group, its name with
// it.
func isGroupID(id value.Value) bool {
	_, ok := resourceid.Parse(id)
	return ok && resourceid.LevelOf(id) == resourceid.ManagementGroup
}

// differentIDs tells whether two ids are fully known and not the same.
func differentIDs(a, b value.Value) bool {
	s, knownA := a.Str()
	t, knownB := b.Str()
	return knownA && knownB && !value.FoldEqual(strings.TrimRight(s, "/"), strings.TrimRight(t, "/"))
}

// foreignScope reports a list of which every entry is in a literal
// subscription, if the role is not deployed there or may not be.
func (p *Pass) foreignScope(r *eval.Resource, list value.Alternative, entries []value.Value) {
	own := subscriptionOf(r.Scope())
	for _, scope := range entries {
		s, ok := subscriptionOf(scope).Str()
		if !ok || !facts.IsGUID(s) || isSampleGUID(value.Fold(s)) || scope.Flags&(value.Default|value.Supplied|value.Secure) != 0 {
			return
		}
		if mine, known := own.Str(); known && value.FoldEqual(mine, s) {
			return
		}
	}
	if len(entries) == 0 {
		return
	}
	s, _ := subscriptionOf(entries[0]).Str()
	if mine, known := own.Str(); known {
		p.report("foreign subscription", scopeFinding(r, list.When, entries[0],
			fmt.Sprintf("the role '%s' is for the subscription '%s', and is deployed to '%s', where nobody can assign it", roleNameOf(r), s, mine)))
		return
	}
	if own.Kind != value.Missing {
		p.report("literal subscription", scopeFinding(r, list.When, entries[0],
			fmt.Sprintf("the role '%s' is for the subscription '%s', wherever the template is deployed", roleNameOf(r), s)))
	}
}

// subscriptionOf is the subscription of an id, Missing if it has none.
func subscriptionOf(id value.Value) value.Value {
	segments, _ := id.Segments()
	if len(segments) < 3 {
		return value.None
	}
	if s, ok := segments[1].Str(); !ok || !value.FoldEqual(s, "subscriptions") {
		return value.None
	}
	return segments[2]
}

// wideScope reports the first entry that is wider than every assignment of the
// role in the template.
func (p *Pass) wideScope(r *eval.Resource, list value.Alternative, entries []value.Value) {
	widest := resourceid.LevelUnknown
	var example *facts.Grant
	for g := range p.Access.GrantsOn(facts.RBAC) {
		for _, role := range g.Roles {
			if role.Custom == nil || role.Custom.Resource != r {
				continue
			}
			if example == nil || g.Level < widest {
				widest, example = g.Level, g
			}
		}
	}
	if widest != resourceid.ResourceGroup && widest != resourceid.Resource {
		return
	}
	for _, scope := range entries {
		level := resourceid.LevelOf(scope)
		if refusedScope(scope) != "" || level != resourceid.ManagementGroup && level != resourceid.Subscription {
			continue
		}
		f := scopeFinding(r, list.When, scope, fmt.Sprintf("the role '%s' can be assigned everywhere in %s; the template needs it on %s", roleNameOf(r), level, where(example)))
		f.Related = append(f.Related, Related{Head(example.Resource), "the assignment on the widest scope"})
		p.report("wide", f)
		return
	}
}

func scopeFinding(r *eval.Resource, when value.Condition, scope value.Value, message string) Finding {
	at := scope.At
	if !inside(at, r.Body().At) {
		at = spot(r, "properties", "assignableScopes")
	}
	return Finding{
		At: at, Resource: r, Path: "properties.assignableScopes", When: when, Message: message,
		Related: because(r, "the list of scopes", "properties", "assignableScopes"),
	}
}

// roleNameOf is what a role definition calls its role.
func roleNameOf(r *eval.Resource) string {
	if name := r.Get("properties", "roleName"); name.IsStringLike() {
		return value.Show(name)
	}
	return title(r)
}
