package abac

import "strings"

// maxDepth is how many parentheses and negations may stand in each other.
const maxDepth = 200

// Error says what is wrong with a condition.
type Error struct {
	Span           // the offending text; at the end of the condition it is empty
	Message string // in lower case and without a final period
	Sure    bool   // false if it may be due to a hole, or to what is not documented
}

func (e *Error) Error() string { return e.Message }

// Parse reads a condition.
func Parse(condition string) (Expr, *Error) {
	p := parser{lexer: lexer{in: condition}}
	p.advance()
	e := p.chain()
	if p.err == nil && p.tok.kind != end {
		p.fail("AND or OR")
	}
	if p.err != nil {
		return nil, p.err
	}
	return e, nil
}

type parser struct {
	lexer
	tok   token
	last  int // where the token before ends
	depth int
	err   *Error
}

func (p *parser) advance() {
	p.last = p.tok.End
	p.tok = p.next()
}

// fail keeps the first error: what was expected, or what is bad about the
// token that stands there. Behind it there is nothing more to read.
func (p *parser) fail(expected string) {
	if p.err != nil {
		return
	}
	message := "expected " + expected + ", found " + p.found()
	if p.tok.kind == bad {
		message = p.tok.text
	}
	p.stop(p.tok.Span, message, true)
}

// stop reports an error. What a hole holds may be the cause if there is one in
// what was read so far, or right behind it.
func (p *parser) stop(at Span, message string, sure bool) {
	if p.err == nil {
		read := p.in[:min(p.tok.End+1, len(p.in))]
		p.err = &Error{at, message, sure && !p.doubtful && strings.IndexByte(read, Hole) < 0}
	}
	p.at = len(p.in)
	p.tok = token{Span: Span{p.at, p.at}}
}

func (p *parser) found() string {
	if p.tok.kind == end {
		return "the end"
	}
	s := p.in[p.tok.Start:p.tok.End]
	if len(s) > 40 || strings.ContainsAny(s, "\r\n") {
		return "other text"
	}
	return "'" + strings.ReplaceAll(s, string(Hole), "…") + "'"
}

// enter guards the recursion.
func (p *parser) enter() bool {
	if p.depth++; p.depth > maxDepth {
		p.stop(p.tok.Span, "the parentheses nest too deeply", false)
		return false
	}
	return true
}

func (p *parser) chain() Expr {
	start := p.tok.Start
	first := p.term()
	if p.tok.kind != and && p.tok.kind != or {
		return first
	}
	c := &Chain{Terms: []Expr{first}}
	for p.tok.kind == and || p.tok.kind == or {
		c.Ops = append(c.Ops, Logic{p.tok.Span, p.tok.kind == or})
		p.advance()
		c.Terms = append(c.Terms, p.term())
	}
	c.Span = Span{start, p.last}
	return c
}

func (p *parser) term() Expr {
	if !p.enter() {
		return nil
	}
	defer func() { p.depth-- }()
	start := p.tok.Start
	switch {
	case p.tok.kind == not:
		p.advance()
		x := p.term()
		return &Not{Span{start, p.last}, x}
	case p.tok.kind == open:
		return p.group()
	case p.tok.kind == word && strings.EqualFold(p.tok.text, "Exists"):
		p.advance()
		a := p.attribute()
		return &Exists{Span{start, p.last}, a}
	case p.tok.kind == word && p.opensSet():
		return p.function()
	}
	return p.compare()
}

// opensSet tells whether a brace stands behind the token.
func (p *parser) opensSet() bool {
	rest := strings.TrimLeft(p.in[p.tok.End:], " \t\r\n")
	return strings.HasPrefix(rest, "{")
}

func (p *parser) group() Expr {
	start := p.tok.Span
	p.advance()
	x := p.chain()
	if p.tok.kind == end && p.err == nil {
		p.stop(start, "the parenthesis is not closed", true)
	}
	p.expect(closed, "AND, OR or ')'")
	return &Group{Span{start.Start, p.last}, x}
}

func (p *parser) expect(k kind, what string) {
	if p.tok.kind != k {
		p.fail(what)
		return
	}
	p.advance()
}

// function reads a name with a set behind it.
func (p *parser) function() Expr {
	name := p.tok
	p.advance()
	set := p.set()
	span := Span{name.Start, p.last}
	m := &Matches{Span: span, SubOperation: strings.EqualFold(name.text, "SubOperationMatches")}
	if !m.SubOperation && !strings.EqualFold(name.text, "ActionMatches") {
		return &Unknown{span, p.in[span.Start:span.End]}
	}
	for _, e := range set.Elements {
		l, ok := e.(*Literal)
		if !ok {
			p.stop(e.At(), "expected the pattern of an action in quotes", true)
			return m
		}
		m.Patterns = append(m.Patterns, l)
	}
	if len(m.Patterns) == 0 {
		p.stop(set.Span, "expected the pattern of an action in quotes", true)
	}
	return m
}

func (p *parser) attribute() *Attribute {
	if p.tok.kind != attribute {
		p.fail("an attribute such as @Request[…]")
		return nil
	}
	a := &Attribute{p.tok.Span, p.tok.head, p.tok.text}
	if i, ok := spelled(sources, a.Source); ok {
		a.Source = sources[i]
	}
	p.advance()
	return a
}

// compare reads a comparison, or a value on its own, of which the meaning is
// not known.
func (p *parser) compare() Expr {
	start := p.tok.Start
	left := p.operand("an expression")
	if p.tok.kind != word {
		return p.unknown(start)
	}
	op := newOperator(p.tok)
	p.advance()
	if !op.Known && !p.atOperand() {
		return p.unknown(start)
	}
	right := p.operand("a value behind '" + strings.ReplaceAll(op.Text, string(Hole), "…") + "'")
	return &Compare{Span{start, p.last}, left, op, right}
}

func (p *parser) atOperand() bool {
	switch p.tok.kind {
	case attribute, text, word, openSet:
		return true
	}
	return false
}

func (p *parser) operand(what string) Operand {
	if p.tok.kind == openSet {
		return p.set()
	}
	return p.value(what)
}

// value reads an operand that is no set.
func (p *parser) value(what string) Operand {
	t := p.tok
	switch t.kind {
	case attribute:
		return p.attribute()
	case text:
		p.advance()
		return &Literal{t.Span, t.text, p.in[t.Start]}
	case word:
		p.advance()
		return &Literal{Span: t.Span, Text: t.text}
	}
	p.fail(what)
	return &Literal{}
}

func (p *parser) set() *Set {
	start := p.tok.Span
	p.advance()
	s := &Set{}
	for p.tok.kind != closedSet && p.err == nil {
		if p.tok.kind == end {
			p.stop(start, "the set is not closed", true)
			break
		}
		s.Elements = append(s.Elements, p.value("a value"))
		if p.tok.kind == comma {
			p.advance()
			if p.tok.kind == closedSet {
				p.fail("a value")
			}
		} else if p.tok.kind != closedSet && p.tok.kind != end {
			p.fail("a comma or '}'")
		}
	}
	p.advance()
	s.Span = Span{start.Start, p.last}
	return s
}

func (p *parser) unknown(start int) Expr {
	return &Unknown{Span{start, p.last}, p.in[start:max(p.last, start)]}
}
