package facts

import (
	"slices"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// Use says that a resource is configured to use a service, and as what.
type Use struct {
	Host *eval.Resource
	Target
	Key  bool       // with a key: nothing says that an identity is used
	At   value.Span // what shows it
	When value.Condition
}

// UsesOf returns which services a resource is configured to use, as far as
// the unit tells: each with each role once.
func (a *Access) UsesOf(host *eval.Resource) []Use {
	if a.uses == nil {
		a.uses = map[*eval.Resource][]Use{}
		a.settingUses()
		for _, r := range a.Unit.Deployment.Resources {
			if !r.Existing && r.State != eval.NotDeployed {
				a.propertyUses(r)
			}
		}
		flows := a.Flows()
		for i := range flows {
			if u, ok := a.KeyUse(&flows[i]); ok {
				a.addUse(u)
			}
		}
	}
	return a.uses[host]
}

func (a *Access) addUse(u Use) {
	same := func(o Use) bool {
		return o.Type == u.Type && o.Role == u.Role && o.Key == u.Key && o.targetKey() == u.targetKey()
	}
	if !slices.ContainsFunc(a.uses[u.Host], same) {
		a.uses[u.Host] = append(a.uses[u.Host], u)
	}
}

// targetKey is a text that the same targets of a type share.
func (t Target) targetKey() string {
	if t.Resource != nil {
		return resourceid.Key(t.Resource.Name())
	}
	return resourceid.Key(t.Name)
}

// KeyUse is the use of a service with a key that a resource is given; false
// if the service takes nothing but keys, or no resource with an identity of
// its own is given it.
func (a *Access) KeyUse(f *Flow) (Use, bool) {
	k, ok := azure.KeylessRole(f.Source.Type)
	if f.Source.Kind != ListResult || !ok || f.Sink.Resource == nil || f.Sink.Resource.Nested != nil {
		return Use{}, false
	}
	u := Use{Host: a.HostOf(f.Sink.Resource), Key: true, At: f.At, When: f.When}
	id, ok := resourceid.Parse(f.Source.ID)
	if f.Source.Resource != nil {
		id, ok = resourceid.Parse(f.Source.Resource.ID())
	}
	if u.Host == nil || !ok || len(id.Names) == 0 {
		return u, false
	}
	s, known := azure.ServiceOf(k.Type)
	if !known {
		s = azure.Service{Type: k.Type, Does: "uses", Role: k.Roles[0]}
	}
	if steps := f.Sink.Steps; value.FoldEqual(f.Sink.Setting, hostStorageSetting) || value.FoldEqual(steps[len(steps)-1], hostStorageSetting) {
		s = hostStorage(s)
	}
	u.Target = a.targetAt(s, resourceid.Join(id.Scope, k.Type, id.Names[:1]), id.Names[0])
	return u, true
}

// HostOf is the resource that r belongs to and that takes identities; nil if
// it is not part of the unit.
func (a *Access) HostOf(r *eval.Resource) *eval.Resource {
	carrier := a.Carrier(r.Type)
	if carrier == "" || value.FoldEqual(carrier, r.Type) {
		return r
	}
	if id, ok := HostID(r, carrier); ok {
		return a.Unit.Deployment.Lookup(id)
	}
	return nil
}
