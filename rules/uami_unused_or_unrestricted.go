package rules

import (
	"fmt"
	"sync"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA010 reports user-assigned identities that nothing in the unit uses, though
// there are resources that could, and identities with far-reaching rights that
// may be attached to any resource.
var UA010 = add("UA010", func(p *Pass) {
	uses := identityUses{p: p, hosts: sync.OnceValue(p.hasHosts), texts: map[*template.File]string{}}
	for r := range p.deployed {
		if !r.Is(facts.UserAssignedIdentities) || r.Instance.Embedded != "" {
			continue
		}
		if g, role, ok := p.powerOf(r); ok && unrestricted(r) {
			p.report("unrestricted", Finding{
				At: spot(r, "name"), Resource: r, Path: "properties.assignmentRestrictions", When: role.When,
				Message: fmt.Sprintf("the identity '%s' holds '%s' on %s and may be attached to any resource: neither isolationScope nor assignmentRestrictions limit it",
					called(r), role.Name(), where(g)),
				Related: []Related{{roleAt(g), "the role is granted here"}},
			})
		}
		if uses.none(r) {
			p.report("unused", Finding{
				At: spot(r, "name"), Resource: r, Path: "name",
				Message: fmt.Sprintf("nothing here uses the identity '%s'", called(r)),
			})
		}
	}
})

// powerOf returns a grant of an identity by which it can escalate, or write
// nearly everything in more than one resource.
func (p *Pass) powerOf(r *eval.Resource) (*facts.Grant, facts.Role, bool) {
	for _, g := range p.Access.HeldBy(facts.Principal{Resource: r}) {
		for _, role := range g.Roles {
			c := classes(role)
			if !role.Offered && !conditioned(g) && (c&azure.Escalate != 0 || c&azure.Broad != 0 && reachesFar(g.Level)) {
				return g, role, true
			}
		}
	}
	return nil, facts.Role{}, false
}

func reachesFar(l resourceid.Level) bool { return wide(l) || l == resourceid.ResourceGroup }

// unrestricted tells whether nothing surely limits what an identity may be
// attached to.
func unrestricted(r *eval.Resource) bool {
	props := r.Get("properties")
	o := props.Object()
	if o == nil {
		return props.IsNull()
	}
	scope, known := o.Get("isolationScope").Str()
	return o.Open == nil && o.Get("assignmentRestrictions").IsNull() &&
		(o.Get("isolationScope").IsNull() || known && value.FoldEqual(scope, "None"))
}
