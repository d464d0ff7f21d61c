package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// emitter writes the template of one model.
type emitter struct {
	p        *Program
	m        *model
	symbolic bool
	alone    bool // expressions stand alone: there are no variables and parameters
	depth    int
	drops    map[*resource]bool
	loads    map[*syntax.Call]string // synthetic variables, by the call they hold
	links    linker

	definitions, functions, variables *Node
	loaded                            *Node // the synthetic variables
}

func newEmitter(p *Program, m *model) *emitter {
	e := &emitter{p: p, m: m, drops: map[*resource]bool{}, loads: map[*syntax.Call]string{}}
	e.symbolic = p.symbolic(m)
	e.links.init(e)
	return e
}

// top is the place of the whole file: its beginning.
func (e *emitter) top() place { return place{e.m.pos(0), e.m.pos(0)} }

// maxDepth bounds how deep variables may be put into each other.
const maxDepth = 2000

// maxSize bounds the nodes of all templates of a unit, and of one with those in
// it: values that stand in many places, and modules that do, can grow without
// bound.
const maxSize = 4_000_000

// enter counts a step of the conversion.
func (e *emitter) enter() func() {
	e.p.size++
	e.m.weight++
	if e.depth++; e.depth > maxDepth || e.p.size > maxSize {
		panic(tooLarge{})
	}
	return func() { e.depth-- }
}

// tooLarge ends the conversion of a declaration that grows without bound.
type tooLarge struct{}

// guard runs f; a value that is too large is counted as not understood, and
// what f would have written is left out.
func (e *emitter) guard(at place, f func()) {
	depth := e.depth
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(tooLarge); !ok {
				panic(r)
			}
			e.depth = depth
			e.p.unsupported("a declaration that refers to itself or becomes too large", at.start)
		}
	}()
	f()
}

// schemaOf is the schema of templates for a target scope; a resource group if
// it is none of the others.
func schemaOf(target string) string {
	const base = "https://schema.management.azure.com/schemas/"
	switch target {
	case "tenant":
		return base + "2019-08-01/tenantDeploymentTemplate.json#"
	case "managementGroup":
		return base + "2019-08-01/managementGroupDeploymentTemplate.json#"
	case "subscription":
		return base + "2018-05-01/subscriptionDeploymentTemplate.json#"
	}
	return base + "2019-04-01/deploymentTemplate.json#"
}

// template writes the whole template.
func (e *emitter) template() *Node {
	at := e.top()
	t := at.object()
	t.add("$schema", at.str(schemaOf(e.m.target)))
	if e.symbolic {
		t.add("languageVersion", at.str(e.p.languageVersion(e.m)))
	}
	t.add("contentVersion", at.str("1.0.0.0"))
	e.definitions, e.functions, e.variables, e.loaded = at.object(), at.object(), at.object(), at.object()
	parameters, outputs := e.parameters(), (*Node)(nil)
	e.declarations()
	providers := e.providers()
	resources := e.resources()
	outputs = e.outputs()
	e.links.flush()
	e.addNonEmpty(t, "metadata", e.metadata())
	e.addNonEmpty(t, "definitions", e.definitions)
	if len(e.functions.members) > 0 {
		t.add("functions", e.functionList())
	}
	e.addNonEmpty(t, "parameters", parameters)
	e.loaded.members = append(e.loaded.members, e.variables.members...)
	e.addNonEmpty(t, "variables", e.loaded)
	e.addNonEmpty(t, "imports", providers)
	t.add("resources", resources)
	e.addNonEmpty(t, "outputs", outputs)
	return t
}

func (e *emitter) addNonEmpty(t *Node, key string, v *Node) {
	if len(v.members) > 0 {
		t.add(key, v)
	}
}

func (e *emitter) metadata() *Node {
	n := e.top().object()
	generator := e.top().object()
	generator.add("name", e.top().str("bicep"))
	n.add("_generator", generator)
	c := &conv{e: e, m: e.m}
	for _, s := range e.m.metadata {
		e.guard(e.m.place(s), func() { n.addAt(s.Name.Text, e.m.place(s.Name), c.tree(s.Value)) })
	}
	return n
}

// declarations writes variables, types and functions.
func (e *emitter) declarations() {
	loops := e.top().array()
	for _, s := range e.m.order {
		if e.m.globals[s.name] != s {
			continue
		}
		e.guard(e.m.place(s.decl), func() {
			switch s.kind {
			case symVar:
				e.variable(s, s.name, loops)
			case symType:
				e.links.define(s, s.name)
			case symFunc:
				e.function(s, "__bicep", s.name)
			case symImport:
				e.links.named(s)
			}
		})
	}
	if len(loops.members) > 0 {
		e.variables.members = append([]member{{key: "copy", at: e.top(), value: loops}}, e.variables.members...)
	}
}

// variable writes a variable under a name; one that is a loop goes to loops.
func (e *emitter) variable(s *symbol, name string, loops *Node) {
	if e.inlines(s) {
		return
	}
	c := &conv{e: e, m: s.m}
	at := s.m.place(s.decl)
	if v, ok := s.decl.(*syntax.Var); ok {
		at = s.m.place(v.Name)
	}
	if l, ok := s.value.(*syntax.For); ok {
		loops.members = append(loops.members, member{value: c.loop(l, name, true)})
		return
	}
	if call, ok := syntax.Bare(s.value).(*syntax.Call); ok {
		if v, ok := c.loadedText(call); ok {
			e.variables.addAt(name, at, v)
			return
		}
	}
	e.variables.addAt(escaped(name), at, c.tree(s.value))
}

// loop is {name, count, input}.
func (c *conv) loop(l *syntax.For, name string, named bool) *Node {
	at := c.m.place(l)
	n := at.object()
	if named {
		n.add("name", at.str(name))
	}
	n.add("count", c.count(l))
	if !named {
		name = ""
	}
	n.add("input", c.in(l, name).input(l.Body))
	return n
}

func (c *conv) count(l *syntax.For) *Node {
	at := c.m.place(l.List)
	return at.tree(at.call("length", c.expr(l.List)))
}

// input is the body of a loop: an object or a text as they are, all else as
// an expression.
func (c *conv) input(e syntax.Expr) template.Tree {
	switch x := syntax.Bare(e).(type) {
	case *syntax.Object, *syntax.String:
		return c.tree(x)
	}
	n := c.m.place(e).node(template.Expression)
	n.expr = based(c.expr(e))
	return n
}

// tree converts an expression in a place where JSON may stand. The value of a
// variable stands where it is used, what is in it where that is written.
func (c *conv) tree(e syntax.Expr) template.Tree {
	leave := c.e.enter()
	defer leave()
	at := c.m.place(syntax.Bare(e))
	c, e = c.behind(e)
	switch e := e.(type) {
	case *syntax.Object:
		if !spreads(e.Items) {
			return c.objectTree(e, at)
		}
	case *syntax.Array:
		if !spreads(e.Items) {
			n := at.array()
			for _, i := range e.Items {
				n.members = append(n.members, member{value: c.tree(i.Value)})
			}
			return n
		}
	case *syntax.Bool:
		return at.bool(e.Value)
	case *syntax.Null:
		return at.node(template.Null)
	case *syntax.Int, *syntax.Unary:
		if s, ok := integerText(e); ok {
			return at.number(s)
		}
	case *syntax.Call:
		if c.body && isLoad(e) && (e.Base == nil || c.builtin(e.Base)) {
			if v := c.loaded(e); v != nil {
				return v
			}
		}
	}
	return at.tree(c.expr(e))
}

// objectTree is an object with its loops.
func (c *conv) objectTree(e *syntax.Object, at place) *Node {
	n := at.object()
	loops := at.array()
	for _, i := range e.Items {
		if l, ok := i.Value.(*syntax.For); ok && !c.e.alone {
			if k, ok := plainKey(i); ok {
				loops.members = append(loops.members, member{value: c.loop(l, k, true)})
				continue
			}
		}
		key, name := c.key(i)
		n.members = append(n.members, member{key, name, c.m.place(i.Key), c.tree(i.Value)})
	}
	if len(loops.members) > 0 {
		n.members = append([]member{{key: "copy", at: at, value: loops}}, n.members...)
	}
	return n
}

// key is a property name as a template writes it, or the expression that it is.
func (c *conv) key(i *syntax.Item) (string, *expr.Node) {
	n := c.str(i.Key)
	switch {
	case n.Kind != expr.String:
		return "", n
	case strings.EqualFold(n.Text, "copy"): // which a template would take for a loop
		return "", placeOf(n).call("string", n)
	}
	return escaped(n.Text), nil
}

// behind is e without parentheses and variables that cannot be ones, and the
// converter for what is left.
func (c *conv) behind(e syntax.Expr) (*conv, syntax.Expr) {
	e = syntax.Bare(e)
	for n := 0; n < maxDepth; n++ {
		if call, ok := e.(*syntax.Call); ok && call.Name.Text == "any" && len(call.Args) == 1 && (call.Base == nil || c.builtin(call.Base)) {
			e = syntax.Bare(call.Args[0])
			continue
		}
		v, ok := e.(*syntax.Variable)
		if !ok {
			break
		}
		s := c.m.uses[v]
		if s == nil || s.kind != symVar || !c.e.alone && (s.m != c.e.m || !c.e.inlines(s)) {
			break
		}
		c, e = c.file(s.m), syntax.Bare(s.value)
	}
	return c, e
}
