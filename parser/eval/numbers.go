package eval

import (
	"errors"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

func isUnknown(err error) bool { return errors.Is(err, armfn.ErrUnknown) }

// int64s returns the arguments as ints; the message of a failure names the
// function.
func (c *call) int64s() ([]int64, *value.Value) {
	out := make([]int64, len(c.args))
	for i, a := range c.args {
		n, ok := a.Int()
		if !ok {
			v := failf("%s() takes ints, not %s", c.fn.name, kindName(a))
			return nil, &v
		}
		out[i] = n
	}
	return out, nil
}

func (c *call) ofInt(n int64, err error) value.Value {
	if err != nil {
		return c.failed(err)
	}
	return value.OfInt(n)
}

func (c *call) ofString(s string, err error) value.Value {
	if err != nil {
		return c.failed(err)
	}
	if len(s) > maxText {
		return limit("a text of more than 4 MB")
	}
	return value.OfString(s)
}

func arithmetic(c *call) value.Value {
	n, failed := c.int64s()
	if failed != nil {
		return *failed
	}
	switch c.fn.name {
	case "add":
		return c.ofInt(armfn.Add(n[0], n[1]))
	case "sub":
		return c.ofInt(armfn.Sub(n[0], n[1]))
	case "mul":
		return c.ofInt(armfn.Mul(n[0], n[1]))
	case "div":
		return c.ofInt(armfn.Div(n[0], n[1]))
	}
	return c.ofInt(armfn.Mod(n[0], n[1]))
}

// toInt is int(). A text that is a number but no integer is not settled.
func toInt(c *call) value.Value {
	v := c.args[0]
	if v.Kind == value.Int {
		return v
	}
	if s, ok := v.Str(); ok {
		return c.ofInt(armfn.ParseInt(s))
	}
	if v.Kind == value.Float {
		return c.failed(armfn.ErrUnknown)
	}
	return failf("int() cannot read %s", kindName(v))
}

func toFloat(c *call) value.Value {
	v := c.args[0]
	if v.Kind == value.Int || v.Kind == value.Float {
		return v
	}
	if s, ok := v.Str(); ok {
		f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		if err == nil {
			return value.OfNumber(strconv.FormatFloat(f, 'g', -1, 64))
		}
	}
	return failf("float() cannot read %s", value.Show(v))
}

// minMax takes ints, or one array of ints. Mixtures are not settled.
func minMax(c *call) value.Value {
	args := c.args
	if a := args[0].Array(); a != nil {
		if len(args) > 1 {
			return c.failed(armfn.ErrUnknown)
		}
		if a.Open != nil {
			return c.derived()
		}
		args = a.All()
	}
	if len(args) == 0 {
		return failf("%s() of an empty array", c.fn.name)
	}
	d := *c
	d.args = args
	for _, a := range args {
		if !a.IsKnown() {
			return c.derived()
		}
	}
	n, failed := d.int64s()
	if failed != nil {
		return *failed
	}
	best := n[0]
	for _, m := range n[1:] {
		if (m > best) == (c.fn.name == "max") {
			best = m
		}
	}
	return value.OfInt(best)
}

func rangeOf(c *call) value.Value {
	n, failed := c.int64s()
	switch {
	case failed != nil:
		return *failed
	case n[1] < 0 || n[1] > maxElements:
		return failf("range() makes 0 to 10,000 numbers, not %d", n[1])
	case n[0] > 1<<31-1-n[1]:
		return failf("range() goes beyond 2147483647")
	}
	if !c.x.in.u.charge(int(n[1])) {
		return limit("an array of too many elements")
	}
	out := make([]value.Value, n[1])
	for i := range out {
		out[i] = value.OfInt(n[0] + int64(i))
	}
	return value.OfArray(out)
}
