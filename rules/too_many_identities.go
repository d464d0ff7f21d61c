package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// UA011 reports resources with more user-assigned identities than their type
// takes: each of these types takes one. Two keys that may be the same identity
// count once.
//
// https://learn.microsoft.com/azure/aks/use-managed-identity
// https://learn.microsoft.com/azure/logic-apps/authenticate-with-managed-identity
// https://learn.microsoft.com/azure/governance/policy/how-to/remediate-resources
var UA011 = add("UA011", func(p *Pass) {
	for r := range p.deployed {
		if !r.Is("Microsoft.ContainerService/managedClusters", "Microsoft.Logic/workflows", "Microsoft.Authorization/policyAssignments") {
			continue
		}
		for _, c := range identityCases(r) {
			if !c.Known || !c.Kinds.User() {
				continue
			}
			for _, m := range userMaps(c, r) {
				if first, second, ok := p.twoIdentities(r, m); ok && !m.Offered {
					p.report("too many", Finding{
						At: second.At, Resource: r, Path: "identity.userAssignedIdentities", When: m.When,
						Message: fmt.Sprintf("'%s' has a second user-assigned identity, '%s', and its type '%s' takes only one", called(r), shortID(second.Key), r.Type),
						Related: append([]Related{{first.At, "this is the first"}}, second.related(r)...),
					})
				}
			}
		}
	}
})

// twoIdentities returns two keys of a map that are surely different
// identities.
func (p *Pass) twoIdentities(r *eval.Resource, m place) (first, second mapKey, ok bool) {
	if m.Value.Kind != value.Object || shapeProblem(m.Value) != "" {
		return first, second, false
	}
	var keys []mapKey
	for _, k := range p.mapKeys(r, m.Value) {
		if k.Value.Kind != value.Object || !wellFormed(k.Key) {
			continue
		}
		for _, earlier := range keys {
			if otherID(earlier.Key, k.Key) {
				return earlier, k, true
			}
		}
		keys = append(keys, k)
	}
	return first, second, false
}
