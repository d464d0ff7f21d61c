package bicep

import (
	"go/token"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// ARM writes a template as the JSON that Azure takes, indented by two spaces.
func ARM(t template.Tree) []byte {
	text, _ := Render(t)
	return text
}

// Render is [ARM] with a map of where each piece of the text comes from.
func Render(t template.Tree) ([]byte, *Map) {
	r := renderer{m: &Map{list: make([]mapping, 0, 4<<10)}, parent: -1, b: make([]byte, 0, 64<<10)}
	r.tree(t, "\n")
	r.b = append(r.b, '\n')
	r.m.text = r.b
	return r.b, r.m
}

// Map tells where the pieces of a rendered template come from.
type Map struct {
	list []mapping
	text []byte
}

// mapping is a range of the text with the positions that it comes from.
type mapping struct {
	start, end int32
	from, to   token.Pos
	parent     int32 // the range around it, -1 if there is none
	elsewhere  bool  // it is written in a compiled module: from and to are where that is asked for
}

// Elsewhere tells whether a range of the text is written in none of the Bicep
// files, but in a compiled module.
func (m *Map) Elsewhere(start, end int) bool {
	i := m.around(start, end)
	return i >= 0 && m.list[i].elsewhere
}

// around is the smallest piece around a range of the text, -1 if there is none.
func (m *Map) around(start, end int) int {
	i := sort.Search(len(m.list), func(i int) bool { return int(m.list[i].start) > start }) - 1
	for i >= 0 && int(m.list[i].end) < end {
		i = int(m.list[i].parent)
	}
	return i
}

// Origin returns the positions that a range of the text comes from: those of
// the smallest piece around it, and of a part of a literal those of that part.
// They are 0 if nothing is known. The function returns what is written between
// two positions.
func (m *Map) Origin(start, end int, written func(from, to token.Pos) string) (from, to token.Pos) {
	i := m.around(start, end)
	if i < 0 {
		return 0, 0
	}
	p := m.list[i]
	if quote := m.text[p.start]; int(p.start) == start && int(p.end) == end || quote != '"' && quote != '\'' {
		return p.from, p.to
	}
	rendered := string(m.text[p.start:p.end])
	if a, b, ok := narrow(rendered, written(p.from, p.to), start-int(p.start), end-int(p.start)); ok {
		return p.from + token.Pos(a), p.from + token.Pos(b)
	}
	return p.from, p.to
}

type renderer struct {
	b      []byte
	m      *Map
	parent int32
}

// piece writes something whose place is known.
func (r *renderer) piece(from, to token.Pos, write func()) {
	outer, i := r.parent, len(r.m.list)
	r.m.list = append(r.m.list, mapping{start: int32(len(r.b)), from: from, to: to, parent: outer})
	r.parent = int32(i)
	write()
	r.m.list[i].end = int32(len(r.b))
	r.parent = outer
}

func (r *renderer) tree(t template.Tree, line string) {
	from, to := t.Span()
	i := len(r.m.list)
	r.piece(from, to, func() { r.content(t, line) })
	_, r.m.list[i].elsewhere = t.(pinned)
}

func (r *renderer) content(t template.Tree, line string) {
	if p, ok := t.(pinned); ok {
		if j, ok := p.Tree.(*template.JSON); ok { // all of it comes from one place
			r.b = append(r.b, j.N.Source()...)
			return
		}
	}
	if p, ok := t.(template.Parsed); ok {
		if n, err := p.Expression(); n != nil && err == nil {
			r.b = append(r.b, `"[`...)
			r.expr(n, p)
			r.b = append(r.b, `]"`...)
			return
		}
	}
	switch t.Kind() {
	case template.True:
		r.b = append(r.b, "true"...)
	case template.False:
		r.b = append(r.b, "false"...)
	case template.Number:
		r.b = append(r.b, t.Text()...)
	case template.String:
		r.quoted(t.Text())
	case template.Array:
		r.array(t, line)
	case template.Object:
		r.object(t, line)
	default:
		r.b = append(r.b, "null"...)
	}
}

func (r *renderer) array(t template.Tree, line string) {
	if t.Len() == 0 {
		r.b = append(r.b, "[]"...)
		return
	}
	sep := byte('[')
	t.Elements(func(v template.Tree) bool {
		r.b = append(append(append(r.b, sep), line...), "  "...)
		r.tree(v, line+"  ")
		sep = ','
		return true
	})
	r.b = append(append(r.b, line...), ']')
}

func (r *renderer) object(t template.Tree, line string) {
	if t.Len() == 0 {
		r.b = append(r.b, "{}"...)
		return
	}
	sep, i := byte('{'), 0
	t.Members(func(key string, at token.Pos, v template.Tree) bool {
		r.b = append(append(append(r.b, sep), line...), "  "...)
		r.piece(at, keyEnd(t, i, key, at), func() { r.quoted(key) })
		i++
		r.b = append(r.b, ": "...)
		r.tree(v, line+"  ")
		sep = ','
		return true
	})
	r.b = append(append(r.b, line...), '}')
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

// expr writes an expression within a JSON string.
func (r *renderer) expr(n *expr.Node, p template.Parsed) {
	r.piece(p.Offset(n.Start), p.Offset(n.End), func() {
		switch n.Kind {
		case expr.String:
			r.b = append(r.b, '\'')
			r.escape(strings.ReplaceAll(n.Text, "'", "''"))
			r.b = append(r.b, '\'')
		case expr.Int:
			r.b = strconv.AppendInt(r.b, n.Int, 10)
		case expr.Bool:
			r.b = append(strconv.AppendBool(r.b, n.Int != 0), "()"...)
		case expr.Null:
			r.b = append(r.b, "null()"...)
		case expr.Call:
			r.name(n, p)
			r.arguments(n, p)
		case expr.Array:
			r.b = append(r.b, "createArray"...)
			r.arguments(n, p)
		case expr.Object:
			r.b = append(r.b, "createObject"...)
			r.arguments(n, p)
		case expr.Property:
			r.expr(n.Args[0], p)
			r.b = append(r.b, '.')
			r.name(n, p)
		case expr.Index:
			r.expr(n.Args[0], p)
			r.b = append(r.b, '[')
			r.expr(n.Args[1], p)
			r.b = append(r.b, ']')
		}
	})
}

// name writes the name of a property or function. If it does not stand behind
// something in the source, it is taken to be part of the whole.
func (r *renderer) name(n *expr.Node, p template.Parsed) {
	if n.NameStart == n.Start {
		r.b = append(r.b, n.Text...)
		return
	}
	at := p.Offset(n.NameStart)
	r.piece(at, at+token.Pos(len(n.Text)), func() { r.b = append(r.b, n.Text...) })
}

// arguments writes what stands behind the name of a function.
func (r *renderer) arguments(n *expr.Node, p template.Parsed) {
	r.b = append(r.b, '(')
	for i, a := range n.Args {
		if i > 0 {
			r.b = append(r.b, ", "...)
		}
		r.expr(a, p)
	}
	r.b = append(r.b, ')')
}

func (r *renderer) quoted(s string) {
	r.b = append(r.b, '"')
	r.escape(s)
	r.b = append(r.b, '"')
}

// escape writes text within a JSON string.
func (r *renderer) escape(s string) {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			r.b = append(r.b, '\\', c)
		case c == '\n':
			r.b = append(r.b, `\n`...)
		case c == '\r':
			r.b = append(r.b, `\r`...)
		case c == '\t':
			r.b = append(r.b, `\t`...)
		case c < 0x20:
			r.b = append(r.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			r.b = append(r.b, c)
		default:
			v, n := utf8.DecodeRuneInString(s[i:])
			r.b = utf8.AppendRune(r.b, v)
			i += n
			continue
		}
		i++
	}
}
