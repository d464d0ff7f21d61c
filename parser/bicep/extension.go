package bicep

import (
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

// extensionConfigs is what a module gets for its extensions: an object for each
// alias, or the configuration of an extension as a whole.
func (e *emitter) extensionConfigs(c *conv, x syntax.Expr) template.Tree {
	c, x = c.behind(x)
	o, ok := x.(*syntax.Object)
	if !ok || spreads(o.Items) {
		return c.tree(x)
	}
	n := c.m.place(o).object()
	for _, i := range o.Items {
		key, name := c.key(i)
		n.members = append(n.members, member{key, name, c.m.place(i.Key), c.extensionConfig(i.Value, e.argument)})
	}
	return n
}

// extensionConfig is the configuration of one extension: each property is an
// argument, but for the name of a reference to a secret.
func (c *conv) extensionConfig(x syntax.Expr, argument func(*conv, syntax.Expr) template.Tree) template.Tree {
	c, x = c.behind(x)
	o, ok := x.(*syntax.Object)
	if !ok || spreads(o.Items) {
		return c.tree(x)
	}
	n := c.m.place(o).object()
	for _, i := range o.Items {
		v := argument(c, i.Value)
		if a, ok := v.(*Node); ok && a.get("reference") != nil {
			a.members[0].key = "keyVaultReference"
		}
		key, name := c.key(i)
		n.members = append(n.members, member{key, name, c.m.place(i.Key), v})
	}
	return n
}

// readsConfig tells whether an expression reads the configuration of an
// extension, which is no value of its own.
func (m *model) readsConfig(x syntax.Expr) bool {
	for {
		switch e := syntax.Bare(x).(type) {
		case *syntax.Property:
			x = e.Base
		case *syntax.Index:
			x = e.Base
		case *syntax.NonNull:
			x = e.X
		case *syntax.Variable:
			s := m.uses[e]
			return s != nil && s.kind == symProvider
		default:
			return false
		}
	}
}

// assignedConfigs is what a parameter file has for the extensions of its
// template; one without a configuration has nothing.
func (e *emitter) assignedConfigs() *Node {
	list := e.top().object()
	for _, s := range e.m.file.Statements {
		if x, ok := s.(*syntax.ExtensionConfig); ok && x.With != nil {
			e.guard(e.m.place(x), func() {
				c := &conv{e: e, m: e.m}
				list.addAt(x.Name.Text, e.m.place(x.Name), c.extensionConfig(x.With, e.assigned))
			})
		}
	}
	return list
}

func (e *emitter) assigned(c *conv, x syntax.Expr) template.Tree { return e.assignment(c, x) }
