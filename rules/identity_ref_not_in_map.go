package rules

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA007 reports properties that name a user-assigned identity which the
// resource does not have: the map of its identities is known, and the identity
// is not in it. A resource without identities of the kind is for ID001, a map
// without keys for UA001, one with a key that is no id for UA004, a property
// that takes another kind of id for UA008.
var UA007 = add("UA007", func(p *Pass) {
	ids := p.byID()
	strangers := map[string][]stranger{}
	var order []string
	for r := range p.deployed {
		for _, u := range p.Access.Usages(r) {
			for _, s := range p.strangers(ids, u) {
				key := value.Key(s.host.ID()) + " " + resourceid.Key(s.id)
				if strangers[key] == nil {
					order = append(order, key)
				}
				strangers[key] = append(strangers[key], s)
			}
		}
	}
	for _, key := range order {
		p.reportStrangers(strangers[key])
	}
})

// stranger is an identity that a property names and the host does not have.
type stranger struct {
	facts.Usage
	naming
	id   value.Value
	host *eval.Resource
	when value.Condition
}

// strangers returns, for each host of the resource, the identity of the
// property if the host surely lacks it.
func (p *Pass) strangers(ids byID, u facts.Usage) []stranger {
	n, ok := namingOf(u)
	id, known := userAssignedOf(u.Principal)
	if !ok || !known || wrongKind(u) != "" || !wellFormed(id) || p.mayBeOfEnvironment(ids, u, id) {
		return nil
	}
	var out []stranger
	for _, host := range ids.hosts(u.Resource, p.Access.Carrier(u.Resource.Type)) {
		maps, exact := p.identityMaps(ids, host)
		if !exact || slices.ContainsFunc(maps, func(m place) bool { return !p.without(host, m.Value, id) }) {
			continue
		}
		for _, m := range maps {
			when, ok := joined(u.When, m.When)
			if ok && !m.Offered && !isEmptyMap(m.Value) && together(when, host.When, u.Resource.When) {
				out = append(out, stranger{u, n, id, host, when})
				break
			}
		}
	}
	return out
}

// userAssignedOf is the id of the user-assigned identity that a principal is.
func userAssignedOf(p facts.Principal) (value.Value, bool) {
	switch {
	case p.System:
	case p.Resource != nil && p.Resource.Is(facts.UserAssignedIdentities):
		return p.Resource.ID(), true
	case p.Resource == nil && p.Outside.Kind != value.Missing:
		return p.Outside, true
	}
	return value.None, false
}

// identityMaps returns the maps of user-assigned identities that a host may
// have, wherever it is deployed. They are not exact if there may be others.
func (p *Pass) identityMaps(ids byID, host *eval.Resource) (maps []place, exact bool) {
	if s, ok := p.judgeable(host.Type); !ok || s.Shape != azure.ShapeMap || maybeExists(host) {
		return nil, false
	}
	all := ids.find(host.Type, host.ID())
	if !slices.Contains(all, host) { // its id is not known
		all = append(slices.Clip(all), host)
	}
	for _, h := range all {
		for _, c := range identityCases(h) {
			if c.Absent || c.Known && !c.Kinds.User() {
				continue
			}
			if !c.Known || hasIdentityIDs(c.Block) || c.Block.Get("userAssignedIdentities").Kind == value.Missing && c.Block.Open != nil {
				return nil, false
			}
			maps = append(maps, userMaps(c, h)...)
		}
	}
	return maps, true
}

// without tells whether an identity is surely no key of a map.
func (p *Pass) without(host *eval.Resource, m, id value.Value) bool {
	o := m.Object()
	if o == nil {
		return m.IsNull()
	}
	return o.Closed() && shapeProblem(m) == "" && !slices.ContainsFunc(p.mapKeys(host, m), func(k mapKey) bool {
		return !wellFormed(k.Key) || !otherID(k.Key, id)
	})
}

// mayBeOfEnvironment tells whether a registry of a container app may be read
// with an identity of the environment: its id may stand there just as well.
func (p *Pass) mayBeOfEnvironment(ids byID, u facts.Usage, id value.Value) bool {
	if !u.Resource.Is("Microsoft.App/containerApps", "Microsoft.App/jobs") || u.Path != "properties.configuration.registries[].identity" {
		return false
	}
	for _, name := range []string{"environmentId", "managedEnvironmentId"} {
		for _, env := range ids.find("Microsoft.App/managedEnvironments", u.Resource.Get("properties", name)) {
			maps, exact := p.identityMaps(ids, env)
			return !exact || slices.ContainsFunc(maps, func(m place) bool { return !p.without(env, m.Value, id) })
		}
	}
	return true
}

// reportStrangers tells once of an identity that a host lacks: the gravest
// property comes first, and what holds always before what holds under a
// condition.
func (p *Pass) reportStrangers(all []stranger) {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		return graver(a.late, a.when, b.late, b.when)
	})
	s := all[0]
	grade, consequence := failure(s.late)
	f := Finding{
		At: s.At, Resource: s.Resource, Path: s.Path, When: s.when,
		Message: fmt.Sprintf("the identity '%s' in '%s' is not among the identities of '%s': %s", shortID(s.id), leafOf(s.Path), called(s.host), consequence),
	}
	for _, other := range all[1:min(len(all), 8)] {
		f.Related = append(f.Related, Related{other.At, fmt.Sprintf("'%s' names it too", leafOf(other.Path))})
	}
	f.Related = append(f.Related, Related{spot(s.host, "identity", "userAssignedIdentities"), fmt.Sprintf("these are the identities of '%s'", called(s.host))})
	if !strings.ContainsAny(s.Path, "[*") {
		f.Related = append(f.Related, because(s.Resource, "the identity", strings.Split(s.Path, ".")...)...)
	}
	p.report(grade, f)
}

// leafOf is what messages call the property at a path.
func leafOf(path string) string {
	path = strings.TrimSuffix(path, ".value")
	leaf := path[strings.LastIndexByte(path, '.')+1:]
	if _, name, ok := strings.Cut(leaf, "[name="); ok {
		leaf = strings.TrimSuffix(name, "]")
	}
	return strings.Replace(leaf, "*", "…", 1)
}
