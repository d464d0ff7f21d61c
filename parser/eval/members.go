package eval

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// object returns the object that a tree is, its members computed when they are
// asked for.
func (e Env) object(t template.Tree) value.Value {
	var b objectBuilder
	if j, ok := t.(*template.JSON); ok { // most are, and then nothing of b is on the heap
		b = e.newObject(t.Len())
		j.Members(b.member)
	} else {
		b = e.anyObject(t)
	}
	if b.loops != nil {
		return e.withLoops(b)
	}
	return b.value(b.l)
}

func (e Env) anyObject(t template.Tree) objectBuilder {
	b := e.newObject(t.Len())
	t.Members(b.member)
	return b
}

// objectBuilder collects the members of an object that is still trees.
type objectBuilder struct {
	l       *lazyTrees
	names   []value.Member
	unnamed []value.Unnamed
	others  []template.Tree // of the unnamed
	open    *value.Symbol
	loops   template.Tree

	repeated []value.Member
}

func (e Env) newObject(n int) objectBuilder {
	return objectBuilder{l: &lazyTrees{env: e, trees: make([]template.Tree, 0, n)}, names: make([]value.Member, 0, n)}
}

// member takes a member as it is written.
func (b *objectBuilder) member(key string, at token.Pos, v template.Tree) bool {
	if len(key) == 4 && value.FoldEqual(key, "copy") && isLoops(v) {
		b.loops = v
		return true
	}
	span := value.Span{Start: int32(at), End: int32(at) + int32(len(key)) + 2}
	written, _ := v.(*template.JSON)
	if written != nil {
		if k := written.N.Key(); !k.IsZero() {
			span.End = int32(k.EndPos())
		}
	}
	if len(key) == 0 || key[0] != '[' {
		b.set(value.Member{Name: key, At: span}, v)
		return true
	}
	name := b.l.env.key(key, written, span)
	if known, ok := name.Str(); ok {
		b.set(value.Member{Name: known, At: span, Secure: isSecure(name)}, v)
		return true
	}
	b.unnamed = append(b.unnamed, value.Unnamed{Name: name.WithSpan(span), At: span})
	b.others = append(b.others, v)
	b.open = unknownName(name)
	return true
}

// value is the object, its members computed by l.
func (b *objectBuilder) value(l value.Lazy) value.Value {
	b.l.trees = append(b.l.trees, b.others...)
	v := value.LazyObject(b.names, b.unnamed, b.open, l)
	v.Object().Repeated = b.repeated
	return v
}

// set adds a member; of a repeated name the last one holds.
func (b *objectBuilder) set(m value.Member, t template.Tree) {
	if i := indexOf(b.names, m.Name); i >= 0 {
		b.repeated = append(b.repeated, b.names[i])
		b.l.trees[i], b.names[i].At = t, m.At
		return
	}
	b.names = append(b.names, m)
	b.l.trees = append(b.l.trees, t)
}

func indexOf(names []value.Member, key string) int {
	if len(names) > 64 { // so many members are data, where names are unique
		return -1
	}
	for i := range names {
		if names[i].Name == key {
			return i
		}
	}
	return -1
}

// key evaluates the property name of a value, which is nil if it stands in no
// file.
func (e Env) key(key string, of *template.JSON, at value.Span) value.Value {
	if expr.FormOf(key) != expr.Expression {
		return value.OfString(expr.Unescape(key))
	}
	parse := func() (*expr.Node, *expr.Error) { return expr.Parse(key, e.in.u.arena.get()) }
	if of != nil {
		parse = of.Name
	}
	n, err := parse()
	if err != nil {
		return value.Fail(err.Message)
	}
	x := evaluator{Env: e, at: at}
	return x.eval(n)
}

func unknownName(k value.Value) *value.Symbol {
	if why := k.Why(); why != nil {
		return why
	}
	return &value.Symbol{Reason: value.ReasonError, Key: "error:name", Text: "a property name that is no string"}
}

// isLoops tells whether the value of a "copy" member is a list of property
// loops.
func isLoops(t template.Tree) bool {
	if t.Kind() != template.Array || t.Len() == 0 {
		return false
	}
	ok := true
	t.Elements(func(v template.Tree) bool {
		c := template.NewCopy(v)
		ok = c != nil && c.Input != nil && c.Name != ""
		return ok
	})
	return ok
}

// withLoops is an object with property loops: each adds an array.
func (e Env) withLoops(b objectBuilder) value.Value {
	b.loops.Elements(func(v template.Tree) bool {
		c := template.NewCopy(v)
		start, end := v.Span()
		b.set(value.Member{Name: c.Name, At: value.Span{Start: int32(start), End: int32(end)}}, loopTree{v, c})
		return true
	})
	return b.value(&lazyLoops{b.l})
}

// loopTree stands for the array that a property loop makes.
type loopTree struct {
	template.Tree
	copy *template.Copy
}

type lazyLoops struct{ *lazyTrees }

// Force implements [value.Lazy].
func (l *lazyLoops) Force(i int) (v value.Value, stays bool) {
	t, ok := l.trees[i].(loopTree)
	if !ok {
		return l.lazyTrees.Force(i)
	}
	return l.env.in.u.member(func() value.Value { return l.env.loop(t.copy, false).WithSpan(spanOf(t.Tree)) })
}
