package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// heldKey is a key that a resource is given for a service that takes
// identities as well.
type heldKey struct {
	facts.Use
	on *eval.Resource // with the property
}

// heldKeys returns the keys that resources hold, each service once. Where
// Azure takes nothing but a key, none counts: the properties are those of
// CR005, and registry logins. Keys that stand in the template count by the
// address that stands beside them.
func (p *Pass) heldKeys() map[*eval.Resource][]heldKey {
	if p.held == nil {
		p.held = p.findHeldKeys()
	}
	return p.held
}

func (p *Pass) findHeldKeys() map[*eval.Resource][]heldKey {
	out := map[*eval.Resource][]heldKey{}
	ids := p.byID()
	flows := p.Access.Flows()
	for i := range flows {
		f := &flows[i]
		if keySinkOf(f.Sink) == nil && !isRegistryLogin(f.Sink) || ids.storageOfHost(f, flows) {
			continue
		}
		for _, u := range p.keyUses(f) {
			out[u.Host] = addKey(out[u.Host], heldKey{u, f.Sink.Resource})
		}
	}
	return out
}

// keyUses is what a flow gives to a resource with identities.
func (p *Pass) keyUses(f *facts.Flow) []facts.Use {
	if u, ok := p.Access.KeyUse(f); ok {
		if _, replaceable := keyless(f); replaceable {
			return []facts.Use{u}
		}
		return nil
	}
	host := p.Access.HostOf(f.Sink.Resource)
	if f.Source.Kind != facts.WrittenOut || host == nil {
		return nil
	}
	var out []facts.Use
	for _, t := range p.Access.TargetsIn(f.Value) {
		if value.FoldEqual(t.Type, "Microsoft.DocumentDB/databaseAccounts") && t.Resource == nil {
			continue // which interface it has is not known
		}
		out = append(out, facts.Use{Host: host, Target: t, Key: true, At: f.At, When: f.When})
	}
	return out
}

func addKey(keys []heldKey, k heldKey) []heldKey {
	for _, other := range keys {
		if other.Type == k.Type && value.Key(other.Name) == value.Key(k.Name) && other.When.String() == k.When.String() {
			return keys
		}
	}
	return append(keys, k)
}

// storageOfHost tells whether a key is one that the plan of an app may need:
// that of the content share, what stands beside it, and the storage of Standard logic apps.
// https://learn.microsoft.com/azure/azure-functions/storage-considerations#storage-account-connection-setting
func (b byID) storageOfHost(f *facts.Flow, flows []facts.Flow) bool {
	if !b.isHostStorage(f.Sink) {
		return false
	}
	_, kind := b.webHost(f.Sink.Resource)
	return kind != functionApp || contentShare(flows, f.Sink.Resource).IsValid()
}
