package bicep

import "github.com/rolecall/rolecall/parser/bicep/syntax"

// names is a scope: names in front of those of the outer scopes.
type names struct {
	outer *names
	list  []*symbol
	find  map[string]*resource // nested resources
}

func (s *names) lookup(name string) *symbol {
	for ; s != nil; s = s.outer {
		for _, sym := range s.list {
			if sym.name == name {
				return sym
			}
		}
		if r := s.find[name]; r != nil {
			return r.sym
		}
	}
	return nil
}

type binder struct {
	m *model
}

// bind resolves every name that is used in the file.
func (m *model) bind() {
	m.uses = map[*syntax.Variable]*symbol{}
	b := binder{m}
	for _, s := range m.file.Statements {
		b.decorators(s.Decorated(), nil)
		switch s := s.(type) {
		case *syntax.Param:
			b.expr(s.Value, nil)
		case *syntax.Var:
			b.expr(s.Value, nil)
		case *syntax.Output:
			b.expr(s.Value, nil)
		case *syntax.Metadata:
			b.expr(s.Value, nil)
		case *syntax.Assert:
			b.expr(s.Value, nil)
		case *syntax.Extension:
			b.expr(s.Config, nil)
		case *syntax.Func:
			scope := &names{}
			for _, p := range s.Params {
				scope.list = append(scope.list, &symbol{kind: symArgument, name: p.Name.Text, m: m})
			}
			b.expr(s.Body, scope)
		case *syntax.Resource:
			b.resource(m.globals[s.Name.Text], s, s.Body, nil)
		case *syntax.Module:
			b.expr(s.Body, nil)
		case *syntax.Using:
			b.expr(s.With, nil)
		}
	}
}

func (b binder) decorators(list []*syntax.Decorator, scope *names) {
	for _, d := range list {
		for _, a := range d.Call.Args {
			b.expr(a, scope)
		}
	}
}

// resource binds the body of a resource, in which its children are visible.
func (b binder) resource(sym *symbol, s *syntax.Resource, body syntax.Expr, scope *names) {
	if sym == nil || sym.res == nil || sym.res.decl != s {
		b.expr(body, scope) // a name that is declared twice
		return
	}
	b.decorators(s.Decorators, scope)
	b.expr(body, &names{outer: scope, find: sym.res.children})
}

func (b binder) expr(e syntax.Expr, scope *names) {
	switch e := e.(type) {
	case nil:
		return
	case *syntax.Variable:
		sym := scope.lookup(e.Name)
		if sym == nil {
			sym = b.m.globals[e.Name]
		}
		if sym != nil {
			b.m.uses[e] = sym
		}
		return
	case *syntax.For:
		b.expr(e.List, scope)
		in := &names{outer: scope, list: []*symbol{{kind: symItem, name: e.Item.Text, m: b.m, loop: e}}}
		if e.Counter != nil {
			in.list = append(in.list, &symbol{kind: symCounter, name: e.Counter.Text, m: b.m, loop: e})
		}
		b.expr(e.Body, in)
		return
	case *syntax.Lambda:
		b.lambda(e, scope, nil)
		return
	case *syntax.Call:
		b.call(e, scope)
		return
	case *syntax.Object:
		b.children(e, scope)
	}
	syntax.Children(e, func(x syntax.Expr) { b.expr(x, scope) })
}

func (b binder) children(o *syntax.Object, scope *names) {
	for _, c := range o.Children {
		if scope != nil && scope.find[c.Name.Text] != nil {
			b.resource(scope.find[c.Name.Text].sym, c, c.Body, scope)
		}
	}
}

// call binds a call; the parameters of lambdas know which call they belong to.
func (b binder) call(e *syntax.Call, scope *names) {
	b.expr(e.Base, scope)
	for _, a := range e.Args {
		if l, ok := a.(*syntax.Lambda); ok {
			b.lambda(l, scope, e)
			continue
		}
		b.expr(a, scope)
	}
}

func (b binder) lambda(e *syntax.Lambda, scope *names, call *syntax.Call) {
	in := &names{outer: scope}
	for _, p := range e.Params {
		sym := &symbol{kind: symLambda, name: p.Text, m: b.m}
		b.m.lambdas[sym] = call
		in.list = append(in.list, sym)
	}
	b.expr(e.Body, in)
}
