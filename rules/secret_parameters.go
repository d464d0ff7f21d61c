package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// password follows a password of a resource back to the parameters that it
// comes from.
func (h *secretHandling) password(s facts.SecretValue) {
	n := nodeAt(h.Unit, s.Value.At)
	f := h.Unit.File(s.Value.At.Pos())
	if n.IsZero() || f == nil {
		return
	}
	b := backtrack{h: h, s: s}
	b.tree(scopeOf(s.Resource.Instance), &template.JSON{F: f, N: n}, nil)
}

// scopeOf is the template whose parameters and variables an expression of the
// instance means.
func scopeOf(in *eval.Instance) *eval.Instance {
	for in.Parent != nil && facts.OuterScope(in) {
		in = in.Parent
	}
	return in
}

// backtrack follows the expressions that a password comes from.
type backtrack struct {
	h     *secretHandling
	s     facts.SecretValue
	steps int
}

// tree follows the expression in t; path are the members that are read of it.
func (b *backtrack) tree(in *eval.Instance, t template.Tree, path []string) {
	if b.steps++; b.steps > 64 || in == nil {
		return
	}
	if t.Kind() == template.Object && len(path) > 0 {
		if m := template.Member(t, path[0]); m != nil {
			b.tree(in, m, path[1:])
		}
		return
	}
	if parsed, ok := t.(template.Parsed); ok {
		if n, err := parsed.Expression(); err == nil && n != nil {
			b.node(in, n, path)
		}
	}
}

// node follows what an expression passes on as it is: a parameter, a member of
// one, a variable, the arms of if() and the like.
func (b *backtrack) node(in *eval.Instance, n *expr.Node, path []string) {
	switch {
	case n.Kind == expr.Property:
		b.node(in, n.Args[0], append([]string{n.Text}, path...))
		return
	case n.Kind == expr.Index:
		step := "0"
		if n.Args[1].Kind == expr.String {
			step = n.Args[1].Text
		}
		b.node(in, n.Args[0], append([]string{step}, path...))
		return
	case n.Kind != expr.Call || len(n.Args) == 0:
		return
	}
	switch strings.ToLower(n.Text) {
	case "if":
		for _, a := range n.Args[1:] {
			b.node(in, a, path)
		}
	case "coalesce":
		for _, a := range n.Args {
			b.node(in, a, path)
		}
	case "tryget":
		var names []string
		for _, a := range n.Args[1:] {
			names = append(names, a.Text)
		}
		b.node(in, n.Args[0], append(names, path...))
	case "variables":
		for _, v := range in.Template.Variables {
			if value.FoldEqual(v.Name, n.Args[0].Text) && v.Value != nil {
				b.tree(in, v.Value, path)
			}
		}
	case "parameters":
		if param := parameterNamed(in.Template, n.Args[0].Text); param != nil {
			b.parameter(in, param, path)
		}
	}
}

// parameter judges a parameter that holds the password, and follows the
// argument for it.
func (b *backtrack) parameter(in *eval.Instance, param *template.Parameter, path []string) {
	given := argumentTree(in, param.Name)
	switch {
	case !param.Secure && !secureType(in.Template, param.Tree, path):
		b.plain(in, param)
	case given == nil && len(path) == 0:
		b.defaultOf(in, param)
	}
	if given != nil {
		b.tree(scopeOf(in.Parent), given, path)
	}
}

// argumentTree is the argument that a nested deployment is written with.
func argumentTree(in *eval.Instance, name string) template.Tree {
	if in.By == nil {
		return nil
	}
	return template.Path(in.By.Decl.Properties, "parameters", name, "value")
}

func (b *backtrack) leaf() string {
	return b.s.Path[strings.LastIndexByte(b.s.Path, '.')+1:]
}

// plain reports a parameter for a password that is not secure.
func (b *backtrack) plain(in *eval.Instance, param *template.Parameter) {
	at, fixes := b.h.makeSecure(param)
	b.h.tell(Finding{
		At: at, Resource: in.By, Path: "parameters." + param.Name + ".type", When: b.s.When, Fixes: fixes,
		Message: fmt.Sprintf("the parameter '%s' is the '%s' of '%s' but is not secure: the deployment history keeps its value", param.Name, b.leaf(), called(b.s.Resource)),
		Related: []Related{{b.s.Value.At, "here it is used"}},
	})
}

// defaultOf reports a secure parameter with a password for its default. One
// that newGuid() makes is another each time; one whose shape tells that it is
// a credential is CR006's.
func (b *backtrack) defaultOf(in *eval.Instance, param *template.Parameter) {
	s, ok := template.Literal(param.Default)
	if !ok || !facts.MayBePassword(s) || len(facts.SecretsIn(s)) > 0 {
		return
	}
	b.h.tell(Finding{
		At: treeSpan(param.Default), Resource: in.By, Path: "parameters." + param.Name + ".defaultValue", When: b.s.When,
		Message: fmt.Sprintf("the default of the secure parameter '%s' is a password that everyone can read: leave it out", param.Name),
		Related: []Related{{b.s.Value.At, "here it is used"}},
	})
}

// makeSecure is where the type of a parameter stands, and the fix that makes
// it secure.
func (h *secretHandling) makeSecure(param *template.Parameter) (value.Span, []Fix) {
	t := template.Member(param.Tree, "type")
	if t == nil {
		return value.Span{Start: int32(param.At), End: int32(param.At) + int32(len(param.Name)) + 2}, nil
	}
	at := treeSpan(t)
	switch s, _ := template.Literal(t); {
	case value.FoldEqual(s, "string"):
		return at, h.secureType(at, `"securestring"`)
	case value.FoldEqual(s, "object"):
		return at, h.secureType(at, `"secureObject"`)
	}
	return at, nil
}

// secureType is the fix that makes the type of a parameter a secure one.
func (h *secretHandling) secureType(at value.Span, json string) []Fix {
	return change(h.Unit, at, "make the parameter secure", true,
		func(source.Node) []Edit { return []Edit{{Pos: at.Pos(), End: at.EndPos(), New: json}} }, facts.Editor.Secure)
}

func parameterNamed(t *template.Template, name string) *template.Parameter {
	for _, p := range t.Parameters {
		if value.FoldEqual(p.Name, name) {
			return p
		}
	}
	return nil
}

func treeSpan(t template.Tree) value.Span {
	start, end := t.Span()
	return value.Span{Start: int32(start), End: int32(end)}
}
