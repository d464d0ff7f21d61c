package bicep

import (
	"errors"
	"io/fs"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// moduleBody writes what a module deploys.
func (e *emitter) moduleBody(n *Node, r *resource, c *conv) {
	at := e.m.place(r.at)
	if l := e.location(r, c, at); l != nil {
		n.add("location", at.tree(l))
	}
	e.body(n, r.body, c, "name", "scope", "params", "dependsOn", "extensionConfigs")
	props := at.object()
	inner := at.object()
	inner.add("scope", at.str("inner"))
	props.add("expressionEvaluationOptions", inner)
	props.add("mode", at.str("Incremental"))
	if p, ok := syntax.Bare(r.prop("params")).(*syntax.Object); ok {
		params := e.m.place(p).object()
		for _, i := range p.Items {
			if k, ok := plainKey(i); ok {
				params.addAt(k, e.m.place(i.Key), e.argument(c, i.Value))
			}
		}
		props.add("parameters", params)
	} else if x := r.prop("params"); x != nil {
		e.p.unsupported("parameters of a module that are a value", c.m.place(x).start)
	}
	if i := r.body.Get("extensionConfigs"); i != nil {
		props.addAt("extensionConfigs", e.m.place(i.Key), e.extensionConfigs(c, i.Value))
	}
	e.content(props, r)
	n.add("properties", props)
}

// location is where the deployment itself is kept: of those to resource groups
// it is known.
func (e *emitter) location(r *resource, c *conv, at place) *expr.Node {
	own := e.m.target == "resourceGroup"
	switch s := c.scope(r.prop("scope"), e.m.target); {
	case s.kind == scopeResourceGroup || s.kind == scopeUnknown && own:
		return nil
	case own:
		return at.property(at.call("resourceGroup"), "location")
	}
	return at.property(at.call("deployment"), "location")
}

// content writes the template of a module, or the link to it.
func (e *emitter) content(props *Node, r *resource) {
	at := e.m.place(r.module.Path)
	src := e.p.source(r.m, r.module.Path)
	switch {
	case src.model != nil && e.p.lowering[src.model]:
		e.p.unsupported("a module that deploys itself", at.start)
	case src.model != nil:
		e.p.deploys(src.model.path)
		t := e.p.lower(src.model)
		if e.m.weight += src.model.weight; e.m.weight > maxSize {
			panic(tooLarge{})
		}
		props.add("template", t)
	case src.remote:
		props.add("template", pinned{src.tree, at})
	case src.tree != nil:
		e.p.deploys(src.file)
		props.add("template", src.tree)
	case src.link != "":
		link := at.object()
		link.add("id", at.str(src.link))
		props.add("templateLink", link)
	case errors.Is(src.err, fs.ErrNotExist): // a problem
	default:
		t, from := e.closedTemplate(r, src.closed, at)
		e.p.unsupported(src.why+seen(from), at.start)
		if t != nil && !e.p.literal {
			props.add("template", t)
		}
	}
}

// argument is what a module gets for a parameter.
func (e *emitter) argument(c *conv, x syntax.Expr) template.Tree {
	at := e.m.place(syntax.Bare(x))
	n := at.object()
	in, v := c.behind(x)
	if in.m.readsConfig(v) {
		return in.tree(v)
	}
	switch v := v.(type) {
	case *syntax.For:
		n.add("copy", at.array(in.argumentLoop(v)))
		return n
	case *syntax.Ternary:
		return at.tree(in.choice(v))
	case *syntax.Call:
		if s := in.secretCall(v); s != nil {
			n.add("reference", objectOf(s))
			return n
		}
	}
	n.add("value", c.tree(x))
	return n
}

// argumentLoop is a loop whose input is always an expression.
func (c *conv) argumentLoop(l *syntax.For) *Node {
	n := c.loop(l, "value", true)
	n.members = n.members[:len(n.members)-1]
	body := c.in(l, "value")
	x := body.expr(l.Body)
	if x.Kind == expr.String {
		n.add("input", placeOf(x).str(x.Text))
		return n
	}
	in := body.m.place(l.Body).node(template.Expression)
	in.expr = based(x)
	n.add("input", in)
	return n
}

// secretCall is vault.getSecret(…), nil if x is something else.
func (c *conv) secretCall(x *syntax.Call) *expr.Node {
	if x.Base == nil || x.Name.Text != "getSecret" {
		return nil
	}
	if _, ok := c.m.refer(x.Base); !ok {
		return nil
	}
	return c.call(x)
}

// choice is a conditional argument: each side says whether it is a value or a
// secret.
func (c *conv) choice(x *syntax.Ternary) *expr.Node {
	return c.m.place(x).call("if", c.expr(x.Cond), c.side(x.Then), c.side(x.Else))
}

func (c *conv) side(x syntax.Expr) *expr.Node {
	c, x = c.behind(x)
	if c.m.readsConfig(x) {
		return c.expr(x)
	}
	at := c.m.place(x)
	o := at.expr(expr.Object)
	switch x := x.(type) {
	case *syntax.Ternary:
		return c.choice(x)
	case *syntax.Call:
		if s := c.secretCall(x); s != nil {
			o.Args = []*expr.Node{at.lit("reference"), s}
			return o
		}
	}
	o.Args = []*expr.Node{at.lit("value"), c.expr(x)}
	return o
}

// objectOf writes an object of an expression as one of the template.
func objectOf(n *expr.Node) *Node {
	at := placeOf(n)
	if n.Kind != expr.Object {
		return at.tree(n)
	}
	o := at.object()
	for i := 0; i+1 < len(n.Args); i += 2 {
		o.add(n.Args[i].Text, objectOf(n.Args[i+1]))
	}
	return o
}

// outputs writes the outputs.
func (e *emitter) outputs() *Node {
	list := e.top().object()
	for _, s := range e.m.outputs {
		e.guard(e.m.place(s), func() {
			n := e.m.from(s.Name, s).object()
			e.typed(n, e.m, s.Type, s.Decorators)
			c := &conv{e: e, m: e.m}
			if l, ok := s.Value.(*syntax.For); ok {
				n.add("copy", c.loop(l, "", false))
			} else {
				n.add("value", c.tree(s.Value))
			}
			list.addAt(s.Name.Text, e.m.place(s.Name), n)
		})
	}
	return list
}

// parameters writes the parameters.
func (e *emitter) parameters() *Node {
	list := e.top().object()
	c := &conv{e: e, m: e.m}
	for _, s := range e.m.order {
		d, ok := s.decl.(*syntax.Param)
		if !ok || s.kind != symParam {
			continue
		}
		e.guard(e.m.place(d), func() {
			n := e.m.place(d).object()
			e.typed(n, e.m, d.Type, d.Decorators)
			if d.Value != nil {
				n.add("defaultValue", c.tree(d.Value))
			}
			list.addAt(d.Name.Text, e.m.place(d.Name), n)
		})
	}
	return list
}

// function writes a user-defined function into a namespace.
func (e *emitter) function(s *symbol, space, name string) {
	d, ok := s.decl.(*syntax.Func)
	if !ok {
		return
	}
	at := s.m.place(d)
	n := at.object()
	params := at.array()
	for _, f := range d.Params {
		p := s.m.place(f).object()
		e.typed(p, s.m, f.Type, nil)
		p.add("name", s.m.place(f.Name).str(f.Name.Text))
		params.members = append(params.members, member{value: p})
	}
	n.add("parameters", params)
	out := at.object()
	e.typed(out, s.m, d.Result, nil)
	out.add("value", (&conv{e: e, m: s.m, body: true}).tree(d.Body))
	n.add("output", out)
	e.addFunction(space, name, n)
}

func (e *emitter) addFunction(space, name string, f template.Tree) {
	ns, _ := e.functions.get(space).(*Node)
	if ns == nil {
		ns = e.top().object()
		e.functions.add(space, ns)
	}
	ns.add(name, f)
}

// functionList is the functions member: namespaces with their members.
func (e *emitter) functionList() *Node {
	at := e.top()
	list := at.array()
	for _, m := range e.functions.members {
		n := at.object()
		n.add("namespace", at.str(m.key))
		n.add("members", m.value)
		list.members = append(list.members, member{value: n})
	}
	return list
}
