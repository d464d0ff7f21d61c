package eval

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/value"
)

// conditions returns what must hold for the unknown bool v to be true, and to
// be false, as far as conjunctions can say it.
func conditions(v value.Value) (yes, no value.Condition) {
	s := v.Symbol()
	switch s.Op {
	case "not":
		yes, no = conditions(s.Args[0])
		return no, yes
	case "equals":
		if of := s.Args[0].Symbol(); of != nil && s.Args[1].IsKnown() {
			l := value.Literal{Of: of, Is: s.Args[1]}
			m := l
			m.Not = true
			return value.Condition{l}, value.Condition{m}
		}
	}
	l := value.Literal{Of: s, Is: value.True}
	m := l
	m.Not = true
	return value.Condition{l}, value.Condition{m}
}

// choose is if(): it evaluates the branch that is taken, or both where the
// condition is not known.
func choose(c *call) value.Value {
	cond := c.x.eval(c.node.Args[0])
	return c.branch(cond, c.node.Args[1], c.node.Args[2])
}

func (c *call) branch(cond value.Value, then, otherwise *expr.Node) value.Value {
	if b, ok := cond.Bool(); ok {
		if b {
			return c.x.eval(then).With(cond.Flags & value.Secure)
		}
		return c.x.eval(otherwise).With(cond.Flags & value.Secure)
	}
	if _, failed := cond.Err(); failed {
		return cond
	}
	switch cond.Kind {
	case value.Choice:
		return c.branchAlternatives(cond, then, otherwise)
	case value.Unknown:
		yes, no := conditions(cond)
		return value.Choose([]value.Alternative{
			{Value: c.x.arm(then), When: yes},
			{Value: c.x.arm(otherwise), When: no},
		})
	}
	return failf("the condition of if() is %s, not a bool", kindName(cond))
}

// arm evaluates a branch that may be taken, and gives it the branch's place.
func (x *evaluator) arm(n *expr.Node) value.Value {
	v := x.eval(n)
	if v.Kind == value.Choice || v.At.IsValid() {
		return v
	}
	return v.WithSpan(x.span(n))
}

func (c *call) branchAlternatives(cond value.Value, then, otherwise *expr.Node) value.Value {
	var alts []value.Alternative
	var yes, no *value.Value
	for _, a := range cond.Alternatives() {
		b, ok := a.Value.Bool()
		if !ok {
			if a.Value.Kind != value.Unknown {
				return failf("the condition of if() is %s, not a bool", kindName(a.Value))
			}
			alts = append(alts, value.Alternative{Value: c.branch(a.Value, then, otherwise), When: a.When, Offered: a.Offered})
			continue
		}
		node, memo := then, &yes
		if !b {
			node, memo = otherwise, &no
		}
		if *memo == nil {
			v := c.x.arm(node)
			*memo = &v
		}
		alts = append(alts, value.Alternative{Value: **memo, When: a.When, Offered: a.Offered})
	}
	return value.Choose(alts)
}

func and(c *call) value.Value { return c.junction(false) }

func or(c *call) value.Value { return c.junction(true) }

// junction is and() and or(): the first operand with the deciding value
// decides, also behind unknown ones; an operand behind a deciding one is not
// evaluated.
func (c *call) junction(deciding bool) value.Value {
	var open []value.Value
	var flags value.Flags
	for _, n := range c.node.Args {
		v := c.x.eval(n)
		flags |= v.Flags
		b, ok := v.Bool()
		switch {
		case ok && b == deciding:
			return value.OfBool(deciding).With(flags)
		case ok:
		case isErr(v):
			if len(open) == 0 {
				return v
			}
			// Reached only if the unknown operands do not decide.
			return c.settle(open, deciding, flags)
		case v.Kind == value.Unknown || v.Kind == value.Choice:
			open = append(open, v)
		default:
			return failf("%s() takes bools, not %s", c.fn.name, kindName(v))
		}
	}
	return c.settle(open, deciding, flags)
}

// settle is the junction of the operands that are not known, the others not
// deciding it.
func (c *call) settle(open []value.Value, deciding bool, flags value.Flags) value.Value {
	if len(open) == 0 {
		return value.OfBool(!deciding).With(flags)
	}
	return value.Lift(open, func(vs []value.Value) value.Value { return c.unknownJunction(vs, deciding) }).With(flags)
}

func (c *call) unknownJunction(vs []value.Value, deciding bool) value.Value {
	var left []value.Value
	for _, v := range vs {
		b, ok := v.Bool()
		switch {
		case ok && b == deciding:
			return value.OfBool(deciding)
		case !ok:
			left = append(left, v)
		}
	}
	switch len(left) {
	case 0:
		return value.OfBool(!deciding)
	case 1:
		return left[0]
	}
	v := value.Derived(c.fn.name, value.TypeBool, left...)
	if s := v.Symbol(); s.Op != "" {
		s.NotNull = true
	}
	return v
}

func not(c *call) value.Value {
	v := c.args[0]
	if b, ok := v.Bool(); ok {
		return value.OfBool(!b)
	}
	if s := v.Symbol(); s != nil {
		if s.Op == "not" {
			return s.Args[0]
		}
		return c.derived()
	}
	return failf("not() takes a bool, not %s", kindName(v))
}

// coalesce returns the first argument that is not null.
func coalesce(c *call) value.Value {
	return c.coalesceFrom(0)
}

func (c *call) coalesceFrom(i int) value.Value {
	if i >= len(c.node.Args) {
		return value.Nil
	}
	return c.coalesceValue(c.x.eval(c.node.Args[i]), i)
}

func (c *call) coalesceValue(v value.Value, i int) value.Value {
	switch v.Kind {
	case value.Null, value.Missing:
		return c.coalesceFrom(i + 1)
	case value.Choice:
		alts := append([]value.Alternative(nil), v.Alternatives()...)
		for k := range alts {
			alts[k].Value = c.coalesceValue(alts[k].Value, i)
		}
		return value.Choose(alts)
	case value.Unknown:
		s := v.Symbol()
		if s.NotNull || s.Reason == value.ReasonError || i == len(c.node.Args)-1 {
			return v
		}
		null := value.Literal{Of: s, Is: value.Nil}
		some := null
		some.Not = true
		t := *s
		t.NotNull = true
		w := value.OfSymbol(&t)
		w.Flags |= v.Flags
		return value.Choose([]value.Alternative{
			{Value: w, When: value.Condition{some}},
			{Value: c.coalesceFrom(i + 1), When: value.Condition{null}},
		})
	}
	return v
}

func equals(c *call) value.Value {
	a, b := c.args[0], c.args[1]
	switch value.Equal(a, b) {
	case value.Yes:
		return value.True
	case value.No:
		return value.False
	}
	if a.IsKnown() && !b.IsKnown() { // the same question, asked the other way round
		c.args[0], c.args[1] = b, a
	}
	return c.derived()
}

// compare is less() and its kin: two ints or two strings.
func compare(c *call) value.Value {
	a, b := c.args[0], c.args[1]
	var order int
	if i, ok := a.Int(); ok && b.Kind == value.Int {
		j, _ := b.Int()
		order = int(min(max(i-j, -1), 1))
		if (i > j) != (i-j > 0) { // the difference overflows
			order = map[bool]int{true: 1, false: -1}[i > j]
		}
	} else if s, ok := a.Str(); ok && b.Kind == value.String {
		t, _ := b.Str()
		var err error
		if order, err = armfn.CompareStrings(s, t); err != nil {
			return c.failed(err)
		}
	} else {
		return failf("%s() compares two ints or two strings, not %s and %s", c.fn.name, kindName(a), kindName(b))
	}
	switch c.fn.name {
	case "less":
		return value.OfBool(order < 0)
	case "lessorequals":
		return value.OfBool(order <= 0)
	case "greater":
		return value.OfBool(order > 0)
	}
	return value.OfBool(order >= 0)
}

// failed turns an error of a pure function into a value: what is not settled
// is unknown.
func (c *call) failed(err error) value.Value {
	if isUnknown(err) {
		return value.OfSymbol(&value.Symbol{
			Reason: value.ReasonUnsupported, Type: c.fn.returns, NotNull: true,
			Key: value.CallKey(c.fn.name, c.args), Text: expr.Print(c.node),
		})
	}
	return value.Fail(err.Error())
}

func toBool(c *call) value.Value {
	v := c.args[0]
	if v.Kind == value.Bool {
		return v
	}
	if i, ok := v.Int(); ok {
		return value.OfBool(i != 0)
	}
	if s, ok := v.Str(); ok {
		switch {
		case strings.EqualFold(s, "true"):
			return value.True
		case strings.EqualFold(s, "false"):
			return value.False
		}
	}
	return failf("bool() cannot read %s", value.Show(v))
}

func fail(c *call) value.Value {
	s, ok := c.args[0].Str()
	if !ok {
		return failf("fail() takes a string, not %s", kindName(c.args[0]))
	}
	return value.Fail(s)
}
