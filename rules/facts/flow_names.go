package facts

import (
	"cmp"
	"slices"
	"sort"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// taint says which kinds of credential may flow into something.
type taint uint8

const (
	taintList taint = 1 << iota
	taintSecure
	taintWritten
)

func kindTaint(k CredentialKind) taint { return taint(1) << k }

// flowNames knows in which places of the text credentials may flow, by the
// names of variables, parameters and outputs. It only saves the evaluation of
// everything else, and may say too much: an output of any module with the name
// counts, and what one use of a template is given counts for all its uses.
type flowNames struct {
	u         *Unit
	templates []*template.Template // each once
	instances map[*template.Template][]*eval.Instance
	scopes    []flowScope
	mentions  []mention // in the order of the text
	outputs   bool      // those of outputs are among the mentions
	names     map[flowName]taint
}

// flowScope is the text of a template whose expressions see its own
// parameters and variables.
type flowScope struct {
	t  *template.Template
	at value.Span
}

// flowName is a name in a scope, in one number, which maps find fastest.
type flowName uint64

// nameIn is a name in a scope: the number of the template, -1 outside of all,
// and for outputs.
func nameIn(kind mentionKind, scope int32, name nameHash) flowName {
	return flowName(kind)<<61 | flowName(scope+1)<<32 | flowName(name)
}

func (n flowName) kind() mentionKind { return mentionKind(n >> 61) }

// newFlowNames returns nil if no credential is in sight.
func newFlowNames(a *Access) *flowNames {
	u := a.Unit
	n := &flowNames{u: u, names: map[flowName]taint{}}
	n.findInstances()
	sources := false
	for _, t := range n.templates {
		for _, p := range t.Parameters {
			sources = sources || p.Secure
		}
	}
	for _, f := range u.Files {
		for _, s := range a.SecretsOf(f) {
			n.mentions = append(n.mentions, mention{at: s.At.Start, kind: writtenOut})
		}
		sources = sources || a.callsList(f)
	}
	if !sources && len(n.mentions) == 0 {
		return nil
	}
	for _, f := range u.Files {
		calls := a.calls(f)
		n.mentions = slices.Grow(n.mentions, len(calls))
		for _, c := range calls {
			if m, ok := mentionOf(f.Text, c); ok {
				m.at += int32(f.Base)
				n.mentions = append(n.mentions, m)
			}
		}
	}
	n.outputs = len(n.templates) == 1
	n.findScopes()
	n.spread(n.declarations())
	n.mentions = slices.DeleteFunc(n.mentions, func(m mention) bool { return m.taint == 0 })
	return n
}

// findInstances finds the templates of the unit, and what is deployed of each.
func (n *flowNames) findInstances() {
	n.instances = map[*template.Template][]*eval.Instance{}
	for _, in := range instancesOf(n.u.Deployment) {
		t := in.Template
		if n.instances[t] == nil {
			n.templates = append(n.templates, t)
		}
		n.instances[t] = append(n.instances[t], in)
	}
}

// instancesOf are the templates that are or may be deployed, the root first.
func instancesOf(d *eval.Deployment) []*eval.Instance {
	var out []*eval.Instance
	if d.Root != nil {
		out = append(out, d.Root)
	}
	for _, r := range d.Resources {
		if r.Nested != nil && r.State != eval.NotDeployed {
			out = append(out, r.Nested)
		}
	}
	return out
}

// findScopes finds the templates that stand in a file as such, and the scope
// of each mention. A nested template that its parent evaluates is part of the
// parent's scope.
func (n *flowNames) findScopes() {
	for _, t := range n.templates {
		if _, ok := t.Tree.(*template.JSON); ok {
			n.scopes = append(n.scopes, flowScope{t, treeSpan(t.Tree)})
		}
	}
	slices.SortFunc(n.scopes, func(a, b flowScope) int { return cmp.Compare(a.at.Start, b.at.Start) })
	n.sort()
	var open []int
	next := 0
	for i := range n.mentions {
		m := &n.mentions[i]
		for next < len(n.scopes) && n.scopes[next].at.Start <= m.at {
			open = append(open, next)
			next++
		}
		for len(open) > 0 && n.scopes[open[len(open)-1]].at.End <= m.at {
			open = open[:len(open)-1]
		}
		m.scope = -1
		if len(open) > 0 {
			m.scope = int32(open[len(open)-1])
		}
	}
}

func (n *flowNames) sort() {
	slices.SortStableFunc(n.mentions, func(a, b mention) int { return cmp.Compare(a.at, b.at) })
}

// findOutputs adds the mentions of outputs. Most units have no credential in
// any, and need none.
func (n *flowNames) findOutputs() {
	n.outputs = true
	for _, f := range n.u.Files {
		n.mentions = outputsIn(f, n.mentions)
	}
	n.sort()
}

// scopeOf is the scope that the names of a template are in.
func (n *flowNames) scopeOf(t *template.Template) int32 {
	if _, ok := t.Tree.(*template.JSON); ok {
		return int32(slices.IndexFunc(n.scopes, func(s flowScope) bool { return s.t == t }))
	}
	at := treeSpan(t.Tree)
	scope := int32(-1)
	for i, s := range n.scopes {
		if s.at.Start <= at.Start && at.End <= s.at.End {
			scope = int32(i)
		}
	}
	return scope
}

// spread finds the names that credentials flow into, until there are no more.
func (n *flowNames) spread(all []flowDeclaration) {
	for again := true; again; {
		again = false
		n.mark()
		for i := range all {
			d := &all[i]
			if got := n.in(d.at) &^ n.names[d.flowName]; got != 0 && !d.judged {
				if d.output != nil {
					d.judged = true
					got = n.held(d)
				}
				again = again || got&^n.names[d.flowName] != 0
				n.names[d.flowName] |= got
			}
		}
	}
}

// held tells which credentials an output really has: outputs have few names,
// and what they say reaches everything.
func (n *flowNames) held(d *flowDeclaration) taint {
	var t taint
	for _, in := range n.instances[d.template] {
		v, _ := in.Output(d.output.Name)
		var f sourceFinder
		f.value(v, nil, 0)
		for _, c := range f.out {
			t |= kindTaint(c.Kind)
		}
	}
	return t
}

// mark gives each mention what is known to flow there.
func (n *flowNames) mark() {
	var outputs taint
	var known [256]bool // the last bytes of the names: most mentions are of none
	for name, t := range n.names {
		known[byte(name)] = true
		if name.kind() == outputUse {
			outputs |= t
		}
	}
	if outputs != 0 && !n.outputs {
		n.findOutputs()
	}
	for i := range n.mentions {
		switch m := &n.mentions[i]; {
		case m.kind == listCall:
			m.taint = taintList
		case m.kind == writtenOut:
			m.taint = taintWritten
		case m.kind == outputUse && m.name == allOutputs:
			m.taint = outputs
		case known[byte(m.name)]:
			m.taint = n.names[nameIn(m.kind, m.scope, m.name)]
		}
	}
}

// in tells what may flow into the text of a span.
func (n *flowNames) in(at value.Span) taint {
	var t taint
	i := sort.Search(len(n.mentions), func(i int) bool { return n.mentions[i].at >= at.Start })
	for ; i < len(n.mentions) && n.mentions[i].at < at.End; i++ {
		t |= n.mentions[i].taint
	}
	return t
}

// call finds the call of a list*() function in the text of a span.
func (n *flowNames) call(at value.Span, function string) (value.Span, bool) {
	name := hashOf(function)
	for _, m := range n.mentions {
		if m.kind == listCall && m.name == name && m.at >= at.Start && m.at < at.End {
			return value.Span{Start: m.at, End: m.at + int32(len(function))}, true
		}
	}
	return value.Span{}, false
}
