package bicep

import (
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

// access converts base.name and base.?name.
func (c *conv) access(e *syntax.Property) *expr.Node {
	return c.member(e, e.Base, e.Name.Text, c.m.place(e.Name), e.Safe)
}

// member is the member called name of base; e is the whole access.
func (c *conv) member(e, base syntax.Expr, name string, nameAt place, safe bool) *expr.Node {
	at := c.m.place(e)
	if n := c.extendedParam(base, name, at); n != nil {
		return n
	}
	if n := c.spaceMember(base, name, at); n != nil {
		return n
	}
	if r, ok := c.m.refer(base); ok && !r.whole() {
		return c.resourceMember(r, name, at, safe)
	}
	if r, ok := c.outputsOf(base); ok {
		return c.output(base, r, name, at, safe)
	}
	var n *expr.Node
	switch b := c.expr(base); {
	case safe:
		n = at.call("tryGet", b, nameAt.lit(name))
	case chained(base, b):
		b.Args = append(b.Args, nameAt.lit(name))
		n = b
	default:
		n = at.property(b, name)
		n.NameStart = int32(nameAt.start)
	}
	return n
}

// chained tells whether a further access continues a tryGet(): the safe access
// cuts short the whole rest of the chain.
func chained(base syntax.Expr, n *expr.Node) bool {
	for {
		x, ok := base.(*syntax.NonNull)
		if !ok {
			break
		}
		base = x.X
	}
	switch base.(type) {
	case *syntax.Property, *syntax.Index:
		return n.Kind == expr.Call && (n.Text == "tryGet" || n.Text == "tryIndexFromEnd")
	}
	return false
}

// element converts base[index] and its like.
func (c *conv) element(e *syntax.Index) *expr.Node {
	at := c.m.place(e)
	if r, ok := c.m.refer(e); ok {
		return c.whole(r, at)
	}
	if name, ok := syntax.Plain(e.Index); ok && !e.FromEnd {
		return c.member(e, e.Base, name, c.m.place(e.Index), e.Safe)
	}
	if _, ok := c.outputsOf(e.Base); ok && !e.FromEnd {
		n := at.index(c.expr(e.Base), c.expr(e.Index))
		return at.property(n, "value")
	}
	b, i := c.expr(e.Base), c.expr(e.Index)
	switch chain := chained(e.Base, b); {
	case e.FromEnd && e.Safe:
		return at.call("tryIndexFromEnd", b, i)
	case e.Safe:
		return at.call("tryGet", b, i)
	case e.FromEnd && chain:
		o := at.expr(expr.Object)
		o.Args = []*expr.Node{at.lit("value"), i, at.lit("fromEnd"), at.boolean(true)}
		b.Args = append(b.Args, o)
		return b
	case e.FromEnd:
		return at.call("indexFromEnd", b, i)
	case chain:
		b.Args = append(b.Args, i)
		return b
	}
	return at.index(b, i)
}

// resourceMember is a member of a resource or a module.
func (c *conv) resourceMember(r ref, name string, at place, safe bool) *expr.Node {
	res := r.res
	if safe {
		if constantName(name) && (res.module == nil || name == "name") && res.azure() {
			return c.unless(r, c.resourceMember(r, name, at, false), at)
		}
		n := c.reference(r, at, res.module == nil && res.azure())
		return at.call("tryGet", c.unless(r, n, at), at.lit(name))
	}
	switch {
	case name == "name":
		return c.declaredName(r, at)
	case res.module != nil && name == "outputs":
		return at.property(c.reference(r, at, false), "outputs")
	case res.module == nil && !res.azure():
		return at.property(c.reference(r, at, false), name)
	case name == "id":
		return c.id(r, at)
	case name == "type":
		return at.lit(res.typ)
	case name == "apiVersion":
		return at.lit(res.version)
	case name == "properties":
		return c.reference(r, at, false)
	}
	return at.property(c.reference(r, at, res.module == nil), name)
}

// unless is n, null if the condition of the resource does not hold.
func (c *conv) unless(r ref, n *expr.Node, at place) *expr.Node {
	if cond := c.condition(r); cond != nil {
		return at.call("if", cond, n, at.null())
	}
	return n
}

// condition is the condition of a resource with those of what it is nested
// in, nil if there is none.
func (c *conv) condition(r ref) *expr.Node {
	var outer *expr.Node
	if r.res.outer != nil {
		outer = c.condition(ref{res: r.res.outer})
	}
	if r.res.cond == nil {
		return outer
	}
	n := c.at(r).expr(r.res.cond)
	if outer != nil {
		n = placeOf(n).call("and", outer, n)
	}
	return n
}

// whole is a resource or a collection as a value.
func (c *conv) whole(r ref, at place) *expr.Node {
	module := r.res.module != nil
	if !r.whole() {
		return c.reference(r, at, !module && r.res.azure())
	}
	if module {
		return at.call("references", at.lit(r.res.key()))
	}
	return at.call("references", at.lit(r.res.key()), at.lit("full"))
}

// reference is reference() of a resource.
func (c *conv) reference(r ref, at place, full bool) *expr.Node {
	symbolic := c.e.symbolic && !c.e.dropped(r.res)
	var args []*expr.Node
	if symbolic {
		args = append(args, c.symbolOf(r, at))
	} else {
		args = append(args, c.id(r, at))
	}
	if full || !symbolic {
		args = append(args, at.lit(r.res.version))
	}
	if full {
		args = append(args, at.lit("full"))
	}
	return at.call("reference", args...)
}

// symbolOf is the symbolic name of a resource in the template.
func (c *conv) symbolOf(r ref, at place) *expr.Node {
	if r.index == nil {
		return at.lit(r.res.key())
	}
	return at.call("format", at.lit(r.res.key()+"[{0}]"), c.expr(r.index))
}

// outputsOf tells whether e is the outputs of a module, of a collection's
// element or of what a lambda walks over.
func (c *conv) outputsOf(e syntax.Expr) (ref, bool) {
	var base syntax.Expr
	switch e := syntax.Bare(e).(type) {
	case *syntax.Property:
		if e.Name.Text != "outputs" {
			return ref{}, false
		}
		base = e.Base
	case *syntax.Index:
		if name, ok := syntax.Plain(e.Index); !ok || name != "outputs" {
			return ref{}, false
		}
		base = e.Base
	default:
		return ref{}, false
	}
	if r, ok := c.m.refer(base); ok && r.res.module != nil && !r.whole() {
		return r, true
	}
	if v, ok := syntax.Bare(base).(*syntax.Variable); ok {
		if s := c.m.uses[v]; s != nil && s.kind == symLambda {
			if call := c.m.lambdas[s]; call != nil && len(call.Args) > 0 {
				if r, ok := c.m.refer(call.Args[0]); ok && r.res.module != nil && r.whole() {
					return r, true
				}
			}
		}
	}
	return ref{}, false
}

// output is one output of a module.
func (c *conv) output(base syntax.Expr, r ref, name string, at place, safe bool) *expr.Node {
	if !r.whole() && c.e.p.secureOutput(r.res, name) {
		list := at.call("listOutputsWithSecureValues", c.target(r, at), at.lit(deploymentsVersion))
		if safe {
			return at.call("tryGet", list, at.lit(name))
		}
		return at.property(list, name)
	}
	b := c.expr(base)
	if safe {
		return at.call("tryGet", at.call("tryGet", b, at.lit(name)), at.lit("value"))
	}
	if chained(syntax.Bare(base), b) {
		b.Args = append(b.Args, at.lit(name), at.lit("value"))
		return b
	}
	return at.property(at.property(b, name), "value")
}

// target is what names a resource in a list*() call.
func (c *conv) target(r ref, at place) *expr.Node {
	if c.e.symbolic && !c.e.dropped(r.res) {
		return c.symbolOf(r, at)
	}
	return c.id(r, at)
}
