package syntax

func (p *parser) statement() Statement {
	h := head{Decorators: p.decorators()}
	start := p.start()
	if len(h.Decorators) > 0 {
		start = h.Decorators[0].Start
	}
	s, into := p.declaration()
	h.Span = p.since(start)
	*into = h
	return s
}

// decorators reads lines that begin with @.
func (p *parser) decorators() []*Decorator {
	var out []*Decorator
	for p.at(At) {
		start := p.start()
		p.next()
		at := p.toks[p.i].Span
		call, ok := p.postfix().(*Call)
		if !ok {
			p.failAt(at, "a decorator is a call such as @description('…')")
		}
		out = append(out, &Decorator{p.since(start), call})
		if !p.newlines() {
			p.fail("a decorator stands on a line of its own; begin a new line before %s", p.what())
		}
	}
	return out
}

// declaration reads the statement behind its decorators; the head is filled in
// by the caller.
func (p *parser) declaration() (Statement, *head) {
	if !p.at(Identifier) {
		p.fail("a declaration is expected here, such as param, var, resource, module or output, not %s", p.what())
	}
	word := p.text(p.toks[p.i])
	p.next()
	if p.params {
		if s, h := p.parameterStatement(word); s != nil {
			return s, h
		}
	}
	switch word {
	case "targetScope":
		s := &TargetScope{}
		s.Value = p.assigned()
		return s, &s.head
	case "metadata":
		s := &Metadata{Name: p.name("a name")}
		s.Value = p.assigned()
		return s, &s.head
	case "param":
		s := p.param()
		return s, &s.head
	case "var":
		s := &Var{Name: p.name("the variable's name")}
		if !p.at(Assignment) {
			s.Type = p.typeExpr()
		}
		s.Value = p.assigned()
		return s, &s.head
	case "type":
		s := &TypeDecl{Name: p.name("the type's name")}
		p.expect(Assignment, "=")
		s.Value = p.typeExpr()
		return s, &s.head
	case "func":
		s := p.function()
		return s, &s.head
	case "resource":
		s := p.resource()
		return s, &s.head
	case "module", "test":
		s := &Module{Name: p.name("the " + word + "'s symbolic name"), Test: word == "test"}
		s.Path = p.plainString("the path of the " + word)
		s.Body = p.body()
		return s, &s.head
	case "output":
		s := &Output{Name: p.name("the output's name")}
		s.Type = p.declaredType()
		s.Value = p.assigned()
		return s, &s.head
	case "import":
		return p.importing()
	case "extension":
		s := p.extension()
		return s, &s.head
	case "assert":
		s := &Assert{Name: p.name("a name")}
		s.Value = p.assigned()
		return s, &s.head
	}
	p.i--
	p.fail("'%s' begins no declaration; there are param, var, type, func, resource, module, output, import, extension, metadata and targetScope", word)
	return nil, nil
}

// parameterStatement reads what only parameter files have.
func (p *parser) parameterStatement(word string) (Statement, *head) {
	switch word {
	case "using":
		s := &Using{}
		if p.word("none") {
			p.next()
		} else {
			s.From = p.plainString("the path of the template")
		}
		s.With = p.with()
		return s, &s.head
	case "extends":
		s := &Extends{From: p.plainString("the path of a parameter file")}
		return s, &s.head
	case "extensionConfig":
		s := &ExtensionConfig{Name: p.name("the extension's alias")}
		s.With = p.with()
		return s, &s.head
	case "param":
		s := &Param{Name: p.name("the parameter's name")}
		s.Value = p.assigned()
		return s, &s.head
	}
	return nil, nil
}

func (p *parser) with() Expr {
	if !p.word("with") {
		return nil
	}
	p.next()
	return p.expr()
}

// assigned reads = and an expression.
func (p *parser) assigned() Expr {
	p.expect(Assignment, "=")
	return p.expr()
}

func (p *parser) param() *Param {
	s := &Param{Name: p.name("the parameter's name")}
	s.Type = p.declaredType()
	if p.at(Assignment) {
		s.Value = p.assigned()
	}
	return s
}

// declaredType reads the type of a parameter or an output.
func (p *parser) declaredType() Type {
	if p.word("resource") && (p.ahead() == StringComplete) {
		start := p.start()
		p.next()
		of := p.plainString("a resource type")
		return &TypeResource{p.since(start), "resource", of}
	}
	return p.typeExpr()
}

func (p *parser) function() *Func {
	s := &Func{Name: p.name("the function's name")}
	p.expect(LeftParen, "(")
	p.newlines()
	for !p.at(RightParen) {
		start := p.start()
		f := &TypeField{Name: p.name("a parameter's name")}
		f.Type = p.typeExpr()
		f.Span = p.since(start)
		s.Params = append(s.Params, f)
		p.newlines()
		if !p.accept(Comma) {
			break
		}
		p.newlines()
	}
	p.expect(RightParen, ") or a comma")
	s.Result = p.typeExpr()
	p.expect(Arrow, "=>")
	p.newlines()
	s.Body = p.expr()
	return s
}

func (p *parser) resource() *Resource {
	s := &Resource{Name: p.name("the resource's symbolic name")}
	if p.at(StringLeftPiece) {
		p.fail("the type of a resource is a plain string, without ${…}")
	}
	s.Type = p.plainString("the type of the resource, such as 'Microsoft.Storage/storageAccounts@2023-05-01',")
	if p.word("existing") {
		p.next()
		s.Existing = true
	}
	s.Body = p.body()
	return s
}

// body reads = and the body of a resource or a module.
func (p *parser) body() Expr {
	p.expect(Assignment, "=")
	p.newlines()
	switch {
	case p.word("if"):
		return p.condition()
	case p.at(LeftSquare):
		return p.loop(p.declared)
	}
	return p.declared()
}

// declared reads the object that declares a resource, after an if or not.
func (p *parser) declared() Expr {
	if p.word("if") {
		return p.condition()
	}
	if !p.at(LeftBrace) {
		p.fail("{, 'if (…)' or '[for …]' is expected here, not %s", p.what())
	}
	return p.object(true)
}

func (p *parser) condition() Expr {
	start := p.start()
	p.next()
	if !p.at(LeftParen) {
		p.fail("the condition of an if stands in parentheses, not %s", p.what())
	}
	cond := p.primary()
	if !p.at(LeftBrace) {
		p.fail("{ is expected here, not %s", p.what())
	}
	body := p.object(true)
	return &If{p.since(start), cond, body}
}

func (p *parser) importing() (Statement, *head) {
	if p.at(StringComplete) { // the old spelling of extension
		s := p.extension()
		return s, &s.head
	}
	s := &Import{}
	if p.accept(Asterisk) {
		p.expectWord("as")
		as := p.name("a name")
		s.As = &as
	} else {
		s.Items = p.importItems()
	}
	p.expectWord("from")
	s.From = p.plainString("the path to import from")
	return s, &s.head
}

func (p *parser) importItems() []*ImportItem {
	out := []*ImportItem{}
	p.expect(LeftBrace, "{ or *")
	p.list(RightBrace, func() {
		start := p.start()
		var n Name
		if p.at(StringComplete) {
			s := p.plainString("a name")
			n = Name{s.Span, s.Parts[0]}
		} else {
			n = p.name("the name of what is imported")
		}
		i := &ImportItem{Name: n, As: n}
		if p.word("as") {
			p.next()
			i.As = p.name("a name")
		}
		i.Span = p.since(start)
		out = append(out, i)
	})
	return out
}

func (p *parser) extension() *Extension {
	s := &Extension{}
	if p.at(Identifier) {
		n := p.name("a name")
		s.Spec = &String{n.Span, []string{n.Text}, nil}
	} else {
		s.Spec = p.plainString("the name of an extension")
	}
	s.Config = p.with()
	if p.word("as") {
		p.next()
		as := p.name("an alias")
		s.As = &as
	}
	return s
}

// list reads items up to the closing token; between two items stand line
// breaks or one comma.
func (p *parser) list(end Kind, item func()) {
	p.enter()
	defer p.leave()
	p.newlines()
	for !p.at(end) {
		item()
		switch {
		case p.newlines():
		case p.accept(Comma):
			if p.at(NewLine) {
				p.i-- // at the comma
				p.fail("a comma at the end of a line is not allowed; items on lines of their own need none")
			}
		case !p.at(end):
			p.fail("a line break, a comma or %s is expected here, not %s", closing(end), p.what())
		}
	}
	p.next()
}

func closing(k Kind) string {
	if k == RightBrace {
		return "}"
	}
	return "]"
}
