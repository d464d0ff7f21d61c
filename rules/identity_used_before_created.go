package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA009 reports resources that run with, or extend, a user-assigned identity
// of the same deployment without waiting for it.
var UA009 = add("UA009", func(p *Pass) {
	var ids []*eval.Resource
	uses := map[*eval.Resource][]identityUse{}
	for _, u := range p.identityUses() {
		if uses[u.identity] == nil {
			ids = append(ids, u.identity)
		}
		uses[u.identity] = append(uses[u.identity], u)
	}
	known := p.byID()
	for _, id := range ids {
		same := append(known.find(id.Type, id.ID()), id)
		for _, u := range uses[id] {
			if p.early(u, same, uses[id]) {
				p.reportEarly(u)
			}
		}
	}
})

// identityUse is a place that needs a user-assigned identity of the unit.
type identityUse struct {
	r, identity *eval.Resource
	at          value.Span
	when        value.Condition
	child       bool
}

// identityUses returns the places that need an identity which the unit
// creates: keys of maps, and children of identities.
func (p *Pass) identityUses() []identityUse {
	var out []identityUse
	for _, at := range p.Access.Attachments() {
		if !at.Principal.System {
			out = append(out, p.usesOf(at)...)
		}
	}
	for r := range p.deployed {
		if !r.Is(federatedCredentials) {
			continue
		}
		host, ok := hostID(r, facts.UserAssignedIdentities)
		if !ok {
			continue
		}
		if id := p.Unit.Deployment.Lookup(host); createdHere(id) {
			out = append(out, identityUse{r: r, identity: id, child: true})
		}
	}
	return out
}

// usesOf returns the identities that an attachment may mean: a key may be one
// of several.
func (p *Pass) usesOf(at facts.Attachment) []identityUse {
	if at.Principal.Resource != nil {
		if id := at.Principal.Resource; !createdHere(id) || !id.Is(facts.UserAssignedIdentities) {
			return nil // an id of something else is UA004's
		}
		return []identityUse{{r: at.Host, identity: at.Principal.Resource, at: at.At, when: at.When}}
	}
	if at.Principal.Outside.Kind != value.Choice {
		return nil
	}
	var out []identityUse
	for _, alt := range at.Principal.Outside.Alternatives() {
		id := p.Unit.Deployment.Lookup(alt.Value)
		if when, ok := at.When.And(alt.When); ok && !alt.Offered && createdHere(id) && id.Is(facts.UserAssignedIdentities) {
			out = append(out, identityUse{r: at.Host, identity: id, at: at.At, when: when})
		}
	}
	return out
}

// createdHere tells whether a resource is, or may be, created by the deployment.
func createdHere(r *eval.Resource) bool {
	return r != nil && !r.Existing && r.State != eval.NotDeployed
}

// early tells whether nothing makes a use wait for the identity, nor for
// another use of it, which would have waited.
func (p *Pass) early(u identityUse, same []*eval.Resource, uses []identityUse) bool {
	if when, ok := u.when.And(u.r.When); !ok || !together(when, u.identity.When) {
		return false
	}
	for _, id := range same {
		if p.Access.Waits(u.r, id) != value.No {
			return false
		}
	}
	for _, other := range uses {
		if other.r != u.r && p.Access.Waits(u.r, other.r) != value.No {
			return false
		}
	}
	return true
}

func (p *Pass) reportEarly(u identityUse) {
	when, _ := u.when.And(u.identity.When)
	f := Finding{
		At: u.at, Resource: u.r, Path: "identity.userAssignedIdentities", When: when,
		Message: fmt.Sprintf("'%s' does not wait for the identity '%s' that it runs with: add it to dependsOn", called(u.r), called(u.identity)),
		Related: []Related{{Head(u.identity), fmt.Sprintf("the identity '%s' is created here", called(u.identity))}},
		Fixes:   p.dependFix(u.r, u.identity),
	}
	switch {
	case u.child:
		f.At, f.Path = Head(u.r), "dependsOn"
		f.Message = fmt.Sprintf("'%s' does not wait for the identity '%s' that it belongs to: add it to dependsOn", called(u.r), called(u.identity))
	case !inside(u.at, u.r.Body().At) || nodeAt(p.Unit, u.at).IsZero():
		f.At = spot(u.r, "identity", "userAssignedIdentities")
	}
	p.report("race", f)
}
