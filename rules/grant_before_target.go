package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA020 reports role assignments on a resource that the same deployment
// creates, without waiting for it.
var RA020 = add("RA020", func(p *Pass) {
	known := p.byID()
	for g := range p.Access.GrantsOn(facts.RBAC) {
		if g.Level != resourceid.Resource {
			continue
		}
		targets := known.targets(g.Scope)
		if len(targets) == 0 || known.waitsFor(g.Resource, targets) {
			continue
		}
		target := append(known.makers(targets[0]), targets...)[0]
		p.report("race", Finding{
			At: scopeAt(g.Resource), Resource: g.Resource, Path: "scope", When: target.When,
			Message: fmt.Sprintf("the role assignment on '%s' does not wait for it: add '%s' to dependsOn", called(target), called(target)),
			Related: []Related{{Head(target), fmt.Sprintf("'%s' is created here", called(target))}},
			Fixes:   p.dependFix(g.Resource, target),
		})
	}
})

// targets returns the resources of the unit that are created with the id, or
// else with the id of the nearest resource around it.
func (b byID) targets(id value.Value) []*eval.Resource {
	parsed, ok := resourceid.Parse(id)
	for ok && len(parsed.Names) > 0 {
		if rs := b.find(parsed.Type, resourceid.Join(parsed.Scope, parsed.Type, parsed.Names)); len(rs) > 0 {
			return rs
		}
		parsed = parentOfID(parsed)
	}
	return nil
}

// parentOfID is the id of the resource that one with the id is a child of.
func parentOfID(id resourceid.ID) resourceid.ID {
	id.Names = id.Names[:len(id.Names)-1]
	id.Type = id.Type[:strings.LastIndexByte(id.Type, '/')]
	return id
}

// waitsFor tells whether r waits, or may wait, for one of the targets, all of
// which have one id, for something in it or on it, or for the resource that
// makes it as its own part.
func (b byID) waitsFor(r *eval.Resource, targets []*eval.Resource) bool {
	for _, t := range append(targets, b.makers(targets[0])...) {
		if b.p.Access.Waits(r, t) != value.No {
			return true
		}
	}
	below := resourceid.Key(targets[0].ID()) + "/"
	for other := range b.p.deployed {
		if other != r && strings.HasPrefix(resourceid.Key(other.ID()), below) && b.p.Access.Waits(r, other) != value.No {
			return true
		}
	}
	return false
}

// makers returns the resources around r that are created together with it:
// the network of a subnet, and the parent of what is called default.
func (b byID) makers(r *eval.Resource) []*eval.Resource {
	id, ok := resourceid.Parse(r.ID())
	if !ok || len(id.Names) < 2 {
		return nil
	}
	name, _ := id.Names[len(id.Names)-1].Str()
	if !r.Is("Microsoft.Network/virtualNetworks/subnets") && !value.FoldEqual(name, "default") {
		return nil
	}
	id = parentOfID(id)
	return b.find(id.Type, resourceid.Join(id.Scope, id.Type, id.Names))
}

// scopeAt is where a resource says what it extends.
func scopeAt(r *eval.Resource) value.Span {
	if r.Decl.Scope == nil {
		return Head(r)
	}
	return spot(r, "scope")
}
