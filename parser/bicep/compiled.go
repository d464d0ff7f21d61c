package bicep

import (
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// foreign is a symbol of a compiled template.
type foreign struct {
	tree template.Tree
	kind symKind
	name string
}

// loopName is the name of a loop of a compiled template, and the one that it
// gets here.
type loopName struct{ from, to string }

// compiled brings a symbol of a compiled template in, under an alias or a name
// of its own, and returns that.
func (l *linker) compiled(t template.Tree, kind symKind, name, alias string) string {
	key := foreign{t, kind, name}
	if n, ok := l.foreign[key]; ok {
		return n
	}
	n := alias
	if n == "" {
		n = l.prefixOf(t) + name
	}
	l.foreign[key] = n
	switch kind {
	case symType:
		if d := template.Path(t, "definitions", name); d != nil {
			l.e.definitions.add(n, l.copyOf(t, d))
		}
	case symVar:
		l.compiledVariable(t, name, n)
	case symFunc:
		l.compiledFunction(t, name, n)
	}
	return n
}

func (l *linker) prefixOf(t template.Tree) string {
	i, ok := l.trees[t]
	if !ok {
		i = len(l.files) + len(l.trees) + 1
		l.trees[t] = i
	}
	return "_" + itoa(int64(i)) + "."
}

// compiledVariable copies a variable, which may be a loop.
func (l *linker) compiledVariable(t template.Tree, name, as string) {
	if v := template.Path(t, "variables", name); v != nil {
		l.e.variables.add(as, l.copyOf(t, v))
		return
	}
	for _, v := range template.New(t).Variables {
		if v.Name != name || v.Copy == nil {
			continue
		}
		outer := l.loop
		l.loop = loopName{name, as}
		loop, ok := l.copyOf(t, v.Copy.Tree).(*Node)
		l.loop = outer
		if !ok {
			return
		}
		for i, m := range loop.members {
			if strings.EqualFold(m.key, "name") {
				start, end := m.value.Span()
				loop.members[i].value = place{start, end}.str(as)
			}
		}
		l.addLoops(l.e.top().array(loop))
	}
}

func (l *linker) compiledFunction(t template.Tree, name, as string) {
	space, own := "__bicep", as
	if i := strings.LastIndexByte(as, '.'); i >= 0 {
		space, own = as[:i], as[i+1:]
	}
	for _, f := range template.New(t).Functions {
		if f.Name == "__bicep."+name {
			l.e.addFunction(space, own, l.copyOf(t, f.Tree))
		}
	}
}

// copyOf copies a piece of a compiled template; what it refers to is brought
// in too.
func (l *linker) copyOf(t, d template.Tree) template.Tree {
	start, end := d.Span()
	at := place{start, end}
	if p, ok := d.(template.Parsed); ok {
		if n, err := p.Expression(); n != nil && err == nil {
			out := at.node(template.Expression)
			out.expr = l.copyExpr(t, n, p)
			return out
		}
	}
	switch d.Kind() {
	case template.Object:
		n := at.object()
		d.Members(func(key string, pos token.Pos, v template.Tree) bool {
			if ref, ok := strings.CutPrefix(literal(v), "#/definitions/"); key == "$ref" && ok {
				v = at.str(l.copyRef(t, ref))
			} else {
				v = l.copyOf(t, v)
			}
			n.addAt(key, place{pos, pos + token.Pos(len(key))}, v)
			return true
		})
		return n
	case template.Array:
		n := at.array()
		d.Elements(func(v template.Tree) bool {
			n.members = append(n.members, member{value: l.copyOf(t, v)})
			return true
		})
		return n
	}
	return d
}

func (l *linker) copyRef(t template.Tree, ref string) string {
	name, rest, nested := strings.Cut(ref, "/")
	name = strings.ReplaceAll(strings.ReplaceAll(name, "~1", "/"), "~0", "~")
	ref = "#/definitions/" + l.compiled(t, symType, name, "")
	if nested {
		ref += "/" + rest
	}
	return ref
}

// copyExpr copies an expression, its offsets turned into positions.
func (l *linker) copyExpr(t template.Tree, n *expr.Node, p template.Parsed) *expr.Node {
	out := *n
	out.Fn = 0
	out.Start, out.End = int32(p.Offset(n.Start)), int32(p.Offset(n.End))
	out.NameStart = int32(p.Offset(n.NameStart))
	out.Args = make([]*expr.Node, len(n.Args))
	for i, a := range n.Args {
		out.Args[i] = l.copyExpr(t, a, p)
	}
	if n.Kind != expr.Call {
		return &out
	}
	if name, ok := strings.CutPrefix(n.Text, "__bicep."); ok {
		out.Text = functionText(l.compiled(t, symFunc, name, ""))
	}
	if len(n.Args) == 0 || n.Args[0].Kind != expr.String {
		return &out
	}
	switch first := n.Args[0].Text; {
	case strings.EqualFold(n.Text, "variables"):
		out.Args[0].Text = l.compiled(t, symVar, first, "")
	case strings.EqualFold(n.Text, "copyIndex") && strings.EqualFold(first, l.loop.from):
		out.Args[0].Text = l.loop.to
	}
	return &out
}

// functionText is how a function of the template is called.
func functionText(name string) string {
	if strings.HasPrefix(name, "_") && strings.Contains(name, ".") {
		return name
	}
	return "__bicep." + name
}

func literal(t template.Tree) string {
	s, _ := template.Literal(t)
	return s
}
