package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA009 reports principal types that do not fit the principal or that Azure
// does not take, and strong roles for groups of another tenant. In requests of
// Privileged Identity Management the type is read-only and not judged.
var RA009 = add("RA009", func(p *Pass) {
	for r := range p.deployed {
		if r.Is(facts.RoleAssignments) {
			p.mismatched(r)
		}
	}
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		p.foreignGroup(g, role)
		return true
	})
})

// principalTypes are what a role assignment takes.
// https://learn.microsoft.com/rest/api/authorization/role-assignments/create#principaltype
var principalTypes = []string{"User", "Group", "ServicePrincipal", "ForeignGroup", "Device"}

// mismatched compares each alternative of the type with each one of the id.
func (p *Pass) mismatched(r *eval.Resource) {
	for _, t := range r.Get("properties", "principalType").Alternatives() {
		m := misfitOf(r, t)
		if m.text == "" || t.Offered {
			continue
		}
		f := Finding{
			At: typeAt(r), Resource: r, Path: "properties.principalType", When: m.when,
			Message: fmt.Sprintf("the principalType '%s' %s", value.Show(t.Value), m.text),
			Related: because(r, "the type", "properties", "principalType"),
		}
		if s, _ := t.Value.Str(); m.want != "" && len(m.when) == 0 && nodeAt(p.Unit, f.At).Text() == s {
			f.Fixes = replace(p.Unit, f.At, "set the type of the principal", `"`+m.want+`"`, true)
		}
		p.report("mismatch", f)
	}
}

// A misfit says why a principal type is wrong.
type misfit struct {
	text string // "" if nothing is known against it
	want string // the type to write instead, if it is known
	when value.Condition
}

// misfitOf judges one alternative of the principal type of a role assignment.
func misfitOf(r *eval.Resource, t value.Alternative) misfit {
	s, ok := t.Value.Str()
	s = strings.TrimSpace(s)
	if !ok || s == "" || t.Value.Flags&value.Secure != 0 || isPlaceholder(s) {
		return misfit{}
	}
	if _, possible := t.When.And(r.When); !possible {
		return misfit{}
	}
	for _, id := range r.Get("properties", "principalId").Alternatives() {
		want, what := principalKind(id.Value)
		when, feasible := joined(t.When, id.When)
		if _, possible := when.And(r.When); want == "" || value.FoldEqual(s, want) || id.Offered || !feasible || !possible {
			continue
		}
		return misfit{fmt.Sprintf("does not fit %s, which is a %s", what, want), want, when}
	}
	if !slices.ContainsFunc(principalTypes, func(t string) bool { return value.FoldEqual(t, s) }) {
		return misfit{text: "is none that Azure takes; managed identities and applications are of the type ServicePrincipal", when: t.When}
	}
	return misfit{}
}

// principalKind is the type of a principal, if the value leads to it, and what
// it is called.
func principalKind(id value.Value) (kind, what string) {
	if g := (&facts.Grant{Principal: facts.PrincipalOf(id)}); g.Principal.IsIdentity() {
		return "ServicePrincipal", who(g)
	}
	ref, path := eval.ReferenceOf(id)
	if ref == nil || ref.Resource() == nil || len(path) != 1 || !value.FoldEqual(path[0], "id") {
		return "", ""
	}
	r := ref.Resource()
	for _, k := range []struct{ resource, kind string }{
		{"Microsoft.Graph/groups", "Group"}, {"Microsoft.Graph/servicePrincipals", "ServicePrincipal"}, {"Microsoft.Graph/users", "User"},
	} {
		if typ, _, _ := strings.Cut(r.Type, "@"); value.FoldEqual(typ, k.resource) {
			return k.kind, "'" + r.Decl.Symbol + "'"
		}
	}
	return "", ""
}

// typeAt is where a role assignment says the type of its principal.
func typeAt(r *eval.Resource) value.Span {
	if at := r.Get("properties", "principalType").At; inside(at, r.Body().At) {
		return at
	}
	return spot(r, "properties", "principalType")
}

// foreignGroup reports a strong role for a group of another tenant: who is in
// it is decided there.
func (p *Pass) foreignGroup(g *facts.Grant, role facts.Role) {
	c := classes(role)
	if !role.Known || c&(azure.Escalate|azure.Broad) == 0 {
		return
	}
	isForeign := func(v value.Value) bool {
		s, ok := v.Str()
		return ok && value.FoldEqual(s, "ForeignGroup")
	}
	for _, t := range firing(g.Resource.Get("properties", "principalType"), isForeign) {
		when, feasible := joined(role.When, t.When)
		if !feasible {
			continue
		}
		p.report("foreign group", Finding{
			At: typeAt(g.Resource), Resource: g.Resource, Path: "properties.principalType", When: when,
			Message: fmt.Sprintf("a group of another tenant gets '%s' on %s: that tenant decides who is in it", role.Name(), where(g)),
			Related: because(g.Resource, "the type", "properties", "principalType"),
		})
	}
}
