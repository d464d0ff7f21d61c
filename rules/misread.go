package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// misread is a member that an expression reads from reference(), where it may
// not be: it depends on the type of the resource.
type misread struct {
	tree   *template.JSON // of the string
	call   *expr.Node     // of reference()
	member *expr.Node     // the access of the first member
	full   bool           // reference() yields the whole resource
	below  *expr.Node     // the member of properties that is read; nil if member is another one
}

// identityMembers are those of a user-assigned identity, below its properties,
// and of the system-assigned identity of a resource, below its identity.
var identityMembers = []string{"principalId", "clientId", "tenantId"}

// misreads finds the candidates in a file. Of the expressions that call
// reference() it reads those only that may hold one.
func (p *Pass) misreads(f *template.File) []misread {
	var out []misread
	for _, t := range p.Access.Referring(f) {
		if suspicious(t.N.Source()) {
			out = append(out, misreadsIn(t)...)
		}
	}
	return out
}

// suspicious tells whether a text may hold a misread.
func suspicious(text string) bool {
	for {
		before, after, found := strings.Cut(text, ").")
		if !found || suspiciousAt(before, after) {
			return found
		}
		text = after
	}
}

// suspiciousAt tells whether the text around ")." may be a misread.
func suspiciousAt(before, after string) bool {
	const word = "'full'"
	b := strings.TrimRight(before, " ")
	full := len(b) >= len(word) && value.FoldEqual(b[len(b)-len(word):], word)
	if !full {
		return hasPrefixFold(after, "identity") || hasPrefixFold(after, "properties.")
	}
	for _, m := range identityMembers {
		if hasPrefixFold(after, m) {
			return true
		}
	}
	return false
}

func misreadsIn(t *template.JSON) []misread {
	n, _ := t.Expression()
	var out []misread
	expr.Walk(n, func(n *expr.Node) bool {
		below := (*expr.Node)(nil)
		if n.Kind == expr.Property && n.Args[0].Kind == expr.Property && value.FoldEqual(n.Args[0].Text, "properties") {
			below, n = n, n.Args[0]
		}
		if n.Kind != expr.Property || n.Args[0].Kind != expr.Call || !value.FoldEqual(n.Args[0].Text, "reference") {
			return true
		}
		m := misread{tree: t, call: n.Args[0], member: n, below: below}
		if full, ok := m.isFull(); ok && m.odd(full) {
			m.full = full
			out = append(out, m)
		}
		return true
	})
	return out
}

// isFull tells whether reference() is asked for the whole resource; false if
// that is not to be seen.
func (m misread) isFull() (full, ok bool) {
	for i, a := range m.call.Args {
		if i > 0 && a.Kind == expr.String && value.FoldEqual(a.Text, "full") {
			return true, true
		}
	}
	return false, len(m.call.Args) > 0 && len(m.call.Args) < 3
}

// odd tells whether the member is not one of what reference() yields, for some
// type.
func (m misread) odd(full bool) bool {
	switch {
	case full:
		return m.below == nil && isIdentityMember(m.member.Text)
	case m.below != nil:
		return isIdentityMember(m.below.Text)
	}
	return value.FoldEqual(m.member.Text, "identity")
}

func isIdentityMember(name string) bool {
	for _, m := range identityMembers {
		if value.FoldEqual(m, name) {
			return true
		}
	}
	return false
}

// span is the place of the name of an accessed member.
func (m misread) span(access *expr.Node) value.Span {
	start := m.tree.Offset(access.NameStart)
	return value.Span{Start: int32(start), End: int32(m.tree.Offset(access.NameStart + int32(len(access.Text))))}
}

// holding is what a string of a template belongs to.
type holding struct {
	env      eval.Env
	resource *eval.Resource // nil of an output of the root
	deployed bool
	span     value.Span
}

// ownersOf returns what is deployed and has the string: a resource or an
// output of a template, in each of its copies.
func (p *Pass) ownersOf(at value.Span) []holding {
	var best []holding
	note := func(o holding, t template.Tree, in *eval.Instance) {
		start, end := t.Span()
		o.span = value.Span{Start: int32(start), End: int32(end)}
		if !inside(at, o.span) || len(best) > 0 && !inside(o.span, best[0].span) {
			return
		}
		if !isJSON(t) { // its parent evaluates it
			by := in.By
			for by != nil && !isJSON(by.Decl.Tree) {
				by = by.Instance.By
			}
			if by == nil {
				return
			}
			o.env = by.Env()
		}
		if len(best) > 0 && best[0].span != o.span {
			best = nil
		}
		best = append(best, o)
	}
	outputs := func(in *eval.Instance, deployed bool) {
		for _, out := range in.Template.Outputs {
			if start, end := out.Tree.Span(); inside(at, value.Span{Start: int32(start), End: int32(end)}) {
				_, shown := in.Output(out.Name)
				note(holding{env: in.Env(), resource: in.By, deployed: deployed && shown}, out.Tree, in)
			}
		}
	}
	outputs(p.Unit.Deployment.Root, true)
	for _, r := range p.Unit.Deployment.Resources {
		deployed := r.State != eval.NotDeployed && !r.Existing
		note(holding{r.Env(), r, deployed, value.Span{}}, r.Decl.Tree, r.Instance)
		if r.Nested != nil {
			outputs(r.Nested, deployed)
		}
	}
	return slices.DeleteFunc(best, func(o holding) bool { return !o.deployed })
}

func isJSON(t template.Tree) bool {
	_, ok := t.(*template.JSON)
	return ok
}

// memberPath is the path of names from the owner to the string.
func (o holding) memberPath(t *template.JSON, f *source.File) string {
	top := f.NodeAt(int(o.span.Start) - f.Base)
	path := strings.TrimPrefix(t.N.Pointer(), top.Pointer())
	var names []string
	for _, name := range strings.Split(strings.Trim(path, "/"), "/") {
		if strings.Trim(name, "0123456789") == "" {
			name = "[]"
		}
		names = append(names, name)
	}
	return strings.ReplaceAll(strings.Join(names, "."), ".[]", "[]")
}
