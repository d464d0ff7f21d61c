package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// ID008 reports expressions that read the principal of a system-assigned
// identity that the resource does not have.
var ID008 = add("ID008", func(p *Pass) {
	ids := p.byID()
	for _, f := range p.Unit.Files {
		for _, t := range p.Access.Referring(f) {
			if text := value.Fold(t.N.Source()); strings.Contains(text, ".identity.") || strings.Contains(text, "/identities/default") {
				p.reportPrincipals(ids, t)
			}
		}
	}
})

// reportPrincipals judges each principal that an expression reads.
func (p *Pass) reportPrincipals(ids byID, t *template.JSON) {
	n, _ := t.Expression()
	var owners []holding
	expr.Walk(n, func(n *expr.Node) bool {
		if !readsSystem(n) {
			return true
		}
		if owners == nil {
			start, end := t.Span()
			owners = p.ownersOf(value.Span{Start: int32(start), End: int32(end)})
		}
		for _, o := range owners {
			if p.reportPrincipal(ids, t, n, o) {
				break
			}
		}
		return true
	})
}

// readsSystem tells whether a node may read the system-assigned identity of a
// resource: reference(…).identity.principalId or reference(…).principalId.
func readsSystem(n *expr.Node) bool {
	if n.Kind != expr.Property || !value.FoldEqual(n.Text, "principalId") && !value.FoldEqual(n.Text, "tenantId") {
		return false
	}
	n = n.Args[0]
	if n.Kind == expr.Property && value.FoldEqual(n.Text, "identity") {
		n = n.Args[0]
	}
	return n.Kind == expr.Call && value.FoldEqual(n.Text, "reference")
}

// reportPrincipal reports one that the resource surely lacks where the owner
// is deployed.
func (p *Pass) reportPrincipal(ids byID, t *template.JSON, n *expr.Node, o holding) bool {
	read := o.env.Eval(piece{t, n})
	ref, path := eval.ReferenceOf(read)
	if ref == nil || !systemMember(ref, path) {
		return false
	}
	r := ref.Resource()
	if r == nil || r.Existing || r.State == eval.NotDeployed || maybeExists(r) || r.Decl.Import != "" || ownIdentity(r) || ids.elsewhere(r) {
		return false
	}
	when, reached := reaches(o.env.Eval(t), read.Symbol())
	if !reached {
		return false
	}
	var owned value.Condition
	if o.resource != nil {
		owned = o.resource.When
	}
	for _, c := range identityCases(r) {
		if !c.lacksSystem(path) || c.Offered {
			continue
		}
		all, ok := joined(when, c.When)
		if !ok || !together(all, r.When, owned) {
			continue
		}
		p.report("no identity", Finding{
			At: memberSpan(t, n), Resource: o.resource, Path: o.memberPath(t, t.F.File), When: all,
			Message: fmt.Sprintf("'%s' has no system-assigned identity whose %s could be read%s", called(r), path[len(path)-1], c.instead()),
			Related: append([]Related{{spot(r, "identity", "type"), fmt.Sprintf("'%s' is declared without one", called(r))}}, because(r, "the identity", "identity", "type")...),
		})
		return true
	}
	return false
}

// systemMember tells whether a member of a reference is one of the
// system-assigned identity of the resource.
func systemMember(ref *eval.Reference, path []string) bool {
	if ref.IsSystemIdentity() {
		return len(path) == 1
	}
	return ref.Full && len(path) == 2 && value.FoldEqual(path[0], "identity")
}

// ownIdentity tells whether a resource gets a system-assigned identity without
// being asked for it.
func ownIdentity(r *eval.Resource) bool {
	return r.Is("Microsoft.HybridCompute/machines", "Microsoft.MachineLearningServices/workspaces", "Microsoft.Purview/accounts",
		"Microsoft.AzureStackHCI/clusters", "Microsoft.Kubernetes/connectedClusters")
}

// lacksSystem tells whether there is surely no system-assigned identity. With
// user-assigned ones only, it is left open whether the tenant is told.
func (c identityCase) lacksSystem(path []string) bool {
	if value.FoldEqual(path[len(path)-1], "tenantId") {
		return c.lacks(needAny)
	}
	return c.lacks(needSystem)
}

// instead says what the resource has.
func (c identityCase) instead() string {
	if c.Absent || c.Kinds.None() {
		return ""
	}
	return fmt.Sprintf(": its identity is '%s'", c.Kinds.Text)
}

// reaches tells whether the value is made from the symbol, and under which
// condition. If the condition itself asks for the resource, the template knows
// that the symbol may be missing.
func reaches(v value.Value, s *value.Symbol) (value.Condition, bool) {
	read, _ := s.Target.(*eval.Reference)
	same := func(t *value.Symbol) bool { return t.Key == s.Key }
	ofResource := func(t *value.Symbol) bool {
		ref, ok := t.Target.(*eval.Reference)
		return ok && resourceid.Key(ref.ID) == resourceid.Key(read.ID)
	}
	for _, alt := range v.Alternatives() {
		if alt.Offered || madeFrom(alt.Value, same) == nil {
			continue
		}
		for _, l := range alt.When {
			if madeFrom(value.OfSymbol(l.Of), ofResource) != nil {
				return nil, false
			}
		}
		return alt.When, true
	}
	return nil, false
}

// memberSpan is the place of the members that an access reads, from the first
// behind the call to the last.
func memberSpan(t *template.JSON, n *expr.Node) value.Span {
	end := n.NameStart + int32(len(n.Text))
	for n.Args[0].Kind == expr.Property {
		n = n.Args[0]
	}
	return value.Span{Start: int32(t.Offset(n.NameStart)), End: int32(t.Offset(end))}
}
