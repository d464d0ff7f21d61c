package eval

import (
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/value"
)

// function is an entry of the function table.
type function struct {
	name     string // lower case
	min, max int    // number of arguments; max -1: any
	returns  value.Type
	mode     mode
	do       func(*call) value.Value
}

// mode says how much of its arguments a function wants to see.
type mode uint8

const (
	known   mode = iota // only known values: anything else makes the result a symbol
	partial             // also symbols and texts with holes
	special             // the nodes: the function evaluates what it needs
)

// call is one call of a function. Once it is over it serves another, with the room
// of its arguments: what a value keeps of them is a copy.
type call struct {
	x    evaluator
	node *expr.Node
	fn   *function
	args []value.Value
}

// calls hands out calls. The one that began last ends first.
type calls struct {
	all     []*call
	running int
}

func (s *calls) begin(x *evaluator, n *expr.Node, f *function) *call {
	if s.running == len(s.all) {
		s.all = append(s.all, &call{})
	}
	c := s.all[s.running]
	s.running++
	c.x, c.node, c.fn, c.args = *x, n, f, c.args[:0]
	return c
}

func (s *calls) end() { s.running-- }

func (c *call) arg(i int) value.Value {
	if i < len(c.args) {
		return c.args[i]
	}
	return value.None
}

// derived is the symbol of this call.
func (c *call) derived() value.Value {
	v := value.Called(c.fn.name, c.node.Text, c.fn.returns, c.args)
	if s := v.Symbol(); s != nil && s.Op != "" {
		s.NotNull = c.fn.returns != value.TypeAny
	}
	return v
}

// lookup returns the place of a function, named in any case, in the table; -1
// if there is none.
func lookup(name string) int {
	low, high := 0, len(functions)
	for low < high {
		mid := (low + high) / 2
		switch c := compareLower(functions[mid].name, name); {
		case c == 0:
			return mid
		case c < 0:
			low = mid + 1
		default:
			high = mid
		}
	}
	return -1
}

// compareLower compares lower, which is in lower case, with s in any case.
func compareLower(lower, s string) int {
	for i := range min(len(lower), len(s)) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if lower[i] != c {
			return int(lower[i]) - int(c)
		}
	}
	return len(lower) - len(s)
}

// resolve finds the function of a call node, and remembers it there: its
// place plus one, or -1 for none.
func resolve(n *expr.Node) *function {
	if n.Fn == 0 {
		if n.Fn = int16(lookup(n.Text) + 1); n.Fn == 0 {
			n.Fn = -1
		}
	}
	if n.Fn < 0 {
		return nil
	}
	return &functions[n.Fn-1]
}

func (x *evaluator) call(n *expr.Node) value.Value {
	f := resolve(n)
	if f == nil {
		return x.other(n)
	}
	if len(n.Args) < f.min || f.max >= 0 && len(n.Args) > f.max {
		return failf("%s() takes %s, not %d", n.Text, arity(f), len(n.Args))
	}
	c := x.in.u.calls.begin(x, n, f)
	v := c.value()
	x.in.u.calls.end()
	return v
}

// value is what the call yields.
func (c *call) value() value.Value {
	if c.fn.mode == special {
		return c.fn.do(c)
	}
	choice := false
	for _, n := range c.node.Args {
		v := c.x.eval(n)
		choice = choice || v.Kind == value.Choice
		c.args = append(c.args, v)
	}
	if choice {
		return c.lift()
	}
	return c.run()
}

func arity(f *function) string {
	switch {
	case f.max == f.min:
		return plural(f.min)
	case f.max < 0:
		return "at least " + plural(f.min)
	}
	return value.OfInt(int64(f.min)).Number() + " to " + plural(f.max)
}

func plural(n int) string {
	if n == 1 {
		return "1 argument"
	}
	return strings.TrimSpace(value.OfInt(int64(n)).Number()) + " arguments"
}

// lift runs the function on each feasible combination of its arguments.
func (c *call) lift() value.Value {
	return value.Lift(c.args, func(args []value.Value) value.Value {
		d := c.x.in.u.calls.begin(&c.x, c.node, c.fn)
		d.args = append(d.args, args...)
		v := d.run()
		c.x.in.u.calls.end()
		return v
	})
}

func (c *call) run() value.Value {
	var flags value.Flags
	allKnown := true
	for _, a := range c.args {
		if _, failed := a.Err(); failed {
			return a
		}
		flags |= a.Flags
		allKnown = allKnown && a.IsKnown()
	}
	var v value.Value
	if c.fn.mode == known && !allKnown {
		v = c.derived()
	} else {
		v = c.fn.do(c)
	}
	c.x.in.u.produced(v)
	v.Flags |= flags &^ value.NoAccess
	return keepSecret(v)
}

// keepSecret marks a symbol that a secret took part in.
func keepSecret(v value.Value) value.Value {
	if s := v.Symbol(); s != nil && !s.Secret && isSecure(v) {
		t := *s
		t.Secret = true
		w := value.OfSymbol(&t)
		w.Flags, w.At = v.Flags, v.At
		return w
	}
	return v
}

// other handles what is in no table: user functions, list*() and functions
// that are not known.
func (x *evaluator) other(n *expr.Node) value.Value {
	if strings.IndexByte(n.Text, '.') >= 0 {
		return x.userFunction(n)
	}
	if len(n.Text) >= 4 && value.FoldEqual(n.Text[:4], "list") {
		return x.list(n)
	}
	if x.in.u.strict {
		return failf("there is no function %s()", n.Text)
	}
	args := x.all(n.Args)
	x.in.u.unsupported("the function "+n.Text+"()", x.span(n).Pos())
	for _, a := range args {
		if _, failed := a.Err(); failed {
			return a
		}
	}
	s := &value.Symbol{
		Reason: value.ReasonUnsupported, Key: value.CallKey(value.Fold(n.Text), args), Text: expr.Print(n),
	}
	v := value.OfSymbol(s)
	for _, a := range args {
		v.Flags |= a.Flags
	}
	return v
}

func (x *evaluator) userFunction(n *expr.Node) value.Value {
	for _, f := range x.in.Template.Functions {
		if !value.FoldEqual(f.Name, n.Text) {
			continue
		}
		if len(n.Args) != len(f.Parameters) {
			return failf("%s() takes %s, not %d", n.Text, plural(len(f.Parameters)), len(n.Args))
		}
		depth := 0
		for fr := x.frame; fr != nil; fr = fr.parent {
			if fr.kind == funcFrame {
				if depth++; depth > 32 || fr.name == f.Name && depth > 16 {
					return limit("user functions call each other too deeply")
				}
			}
		}
		env := Env{in: x.in, site: x.site}
		env.frame = &frame{parent: x.frame, kind: funcFrame, name: f.Name, names: f.Parameters, values: x.all(n.Args)}
		if f.Output == nil {
			return failf("the function %s has no output", f.Name)
		}
		return env.Eval(f.Output)
	}
	return failf("there is no function %s()", n.Text)
}
