package bicep

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// Node is a piece of a lowered template. It stands where the Bicep source
// stands that it comes from; what the compiler adds stands where the
// declaration does.
type Node struct {
	kind       template.Kind
	start, end token.Pos
	text       string
	members    []member // the elements of an Array have no keys
	expr       *expr.Node
}

type member struct {
	key   string
	name  *expr.Node // the key if that is an expression
	at    place      // of the key
	value template.Tree
}

// Kind implements [template.Tree].
func (n *Node) Kind() template.Kind { return n.kind }

// Span implements [template.Tree].
func (n *Node) Span() (start, end token.Pos) { return n.start, n.end }

// Text implements [template.Tree].
func (n *Node) Text() string { return n.text }

// Len implements [template.Tree].
func (n *Node) Len() int { return len(n.members) }

// Members implements [template.Tree].
func (n *Node) Members(yield func(key string, at token.Pos, v template.Tree) bool) {
	for i := range n.members {
		if m := &n.members[i]; !yield(m.text(), m.at.start, m.value) {
			return
		}
	}
}

// text is the key in template syntax.
func (m *member) text() string {
	if m.name != nil {
		return "[" + expr.Print(m.name) + "]"
	}
	return m.key
}

// Find implements [template.Finder].
func (n *Node) Find(name string) (at token.Pos, found template.Tree) {
	if n.kind != template.Object {
		return 0, nil
	}
	exact := false
	for i := range n.members {
		switch m := &n.members[i]; {
		case m.text() == name:
			at, found, exact = m.at.start, m.value, true
		case !exact && found == nil && source.FoldEqual(m.text(), name):
			at, found = m.at.start, m.value
		}
	}
	return at, found
}

// Elements implements [template.Tree].
func (n *Node) Elements(yield func(v template.Tree) bool) {
	for _, m := range n.members {
		if !yield(m.value) {
			return
		}
	}
}

// Expression implements [template.Parsed].
func (n *Node) Expression() (*expr.Node, *expr.Error) { return n.expr, nil }

// Offset implements [template.Parsed]: the nodes of expressions store
// positions.
func (n *Node) Offset(i int32) token.Pos { return token.Pos(i) }

// place is a range of positions.
type place struct{ start, end token.Pos }

func (p place) node(k template.Kind) *Node { return &Node{kind: k, start: p.start, end: p.end} }

func (p place) object() *Node { return p.node(template.Object) }

func (p place) array(elements ...template.Tree) *Node {
	n := p.node(template.Array)
	for _, e := range elements {
		n.members = append(n.members, member{value: e})
	}
	return n
}

// str is the text s, escaped if it looks like an expression.
//
//go:noinline // called from many places
func (p place) str(s string) *Node {
	n := p.node(template.String)
	n.text = escaped(s)
	return n
}

func escaped(s string) string {
	if expr.FormOf(s) != expr.Literal {
		return "[" + s
	}
	return s
}

func (p place) bool(b bool) *Node {
	if b {
		return p.node(template.True)
	}
	return p.node(template.False)
}

func (p place) number(s string) *Node {
	n := p.node(template.Number)
	n.text = s
	return n
}

// tree is an expression as a tree: a text stays one.
func (p place) tree(e *expr.Node) *Node {
	switch {
	case e.Kind == expr.String:
		return p.str(e.Text)
	case e.Kind == expr.Object && len(e.Args) == 0:
		return p.object()
	}
	n := p.node(template.Expression)
	n.expr = e
	return n
}

// add appends a member to an object, at the place of its value.
func (n *Node) add(key string, v template.Tree) {
	at := place{n.start, n.start}
	if v != nil {
		at.start, at.end = v.Span()
	}
	n.members = append(n.members, member{key: key, at: at, value: v})
}

// addAt is add with the place of the key.
//
//go:noinline // called from many places
func (n *Node) addAt(key string, at place, v template.Tree) {
	n.members = append(n.members, member{key: key, at: at, value: v})
}

// get returns a member.
func (n *Node) get(key string) template.Tree {
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}
