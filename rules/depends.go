package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// dependFix is the fix that makes r wait for target: an entry in the dependsOn
// of r, or of the deployment that holds r while target stands outside of it.
// There is none if the entry cannot be written, or would make a circle.
func (p *Pass) dependFix(r, target *eval.Resource) []Fix {
	from, to := inOneTemplate(r, target)
	if from == nil || from.Instance != to.Instance || p.Access.Waits(to, from) != value.No {
		return nil
	}
	return change(p.Unit, Head(from), fmt.Sprintf("add '%s' to dependsOn", called(to)), true,
		func(source.Node) []Edit { return p.dependEdits(from, to) },
		func(e facts.Editor, at value.Span) []Edit { return e.Wait(at, p.Unit.Written(Head(to))) })
}

// dependEdits are the edits of JSON that make from wait for to.
func (p *Pass) dependEdits(from, to *eval.Resource) []Edit {
	text := p.dependsOnEntry(to)
	if _, ok := from.Decl.Tree.(*template.JSON); !ok || text == "" {
		return nil
	}
	if from.Decl.DependsOn == nil {
		return behindMember(nodeAt(p.Unit, spanOfTree(from.Decl.Name)), `"dependsOn": [`+text+`]`)
	}
	return p.appendElement(from.Decl.DependsOn, text)
}

// inOneTemplate returns the two resources, or the deployments that hold them,
// that stand in one template; nil if one holds the other.
func inOneTemplate(r, target *eval.Resource) (from, to *eval.Resource) {
	a, b := append(r.Modules(), r), append(target.Modules(), target)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i], b[i]
		}
	}
	return nil, nil
}

// dependsOnEntry is the JSON text by which dependsOn names r: its symbolic
// name, or its id out of the expression for its name. It is empty if that
// cannot be written with certainty.
func (p *Pass) dependsOnEntry(r *eval.Resource) string {
	if r.Copy >= 0 || r.Symbolic || r.Parent != nil || r.Decl.ResourceGroup != nil || r.Decl.SubscriptionID != nil {
		return ""
	}
	if r.Instance.Template.Symbolic {
		if strings.ContainsAny(r.Decl.Symbol, `"\`) {
			return ""
		}
		return `"` + r.Decl.Symbol + `"`
	}
	name := nameArguments(p.expressionOf(r.Decl.Name), strings.Count(r.Type, "/"))
	function := idCall(r)
	if r.Decl.Scope != nil {
		scope := p.expressionOf(r.Decl.Scope)
		if function = ""; scope != "" && strings.HasPrefix(r.Get("scope").Prefix(), "/") {
			function = "extensionResourceId(" + scope + ", "
		}
	}
	if name == "" || function == "" {
		return ""
	}
	return fmt.Sprintf(`"[%s'%s', %s)]"`, function, r.Type, name)
}

// idCall is the function that writes ids of the level of r, up to its
// first argument.
func idCall(r *eval.Resource) string {
	switch level := r.Instance.Scope.Level; {
	case r.Is("Microsoft.Resources/resourceGroups"):
		return ""
	case level == resourceid.ResourceGroup:
		return "resourceId("
	case level == resourceid.Subscription:
		return "subscriptionResourceId("
	}
	return ""
}

// expressionOf is a text as it is written, as a piece of an expression within
// JSON; empty if it is not written in one.
func (p *Pass) expressionOf(t template.Tree) string {
	n := nodeAt(p.Unit, spanOfTree(t))
	if n.IsZero() {
		return ""
	}
	text, ok := strings.CutPrefix(n.Source(), `"`)
	text, ok2 := strings.CutSuffix(text, `"`)
	switch {
	case !ok || !ok2 || text == "":
		return ""
	case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") && !strings.HasPrefix(text, "[["):
		return text[1 : len(text)-1]
	case strings.ContainsAny(text, `[\'`):
		return ""
	}
	return "'" + text + "'"
}

// nameArguments turns the expression for a name with slashes into one argument
// for each of its parts; it is empty if the text does not show them.
func nameArguments(text string, want int) string {
	if want == 1 || text == "" {
		return text
	}
	n, err := expr.Parse("["+text+"]", &expr.Arena{})
	if err != nil || strings.Contains(text, `\`) {
		return ""
	}
	pieces := []*expr.Node{n}
	if n.Kind == expr.Call && value.FoldEqual(n.Text, "concat") {
		pieces = n.Args
	}
	if n.Kind == expr.Call && value.FoldEqual(n.Text, "format") && want <= 4 && len(n.Args) == want+1 && n.Args[0].Text == "{0}/{1}/{2}/{3}"[:4*want-1] {
		pieces = nil
		for i, a := range n.Args[1:] {
			if i > 0 {
				pieces = append(pieces, &expr.Node{Kind: expr.String, Text: "/"})
			}
			pieces = append(pieces, a)
		}
	}
	groups := [][]string{nil}
	for _, piece := range pieces {
		if piece.Kind != expr.String {
			groups[len(groups)-1] = append(groups[len(groups)-1], text[piece.Start-1:piece.End-1])
			continue
		}
		for i, part := range strings.Split(piece.Text, "/") {
			if i > 0 {
				groups = append(groups, nil)
			}
			if part != "" {
				groups[len(groups)-1] = append(groups[len(groups)-1], expr.Quote(part))
			}
		}
	}
	return joinArguments(groups, want)
}

// joinArguments writes each group as one argument.
func joinArguments(groups [][]string, want int) string {
	var out []string
	for _, g := range groups {
		switch len(g) {
		case 0:
			return ""
		case 1:
			out = append(out, g[0])
		default:
			out = append(out, "concat("+strings.Join(g, ", ")+")")
		}
	}
	if len(out) != want {
		return ""
	}
	return strings.Join(out, ", ")
}

func spanOfTree(t template.Tree) value.Span {
	if t == nil {
		return value.Span{}
	}
	start, end := t.Span()
	return value.Span{Start: int32(start), End: int32(end)}
}

// appendElement are the edits that add an element to the end of an array.
func (p *Pass) appendElement(array template.Tree, text string) []Edit {
	n := nodeAt(p.Unit, spanOfTree(array))
	if n.Kind() != source.Array {
		return nil
	}
	if n.Len() == 0 {
		return []Edit{{Pos: n.Pos(), End: n.EndPos(), New: "[" + text + "]"}}
	}
	var last source.Node
	for e := range n.Elements() {
		last = e
	}
	return behind(last, last.Start(), text)
}
