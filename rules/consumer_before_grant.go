package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA019 reports resources that need a right of their user-assigned identity
// while they are created, and do not wait for the role assignment of the
// template that gives it.
var RA019 = add("RA019", func(p *Pass) {
	needs := map[*eval.Resource][]creationNeed{}
	for _, at := range p.Access.Attachments() {
		if at.Principal.System {
			continue
		}
		if _, done := needs[at.Host]; !done {
			needs[at.Host] = creationNeeds(at.Host)
		}
		for _, n := range needs[at.Host] {
			if n.identity.Kind != value.Missing && !namesPrincipal(n.identity, at.Principal) {
				continue
			}
			if g := p.missedGrant(at, n); g != nil {
				p.reportMissed(at, n, g)
				break // of several needs of one identity one is enough
			}
		}
	}
})

// namesPrincipal tells whether an id is surely that of a principal.
func namesPrincipal(id value.Value, p facts.Principal) bool {
	own := p.Outside
	if p.Resource != nil {
		own = p.Resource.ID()
	}
	return resourceid.Key(id) == resourceid.Key(own)
}

// missedGrant returns the grant that a resource needs and does not wait for;
// nil if it waits, or may wait, for one that will do.
func (p *Pass) missedGrant(at facts.Attachment, n creationNeed) *facts.Grant {
	var missed *facts.Grant
	for _, g := range p.Access.HeldBy(at.Principal) {
		serves := n.serves(g)
		if serves == value.No || !together(at.When, n.when, at.Host.When, g.Resource.When) {
			continue
		}
		if p.Access.Waits(at.Host, g.Resource) != value.No {
			return nil // this one may be enough
		}
		if serves == value.Yes && missed == nil && p.Access.Waits(g.Resource, at.Host) == value.No {
			missed = g
		}
	}
	if missed == nil || n.action == "" && !p.onlyScripts(at.Principal, missed) {
		return nil
	}
	return missed
}

// onlyScripts tells whether nothing but deployment scripts uses an identity,
// none of which waits for the grant: else it may be meant for another.
func (p *Pass) onlyScripts(id facts.Principal, g *facts.Grant) bool {
	for _, other := range p.Access.HostsOf(id) {
		if !other.Host.Is("Microsoft.Resources/deploymentScripts") || p.Access.Waits(other.Host, g.Resource) != value.No {
			return false
		}
	}
	return true
}

func (p *Pass) reportMissed(at facts.Attachment, n creationNeed, g *facts.Grant) {
	when, _ := at.When.And(n.when)
	when, _ = when.And(g.Resource.When)
	where := at.At
	if !inside(where, at.Host.Body().At) || nodeAt(p.Unit, where).IsZero() {
		where = spot(at.Host, "identity", "userAssignedIdentities")
	}
	role := "the role assignment"
	if len(g.Roles) > 0 && g.Roles[0].Name() != "" {
		role = fmt.Sprintf("the role '%s'", g.Roles[0].Name())
	}
	p.report("race", Finding{
		At: where, Resource: at.Host, Path: "dependsOn", When: when,
		Message: fmt.Sprintf("'%s' %s as soon as it is created, but does not wait for %s of its identity: add the role assignment to dependsOn", called(at.Host), n.what, role),
		Related: []Related{{Head(g.Resource), "the identity gets its role here"}},
		Fixes:   p.dependFix(at.Host, g.Resource),
	})
}
