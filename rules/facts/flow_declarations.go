package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// flowDeclaration is the text that gives a name its value.
type flowDeclaration struct {
	flowName
	at       value.Span
	template *template.Template
	output   *template.Output // nil: another name
	judged   bool
}

// declarations lists where names get their values, and marks the parameters
// that are secure.
func (n *flowNames) declarations() []flowDeclaration {
	var out []flowDeclaration
	add := func(kind mentionKind, scope int32, name string, t template.Tree) {
		if t != nil {
			out = append(out, flowDeclaration{flowName: nameIn(kind, scope, hashOf(name)), at: treeSpan(t)})
		}
	}
	scopes := map[*template.Template]int32{}
	for _, t := range n.templates {
		scope := n.scopeOf(t)
		scopes[t] = scope
		for _, v := range t.Variables {
			add(variableUse, scope, v.Name, v.Value)
			if v.Copy != nil {
				add(variableUse, scope, v.Name, v.Copy.Tree)
			}
		}
		for _, p := range t.Parameters {
			add(parameterUse, scope, p.Name, p.Default)
			if p.Secure {
				n.names[nameIn(parameterUse, scope, hashOf(p.Name))] |= taintSecure
			}
		}
		for _, o := range t.Outputs {
			out = append(out, flowDeclaration{
				flowName: nameIn(outputUse, -1, hashOf(o.Name)), at: treeSpan(o.Tree), template: t, output: o,
			})
		}
	}
	seen := map[*template.Resource]bool{}
	for _, r := range n.u.Deployment.Resources {
		if r.Nested == nil || seen[r.Decl] || r.State == eval.NotDeployed {
			continue
		}
		seen[r.Decl] = true
		given := template.Path(r.Decl.Properties, "parameters")
		for _, p := range r.Nested.Template.Parameters {
			add(parameterUse, scopes[r.Nested.Template], p.Name, argumentFor(given, p.Name))
		}
	}
	return out
}

// argumentFor is the part of the arguments that a parameter gets its value
// from: all of them if they are not written one by one.
func argumentFor(given template.Tree, name string) template.Tree {
	if t := template.Member(given, name); t != nil || given == nil {
		return t
	}
	if given.Kind() != template.Object || template.Member(given, "copy") != nil {
		return given
	}
	return nil
}
