package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// ID003 reports resources that have no identity although nearly all of their
// kind sign in somewhere: without one they need a secret for that. Those that
// are given one are ID002's; of one in the wrong place ID006 tells.
var ID003 = add("ID003", func(p *Pass) {
	ids := p.byID()
	for r := range p.deployed {
		host, ok := p.Access.Tables().Host(r.Type)
		support, known := p.judgeable(r.Type)
		if !ok || !known || host.Retired || host.IdentityOn != "" || !support.System && !support.User {
			continue
		}
		for _, c := range identityCases(r) {
			if !missing(r, c) || !p.wantsIdentity(host, r) || ids.elsewhere(r) || maybeExists(r) || len(misplaced(r)) > 0 || len(p.lacking()[r]) > 0 || p.speaksOfKeys(r) {
				continue
			}
			p.reportMissing(r, c, host, support)
			break
		}
	}
})

// missing tells whether the template itself chooses that there is no
// identity. A block that comes out as null leaves the choice to a caller.
func missing(r *eval.Resource, c identityCase) bool {
	if c.Absent {
		v := r.Get("identity")
		return v.Kind == value.Missing || v.Kind == value.Null && v.Flags&(value.Default|value.Supplied) == 0 && len(c.When) == 0
	}
	return c.Known && c.Kinds.None() && !c.Offered
}

func (p *Pass) reportMissing(r *eval.Resource, c identityCase, host azure.Host, s azure.Support) {
	grade, why := "other", "signs in to other resources"
	if host.Class == "code" {
		why = "runs code that would need a secret to reach other resources"
	}
	if p.runsCode(host, r) {
		grade = "runs code"
	}
	f := Finding{
		At: Head(r), Resource: r, Path: "identity", When: c.When,
		Message: fmt.Sprintf("'%s' has no managed identity: a resource of the type '%s' %s", called(r), s.Type, why),
		Related: because(r, "the identity", "identity", "type"),
	}
	if s.System {
		f.Fixes = p.addIdentity(r, c)
	}
	p.report(grade, f)
}

// addIdentity is the fix that gives a resource a system-assigned identity.
func (p *Pass) addIdentity(r *eval.Resource, c identityCase) []Fix {
	const message, block = "add a system-assigned identity", `{ "type": "SystemAssigned" }`
	if r.Decl.Member("identity") == nil {
		return insertAfter(p.Unit, Head(r), message, "identity", block, false)
	}
	if at := spot(r, "identity"); c.Absent && nodeAt(p.Unit, at).Source() == "null" {
		return replace(p.Unit, at, message, block, false)
	}
	if at := spot(r, "identity", "type"); c.Known && nodeAt(p.Unit, at).Text() == c.Kinds.Text {
		return replace(p.Unit, at, message, `"SystemAssigned"`, false)
	}
	return nil
}
