package eval

import (
	"sort"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/value"
)

// lambdaOf reads argument i as lambda('a', 'b', body).
func (c *call) lambdaOf(i int) (names []string, body *expr.Node, failed *value.Value) {
	n := c.node.Args[i]
	if n.Kind != expr.Call || !value.FoldEqual(n.Text, "lambda") || len(n.Args) == 0 {
		v := failf("%s() takes a lambda as argument %d", c.fn.name, i+1)
		return nil, nil, &v
	}
	for _, a := range n.Args[:len(n.Args)-1] {
		if a.Kind != expr.String {
			v := failf("the variables of a lambda are string literals")
			return nil, nil, &v
		}
		names = append(names, a.Text)
	}
	return names, n.Args[len(n.Args)-1], nil
}

// apply evaluates the body of a lambda with its variables bound.
func (c *call) apply(names []string, body *expr.Node, args ...value.Value) value.Value {
	y := c.x
	for i, name := range names {
		if i < len(args) {
			y.Env = y.bind(lambdaFrame, name, args[i])
		}
	}
	return y.eval(body)
}

func lambdaVariables(c *call) value.Value {
	name, failed := c.text(0)
	if failed != nil {
		return *failed
	}
	for f := c.x.frame; f != nil; f = f.parent {
		if f.kind == lambdaFrame && value.FoldEqual(f.name, name) {
			return f.value
		}
		if f.kind == funcFrame {
			break
		}
	}
	return failf("there is no lambda variable '%s'", name)
}

func strayLambda(c *call) value.Value {
	return failf("lambda() stands only as an argument of a function such as map()")
}

// over evaluates the first argument and runs f on each array that it may be.
// What is not known is looked at once with an unknown element, so that the
// constructs inside a lambda are seen.
func (c *call) over(f func(a *value.ArrayValue) value.Value) value.Value {
	v := c.x.eval(c.node.Args[0])
	out := value.LiftOne(v, func(v value.Value) value.Value {
		if a := v.Spread().Array(); a != nil {
			return f(a)
		}
		if isErr(v) {
			return v
		}
		if v.Kind == value.Unknown {
			return c.unknownOver(v)
		}
		return failf("%s() takes an array, not %s", c.fn.name, kindName(v))
	})
	out.Flags |= v.Flags
	return out
}

// unknownOver is the result over an unknown array: the lambda's text tells
// one such result from another.
func (c *call) unknownOver(v value.Value) value.Value {
	args := []value.Value{v}
	for _, n := range c.node.Args[1:] {
		args = append(args, value.OfString(expr.Print(n)))
	}
	w := value.Derived(c.fn.name, c.fn.returns, args...)
	if s := w.Symbol(); s.Op != "" {
		s.Text = expr.Print(c.node)
		s.NotNull = c.fn.returns != value.TypeAny
	}
	return w
}

func mapArray(c *call) value.Value {
	names, body, failed := c.lambdaOf(1)
	if failed != nil {
		return *failed
	}
	return c.over(func(a *value.ArrayValue) value.Value {
		out := make([]value.Value, a.Len())
		for i := range out {
			if out[i] = c.apply(names, body, a.At(i), value.OfInt(int64(i))); isErr(out[i]) {
				return out[i]
			}
		}
		return value.OfOpenArray(out, a.Open)
	})
}

func isErr(v value.Value) bool {
	_, failed := v.Err()
	return failed
}

func filter(c *call) value.Value {
	names, body, failed := c.lambdaOf(1)
	if failed != nil {
		return *failed
	}
	return c.over(func(a *value.ArrayValue) value.Value {
		var out []value.Value
		open := a.Open
		for i := range a.Len() {
			keep := c.apply(names, body, a.At(i), value.OfInt(int64(i)))
			if b, ok := keep.Bool(); ok {
				if b && (open == nil || a.Open != nil) {
					out = append(out, a.At(i))
				}
				continue
			}
			if isErr(keep) {
				return keep
			}
			if keep.IsKnown() {
				return failf("filter() takes a lambda that yields a bool, not %s", kindName(keep))
			}
			open = keep.Why() // from here on no index is certain
		}
		return value.OfOpenArray(out, open)
	})
}

func reduce(c *call) value.Value {
	names, body, failed := c.lambdaOf(2)
	if failed != nil {
		return *failed
	}
	return c.over(func(a *value.ArrayValue) value.Value {
		if a.Open != nil {
			return c.unknownOver(value.OfSymbol(a.Open))
		}
		acc := c.x.eval(c.node.Args[1])
		for i := range a.Len() {
			if acc = c.apply(names, body, acc, a.At(i), value.OfInt(int64(i))); isErr(acc) {
				return acc
			}
		}
		return acc
	})
}

// sortArray sorts with a lambda that says whether its first variable comes
// first.
func sortArray(c *call) value.Value {
	names, body, failed := c.lambdaOf(1)
	if failed != nil {
		return *failed
	}
	return c.over(func(a *value.ArrayValue) value.Value {
		if a.Open != nil {
			return c.unknownOver(value.OfSymbol(a.Open))
		}
		out := append([]value.Value(nil), a.All()...)
		var bad *value.Value
		sort.SliceStable(out, func(i, j int) bool {
			if bad != nil {
				return false
			}
			v := c.apply(names, body, out[i], out[j])
			b, ok := v.Bool()
			if !ok {
				bad = &v
			}
			return b
		})
		if bad == nil {
			return value.OfArray(out)
		}
		if bad.IsKnown() && !isErr(*bad) {
			return failf("sort() takes a lambda that yields a bool, not %s", kindName(*bad))
		}
		return c.unknownOver(*bad)
	})
}

// keyed evaluates the key lambda and, if there is one, the value lambda. The
// key is a string or not known.
func (c *call) keyed(e value.Value) (key, v value.Value, failed *value.Value) {
	names, body, failed := c.lambdaOf(1)
	if failed != nil {
		return key, v, failed
	}
	key = c.apply(names, body, e)
	if isErr(key) {
		return key, v, &key
	}
	if key.IsKnown() && key.Kind != value.String {
		bad := failf("%s() takes a lambda that yields a string, not %s", c.fn.name, kindName(key))
		return key, v, &bad
	}
	if len(c.node.Args) < 3 {
		return key, e, nil
	}
	if names, body, failed = c.lambdaOf(2); failed != nil {
		return key, v, failed
	}
	v = c.apply(names, body, e)
	if isErr(v) {
		return key, v, &v
	}
	return key, v, nil
}

func toObject(c *call) value.Value {
	return c.over(func(a *value.ArrayValue) value.Value {
		b := value.Builder{Open: a.Open}
		for i := range a.Len() {
			key, v, failed := c.keyed(a.At(i))
			if failed != nil {
				return *failed
			}
			if name, ok := key.Str(); ok {
				b.Set(value.Member{Name: name, At: key.At, Secure: isSecure(key)}, v)
			} else {
				b.SetUnnamed(value.Unnamed{Name: key, At: key.At}, v)
			}
		}
		return b.Value()
	})
}

func groupBy(c *call) value.Value {
	return c.over(func(a *value.ArrayValue) value.Value {
		b := value.Builder{Open: a.Open}
		for i := range a.Len() {
			key, v, failed := c.keyed(a.At(i))
			if failed != nil {
				return *failed
			}
			name, ok := key.Str()
			if !ok {
				return c.unknownOver(key)
			}
			var group []value.Value
			if old := b.Get(name).Array(); old != nil {
				group = append(group, old.All()...)
			}
			b.Set(value.Member{Name: name, Secure: isSecure(key)}, value.OfArray(append(group, v)))
		}
		return b.Value()
	})
}

func mapValues(c *call) value.Value {
	names, body, failed := c.lambdaOf(1)
	if failed != nil {
		return *failed
	}
	v := c.x.eval(c.node.Args[0])
	out := value.LiftOne(v, func(v value.Value) value.Value {
		o := v.Spread().Object()
		if o == nil {
			if isErr(v) {
				return v
			}
			if v.Kind == value.Unknown {
				return c.unknownOver(v)
			}
			return failf("mapValues() takes an object, not %s", kindName(v))
		}
		values := o.Values()
		out := make([]value.Value, len(values))
		for i := range out {
			if out[i] = c.apply(names, body, values[i]); isErr(out[i]) {
				return out[i]
			}
		}
		return o.WithMembers(out)
	})
	out.Flags |= v.Flags
	return out
}
