package bicep

import (
	"math"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
)

// expr converts an expression.
func (c *conv) expr(e syntax.Expr) *expr.Node {
	leave := c.e.enter()
	defer leave()
	at := c.m.place(e)
	switch e := e.(type) {
	case *syntax.String:
		return c.str(e)
	case *syntax.Int:
		return c.integer(at, e.Value, false)
	case *syntax.Bool:
		return at.boolean(e.Value)
	case *syntax.Null:
		return at.null()
	case *syntax.Paren:
		return c.expr(e.X)
	case *syntax.NonNull:
		return c.expr(e.X)
	case *syntax.Variable:
		return c.variable(e)
	case *syntax.Call:
		return c.call(e)
	case *syntax.Property:
		return c.access(e)
	case *syntax.Index:
		return c.element(e)
	case *syntax.Nested:
		if r, ok := c.m.refer(e); ok {
			return c.whole(r, at)
		}
	case *syntax.Unary:
		return c.unary(e)
	case *syntax.Binary:
		return c.binary(e)
	case *syntax.Ternary:
		return at.call("if", c.expr(e.Cond), c.expr(e.Then), c.expr(e.Else))
	case *syntax.Object:
		return c.object(e)
	case *syntax.Array:
		return c.array(e)
	case *syntax.For:
		if c.e.alone {
			return c.mapped(e)
		}
	case *syntax.Lambda:
		args := make([]*expr.Node, 0, len(e.Params)+1)
		for _, p := range e.Params {
			args = append(args, c.m.place(p).lit(p.Text))
		}
		return at.call("lambda", append(args, c.expr(e.Body))...)
	}
	c.e.p.unsupported("a loop or a name in a place where it means nothing", at.start)
	return at.null()
}

func (c *conv) integer(at place, v uint64, negative bool) *expr.Node {
	switch {
	case negative && v <= math.MaxInt64+1:
		return at.int(-int64(v))
	case !negative && v <= math.MaxInt64:
		return at.int(int64(v))
	}
	return at.call("json", at.lit(strconv.FormatUint(v, 10)))
}

// str is a string: a literal, or format() if it has holes.
func (c *conv) str(e *syntax.String) *expr.Node {
	at := c.m.place(e)
	if len(e.Holes) == 0 {
		return at.lit(e.Parts[0])
	}
	args := make([]*expr.Node, len(e.Holes))
	for i, h := range e.Holes {
		args[i] = c.expr(h)
	}
	return at.format(e.Parts, args)
}

func (c *conv) unary(e *syntax.Unary) *expr.Node {
	at := c.m.place(e)
	if e.Op == syntax.Exclamation {
		return at.call("not", c.expr(e.X))
	}
	if i, ok := e.X.(*syntax.Int); ok {
		return c.integer(at, i.Value, true)
	}
	return at.call("sub", at.int(0), c.expr(e.X))
}

// functionOf is the function that a binary operator stands for, "" if there is
// none of its own.
func functionOf(op syntax.Kind) string {
	switch op {
	case syntax.Plus:
		return "add"
	case syntax.Minus:
		return "sub"
	case syntax.Asterisk:
		return "mul"
	case syntax.Slash:
		return "div"
	case syntax.Modulo:
		return "mod"
	case syntax.LeftChevron:
		return "less"
	case syntax.LessThanOrEqual:
		return "lessOrEquals"
	case syntax.RightChevron:
		return "greater"
	case syntax.GreaterThanOrEqual:
		return "greaterOrEquals"
	case syntax.LogicalAnd:
		return "and"
	case syntax.LogicalOr:
		return "or"
	case syntax.DoubleQuestion:
		return "coalesce"
	}
	return ""
}

func (c *conv) binary(e *syntax.Binary) *expr.Node {
	at := c.m.place(e)
	l, r := c.expr(e.L), c.expr(e.R)
	switch e.Op {
	case syntax.Equals:
		return at.call("equals", l, r)
	case syntax.NotEquals:
		return at.call("not", at.call("equals", l, r))
	case syntax.EqualsInsensitive, syntax.NotEqualsInsensitive:
		n := at.call("equals", placeOf(l).call("toLower", l), placeOf(r).call("toLower", r))
		if e.Op == syntax.NotEqualsInsensitive {
			n = at.call("not", n)
		}
		return n
	}
	return at.call(functionOf(e.Op), l, r)
}

// chunks groups the items between spreads: wrap makes one value of a group.
func (c *conv) chunks(items []*syntax.Item, group func([]*syntax.Item) *expr.Node) []*expr.Node {
	var out []*expr.Node
	var run []*syntax.Item
	flush := func() {
		if len(run) > 0 {
			out = append(out, group(run))
			run = nil
		}
	}
	for _, i := range items {
		if !i.Spread {
			run = append(run, i)
			continue
		}
		flush()
		out = append(out, c.expr(i.Value))
	}
	flush()
	return out
}

func spreads(items []*syntax.Item) bool {
	for _, i := range items {
		if i.Spread {
			return true
		}
	}
	return false
}

func (c *conv) object(e *syntax.Object) *expr.Node {
	at := c.m.place(e)
	group := func(items []*syntax.Item) *expr.Node {
		n := at.expr(expr.Object)
		for _, i := range items {
			n.Args = append(n.Args, c.str(i.Key), c.expr(i.Value))
		}
		return n
	}
	if !spreads(e.Items) {
		return group(e.Items)
	}
	list := at.expr(expr.Array)
	list.Args = c.chunks(e.Items, group)
	return at.call("shallowMerge", list)
}

func (c *conv) array(e *syntax.Array) *expr.Node {
	at := c.m.place(e)
	group := func(items []*syntax.Item) *expr.Node {
		n := at.expr(expr.Array)
		for _, i := range items {
			n.Args = append(n.Args, c.expr(i.Value))
		}
		return n
	}
	if !spreads(e.Items) {
		return group(e.Items)
	}
	list := at.expr(expr.Array)
	list.Args = c.chunks(e.Items, group)
	return at.call("flatten", list)
}

// variable is the use of a name.
func (c *conv) variable(e *syntax.Variable) *expr.Node {
	at := c.m.place(e)
	s := c.m.uses[e]
	if s == nil {
		c.e.p.unsupported("the name '"+printable(e.Name)+"', which is not declared", at.start)
		return at.null()
	}
	switch s.kind {
	case symParam:
		if c.e.alone {
			return c.file(s.m).expr(s.value)
		}
		return at.call("parameters", at.lit(s.name))
	case symArgument:
		return at.call("parameters", at.lit(s.name))
	case symItem, symCounter:
		return c.local(s, at)
	case symLambda:
		return at.call("lambdaVariables", at.lit(s.name))
	case symResource:
		return c.whole(ref{res: s.res}, at)
	case symVar:
		return c.use(s, at)
	case symImport:
		return c.importedVar(s, at)
	case symProvider:
		return at.call("extensions", at.lit(s.name))
	}
	return c.noValue(e.Name, at)
}

// noValue is where a name stands that has no value.
func (c *conv) noValue(name string, at place) *expr.Node {
	c.e.p.unsupported("the name '"+printable(name)+"' as a value", at.start)
	return at.null()
}

// use is a variable: its name, or its value where that can be no variable.
func (c *conv) use(s *symbol, at place) *expr.Node {
	if c.e.alone {
		return c.file(s.m).expr(s.value)
	}
	if s.m != c.e.m {
		return c.e.linkedVar(s, at)
	}
	if c.e.inlines(s) {
		return c.file(s.m).expr(s.value)
	}
	return at.call("variables", at.lit(s.name))
}

// printable is text of the source in a message.
func printable(s string) string {
	return strings.ToValidUTF8(s, "?")
}
