package syntax

// typeExpr reads a type, which may be a union.
func (p *parser) typeExpr() Type {
	p.enter()
	defer p.leave()
	start := p.start()
	if p.at(NewLine) && p.ahead() == Pipe {
		p.next()
	}
	lead := p.accept(Pipe)
	members := []Type{p.typePostfix()}
	for p.at(Pipe) || p.at(NewLine) && p.ahead() == Pipe {
		p.accept(NewLine)
		p.next()
		members = append(members, p.typePostfix())
	}
	if len(members) == 1 && !lead {
		return members[0]
	}
	return &TypeUnion{p.since(start), members}
}

func (p *parser) typePostfix() Type {
	start := p.start()
	t := p.typePrimary()
	for n := 0; ; n++ {
		if n > MaxDepth {
			p.fail("more than %d accesses in a row", MaxDepth)
		}
		switch p.kind() {
		case Question:
			p.next()
			t = &TypeNullable{p.since(start), t, false}
		case Exclamation:
			p.next()
			t = &TypeNullable{p.since(start), t, true}
		case LeftSquare:
			t = p.typeBrackets(t, start)
		case Dot:
			p.next()
			if p.accept(Asterisk) {
				t = &TypeItem{p.since(start), t, AnyProperty}
				continue
			}
			name := p.name("a property name")
			if p.at(LeftChevron) && name.Text[:min(8, len(name.Text))] == "resource" {
				t = p.typeOfResource(start, name.Text)
				continue
			}
			t = &TypeName{p.since(start), t, name.Text}
		default:
			return t
		}
	}
}

func (p *parser) typeBrackets(t Type, start int32) Type {
	p.next()
	switch {
	case p.accept(RightSquare):
		return &TypeArray{p.since(start), t}
	case p.accept(Asterisk):
		p.expect(RightSquare, "]")
		return &TypeItem{p.since(start), t, AnyElement}
	case p.at(StringComplete):
		s := p.plainString("a property name")
		p.expect(RightSquare, "]")
		return &TypeName{p.since(start), t, s.Parts[0]}
	case !p.at(Integer):
		p.fail("], * or the number of an item is expected here, not %s", p.what())
	}
	n := p.primary().(*Int)
	p.expect(RightSquare, "]")
	return &TypeItem{p.since(start), t, int64(n.Value & 0x7fffffff)}
}

func (p *parser) typePrimary() Type {
	t := p.toks[p.i]
	switch t.Kind {
	case Identifier:
		p.next()
		if p.at(LeftChevron) {
			return p.typeOfResource(t.Start, p.text(t))
		}
		return &TypeName{t.Span, nil, p.text(t)}
	case StringComplete, StringLeftPiece, Integer, TrueKeyword, FalseKeyword, NullKeyword:
		return &TypeLiteral{t.Span, p.primary()}
	case Minus, Exclamation:
		x := p.unary()
		return &TypeLiteral{x.Range(), x}
	case LeftBrace:
		return p.typeObject()
	case LeftSquare:
		return p.typeTuple()
	case LeftParen:
		p.next()
		p.newlines()
		x := p.typeExpr()
		p.newlines()
		p.expect(RightParen, ")")
		return x
	}
	p.fail("a type is expected here, such as string, int, bool, object or array, not %s", p.what())
	return nil
}

// typeOfResource reads <'T@v'> behind a name.
func (p *parser) typeOfResource(start int32, kind string) Type {
	p.next()
	p.newlines()
	of := p.plainString("a resource type")
	p.newlines()
	p.expect(RightChevron, ">")
	return &TypeResource{p.since(start), kind, of}
}

func (p *parser) typeObject() Type {
	o := &TypeObject{}
	start := p.start()
	p.next()
	p.list(RightBrace, func() { o.Fields = append(o.Fields, p.typeField(true)) })
	o.Span = p.since(start)
	return o
}

func (p *parser) typeTuple() Type {
	t := &TypeTuple{}
	start := p.start()
	p.next()
	p.list(RightSquare, func() { t.Items = append(t.Items, p.typeField(false)) })
	t.Span = p.since(start)
	return t
}

func (p *parser) typeField(named bool) *TypeField {
	start := p.start()
	f := &TypeField{Decorators: p.decorators()}
	if named {
		p.fieldName(f)
		p.expect(Colon, "the : behind the property name")
	}
	f.Type = p.typeExpr()
	f.Span = p.since(start)
	return f
}

func (p *parser) fieldName(f *TypeField) {
	switch t := p.toks[p.i]; t.Kind {
	case Asterisk:
		p.next()
		f.Rest, f.Name = true, Name{t.Span, "*"}
	case StringComplete:
		s := p.plainString("a name")
		f.Name = Name{s.Span, s.Parts[0]}
	case Identifier, TrueKeyword, FalseKeyword, NullKeyword:
		p.next()
		f.Name = Name{t.Span, p.text(t)}
	default:
		p.fail("a property name, * or } is expected here, not %s", p.what())
	}
}
