package bicep

import (
	"errors"
	"go/token"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// maxLayout bounds the text of a template. The largest of the public registry
// has 4 MB.
const maxLayout = 256 << 20

// ErrLarge is the error for templates that are larger or deeper than any
// that Azure takes.
var ErrLarge = errors.New("the template that it stands for is too large or nests too deeply; are modules used in each other many times?")

// ARM writes a template as the JSON that Azure takes, indented by two spaces.
func ARM(t template.Tree) ([]byte, error) {
	f, _, err := Layout(t, "")
	if err != nil {
		return nil, err
	}
	return f.Raw, nil
}

// Layout gives each piece of a template a place of its own, which the source
// has not: a module is written once and deployed many times, and much of a
// template is written nowhere. The places are those in the JSON of the template.
// That is laid out and never read: its nodes are entered as they are written,
// and its expressions are the trees of t, now counting in the layout. The Map
// leads from there to the source.
func Layout(t template.Tree, name string) (*template.File, *Map, error) {
	pieces, size := estimate(t)
	l := layout{b: source.NewBuilder(min(size, maxLayout)), m: &Map{list: make([]mapping, 0, pieces)}, parent: -1}
	if !l.tree(t) {
		return nil, nil, ErrLarge
	}
	f := template.NewFile(l.b.File(name))
	for _, g := range l.handed {
		f.Give(g.id, g.expr, g.err)
	}
	l.m.text = f.Text
	return f, l.m, nil
}

// estimate guesses how many pieces and how many bytes a layout takes, so that it
// does not have to grow much: it counts the values, and what is taken over.
func estimate(t template.Tree) (pieces, size int) {
	switch t := t.(type) {
	case pinned:
		if j, ok := t.Tree.(*template.JSON); ok {
			return 1, j.N.End() - j.N.Start()
		}
	case *Node:
		pieces, size = 1, 48+len(t.text)
		if t.expr != nil {
			pieces, size = 6, 96
		}
		for _, m := range t.members {
			p, s := estimate(m.value)
			pieces, size = pieces+p+1, size+s+len(m.key)
		}
	case *template.JSON:
		pieces, size = 1, t.N.End()-t.N.Start()
	}
	return pieces, size
}

type layout struct {
	b      *source.Builder
	m      *Map
	parent int32
	arena  expr.Arena
	handed []handed
}

// handed is an expression with the ID of its string.
type handed struct {
	id   int32
	expr *expr.Node
	err  *expr.Error
}

// begin begins a piece at an offset whose place in the source is known.
func (l *layout) begin(offset int, from, to token.Pos) (piece int) {
	l.m.list = append(l.m.list, mapping{start: int32(offset), from: from, to: to, parent: l.parent})
	piece = len(l.m.list) - 1
	l.parent = int32(piece)
	return piece
}

func (l *layout) end(piece int) {
	l.m.list[piece].end = int32(l.b.Size())
	l.parent = l.m.list[piece].parent
}

// tree writes a value; false if that becomes too large.
func (l *layout) tree(t template.Tree) bool {
	if l.b.Depth() >= source.MaxDepth || l.b.Size() > maxLayout {
		return false
	}
	from, to := t.Span()
	piece := l.begin(l.b.Place(), from, to)
	_, l.m.list[piece].elsewhere = t.(pinned)
	ok := l.content(t)
	l.end(piece)
	return ok
}

func (l *layout) content(t template.Tree) bool {
	if p, ok := t.(pinned); ok {
		if j, ok := p.Tree.(*template.JSON); ok { // all of it comes from one place
			l.b.Copy(j.N)
			return true
		}
	}
	if p, ok := t.(template.Parsed); ok {
		if n, err := p.Expression(); n != nil && err == nil {
			l.b.BeginString()
			l.expression(n, p)
			return true
		}
	}
	switch t.Kind() {
	case template.True:
		l.b.Plain(source.True, "true")
	case template.False:
		l.b.Plain(source.False, "false")
	case template.Number:
		l.b.Plain(source.Number, t.Text())
	case template.String:
		l.b.BeginString()
		l.b.Text(t.Text())
		l.b.EndString()
	case template.Array:
		return l.array(t)
	case template.Object:
		return l.object(t)
	default:
		l.b.Plain(source.Null, "null")
	}
	return true
}

func (l *layout) array(t template.Tree) bool {
	ok := true
	l.b.Open(source.Array)
	t.Elements(func(v template.Tree) bool {
		ok = l.tree(v)
		return ok
	})
	l.b.Close()
	return ok
}

func (l *layout) object(t template.Tree) bool {
	ok, i := true, 0
	n, _ := t.(*Node)
	l.b.Open(source.Object)
	t.Members(func(key string, at token.Pos, v template.Tree) bool {
		piece := l.begin(l.b.Place(), at, keyEnd(t, i, key, at))
		l.b.BeginName()
		if n != nil && n.members[i].name != nil {
			l.expression(n.members[i].name, n)
		} else {
			l.b.Text(key)
			l.b.EndString()
		}
		l.end(piece)
		i++
		ok = l.tree(v)
		return ok
	})
	l.b.Close()
	return ok
}

// keyEnd is where the key of a member ends in the source.
func keyEnd(t template.Tree, i int, key string, at token.Pos) token.Pos {
	switch t := t.(type) {
	case *Node:
		return t.members[i].at.end
	case pinned:
		return t.at.end
	}
	return at + token.Pos(len(key))
}

// expression writes an expression as the string that has been begun.
func (l *layout) expression(n *expr.Node, p template.Parsed) {
	x := expression{layout: l, p: p}
	l.b.Text("[")
	out := x.node(n, 0)
	l.b.Text("]")
	id := l.b.EndString()
	if x.err != nil {
		out = nil
	}
	l.handed = append(l.handed, handed{id, out, x.err})
}

// expression writes one expression.
type expression struct {
	*layout
	p   template.Parsed
	err *expr.Error
}

// node writes n and returns it with its offsets in the layout, its literals as
// the calls that they stand for.
func (l *expression) node(n *expr.Node, depth int) *expr.Node {
	out := l.arena.Copy(n)
	out.Fn = 0
	piece := l.begin(l.b.Size(), l.p.Offset(n.Start), l.p.Offset(n.End))
	out.Start, out.NameStart = l.b.Offset(), 0
	if depth > expr.MaxDepth {
		l.err = &expr.Error{Offset: int(out.Start), End: int(out.Start), Message: "the expression nests more than " + strconv.Itoa(expr.MaxDepth) + " levels"}
	} else {
		l.form(n, out, depth+1)
	}
	out.End = l.b.Offset()
	l.end(piece)
	return out
}

// form writes what a node consists of.
func (l *expression) form(n, out *expr.Node, depth int) {
	switch n.Kind {
	case expr.String:
		l.b.Text("'")
		l.b.Text(strings.ReplaceAll(n.Text, "'", "''"))
		l.b.Text("'")
	case expr.Int:
		l.b.Text(strconv.FormatInt(n.Int, 10))
	case expr.Bool:
		l.literal(n, out, strconv.FormatBool(n.Int != 0), depth)
	case expr.Null:
		l.literal(n, out, "null", depth)
	case expr.Array:
		l.literal(n, out, "createArray", depth)
	case expr.Object:
		l.literal(n, out, "createObject", depth)
	case expr.Call:
		l.name(n, out)
		l.arguments(n, out, depth)
	case expr.Property:
		out.Args[0] = l.node(n.Args[0], depth)
		l.b.Text(".")
		l.name(n, out)
	case expr.Index:
		out.Args[0] = l.node(n.Args[0], depth)
		l.b.Text("[")
		out.Args[1] = l.node(n.Args[1], depth)
		l.b.Text("]")
	}
}

// literal writes a literal as the call that it stands for.
func (l *expression) literal(n, out *expr.Node, call string, depth int) {
	out.Kind, out.Text, out.Int, out.NameStart = expr.Call, call, 0, out.Start
	l.b.Text(call)
	l.arguments(n, out, depth)
}

// name writes the name of a property or function. If it does not stand behind
// something in the source, it is taken to be part of the whole.
func (l *expression) name(n, out *expr.Node) {
	out.NameStart = l.b.Offset()
	if n.NameStart == n.Start {
		l.b.Text(n.Text)
		return
	}
	at := l.p.Offset(n.NameStart)
	piece := l.begin(l.b.Size(), at, at+token.Pos(len(n.Text)))
	l.b.Text(n.Text)
	l.end(piece)
}

// arguments writes what stands behind the name of a function.
func (l *expression) arguments(n, out *expr.Node, depth int) {
	l.b.Text("(")
	for i, a := range n.Args {
		if i > 0 {
			l.b.Text(", ")
		}
		out.Args[i] = l.node(a, depth)
	}
	l.b.Text(")")
}
