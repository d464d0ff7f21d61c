package rules

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// ID006 reports identity blocks where Azure does not look for them: below
// properties, or at the root of a type that takes no identity.
var ID006 = add("ID006", func(p *Pass) {
	for r := range p.deployed {
		p.belowProperties(r)
		p.onTypeWithout(r)
	}
})

// belowProperties judges properties.identity of a type that has the block at
// its root.
func (p *Pass) belowProperties(r *eval.Resource) {
	support, ok := p.judgeable(r.Type)
	if !ok {
		return
	}
	for _, at := range misplaced(r) {
		p.report("misplaced", Finding{
			At: spot(r, "properties", "identity"), Resource: r, Path: "properties.identity", When: at.When,
			Message: fmt.Sprintf("the identity of '%s' stands in properties, where Azure ignores it: '%s' has it at the root of the resource", called(r), support.Type),
			Related: because(r, "the identity", "properties", "identity"),
			Fixes:   p.moveIdentity(r, at.Value),
		})
	}
}

// moveIdentity is the fix that puts the block where Azure reads it, if nothing
// stands there yet.
func (p *Pass) moveIdentity(r *eval.Resource, block value.Value) []Fix {
	n := nodeAt(p.Unit, spot(r, "properties", "identity"))
	if n.Key().IsZero() && writtenIn(r, block.At) {
		n = nodeAt(p.Unit, block.At)
	}
	if r.Decl.Member("identity") != nil || !value.FoldEqual(n.Key().Text(), "identity") {
		return nil
	}
	after := spot(r, "location")
	if nodeAt(p.Unit, after).IsZero() {
		after = Head(r)
	}
	return moveMember(p.Unit, n, after, "move the identity to the root of the resource")
}

// misplaced returns the identity blocks below the properties of a type that
// has none there.
func misplaced(r *eval.Resource) []place {
	found, _ := places(r.Body(), "properties.identity")
	if len(found) == 0 || azure.HasPropertiesIdentity(r.Type) {
		return nil
	}
	return slices.DeleteFunc(found, func(at place) bool { return at.Offered || !isIdentity(at.Value) })
}

// onTypeWithout judges the identity of a known type that has none.
func (p *Pass) onTypeWithout(r *eval.Resource) {
	found, _ := places(r.Body(), "identity")
	if len(found) == 0 {
		return
	}
	t, known := p.Access.Tables().Info(r.Type)
	if _, supported := p.Access.Tables().Support(r.Type); !known || supported || t.RootIdentity || t.ReadOnly {
		return
	}
	for _, at := range found {
		if at.Offered || !isIdentity(at.Value) {
			continue
		}
		p.report("misplaced", Finding{
			At: spot(r, "identity"), Resource: r, Path: "identity", When: at.When,
			Message: fmt.Sprintf("'%s' takes no managed identity: Azure ignores the identity block of '%s'", t.Type, called(r)),
			Related: because(r, "the identity", "identity"),
		})
	}
}

// isIdentity tells whether an object is an identity block with something in
// it.
func isIdentity(v value.Value) bool {
	o := v.Object()
	if o == nil {
		return false
	}
	if !o.Get("userAssignedIdentities").IsNull() {
		return true
	}
	s, ok := o.Get("type").Str()
	k := facts.NewKinds(s, value.Span{}, nil, false)
	return ok && (k.System() || k.User())
}
