package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
)

// ID002 reports resources without an identity that are given the key of a
// service which takes identities as well, and clusters that run as a service
// principal with a secret. A feature that needs an identity comes
// first (ID001), and an identity in the wrong place (ID006).
var ID002 = add("ID002", func(p *Pass) {
	for r := range p.deployed {
		if s, ok := clusterSecret(r); ok && r.Is(clusters) {
			p.reportCluster(r, s)
		} else if c, keys := p.keysInPlace(r); len(keys) > 0 && len(p.lacking()[r]) == 0 {
			p.reportKeyHolder(r, c, keys)
		}
	}
})

const clusters = "Microsoft.ContainerService/managedClusters"

// keysInPlace returns the keys that a resource holds while the template itself
// chooses that it has no identity.
func (p *Pass) keysInPlace(r *eval.Resource) (identityCase, []heldKey) {
	if !r.Is(keyHolders...) {
		return identityCase{}, nil
	}
	all := p.heldKeys()[r]
	if len(all) == 0 || maybeExists(r) || len(misplaced(r)) > 0 || p.byID().elsewhere(r) {
		return identityCase{}, nil
	}
	for _, c := range identityCases(r) {
		var keys []heldKey
		for _, k := range all {
			if when, ok := joined(k.When, c.When); ok && missing(r, c) && together(when, r.When, k.on.When) {
				k.When = when
				keys = append(keys, k)
			}
		}
		if len(keys) > 0 {
			return c, keys
		}
	}
	return identityCase{}, nil
}

func (p *Pass) reportKeyHolder(r *eval.Resource, c identityCase, keys []heldKey) {
	f := Finding{
		At: Head(r), Resource: r, Path: "identity", When: keys[0].When,
		Message: fmt.Sprintf("'%s' has no managed identity and holds a key of %s: add one and %s", called(r), targetNoun(keys[0].Use), grantAdvice(keys[0].Use)),
	}
	for i, k := range keys {
		text := "this is a key of " + targetNoun(k.Use)
		if i > 0 {
			text += ": " + grantAdvice(k.Use)
		}
		if len(f.Related) < 8 && k.At.IsValid() {
			f.Related = append(f.Related, Related{k.At, text})
		}
	}
	f.Related = append(f.Related, p.neededGrants(r)...)
	if s, known := p.judgeable(r.Type); known && s.System {
		f.Fixes = p.addIdentity(r, c)
	}
	p.report("credential", f)
}

// reportCluster reports a cluster. There is no fix: with an identity the
// service principal has to go.
func (p *Pass) reportCluster(r *eval.Resource, s serviceSecret) {
	f := Finding{
		Resource: r, Path: "identity", When: s.when,
		Message: fmt.Sprintf("'%s' %s: give it a managed identity with the roles that it needs", called(r), s.what),
		Related: append([]Related{{s.at, "this is the secret"}}, because(r, "the secret", s.path...)...),
	}
	p.report("credential", f)
}

// speaksOfKeys tells whether ID002 tells of a resource.
func (p *Pass) speaksOfKeys(r *eval.Resource) bool {
	if r.Is(clusters) {
		_, ok := clusterSecret(r)
		return ok
	}
	_, keys := p.keysInPlace(r)
	return len(keys) > 0
}

// keyHolders are the types that hold keys for code or flows of their own.
// Machines are not among them: they mount shares with a key, and run software
// that takes nothing else.
var keyHolders = []string{
	"Microsoft.App/containerApps", "Microsoft.App/jobs", "Microsoft.Automation/automationAccounts", "Microsoft.Batch/batchAccounts/pools",
	"Microsoft.ContainerInstance/containerGroups",
	"Microsoft.DataFactory/factories", "Microsoft.Logic/workflows", "Microsoft.Web/sites", "Microsoft.Web/sites/slots",
}
