package bicep

import (
	"math"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
)

// What follows builds nodes of expressions at a place.

func (p place) expr(k expr.Kind) *expr.Node {
	return &expr.Node{Kind: k, Start: int32(p.start), End: int32(p.end), NameStart: int32(p.start)}
}

//go:noinline // called from a hundred places
func (p place) call(name string, args ...*expr.Node) *expr.Node {
	n := p.expr(expr.Call)
	n.Text, n.Args = name, args
	return n
}

//go:noinline // called from many places
func (p place) lit(s string) *expr.Node {
	n := p.expr(expr.String)
	n.Text = s
	return n
}

func (p place) int(v int64) *expr.Node {
	if v > math.MaxInt32 || v < math.MinInt32 {
		return p.call("json", p.lit(strconv.FormatInt(v, 10)))
	}
	n := p.expr(expr.Int)
	n.Int = v
	return n
}

func (p place) boolean(b bool) *expr.Node {
	n := p.expr(expr.Bool)
	if b {
		n.Int = 1
	}
	return n
}

func (p place) null() *expr.Node { return p.expr(expr.Null) }

// property is base.name.
func (p place) property(base *expr.Node, name string) *expr.Node {
	n := p.expr(expr.Property)
	if !plainName(name) {
		n.Kind, n.Args = expr.Index, []*expr.Node{based(base), p.lit(name)}
		return n
	}
	n.Text, n.Args = name, []*expr.Node{based(base)}
	return n
}

func (p place) index(base, i *expr.Node) *expr.Node {
	if i.Kind == expr.String {
		return p.property(base, i.Text)
	}
	n := p.expr(expr.Index)
	n.Args = []*expr.Node{based(base), i}
	return n
}

// based is a base of an access: a literal needs a function around it.
func based(n *expr.Node) *expr.Node {
	p := placeOf(n)
	switch n.Kind {
	case expr.String:
		return p.call("string", n)
	case expr.Int:
		return p.call("int", n)
	}
	return n
}

func placeOf(n *expr.Node) place { return place{pos(n.Start), pos(n.End)} }

// plainName tells whether .name can be written.
func plainName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// format is a call of format() over texts and what stands between them.
func (p place) format(texts []string, args []*expr.Node) *expr.Node {
	var b strings.Builder
	for i, t := range texts {
		if i > 0 {
			b.WriteString("{" + strconv.Itoa(i-1) + "}")
		}
		b.WriteString(doubled(t))
	}
	return p.call("format", append([]*expr.Node{p.lit(b.String())}, args...)...)
}

// doubled is a text as format() takes it.
func doubled(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "{", "{{"), "}", "}}")
}

// joined is a format() of segments with slashes between them.
func (p place) joined(segments []*expr.Node) *expr.Node {
	texts := make([]string, len(segments)+1)
	for i := 1; i < len(segments); i++ {
		texts[i] = "/"
	}
	return p.format(texts, segments)
}
