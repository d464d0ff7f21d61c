package syntax

import "strconv"

func (p *parser) expr() Expr {
	p.enter()
	defer p.leave()
	start := p.start()
	cond := p.binary(0)
	if p.at(NewLine) && p.ahead() == Question {
		p.next()
	}
	if !p.accept(Question) {
		return cond
	}
	then := p.expr()
	if p.at(NewLine) && p.ahead() == Colon {
		p.next()
	}
	p.expect(Colon, "the : of the condition before")
	els := p.expr()
	return &Ternary{p.since(start), cond, then, els}
}

// precedence of the binary operators; 0 is none.
func precedence(k Kind) int {
	switch k {
	case DoubleQuestion:
		return 1
	case LogicalOr:
		return 2
	case LogicalAnd:
		return 3
	case Equals, NotEquals, EqualsInsensitive, NotEqualsInsensitive:
		return 4
	case LeftChevron, LessThanOrEqual, RightChevron, GreaterThanOrEqual:
		return 5
	case Plus, Minus:
		return 6
	case Asterisk, Slash, Modulo:
		return 7
	}
	return 0
}

func (p *parser) binary(above int) Expr {
	start := p.start()
	l := p.unary()
	for n := 0; ; n++ {
		op := p.kind()
		prec := precedence(op)
		if prec <= above {
			return l
		}
		if n > MaxDepth {
			p.fail("more than %d operators in a row", MaxDepth)
		}
		p.next()
		r := p.binary(prec)
		l = &Binary{p.since(start), op, l, r}
	}
}

func (p *parser) unary() Expr {
	if !p.at(Exclamation) && !p.at(Minus) {
		return p.postfix()
	}
	start := p.start()
	op := p.next().Kind
	x := p.postfix()
	return &Unary{p.since(start), op, x}
}

// postfix reads a primary expression and the accesses behind it.
func (p *parser) postfix() Expr {
	start := p.start()
	x := p.primary()
	for n := 0; ; n++ {
		if n > MaxDepth {
			p.fail("more than %d accesses in a row", MaxDepth)
		}
		switch p.kind() {
		case Dot:
			x = p.property(x, start)
		case LeftSquare:
			x = p.index(x, start)
		case DoubleColon:
			p.next()
			name := p.name("the name of a nested resource")
			x = &Nested{p.since(start), x, name}
		case Exclamation:
			p.next()
			x = &NonNull{p.since(start), x}
		default:
			return x
		}
	}
}

func (p *parser) property(base Expr, start int32) Expr {
	p.next()
	safe := p.accept(Question)
	if k := p.kind(); k == TrueKeyword || k == FalseKeyword || k == NullKeyword {
		p.fail("%s is a keyword; write ['%s'] for the property", p.what(), p.text(p.toks[p.i]))
	}
	name := p.name("a property name")
	if !safe && p.at(LeftParen) {
		args := p.arguments()
		return &Call{p.since(start), base, name, args}
	}
	return &Property{p.since(start), base, name, safe}
}

func (p *parser) index(base Expr, start int32) Expr {
	p.next()
	safe := p.accept(Question)
	end := p.accept(Hat)
	if p.at(RightSquare) {
		p.fail("an index or a property name in quotes is expected between the brackets")
	}
	i := p.expr()
	p.expect(RightSquare, "]")
	return &Index{p.since(start), base, i, safe, end}
}

func (p *parser) primary() Expr {
	t := p.toks[p.i]
	switch t.Kind {
	case Integer:
		p.next()
		v, err := strconv.ParseUint(p.text(t), 10, 64)
		if err != nil {
			p.failAt(t.Span, "%s is too large for an integer of 64 bits", p.text(t))
		}
		return &Int{t.Span, v}
	case TrueKeyword, FalseKeyword:
		p.next()
		return &Bool{t.Span, t.Kind == TrueKeyword}
	case NullKeyword:
		p.next()
		return &Null{t.Span}
	case StringComplete, StringLeftPiece:
		return p.str()
	case LeftBrace:
		p.outsideHole("an object")
		return p.object(false)
	case LeftSquare:
		if p.forAhead() {
			return p.loop(p.expr)
		}
		p.outsideHole("an array")
		return p.array()
	case LeftParen:
		return p.paren()
	case Identifier:
		return p.named()
	}
	p.fail("a value is expected here, not %s", p.what())
	return nil
}

func (p *parser) outsideHole(what string) {
	if p.hole > 0 {
		p.fail("%s cannot stand inside of ${…}; give it a name with var", what)
	}
}

// forAhead tells whether the bracket at the cursor opens a loop.
func (p *parser) forAhead() bool {
	i := p.i + 1
	for p.toks[i].Kind == NewLine {
		i++
	}
	if p.toks[i].Kind != Identifier || p.text(p.toks[i]) != "for" {
		return false
	}
	k := p.toks[i+1].Kind
	return k == Identifier || k == LeftParen
}

func (p *parser) named() Expr {
	t := p.next()
	name := Name{t.Span, p.text(t)}
	switch {
	case p.at(LeftParen):
		args := p.arguments()
		return &Call{p.since(t.Start), nil, name, args}
	case p.at(Arrow):
		return p.lambda(t.Start, []*Name{&name})
	}
	return &Variable{t.Span, name.Text}
}

func (p *parser) arguments() []Expr {
	p.enter()
	defer p.leave()
	p.next()
	p.newlines()
	var args []Expr
	if p.accept(RightParen) {
		return nil
	}
	for {
		args = append(args, p.expr())
		p.newlines()
		if p.accept(RightParen) {
			return args
		}
		p.expect(Comma, "a comma or )")
		p.newlines()
	}
}

// paren reads (x), or the parameters of a lambda.
func (p *parser) paren() Expr {
	start := p.start()
	if names, ok := p.lambdaParams(); ok {
		return p.lambda(start, names)
	}
	p.enter()
	defer p.leave()
	p.next()
	p.newlines()
	x := p.expr()
	p.newlines()
	p.expect(RightParen, ")")
	return &Paren{p.since(start), x}
}

// lambdaParams reads (a, b) if => follows; else the cursor stays.
func (p *parser) lambdaParams() ([]*Name, bool) {
	mark := p.i
	names := []*Name{}
	p.next()
	for p.newlines(); p.at(Identifier); p.newlines() {
		t := p.next()
		names = append(names, &Name{t.Span, p.text(t)})
		if p.newlines(); !p.accept(Comma) {
			break
		}
	}
	p.newlines()
	if p.accept(RightParen) && p.at(Arrow) {
		return names, true
	}
	p.i = mark
	return nil, false
}

func (p *parser) lambda(start int32, names []*Name) Expr {
	p.next()
	if p.at(NewLine) {
		p.newlines()
	}
	hole := p.hole
	p.hole = 0
	body := p.expr()
	p.hole = hole
	return &Lambda{p.since(start), names, body}
}

// loop reads [for …: body].
func (p *parser) loop(body func() Expr) Expr {
	p.enter()
	defer p.leave()
	l := &For{}
	start := p.start()
	p.next()
	p.newlines()
	p.expectWord("for")
	if p.accept(LeftParen) {
		item := p.name("the loop variable's name")
		p.expect(Comma, "a comma")
		counter := p.name("the name of the index")
		p.expect(RightParen, ")")
		l.Item, l.Counter = &item, &counter
	} else {
		item := p.name("the loop variable's name")
		l.Item = &item
	}
	p.expectWord("in")
	l.List = p.expr()
	p.expect(Colon, ":")
	l.Body = body()
	p.newlines()
	p.expect(RightSquare, "] to end the loop")
	l.Span = p.since(start)
	return l
}

func (p *parser) array() Expr {
	a := &Array{}
	start := p.start()
	p.next()
	p.list(RightSquare, func() {
		at := p.start()
		spread := p.accept(Ellipsis)
		v := p.expr()
		a.Items = append(a.Items, &Item{p.since(at), nil, v, spread})
	})
	a.Span = p.since(start)
	return a
}

// object reads {…}; children says that nested resources may stand in it.
func (p *parser) object(children bool) Expr {
	o := &Object{}
	start := p.start()
	p.next()
	p.list(RightBrace, func() {
		if children && (p.at(At) || p.word("resource") && p.ahead() == Identifier) {
			o.Children = append(o.Children, p.child())
			return
		}
		o.Items = append(o.Items, p.item())
	})
	o.Span = p.since(start)
	return o
}

func (p *parser) child() *Resource {
	start := p.start()
	dec := p.decorators()
	p.expectWord("resource")
	r := p.resource()
	r.head = head{p.since(start), dec}
	return r
}

func (p *parser) item() *Item {
	start := p.start()
	if p.accept(Ellipsis) {
		v := p.expr()
		return &Item{p.since(start), nil, v, true}
	}
	var key *String
	switch t := p.toks[p.i]; t.Kind {
	case Identifier, TrueKeyword, FalseKeyword, NullKeyword:
		p.next()
		key = &String{t.Span, []string{p.text(t)}, nil}
	case StringComplete, StringLeftPiece:
		key = p.str()
	default:
		p.fail("a property name or } is expected here, not %s", p.what())
	}
	p.expect(Colon, "the : behind the property name")
	v := p.expr()
	return &Item{p.since(start), key, v, false}
}

// str reads a string with its holes.
func (p *parser) str() *String {
	start := p.start()
	t := p.next()
	d := decoderOf(p.text(t))
	s := &String{Parts: []string{d.text(t.Kind, p.text(t))}}
	for t.Kind != StringComplete && t.Kind != StringRightPiece {
		p.hole++
		s.Holes = append(s.Holes, p.expr())
		p.hole--
		if !p.at(StringMiddlePiece) && !p.at(StringRightPiece) {
			p.fail("} is expected here, to close the ${, not %s", p.what())
		}
		t = p.next()
		s.Parts = append(s.Parts, d.text(t.Kind, p.text(t)))
	}
	s.Span = p.since(start)
	return s
}
