package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP012 reports grants on the data of single services that reach everything:
// in caches, container registries and message brokers; and connections that
// sign in with a secret where an identity would do.
var GP012 = add("GP012", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.Redis) {
		p.ownsCache(g)
	}
	for r := range p.deployed {
		switch {
		case r.Is("Microsoft.Cache/redis/accessPolicies"):
			p.wideCachePolicy(r)
		case r.Is("Microsoft.ContainerRegistry/registries/scopeMaps"):
			p.wideScopeMap(r)
		case r.Is("Microsoft.EventGrid/namespaces/permissionBindings"):
			p.everyTopic(r)
		case r.Is("Microsoft.ServiceLinker/linkers", "Microsoft.ServiceLinker/locations/connectors"):
			p.secretConnection(r)
		}
	}
})

// ownsCache reports an identity that may do everything with a cache, as
// administrators may.
func (p *Pass) ownsCache(g *facts.Grant) {
	if !g.Principal.IsIdentity() {
		return
	}
	for _, alt := range firing(g.Rights, ownerOfCache) {
		p.report("wide", Finding{
			At: valueAt(g.Resource, g.Rights, "properties"), Resource: g.Resource, Path: "properties.accessPolicyName", When: alt.When,
			Message: fmt.Sprintf("%s may run every command on the cache, with '%s': a program needs 'Data Contributor' or less", who(g), value.Show(alt.Value)),
			Related: because(g.Resource, "the access policy", "properties", "accessPolicyName"),
		})
	}
}

func ownerOfCache(v value.Value) bool {
	s, ok := v.Str()
	return ok && (value.FoldEqual(s, "Data Owner") || everyCommand(s))
}

// everyCommand tells whether a Redis access string allows all commands on all
// keys, the dangerous ones among them.
// https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure-role-based-access-control
func everyCommand(acl string) bool {
	commands, keys := false, false
	for _, word := range strings.Fields(strings.ToLower(acl)) {
		switch word {
		case "+@all", "allcommands":
			commands = true
		case "-@all", "nocommands", "-@dangerous", "-@admin":
			return false
		case "allkeys", "~*":
			keys = true
		}
	}
	return commands && keys
}

// wideCachePolicy reports a policy of one's own that is as wide as the
// built-in Data Owner. Exported templates hold the built-in ones too.
func (p *Pass) wideCachePolicy(r *eval.Resource) {
	switch lastName(r) {
	case "Data Owner", "Data Contributor", "Data Reader":
		return
	}
	permissions := r.Get("properties", "permissions")
	for _, alt := range firing(permissions, func(v value.Value) bool { s, _ := v.Str(); return everyCommand(s) }) {
		p.report("wide", Finding{
			At: valueAt(r, permissions, "properties", "permissions"), Resource: r, Path: "properties.permissions", When: alt.When,
			Message: fmt.Sprintf("the access policy '%s' allows every command on every key: leave out '-@dangerous' and name the keys", lastName(r)),
			Related: because(r, "the string", "properties", "permissions"),
		})
	}
}

// wideScopeMap reports a scope map by which tokens may change all repositories
// of a registry. Those of the registry itself begin with an underscore; those
// of connected registries need it.
func (p *Pass) wideScopeMap(r *eval.Resource) {
	actions, _ := places(r.Body(), "properties.actions[]")
	var wide []place
	for _, a := range actions {
		s, ok := a.Value.Str()
		switch {
		case ok && strings.HasPrefix(strings.ToLower(s), "gateway/"):
			return
		case ok && changesEveryRepository(s) && !a.Offered && together(a.When, r.When):
			wide = append(wide, a)
		}
	}
	if len(wide) == 0 || strings.HasPrefix(lastName(r), "_") {
		return
	}
	f := Finding{
		At: valueAt(r, wide[0].Value, "properties", "actions"), Resource: r, Path: "properties.actions", When: wide[0].When,
		Message: fmt.Sprintf("tokens with the scope map '%s' may change every repository of the registry: '%s'; name the repositories", lastName(r), value.Show(wide[0].Value)),
		Related: because(r, "the list of actions", "properties", "actions"),
	}
	for _, a := range wide[1:] {
		f.Related = append(f.Related, Related{a.Value.At, "'" + value.Show(a.Value) + "'"})
	}
	p.report("wide", f)
}

func changesEveryRepository(action string) bool {
	what, ok := strings.CutPrefix(strings.ToLower(action), "repositories/*/")
	return ok && (what == "content/write" || what == "content/delete" || what == "metadata/write")
}

// valueAt is where a value is written, or the place that stands for the member
// at a path.
func valueAt(r *eval.Resource, v value.Value, path ...string) value.Span {
	if v.At.IsValid() && !isContainer(v) {
		return v.At
	}
	return spot(r, path...)
}
