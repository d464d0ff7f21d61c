package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// policyMode tells whether a vault decides access by its access policies. If
// enableRbacAuthorization is absent it does in api versions before 2026-02-01.
// https://learn.microsoft.com/azure/key-vault/general/access-control-default
func policyMode(vault *eval.Resource) value.Tri {
	found, exact := places(vault.Body(), "properties.enableRbacAuthorization")
	if len(found) == 0 {
		version, known := vault.APIVersion().Str()
		if exact && known && version < "2026-02-01" {
			return value.Yes
		}
		return value.Maybe
	}
	if b, known := boolOf(found); known {
		return value.TriOf(!b)
	}
	return value.Maybe
}

// policyVault is the vault that a policy belongs to, if the unit deploys it.
func (p *Pass) policyVault(g *facts.Grant) *eval.Resource {
	if g.Resource.Is("Microsoft.KeyVault/vaults") {
		return g.Resource
	}
	if r := p.Unit.Deployment.Lookup(g.Scope); r != nil && !r.Existing {
		return r
	}
	return nil
}

// purgeProtected tells whether nobody can purge what is in the vault.
func purgeProtected(vault *eval.Resource) bool {
	if vault == nil {
		return false
	}
	b, _ := vault.Get("properties", "enablePurgeProtection").Bool()
	return b
}

// vaultWord is a permission that an access policy gives: for what, which, and
// where it says so.
type vaultWord struct {
	kind, text string
	place
}

// is tells whether the word is one of those given, in lower case.
func (w vaultWord) is(words ...string) bool {
	for _, s := range words {
		if value.FoldEqual(w.text, s) {
			return true
		}
	}
	return false
}

// vaultWords returns the permissions of a policy as far as they are known.
func vaultWords(g *facts.Grant) []vaultWord {
	var out []vaultWord
	for _, kind := range [...]string{"keys", "secrets", "certificates", "storage"} {
		words, _ := places(g.Rights, kind+"[]")
		for _, w := range words {
			s, ok := w.Value.Str()
			when, feasible := joined(g.When, w.When)
			if ok && !w.Offered && feasible && together(when, g.Resource.When) {
				w.When = when
				out = append(out, vaultWord{kind, s, w})
			}
		}
	}
	return out
}
