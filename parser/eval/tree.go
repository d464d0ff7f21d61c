package eval

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Env is where an expression is evaluated: in an instance, within loops,
// lambdas and user functions.
type Env struct {
	in    *Instance
	frame *frame
	site  string // the parameter whose default is evaluated
}

type frameKind uint8

const (
	copyFrame   frameKind = iota // a property or variable loop
	outerFrame                   // a resource or output loop
	lambdaFrame                  // a variable of a lambda
	funcFrame                    // the arguments of a user function
)

// frame binds a name; frames are searched from the inside out.
type frame struct {
	parent *frame
	kind   frameKind
	name   string
	value  value.Value
	names  []string // of a funcFrame
	values []value.Value
}

func (e Env) bind(kind frameKind, name string, v value.Value) Env {
	e.frame = &frame{parent: e.frame, kind: kind, name: name, value: v}
	return e
}

// Eval returns the value of t.
func (e Env) Eval(t template.Tree) value.Value {
	if t == nil {
		return value.None
	}
	switch t := t.(type) {
	case valueTree:
		return e.restage(t.v)
	case template.Parsed:
		n, err := t.Expression()
		if err != nil {
			return value.Fail(err.Message).WithSpan(spanOf(t))
		}
		if n != nil {
			return e.expression(n, t).WithSpan(spanOf(t))
		}
	}
	return e.literal(t)
}

func (e Env) expression(n *expr.Node, t template.Parsed) value.Value {
	x := evaluator{Env: e, src: t}
	return x.eval(n)
}

// literal returns the value of a tree that is no expression; the members of
// containers are evaluated when they are asked for.
func (e Env) literal(t template.Tree) value.Value {
	at := spanOf(t)
	switch t.Kind() {
	case template.Null:
		return value.Nil.WithSpan(at)
	case template.True:
		return value.True.WithSpan(at)
	case template.False:
		return value.False.WithSpan(at)
	case template.Number:
		return value.OfNumber(t.Text()).WithSpan(at)
	case template.String:
		return value.OfString(expr.Unescape(t.Text())).WithSpan(at)
	case template.Array:
		return e.array(t).WithSpan(at)
	case template.Object:
		return e.object(t).WithSpan(at)
	}
	e.in.u.unsupported("a value that is not understood", token.Pos(at.Start))
	return value.OfSymbol(&value.Symbol{Reason: value.ReasonUnsupported, Key: "unsupported", Text: "a value that is not understood"})
}

// lazyTrees are the members of a container that are still trees.
type lazyTrees struct {
	env   Env
	trees []template.Tree
}

// Force implements [value.Lazy].
func (l *lazyTrees) Force(i int) (v value.Value, stays bool) {
	return l.env.in.u.member(func() value.Value { return l.env.Eval(l.trees[i]) })
}

// Circular implements [value.Lazy].
func (l *lazyTrees) Circular() value.Value { return l.env.in.u.cycle("the value refers to itself") }

func (e Env) array(t template.Tree) value.Value {
	l := &lazyTrees{env: e, trees: e.in.u.elements(t)}
	return value.LazyArray(len(l.trees), l)
}

// elements are the trees of an array. Those of a long one are kept: it is made
// anew for each trace, of which every copy of a loop over it has some.
func (u *unit) elements(t template.Tree) []template.Tree {
	n := t.Len()
	if n >= longArray {
		if kept, ok := u.arrays[t]; ok {
			return kept
		}
	}
	trees := make([]template.Tree, 0, n)
	t.Elements(func(v template.Tree) bool {
		trees = append(trees, v)
		return true
	})
	if n >= longArray {
		u.arrays[t] = trees
	}
	return trees
}

const longArray = 64

// loop returns the array that a loop makes. A bare copyIndex() means an
// outer loop: one over resources or outputs.
func (e Env) loop(c *template.Copy, outer bool) value.Value {
	if c.Input == nil {
		return value.Fail("the loop has no input")
	}
	count := e.count(c)
	n, ok := count.Int()
	switch {
	case !ok && !count.IsKnown():
		return value.Derived("copy", value.TypeArray, count)
	case !ok || n < 0:
		return failf("the count of the loop '%s' is no number of copies", c.Name)
	case n > maxElements:
		return limit("a loop of more than 10,000 copies")
	}
	kind := copyFrame
	if outer {
		kind = outerFrame
	}
	return value.LazyArray(int(n), &lazyLoop{e, kind, c})
}

// count is how often a loop runs. That is no origin of what it makes.
func (e Env) count(c *template.Copy) value.Value {
	if r := e.in.u.recorder; r != nil && !r.all() {
		e.in.u.recorder = nil
		defer func() { e.in.u.recorder = r }()
	}
	return e.Eval(c.Count)
}

type lazyLoop struct {
	env  Env
	kind frameKind
	copy *template.Copy
}

// Force implements [value.Lazy].
func (l *lazyLoop) Force(i int) (v value.Value, stays bool) {
	return l.env.in.u.member(func() value.Value {
		return l.env.bind(l.kind, l.copy.Name, value.OfInt(int64(i))).Eval(l.copy.Input)
	})
}

// Circular implements [value.Lazy].
func (l *lazyLoop) Circular() value.Value { return l.env.in.u.cycle("the value refers to itself") }

// data returns a tree as data: nothing in it is an expression, but there may be
// variables of the environment.
func (u *unit) data(t template.Tree) value.Value {
	at := spanOf(t)
	switch t.Kind() {
	case template.Array:
		vals := make([]value.Value, 0, t.Len())
		t.Elements(func(v template.Tree) bool {
			vals = append(vals, u.data(v))
			return true
		})
		return value.OfArray(vals).WithSpan(at)
	case template.Object:
		b := value.Builder{Exact: true}
		t.Members(func(key string, pos token.Pos, v template.Tree) bool {
			b.Set(value.Member{Name: key, At: value.Span{Start: int32(pos), End: int32(pos) + int32(len(key)) + 2}}, u.data(v))
			return true
		})
		return b.Value().WithSpan(at)
	case template.String:
		return substituted(t.Text()).WithSpan(at)
	}
	return Env{in: &Instance{u: u}}.literal(t)
}
