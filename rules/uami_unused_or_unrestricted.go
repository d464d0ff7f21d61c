package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA010 reports user-assigned identities that nothing in the unit uses, though
// there are resources that could, and identities with far-reaching rights that
// may be attached to any resource.
var UA010 = add("UA010", func(p *Pass) {
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
		if p.unused(r) {
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

// unused tells whether an identity is attached to nothing, granted nothing and
// named nowhere, in a unit with resources that could use it.
func (p *Pass) unused(r *eval.Resource) bool {
	return p.hasHosts() && !p.attachedOrGranted(r) && !p.namedElsewhere(r)
}

// hasHosts tells whether the unit deploys something that takes user-assigned
// identities, other than deployments.
func (p *Pass) hasHosts() bool {
	for r := range p.deployed {
		if s, ok := p.Access.Tables().Support(r.Type); ok && s.User && r.Instance.Embedded == "" && !r.Is("Microsoft.Resources/deployments") {
			return true
		}
	}
	return false
}

// namedElsewhere tells whether the file names the identity in a second place:
// by its symbolic name, or by what gives it its name.
func (p *Pass) namedElsewhere(r *eval.Resource) bool {
	name := nodeAt(p.Unit, spot(r, "name"))
	if name.IsZero() {
		return true
	}
	text := value.Fold(p.Unit.File(spot(r, "name").Pos()).Text)
	needle := value.Fold(strings.Trim(name.Text(), "[]"))
	symbol := value.Fold(r.Decl.Symbol)
	return strings.Count(text, needle) > 1 ||
		symbol != "" && strings.Count(text, "'"+symbol+"'")+strings.Count(text, `"`+symbol+`"`) > 1
}

// attachedOrGranted tells whether a resource has or names the identity, or a
// grant is for it.
func (p *Pass) attachedOrGranted(r *eval.Resource) bool {
	self := facts.Principal{Resource: r}
	if len(p.Access.HostsOf(self)) > 0 {
		return true
	}
	for plane := facts.RBAC; plane <= facts.OtherPlane; plane++ {
		for g := range p.Access.GrantsOn(plane) {
			if facts.SamePrincipal(g.Principal, self) == value.Yes {
				return true
			}
		}
	}
	for host := range p.deployed {
		if slices.ContainsFunc(p.Access.Usages(host), func(u facts.Usage) bool {
			return facts.SamePrincipal(u.Principal, self) == value.Yes
		}) {
			return true
		}
	}
	return false
}
