package bicep

import (
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

// env says what the variables of a loop stand for.
type env struct {
	outer *env
	loop  *syntax.For
	list  *conv // converts the list of the loop
	index func(at place) *expr.Node

	lambda bool // the loop has become a lambda
}

func (e *env) find(loop *syntax.For) *env {
	for ; e != nil; e = e.outer {
		if e.loop == loop {
			return e
		}
	}
	return nil
}

// conv converts expressions of one file at one place.
type conv struct {
	e   *emitter
	m   *model
	env *env

	body bool // within the body of a function, which has no synthetic variables
}

// in is c within a loop, whose index is copyIndex(name).
func (c *conv) in(loop *syntax.For, name string) *conv {
	index := func(at place) *expr.Node {
		if name == "" {
			return at.call("copyIndex")
		}
		return at.call("copyIndex", at.lit(name))
	}
	return c.with(loop, index)
}

// with is c within a loop at a given index.
func (c *conv) with(loop *syntax.For, index func(at place) *expr.Node) *conv {
	return &conv{e: c.e, m: c.m, env: &env{outer: c.env, loop: loop, list: c, index: index}}
}

// local is the value of a loop's variable.
func (c *conv) local(s *symbol, at place) *expr.Node {
	v := c.env.find(s.loop)
	if v == nil {
		c.e.p.unsupported("a loop variable outside of its loop", at.start)
		return at.null()
	}
	switch {
	case v.lambda:
		return at.call("lambdaVariables", at.lit(s.name))
	case s.kind == symCounter:
		return v.index(at)
	}
	return at.index(v.list.expr(s.loop.List), v.index(at))
}

// file is the converter at file level.
func (c *conv) file(m *model) *conv { return &conv{e: c.e, m: m} }

// of is the converter within the declaration of a resource of the template.
func (e *emitter) of(r *resource) *conv {
	c := &conv{e: e, m: r.m}
	if r.loop != nil {
		c = c.in(r.loop, "")
	}
	return c
}

// ref is the use of a resource, perhaps of one out of a collection.
type ref struct {
	res   *resource
	index syntax.Expr // nil: the resource, or the whole collection
}

// whole tells whether a collection is meant, not one resource of it.
func (r ref) whole() bool { return r.res.loop != nil && r.index == nil }

// refer returns the resource that an expression names.
func (m *model) refer(e syntax.Expr) (ref, bool) {
	switch e := syntax.Bare(e).(type) {
	case *syntax.Variable:
		if s := m.uses[e]; s != nil && s.res != nil {
			return ref{res: s.res}, true
		}
	case *syntax.Nested:
		if p, ok := m.refer(e.Base); ok {
			if c := p.res.children[e.Name.Text]; c != nil {
				return ref{res: c}, true
			}
		}
	case *syntax.Index:
		if p, ok := m.refer(e.Base); ok && p.whole() && !e.Safe && !e.FromEnd {
			return ref{p.res, e.Index}, true
		}
	}
	return ref{}, false
}

// at is the converter within the declaration that r refers to.
func (c *conv) at(r ref) *conv {
	out := c.file(r.res.m)
	if r.res.loop == nil {
		return out
	}
	if r.index == nil {
		return out.in(r.res.loop, "")
	}
	return out.with(r.res.loop, func(place) *expr.Node { return c.expr(r.index) })
}

// names are the converters of the ancestors of a resource, in the order of
// [resource.ancestors]: each at the index by which the next one names it.
func (c *conv) names(r *resource) []*conv {
	list := append(r.ancestors(), r)
	out := make([]*conv, len(list))
	out[len(list)-1] = c
	for i := len(list) - 2; i >= 0; i-- {
		inner := out[i+1]
		idx := list[i+1].parentIndex
		switch {
		case list[i].loop == nil:
			out[i] = c.file(list[i].m)
		case idx != nil:
			out[i] = c.file(list[i].m).with(list[i].loop, func(place) *expr.Node { return inner.expr(idx) })
		default:
			out[i] = c.file(list[i].m).in(list[i].loop, "")
		}
	}
	return out[:len(list)-1]
}
