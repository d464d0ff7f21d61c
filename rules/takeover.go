package rules

import (
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// The operations by which a user-assigned identity is taken over.
const (
	federate = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write"
	attach   = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"
)

// held is a role that a principal has.
type held struct {
	g    *facts.Grant
	role facts.Role
}

// roles yields the roles of a principal that the template itself chooses and
// no condition binds.
func roles(h *facts.Holder, yield func(held) bool) {
	for _, g := range h.Grants {
		if conditioned(g) {
			continue
		}
		for _, role := range g.Roles {
			if role.Known && !role.Offered && !yield(held{g, role}) {
				return
			}
		}
	}
}

// allows tells whether the role has the operation without a condition of its
// own.
func (h held) allows(operation string) bool {
	for _, b := range h.role.Blocks() {
		if !b.Condition && b.Allows(operation) {
			return true
		}
	}
	return false
}

// reaches tells whether the scope of the grant surely holds the id.
func (h held) reaches(id value.Value) bool {
	return resourceid.Contains(h.g.Scope, id) == value.Yes
}

// firstReaching returns the first whose scope surely holds the id.
func firstReaching(all []held, id value.Value) (held, bool) {
	for _, h := range all {
		if h.reaches(id) {
			return h, true
		}
	}
	return held{}, false
}

// userAssignedID is the id of a user-assigned identity; Missing of anything else.
func userAssignedID(p facts.Principal) value.Value {
	switch {
	case p.System:
		return value.None
	case p.Resource != nil:
		return p.Resource.ID()
	}
	return p.Outside
}

// prize is what the target has and the holder lacks: a role that gives access
// anywhere the holder may not give it, or one for nearly everything on a wider
// scope than all that the holder has.
func prize(holder, target *facts.Holder) (held, bool) {
	var best held
	roles(target, func(h held) bool {
		c := classes(h.role)
		if c&azure.Escalate != 0 && !has(holder, azure.Escalate, h.g) || c&azure.Broad != 0 && wider(h.g, holder) {
			best = h
			return false
		}
		return true
	})
	return best, best.g != nil
}

// has tells whether the holder has, or may have, a role of the class on the
// scope of the grant.
func has(holder *facts.Holder, class azure.Class, g *facts.Grant) bool {
	for _, own := range holder.Grants {
		if resourceid.Contains(own.Scope, g.Scope) == value.No {
			continue
		}
		if len(own.Roles) == 0 {
			return true
		}
		for _, role := range own.Roles {
			if !role.Known || classes(role)&class != 0 {
				return true
			}
		}
	}
	return false
}

// wider tells whether the scope of the grant is surely above all scopes of the
// holder.
func wider(g *facts.Grant, holder *facts.Holder) bool {
	for _, own := range holder.Grants {
		if g.Level == resourceid.LevelUnknown || own.Level == resourceid.LevelUnknown || g.Level >= own.Level {
			return false
		}
	}
	return true
}

// takeover is a way by which one principal gets what another has.
type takeover struct {
	by     held // the grant that makes it possible
	target *facts.Holder
	prize  held
}

// means returns the grant by which a principal may act as an identity, by the id
// of the identity.
type means func(id value.Value) (held, bool)

// takeovers calls report once for each grant that lets its principal act as a
// user-assigned identity that may do more. What a holder is able to is asked
// once, and nil for nothing: few have such roles, and pairs are many.
func (p *Pass) takeovers(ableTo func(h *facts.Holder) means, report func(takeover)) {
	holders := p.Access.Holders()
	for _, h := range holders {
		able := ableTo(h)
		if able == nil {
			continue
		}
		seen := map[*facts.Grant]bool{}
		for _, target := range holders {
			id := userAssignedID(target.Principal)
			if id.Kind == value.Missing || target == h {
				continue
			}
			by, ok := able(id)
			if !ok || seen[by.g] || !p.leftToPaths(by) || !together(by.g.Resource.When, target.Grants[0].Resource.When) {
				continue
			}
			if best, more := prize(h, target); more {
				seen[by.g] = true
				report(takeover{by, target, best})
			}
		}
	}
}

// finding words the way and its end.
func (t takeover) finding() Finding {
	f := grantFinding(t.by.g, t.by.role)
	f.Flow = []Related{{roleAt(t.by.g), "'" + t.by.role.Name() + "' is granted to " + who(t.by.g) + " on " + where(t.by.g)}}
	if r := t.target.Principal.Resource; r != nil {
		f.Flow = append(f.Flow, Related{Head(r), "the identity '" + called(r) + "' lies within"})
	}
	f.Flow = append(f.Flow, Related{roleAt(t.prize.g), "'" + t.prize.role.Name() + "' is granted to it on " + where(t.prize.g)})
	f.Related = append(f.Flow[1:len(f.Flow):len(f.Flow)], f.Related...)
	return f
}
