package expr

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolecall/rolecall/parser/blocks"
)

// Arena hands out nodes in blocks, so that reading an expression costs few
// allocations. The zero Arena is ready. It is not safe for concurrent use.
type Arena struct {
	nodes blocks.Of[Node]
	args  []*Node
	stack []*Node
}

// Reset takes back all nodes, which become invalid.
func (a *Arena) Reset() { a.nodes.Reset() }

// Copy returns a copy of n with room for its arguments, which are not copied.
func (a *Arena) Copy(n *Node) *Node {
	out := a.nodes.Next()
	*out = *n
	out.Args = a.room(len(n.Args))
	return out
}

// list copies the nodes above mark on the argument stack into a block.
func (a *Arena) list(mark int) []*Node {
	out := a.room(len(a.stack) - mark)
	copy(out, a.stack[mark:])
	a.stack = a.stack[:mark]
	return out
}

func (a *Arena) room(n int) []*Node {
	if n == 0 {
		return nil
	}
	if len(a.args) < n {
		a.args = make([]*Node, max(128, n))
	}
	out := a.args[:n:n]
	a.args = a.args[n:]
	return out
}

func (a *Arena) one(n *Node) []*Node {
	a.stack = append(a.stack, n)
	return a.list(len(a.stack) - 1)
}

func (a *Arena) two(n, m *Node) []*Node {
	a.stack = append(a.stack, n, m)
	return a.list(len(a.stack) - 2)
}

type parser struct {
	s     string
	i     int
	end   int // offset of the closing bracket
	depth int
	a     *Arena
	err   *Error
}

// Parse reads the expression in s, a decoded template string of the form
// [Expression] with its brackets. On a syntax error the node is nil.
func Parse(s string, a *Arena) (*Node, *Error) {
	p := parser{s: s, i: 1, end: len(s) - 1, a: a}
	mark := len(a.stack)
	p.space()
	if p.i >= p.end {
		return nil, &Error{0, len(s), "the expression is empty; write \"[[]\" for the text []"}
	}
	n := p.expr()
	p.space()
	if p.err == nil && p.i < p.end {
		p.fail(p.i, p.i+p.width(), fmt.Sprintf("unexpected %s after the end of the expression", p.what()))
	}
	a.stack = a.stack[:mark]
	if p.err != nil {
		return nil, p.err
	}
	return n, nil
}

func (p *parser) fail(start, end int, message string) *Node {
	if p.err == nil {
		p.err = &Error{start, min(end, len(p.s)), message}
	}
	return nil
}

func (p *parser) space() {
	for p.i < p.end {
		switch p.s[p.i] {
		case ' ', '\t', '\r', '\n':
			p.i++
		default:
			return
		}
	}
}

// width is the length in bytes of the character at the cursor.
func (p *parser) width() int {
	if p.i >= len(p.s) {
		return 0
	}
	_, n := utf8.DecodeRuneInString(p.s[p.i:])
	return n
}

// what names the character at the cursor for messages.
func (p *parser) what() string {
	if p.i >= p.end {
		return "end of the expression"
	}
	return strconv.Quote(p.s[p.i : p.i+p.width()])
}

func (p *parser) peek() byte {
	if p.i < p.end {
		return p.s[p.i]
	}
	return 0
}

// expr reads a primary expression and the accesses behind it.
func (p *parser) expr() *Node {
	if p.depth++; p.depth > MaxDepth {
		return p.fail(p.i, p.i+1, fmt.Sprintf("the expression nests more than %d levels", MaxDepth))
	}
	defer func() { p.depth-- }()
	n := p.primary()
	for links := 0; p.err == nil; links++ {
		p.space()
		if links > MaxDepth {
			return p.fail(p.i, p.i+1, fmt.Sprintf("more than %d accesses in a row", MaxDepth))
		}
		switch p.peek() {
		case '.':
			n = p.property(n)
		case '[':
			n = p.index(n)
		default:
			return n
		}
	}
	return nil
}

func (p *parser) primary() *Node {
	p.space()
	switch c := p.peek(); {
	case c == '\'':
		return p.text()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case isIdentStart(c):
		return p.call()
	case c == 0:
		return p.fail(p.i, p.i+1, "the expression ends where a value is expected")
	}
	return p.fail(p.i, p.i+p.width(), "a value is expected here, not "+p.what())
}

func (p *parser) text() *Node {
	start := p.i
	escaped := false
	for i := p.i + 1; ; i++ {
		k := strings.IndexByte(p.s[i:p.end], '\'')
		if k < 0 {
			return p.fail(start, p.end, "the string does not end; close it with '")
		}
		i += k
		if i+1 < p.end && p.s[i+1] == '\'' {
			escaped = true
			i++
			continue
		}
		n := p.a.nodes.Next()
		*n = Node{Kind: String, Start: int32(start), End: int32(i + 1), Text: p.s[start+1 : i]}
		if escaped {
			n.Text = strings.ReplaceAll(n.Text, "''", "'")
		}
		p.i = i + 1
		return n
	}
}

func (p *parser) number() *Node {
	start := p.i
	p.i++
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.i++
	}
	text := p.s[start:p.i]
	if p.peek() == '.' && p.i+1 < p.end && p.s[p.i+1] >= '0' && p.s[p.i+1] <= '9' {
		return p.fail(start, p.i+2, "expressions have no decimal numbers; write json('"+text+".…')")
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return p.fail(start, p.i, "'"+text+"' is not an integer of 64 bits")
	}
	n := p.a.nodes.Next()
	*n = Node{Kind: Int, Start: int32(start), End: int32(p.i), Int: v}
	return n
}

// call reads name(args). A name may have several parts: namespace.function.
func (p *parser) call() *Node {
	start := p.i
	p.ident()
	nameEnd := p.i
	p.space()
	for p.peek() == '.' {
		p.i++
		p.space()
		if !isIdentStart(p.peek()) {
			return p.fail(p.i, p.i+p.width(), "a function name is expected after the dot, not "+p.what())
		}
		p.ident()
		nameEnd = p.i
		p.space()
	}
	name := p.s[start:nameEnd]
	if p.peek() != '(' {
		return p.fail(start, nameEnd, bareWord(name))
	}
	p.i++
	args := p.arguments()
	if p.err != nil {
		return nil
	}
	n := p.a.nodes.Next()
	*n = Node{Kind: Call, Start: int32(start), End: int32(p.i), NameStart: int32(start), Text: name, Args: args}
	return n
}

func bareWord(name string) string {
	switch strings.ToLower(name) {
	case "true", "false", "null":
		return fmt.Sprintf("'%s' alone is no value; write %s()", name, strings.ToLower(name))
	}
	return fmt.Sprintf("'%s' alone is no value; a function needs parentheses and a text needs quotes", name)
}

func (p *parser) arguments() []*Node {
	mark := len(p.a.stack)
	p.space()
	if p.peek() == ')' {
		p.i++
		return nil
	}
	for {
		n := p.expr()
		if p.err != nil {
			return nil
		}
		p.a.stack = append(p.a.stack, n)
		p.space()
		switch p.peek() {
		case ',':
			p.i++
		case ')':
			p.i++
			return p.a.list(mark)
		default:
			p.fail(p.i, p.i+max(1, p.width()), "a comma or ')' is expected here, not "+p.what())
			return nil
		}
	}
}

func (p *parser) property(base *Node) *Node {
	p.i++
	p.space()
	start := p.i
	if !isIdentStart(p.peek()) {
		return p.fail(p.i, p.i+max(1, p.width()), "a property name is expected after the dot, not "+p.what())
	}
	p.ident()
	n := p.a.nodes.Next()
	*n = Node{Kind: Property, Start: base.Start, End: int32(p.i), NameStart: int32(start), Text: p.s[start:p.i], Args: p.a.one(base)}
	return n
}

func (p *parser) index(base *Node) *Node {
	p.i++
	index := p.expr()
	p.space()
	if p.err != nil {
		return nil
	}
	if p.peek() != ']' {
		return p.fail(p.i, p.i+max(1, p.width()), "a ']' is expected here, not "+p.what())
	}
	p.i++
	n := p.a.nodes.Next()
	*n = Node{Kind: Index, Start: base.Start, End: int32(p.i), Args: p.a.two(base, index)}
	return n
}

func (p *parser) ident() {
	p.i++
	for p.i < p.end && isIdentPart(p.s[p.i]) {
		p.i++
	}
}

func isIdentStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$'
}

func isIdentPart(c byte) bool {
	return isIdentStart(c) || c >= '0' && c <= '9' || c == '-'
}
