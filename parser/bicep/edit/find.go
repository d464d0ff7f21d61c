package edit

import "github.com/rolecall/rolecall/parser/bicep/syntax"

// spot is an expression, with the member that it is the value of, if it is.
type spot struct {
	expr syntax.Expr
	item *syntax.Item
}

// find is the expression that fills a span, the outermost of several.
func (f *File) find(s syntax.Span) spot {
	var found spot
	var visit func(spot)
	visit = func(x spot) {
		if x.expr == nil || found.expr != nil {
			return
		}
		r := x.expr.Range()
		switch {
		case r == s:
			found = x
		case r.Start <= s.Start && s.End <= r.End:
			below(x.expr, visit)
		}
	}
	for _, st := range f.tree.Statements {
		visit(spot{expr: bodyOf(st)})
	}
	return found
}

// below calls visit for what is directly below an expression.
func below(e syntax.Expr, visit func(spot)) {
	o, ok := e.(*syntax.Object)
	if !ok {
		syntax.Children(e, func(x syntax.Expr) { visit(spot{expr: x}) })
		return
	}
	for _, i := range o.Items {
		visit(spot{i.Value, i})
	}
	for _, c := range o.Children {
		visit(spot{expr: c.Body})
	}
}

// bodyOf is the expression of a statement, nil if it has none.
func bodyOf(s syntax.Statement) syntax.Expr {
	switch s := s.(type) {
	case *syntax.Param:
		return s.Value
	case *syntax.Var:
		return s.Value
	case *syntax.Resource:
		return s.Body
	case *syntax.Module:
		return s.Body
	case *syntax.Output:
		return s.Value
	}
	return nil
}

// declaration is a resource or a module.
type declaration struct {
	syntax.Span
	name   string
	typ    *syntax.String // or the path of a module
	body   *syntax.Object
	module bool
	locals []string // what its loop calls an item and the counter
	nested bool
}

// declarations are all resources and modules of the file with a body.
func (f *File) declarations(yield func(*declaration) bool) {
	for _, s := range f.tree.Statements {
		switch s := s.(type) {
		case *syntax.Resource:
			if !resources(s, false, yield) {
				return
			}
		case *syntax.Module:
			body, locals := object(s.Body)
			if body != nil && !s.Test && !yield(&declaration{s.Span, s.Name.Text, s.Path, body, true, locals, false}) {
				return
			}
		}
	}
}

// resources yields a resource and those nested in it.
func resources(r *syntax.Resource, nested bool, yield func(*declaration) bool) bool {
	body, locals := object(r.Body)
	if body == nil {
		return true
	}
	if !yield(&declaration{r.Span, r.Name.Text, r.Type, body, false, locals, nested}) {
		return false
	}
	for _, c := range body.Children {
		if !resources(c, true, yield) {
			return false
		}
	}
	return true
}

// object is the object of a body behind its condition and loop, with the names
// that the loop gives.
func object(body syntax.Expr) (o *syntax.Object, locals []string) {
	for {
		switch b := syntax.Bare(body).(type) {
		case *syntax.If:
			body = b.Body
		case *syntax.For:
			body, locals = b.Body, append(locals, b.Item.Text)
			if b.Counter != nil {
				locals = append(locals, b.Counter.Text)
			}
		case *syntax.Object:
			return b, locals
		default:
			return nil, locals
		}
	}
}

// declaredAt is the declaration whose type a span lies in.
func (f *File) declaredAt(s syntax.Span) *declaration {
	for d := range f.declarations {
		if d.typ.Start <= s.Start && s.End <= d.typ.End && s.Start < s.End {
			return d
		}
	}
	return nil
}

// resourceNamed tells whether a name is that of a resource of the file.
func (f *File) resourceNamed(name string) bool {
	for d := range f.declarations {
		if d.name == name && !d.module && !d.nested {
			return true
		}
	}
	return false
}
