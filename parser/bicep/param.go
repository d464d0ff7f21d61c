package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

const parametersSchema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"

// Parameters returns a .bicepparam file as a parameter file in JSON. A value
// that is no literal is an expression of its own; functions and variables that
// it asks for stand beside the parameters, as they do in a template.
func (p *Program) Parameters(file string) (template.Tree, error) {
	m, err := p.model(file)
	if err != nil {
		return nil, err
	}
	e := newEmitter(p, m)
	e.alone = true
	at := e.top()
	e.definitions, e.functions, e.variables = at.object(), at.object(), at.object()
	list := at.object()
	p.assignments(e, m, list, 0)
	configs := e.assignedConfigs()
	e.ownFunctions()
	e.links.flush()
	t := at.object()
	t.add("$schema", at.str(parametersSchema))
	t.add("contentVersion", at.str("1.0.0.0"))
	e.addNonEmpty(t, "definitions", e.definitions)
	if len(e.functions.members) > 0 {
		t.add("functions", e.functionList())
	}
	e.addNonEmpty(t, "variables", e.variables)
	t.add("parameters", list)
	e.addNonEmpty(t, "extensionConfigs", configs)
	return t, nil
}

// ownFunctions writes the functions that a parameter file declares.
func (e *emitter) ownFunctions() {
	for _, s := range e.m.order {
		if s.kind == symFunc && e.m.globals[s.name] == s {
			e.guard(e.m.place(s.decl), func() { e.function(s, "__bicep", s.name) })
		}
	}
}

// Using returns the path of the template that a .bicepparam file is for; false
// if it is for none, or for one out of a registry.
func (p *Program) Using(file string) (string, bool) {
	m, err := p.model(file)
	if err != nil {
		return "", false
	}
	for _, s := range m.file.Statements {
		if u, ok := s.(*syntax.Using); ok && u.From != nil && !strings.Contains(u.From.Parts[0], ":") {
			path, err := beside(m.path, u.From.Parts[0])
			return path, err == nil
		}
	}
	return "", false
}

// maxExtends is how many files a parameter file extends, one the other.
const maxExtends = 16

// assignments adds the values of a file to those of the file that it extends.
func (p *Program) assignments(e *emitter, m *model, list *Node, depth int) {
	for _, s := range m.file.Statements {
		x, ok := s.(*syntax.Extends)
		if !ok {
			continue
		}
		if depth > maxExtends {
			p.unsupported("a parameter file that extends itself", m.place(x.From).start)
			continue
		}
		base, err := beside(m.path, x.From.Parts[0])
		if err == nil {
			var b *model
			if b, err = p.model(base); err == nil {
				m.extended = b
				p.assignments(e, b, list, depth+1)
			}
		}
		if err != nil && !p.absent(m, x.From, x.From.Parts[0], err) {
			p.unsupported("a parameter file to extend that cannot be read", m.place(x.From).start)
		}
	}
	for _, s := range m.order {
		d, ok := s.decl.(*syntax.Param)
		if !ok || d.Value == nil || m.globals[s.name] != s {
			continue
		}
		e.guard(m.place(d), func() {
			v := e.assignment(&conv{e: e, m: m}, d.Value)
			for i := range list.members {
				if strings.EqualFold(list.members[i].key, d.Name.Text) {
					list.members[i] = member{key: d.Name.Text, at: m.place(d.Name), value: v}
					return
				}
			}
			list.addAt(d.Name.Text, m.place(d.Name), v)
		})
	}
}

// assignment is {value}, {expression} or {reference}.
func (e *emitter) assignment(c *conv, x syntax.Expr) *Node {
	c, x = c.behind(x)
	at := c.m.place(x)
	n := at.object()
	if call, ok := x.(*syntax.Call); ok && call.Name.Text == "getSecret" && len(call.Args) >= 4 {
		n.add("reference", objectOf(c.vaultSecret(call)))
		return n
	}
	if v := c.tree(x); isLiteral(v) {
		unescape(v)
		n.add("value", v)
		return n
	}
	t := at.node(template.Expression)
	t.expr = c.expr(x)
	n.add("expression", t)
	return n
}

// isLiteral tells whether a tree has no expressions.
func isLiteral(t template.Tree) bool {
	n, ok := t.(*Node)
	if !ok {
		return true
	}
	if n.kind == template.Expression {
		return false
	}
	for _, m := range n.members {
		if m.name != nil || !isLiteral(m.value) {
			return false
		}
	}
	return true
}

// unescape makes literals of a template data, in which nothing is escaped.
func unescape(t template.Tree) {
	n, ok := t.(*Node)
	if !ok {
		return
	}
	n.text = expr.Unescape(n.text)
	for i := range n.members {
		n.members[i].key = expr.Unescape(n.members[i].key)
		unescape(n.members[i].value)
	}
}

// vaultSecret is az.getSecret(subscription, group, vault, secret, version).
func (c *conv) vaultSecret(call *syntax.Call) *expr.Node {
	at := c.m.place(call)
	args := c.exprs(call.Args)
	vault := at.expr(expr.Object)
	id := at.format([]string{"/subscriptions/", "/resourceGroups/", "/providers/Microsoft.KeyVault/vaults/", ""}, args[:3])
	vault.Args = []*expr.Node{at.lit("id"), id}
	n := at.expr(expr.Object)
	n.Args = append(n.Args, at.lit("keyVault"), vault, at.lit("secretName"), args[3])
	if len(args) > 4 {
		n.Args = append(n.Args, at.lit("secretVersion"), args[4])
	}
	return n
}

// mapped is a loop as an expression: what stands in a parameter file has no
// other form.
func (c *conv) mapped(l *syntax.For) *expr.Node {
	at := c.m.place(l)
	args := []*expr.Node{c.m.place(l.Item).lit(l.Item.Text)}
	if l.Counter != nil {
		args = append(args, c.m.place(l.Counter).lit(l.Counter.Text))
	}
	body := &conv{e: c.e, m: c.m, env: &env{outer: c.env, loop: l, lambda: true}}
	return at.call("map", c.expr(l.List), at.call("lambda", append(args, body.expr(l.Body))...))
}

// environment is a value of the machine that deploys: its default, if it has
// one.
func (c *conv) environment(call *syntax.Call) *expr.Node {
	if len(call.Args) > 1 && call.Name.Text == "readEnvironmentVariable" {
		return c.expr(call.Args[1])
	}
	return c.m.place(call).call(call.Name.Text, c.exprs(call.Args)...)
}

// extendedParam is base.name: a value of the parameter file that is extended.
func (c *conv) extendedParam(base syntax.Expr, name string, at place) *expr.Node {
	v, ok := base.(*syntax.Variable)
	if !ok || v.Name != "base" || c.m.extended == nil || c.m.uses[v] != nil {
		return nil
	}
	for m := c.m.extended; m != nil; m = m.extended {
		if s := m.globals[name]; s != nil && s.kind == symParam && s.value != nil {
			return c.file(m).expr(s.value)
		}
	}
	return at.null()
}
