package facts

import (
	"go/token"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// maxFlowValues is how many values of one resource or output are looked at.
const maxFlowValues = 4096

// flowWalker looks for credentials in a value. As long as the value is
// written as a tree, only the parts are evaluated that may hold some.
type flowWalker struct {
	n      *flowNames
	wanted taint
	whole  value.Span // of the declaration
	sink   Sink
	seen   int
	out    []Flow
}

// flowPlace is a value on the way.
type flowPlace struct {
	v       value.Value
	at      value.Span
	steps   []string
	setting string
	when    value.Condition
}

// below is the place of a member or element.
func (p flowPlace) below(step string, v value.Value) flowPlace {
	p.steps = append(slices.Clip(p.steps), step)
	p.v = v
	return p
}

func (w *flowWalker) tree(p flowPlace, t template.Tree) {
	span := treeSpan(t)
	if w.n.in(span)&w.wanted == 0 {
		return
	}
	p.at = w.narrow(p.at, span)
	switch {
	case t.Kind() == template.Object && p.v.Object() != nil && template.Member(t, "copy") == nil:
		w.members(p, t)
	case t.Kind() == template.Array && p.v.Array() != nil && p.v.Array().Len() == t.Len():
		i := 0
		t.Elements(func(e template.Tree) bool {
			if w.n.in(treeSpan(e))&w.wanted != 0 {
				q := p.below(strconv.Itoa(i), p.v.Array().At(i))
				q.setting = settingName(q.v)
				w.tree(q, e)
			}
			i++
			return true
		})
	default:
		w.value(p)
	}
}

func (w *flowWalker) members(p flowPlace, t template.Tree) {
	t.Members(func(key string, _ token.Pos, m template.Tree) bool {
		if w.n.in(treeSpan(m))&w.wanted == 0 || w.passedOn(p, key) {
			return true
		}
		if v := p.v.Object().Get(key); v.Kind != value.Missing {
			w.tree(p.below(key, v), m)
		}
		return true
	})
}

// passedOn tells whether a member of a nested deployment is looked at
// elsewhere: its template, and arguments for secure parameters.
func (w *flowWalker) passedOn(p flowPlace, key string) bool {
	if w.sink.Resource == nil || w.sink.Resource.Nested == nil {
		return false
	}
	switch len(p.steps) {
	case 1:
		return !value.FoldEqual(key, "parameters")
	case 2:
		secure := false
		for _, param := range w.sink.Resource.Nested.Template.Parameters {
			secure = secure || param.Secure && value.FoldEqual(param.Name, key)
		}
		return secure
	}
	return false
}

// value looks into a value whose parts are not written as such.
func (w *flowWalker) value(p flowPlace) {
	if w.seen++; w.seen > maxFlowValues {
		return
	}
	p.at = w.narrow(p.at, p.v.At)
	switch p.v.Kind {
	case value.Choice:
		w.choice(p)
	case value.Object:
		o := p.v.Object()
		for i, m := range o.Names {
			if !m.Secure {
				w.value(p.below(m.Name, o.At(i)))
			}
		}
	case value.Array:
		for i, v := range p.v.Array().All() {
			q := p.below(strconv.Itoa(i), v)
			q.setting = settingName(v)
			w.value(q)
		}
	default:
		w.leaf(p)
	}
}

// choice looks into the alternatives that the template itself chooses. If
// there are credentials in all, no condition needs to be told.
func (w *flowWalker) choice(p flowPlace) {
	before := len(w.out)
	all, first := true, before
	for i, alt := range p.v.Alternatives() {
		when, feasible := p.when.And(alt.When)
		if !feasible {
			continue
		}
		start := len(w.out)
		q := p
		q.v, q.when = alt.Value, when
		w.value(q)
		all = all && len(w.out) > start
		if i == 0 {
			first = len(w.out)
		}
		if alt.Offered {
			w.out = w.out[:start]
		}
	}
	if all && first > before {
		w.out = w.out[:first]
		for i := before; i < first; i++ {
			w.out[i].When = p.when
		}
	}
}

// narrow is the smaller of two places, if it is part of the declaration.
func (w *flowWalker) narrow(at, inner value.Span) value.Span {
	if inner.IsValid() && inner.Start >= w.whole.Start && inner.End <= w.whole.End && inner.Start >= at.Start && inner.End <= at.End {
		return inner
	}
	return at
}

// settingName is what an element of an array is called.
func settingName(v value.Value) string {
	o := v.Object()
	if o == nil {
		return ""
	}
	s, _ := o.Get("name").Str()
	return s
}

func (w *flowWalker) leaf(p flowPlace) {
	var f sourceFinder
	f.value(p.v, nil, 0)
	for _, s := range f.out {
		sink := w.sink
		sink.Steps, sink.Setting = p.steps, p.setting
		w.out = append(w.out, Flow{Source: s, Sink: sink, At: p.at, Value: p.v, When: apart(p.when), names: w.n})
	}
}

// apart is a condition without what it asks of credentials themselves: whether
// there is one.
func apart(when value.Condition) value.Condition {
	var out value.Condition
	for _, l := range when {
		if !l.Of.Secret {
			out = append(out, l)
		}
	}
	return out
}
