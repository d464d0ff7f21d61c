package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// policyVault is the vault that a policy belongs to, if the unit deploys it.
func (p *Pass) policyVault(g *facts.Grant) *eval.Resource {
	if g.Resource.Is(vaults) {
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
