package eval

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// valueTree is a value read as a tree: the template that an evaluation
// yields, e.g. a nested template in the outer scope, or one in a variable.
// Its strings are template language once more.
type valueTree struct{ v value.Value }

var valueKinds = [...]template.Kind{
	value.Missing: template.Unknown, value.Null: template.Null, value.Int: template.Number, value.Float: template.Number,
	value.String: template.String, value.Array: template.Array, value.Object: template.Object,
	value.Bool: template.False, value.Text: template.Unknown, value.Unknown: template.Unknown, value.Choice: template.Unknown,
}

// Kind implements [template.Tree].
func (t valueTree) Kind() template.Kind {
	if b, ok := t.v.Bool(); ok && b {
		return template.True
	}
	return valueKinds[t.v.Kind]
}

// Span implements [template.Tree].
func (t valueTree) Span() (start, end token.Pos) { return t.v.At.Pos(), t.v.At.EndPos() }

// Text implements [template.Tree].
func (t valueTree) Text() string {
	if s, ok := t.v.Str(); ok {
		return s
	}
	return t.v.Number()
}

// Len implements [template.Tree].
func (t valueTree) Len() int {
	if a := t.v.Array(); a != nil {
		return a.Len()
	}
	if o := t.v.Object(); o != nil {
		return o.Len()
	}
	return 0
}

// Members implements [template.Tree].
func (t valueTree) Members(yield func(key string, at token.Pos, v template.Tree) bool) {
	o := t.v.Object()
	if o == nil {
		return
	}
	for i, m := range o.Names {
		if !yield(m.Name, m.At.Pos(), valueTree{o.At(i)}) {
			return
		}
	}
}

// Find implements [template.Finder].
func (t valueTree) Find(name string) (at token.Pos, member template.Tree) {
	o := t.v.Object()
	if o == nil {
		return 0, nil
	}
	i := o.Index(name)
	if i < 0 {
		return 0, nil
	}
	return o.Names[i].At.Pos(), valueTree{o.At(i)}
}

// Elements implements [template.Tree].
func (t valueTree) Elements(yield func(v template.Tree) bool) {
	a := t.v.Array()
	if a == nil {
		return
	}
	for i := range a.Len() {
		if !yield(valueTree{a.At(i)}) {
			return
		}
	}
}

// restage evaluates a value a second time, in e: strings in brackets are
// expressions, members of containers follow when they are asked for. What the
// first evaluation left unknown stays so.
func (e Env) restage(v value.Value) value.Value {
	switch v.Kind {
	case value.String:
		s, _ := v.Str()
		if expr.FormOf(s) == expr.Expression {
			return e.staged(s, v)
		}
		w := value.OfString(expr.Unescape(s))
		w.Flags, w.At = v.Flags, v.At
		return w
	case value.Array:
		if v.Array().Len() == 0 {
			return v
		}
		w := value.LazyArray(v.Array().Len(), &lazyStage{e, v})
		w.Flags, w.At = v.Flags, v.At
		return w
	case value.Object:
		o := v.Object()
		if o.Index("copy") >= 0 {
			return e.object(valueTree{v}).With(v.Flags).WithSpan(v.At)
		}
		w := value.LazyObject(o.Names, o.Unnamed, o.Open, &lazyStage{e, v})
		w.Flags, w.At = v.Flags, v.At
		w.Object().Repeated = o.Repeated
		return w
	case value.Choice:
		alts := append([]value.Alternative(nil), v.Alternatives()...)
		for i := range alts {
			alts[i].Value = e.restage(alts[i].Value)
		}
		return value.Choose(alts).WithSpan(v.At)
	case value.Text:
		if p := v.Prefix(); len(p) > 0 && p[0] == '[' && v.Suffix() != "" && v.Suffix()[len(v.Suffix())-1] == ']' {
			return value.Derived("evaluate", value.TypeAny, v).WithSpan(v.At)
		}
	}
	return v
}

func (e Env) staged(s string, v value.Value) value.Value {
	n, err := expr.Parse(s, e.in.u.arena.get())
	if err != nil {
		return keepSecret(value.Fail(err.Message).With(v.Flags & value.Secure)).WithSpan(v.At)
	}
	x := evaluator{Env: e, at: v.At}
	w := x.eval(n)
	w.Flags |= v.Flags
	return w.WithSpan(v.At)
}

type lazyStage struct {
	env Env
	v   value.Value
}

// Force implements [value.Lazy].
func (l *lazyStage) Force(i int) (v value.Value, stays bool) {
	return l.env.in.u.member(func() value.Value {
		if a := l.v.Array(); a != nil {
			return l.env.restage(a.At(i))
		}
		return l.env.restage(l.v.Object().Values()[i])
	})
}

// Circular implements [value.Lazy].
func (l *lazyStage) Circular() value.Value { return l.env.in.u.cycle("the value refers to itself") }

// arenaPool hands out the arena for expressions that stand in no file.
type arenaPool struct{ a expr.Arena }

func (p *arenaPool) get() *expr.Arena { return &p.a }
