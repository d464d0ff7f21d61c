package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/rules/azure"
)

// PP006 reports vaults that go by access policies while the template gives
// somebody a role that can write these: it can give itself every secret.
var PP006 = add("PP006", func(p *Pass) {
	for r := range p.deployed {
		if !r.Is(vaults) {
			continue
		}
		at, ok := vaultTakesPolicies(r)
		if !ok {
			continue
		}
		if writers := p.policyWriters(r); len(writers) > 0 {
			p.reportSelfGrant(r, Finding{At: at, Resource: r, Path: "properties.enableRbacAuthorization"}, writers)
		}
	}
})

// policyWrites change the access policies of a vault.
var policyWrites = []string{"Microsoft.KeyVault/vaults/accessPolicies/write", "Microsoft.KeyVault/vaults/write"}

// policyWriters returns the roles on a vault that can write its access
// policies, leaving out those that could also give themselves a role.
func (p *Pass) policyWriters(vault *eval.Resource) []held {
	var out []held
	for _, h := range p.Access.Holders() {
		roles(h, func(one held) bool {
			if classes(one.role)&azure.Escalate == 0 && writesPolicies(one) != "" && one.reaches(vault.ID()) && together(one.g.Resource.When, vault.When) {
				out = append(out, one)
				return false
			}
			return true
		})
	}
	return out
}

func writesPolicies(h held) string {
	for _, w := range policyWrites {
		if h.allows(w) {
			return w
		}
	}
	return ""
}

func (p *Pass) reportSelfGrant(vault *eval.Resource, f Finding, writers []held) {
	first := writers[0]
	f.Message = fmt.Sprintf("%s can give itself every secret of the vault '%s': '%s' allows '%s', and the vault goes by access policies",
		who(first.g), called(vault), first.role.Name(), writesPolicies(first))
	for _, w := range writers {
		if len(f.Related) < 8 {
			f.Related = append(f.Related, Related{roleAt(w.g), fmt.Sprintf("'%s' is granted to %s on %s", w.role.Name(), who(w.g), where(w.g))})
		}
	}
	f.Flow = []Related{f.Related[0], {f.At, "the vault '" + called(vault) + "' goes by access policies"}}
	p.report("self grant", f)
}

// selfGrant tells whether PP006 reports the vault.
func (p *Pass) selfGrant(vault *eval.Resource) bool {
	_, ok := vaultTakesPolicies(vault)
	return ok && len(p.policyWriters(vault)) > 0
}
