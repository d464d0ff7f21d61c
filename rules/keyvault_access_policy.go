package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP008 reports access policies of key vaults that allow everything or to
// purge, those that allow a managed identity more than programs need, and
// vaults that decide access by such policies at all.
var GP008 = add("GP008", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.KeyVaultPolicy) {
		vault := p.policyVault(g)
		if vault != nil && vaultMode(vault) == value.No {
			continue // the policies count for nothing, which RA018 tells
		}
		words := vaultWords(g)
		if purgeProtected(vault) {
			words = withoutWord(words, "purge")
		}
		p.excessivePolicy(g, words)
	}
	for r := range p.deployed {
		if !r.Is(vaults) || maybeExists(r) {
			continue
		}
		at, ok := vaultTakesPolicies(r)
		if !ok || p.selfGrant(r) {
			continue // PP006 tells of it
		}
		p.report("mode", Finding{
			At: at, Resource: r, Path: "properties.enableRbacAuthorization",
			Message: fmt.Sprintf("the vault '%s' decides access by access policies, each of which reaches everything in it: set enableRbacAuthorization to true", called(r)),
		})
	}
})

// excessivePolicy reports the gravest that a policy allows.
func (p *Pass) excessivePolicy(g *facts.Grant, words []vaultWord) {
	grade := "excessive"
	if !g.Principal.IsIdentity() {
		grade = "excessive, by whomever"
	}
	if all := withWords(words, "all"); len(all) > 0 {
		p.reportWords(grade, g, all, "allows everything with")
		return
	}
	if purge := withWords(words, "purge"); len(purge) > 0 {
		p.reportWords(grade, g, purge, "allows to purge, past recovery,")
		return
	}
	if !g.Principal.IsIdentity() {
		return // people who manage a vault do that
	}
	if copies := withWords(words, "backup", "restore"); len(copies) > 0 {
		p.reportWords("beyond need", g, copies, "allows to back up or restore")
		return
	}
	keys, secrets := everyWord(words, "keys", "get", "decrypt", "unwrapKey", "sign"), everyWord(words, "secrets", "list", "get", "set", "delete")
	if len(keys) > 0 && len(secrets) > 0 {
		p.reportWords("beyond need", g, append(keys[:1:1], secrets[0]), "allows nearly all use of")
	}
}

// reportWords reports a policy for some of its words.
func (p *Pass) reportWords(grade string, g *facts.Grant, words []vaultWord, what string) {
	f := entryFinding(g, "permissions", words[0].When)
	f.Message = fmt.Sprintf("the access policy for %s %s %s: list the few permissions that are used", who(g), what, kindsOf(words))
	if at := wordAt(g, words[0]); at.IsValid() {
		f.At = at
	}
	for _, w := range words[1:] {
		f.Related = append(f.Related, Related{wordAt(g, w), fmt.Sprintf("'%s' of %s", w.text, w.kind)})
	}
	p.report(grade, f)
}

// wordAt is the place of a word, or of the name of its list.
func wordAt(g *facts.Grant, w vaultWord) value.Span {
	if w.Value.At.IsValid() {
		return w.Value.At
	}
	return nameOf(g.Rights, w.kind)
}

// kindsOf joins what the words are about.
func kindsOf(words []vaultWord) string {
	var kinds []string
	for _, w := range words {
		if len(kinds) == 0 || kinds[len(kinds)-1] != w.kind {
			kinds = append(kinds, w.kind)
		}
	}
	last := len(kinds) - 1
	if last == 0 {
		return kinds[0]
	}
	return strings.Join(kinds[:last], ", ") + " and " + kinds[last]
}

func withWords(words []vaultWord, texts ...string) []vaultWord {
	var out []vaultWord
	for _, w := range words {
		if w.is(texts...) {
			out = append(out, w)
		}
	}
	return out
}

func withoutWord(words []vaultWord, text string) []vaultWord {
	var out []vaultWord
	for _, w := range words {
		if !w.is(text) {
			out = append(out, w)
		}
	}
	return out
}

// everyWord returns the words of a kind if all the texts are among them, and
// nothing else.
func everyWord(words []vaultWord, kind string, texts ...string) []vaultWord {
	var out []vaultWord
	for _, text := range texts {
		n := len(out)
		for _, w := range words {
			if w.kind == kind && w.is(text) && len(out) == n {
				out = append(out, w)
			}
		}
		if len(out) == n {
			return nil
		}
	}
	return out
}
