package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR006 reports credentials that are written out in a template or a parameter
// file: keys, signatures, passwords and private keys by their shape, and any
// text that is the password of a resource.
var CR006 = add("CR006", func(p *Pass) {
	seen := map[value.Span]bool{}
	for _, f := range p.Unit.Files {
		for _, s := range p.Access.SecretsOf(f) {
			if seen[s.At] {
				continue
			}
			seen[s.At] = true
			at := spanOfNode(s.Node)
			seen[at] = true
			r := p.declaring(at)
			p.report("literal", Finding{
				At: p.firstLine(s.At), Resource: r, Path: namesTo(s.Node),
				Message: fmt.Sprintf("%s holds %s that is written out: whoever can read the file has it", whereWritten(s.Node, r), s.What),
			})
		}
	}
	for _, v := range p.secureTexts() {
		if at := treeSpan(v.tree); facts.IsAccessKey(v.text) && !seen[at] {
			seen[at] = true
			p.report("literal", Finding{
				At: at, Path: "parameters." + v.param.Name,
				Message: fmt.Sprintf("%s is an access key that is written out: whoever can read the file has it", v),
			})
		}
	}
	for _, w := range facts.WrittenPasswords(p.Unit) {
		if !seen[w.At] {
			seen[w.At] = true
			p.writtenPassword(w)
		}
	}
})

// writtenPassword reports a password of a resource, where it is written.
func (p *Pass) writtenPassword(w facts.WrittenPassword) {
	f := Finding{At: w.At, Resource: w.Resource, Path: w.Path, When: w.When}
	leaf := w.Path[strings.LastIndexByte(w.Path, '.')+1:]
	f.Message = fmt.Sprintf("'%s' of '%s' is written out: whoever can read the file has it", leaf, called(w.Resource))
	if use := w.Value.At; use != w.At {
		f.Related = append(f.Related, Related{use, "it is used here"})
	}
	p.report("literal", f)
}

func spanOfNode(n source.Node) value.Span {
	return value.Span{Start: int32(n.Pos()), End: int32(n.EndPos())}
}

// declaring is the resource in whose declaration a place is, the innermost if
// there are several; nil if there is none.
func (p *Pass) declaring(at value.Span) *eval.Resource {
	var best *eval.Resource
	for _, r := range p.Unit.Deployment.Resources {
		start, end := r.Decl.Tree.Span()
		if !inside(at, value.Span{Start: int32(start), End: int32(end)}) {
			continue
		}
		if best == nil || r.Decl.At > best.Decl.At {
			best = r
		}
	}
	return best
}

// namesTo is the path of names that leads to a node, without numbers of
// elements.
func namesTo(n source.Node) string {
	var names []string
	for at := n; !at.IsZero(); at = at.Parent() {
		if k := at.Key(); !k.IsZero() {
			names = append([]string{k.Text()}, names...)
		}
	}
	return strings.Join(names, ".")
}

// whereWritten names what a node is part of.
func whereWritten(n source.Node, r *eval.Resource) string {
	var names []string
	for at := n; !at.IsZero(); at = at.Parent() {
		if k := at.Key(); !k.IsZero() {
			names = append(names, k.Text())
		}
	}
	for i := len(names) - 1; i > 0; i-- {
		switch {
		case value.FoldEqual(names[i], "resources"):
			continue
		case i > 1 && value.FoldEqual(names[i], "parameters") && value.FoldEqual(names[0], "defaultValue"):
			return fmt.Sprintf("the default of the parameter '%s'", names[i-1])
		case value.FoldEqual(names[i], "parameters") && r == nil:
			return fmt.Sprintf("the value of the parameter '%s'", names[i-1])
		case value.FoldEqual(names[i], "variables"):
			return fmt.Sprintf("the variable '%s'", names[i-1])
		case value.FoldEqual(names[i], "outputs"):
			return fmt.Sprintf("the output '%s'", names[i-1])
		}
	}
	switch {
	case r != nil && len(names) > 0:
		return fmt.Sprintf("'%s' of '%s'", names[0], called(r))
	case len(names) > 0:
		return fmt.Sprintf("'%s'", names[0])
	}
	return "the file"
}
