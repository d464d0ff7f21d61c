package bicep

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// dependency is what a declaration needs to be there before it.
type dependency struct {
	res    *resource
	index  syntax.Expr // one resource of a collection
	strong bool        // its body is read, not just its name
}

// dependencies are those of one declaration, in the order of the source.
func (m *model) dependencies(s *symbol) []dependency {
	if d, ok := m.deps[s]; ok {
		return d
	}
	m.deps[s] = nil // of a circle
	w := depWalker{m: m}
	switch {
	case s.res != nil:
		w.resource(s.res)
	case s.kind == symVar:
		w.expr(s.value, false)
	}
	m.deps[s] = w.out
	return w.out
}

type depWalker struct {
	m   *model
	own *syntax.For // the loop of the declaration, whose variables an index may use
	out []dependency
}

func (w *depWalker) add(d dependency) {
	for i, o := range w.out {
		if o.res == d.res && o.index == d.index {
			w.out[i].strong = o.strong || d.strong
			return
		}
	}
	w.out = append(w.out, d)
}

func (w *depWalker) resource(r *resource) {
	w.own = r.loop
	for _, d := range r.decl.Decorated() {
		for _, a := range d.Call.Args {
			w.expr(a, false)
		}
	}
	if r.outer != nil {
		w.add(dependency{res: r.outer})
	}
	if r.loop != nil {
		w.expr(r.loop.List, false)
	}
	w.expr(r.cond, false)
	if r.body == nil {
		return
	}
	for _, i := range r.body.Items {
		k, _ := plainKey(i)
		if i.Key != nil {
			w.expr(i.Key, false)
		}
		w.expr(i.Value, r.module == nil && (k == "parent" || k == "scope"))
	}
}

// expr walks an expression; weak says that what it names is not read.
func (w *depWalker) expr(x syntax.Expr, weak bool) {
	switch x := x.(type) {
	case nil:
		return
	case *syntax.Variable:
		if s := w.m.uses[x]; s != nil {
			w.symbol(s, weak)
		}
		return
	case *syntax.Property:
		if r, ok := w.m.refer(x.Base); ok {
			w.ref(r, weak || constantName(x.Name.Text))
			return
		}
	case *syntax.Call:
		if x.Base != nil {
			if r, ok := w.m.refer(x.Base); ok {
				w.ref(r, true)
				for _, a := range x.Args {
					w.expr(a, weak)
				}
				return
			}
		}
	case *syntax.Index:
		if name, ok := syntax.Plain(x.Index); ok {
			if r, ok := w.m.refer(x.Base); ok && !r.whole() {
				w.ref(r, weak || constantName(name))
				return
			}
		}
		if r, ok := w.m.refer(x); ok {
			w.ref(r, weak)
			return
		}
	case *syntax.Nested:
		if r, ok := w.m.refer(x); ok {
			w.ref(r, weak)
			return
		}
	}
	syntax.Children(x, func(x syntax.Expr) { w.expr(x, weak) })
}

func constantName(name string) bool {
	return name == "id" || name == "name" || name == "type" || name == "apiVersion"
}

func (w *depWalker) symbol(s *symbol, weak bool) {
	switch {
	case s.res != nil:
		w.ref(ref{res: s.res}, weak)
	case s.kind == symVar && s.m == w.m:
		for _, d := range w.m.dependencies(s) {
			w.add(d)
		}
	}
}

func (w *depWalker) ref(r ref, weak bool) {
	if r.index != nil {
		w.expr(r.index, false)
		if !w.visible(r.index) {
			r.index = nil
		}
	}
	w.add(dependency{r.res, r.index, !weak})
}

// visible tells whether an index uses no variables of loops but that of the
// declaration.
func (w *depWalker) visible(x syntax.Expr) bool {
	ok := true
	syntax.Inspect(x, func(x syntax.Expr) bool {
		if v, is := x.(*syntax.Variable); is {
			if s := w.m.uses[v]; s != nil {
				local := s.kind == symItem || s.kind == symCounter
				ok = ok && s.kind != symLambda && (!local || s.loop == w.own && w.own != nil)
			}
		}
		return ok
	})
	return ok
}

// terminal is a dependency with the converter for its index.
type terminal struct {
	dependency
	in *conv
}

// terminals follows dependencies through what is no part of the template.
func (e *emitter) terminals(r *resource) []terminal {
	var out []terminal
	seen := map[*resource]bool{r: true}
	var follow func(list []dependency, in *conv)
	follow = func(list []dependency, in *conv) {
		for _, d := range list {
			if d.res == r || d.res.m != r.m {
				continue
			}
			if in == nil {
				d.index = nil
			}
			if !d.res.existing || e.symbolic && d.strong && !e.dropped(d.res) {
				out = append(out, terminal{d, in})
				continue
			}
			if seen[d.res] {
				continue
			}
			seen[d.res] = true
			follow(r.m.dependencies(d.res.sym), e.through(d, in))
		}
	}
	follow(r.m.dependencies(r.sym), e.of(r))
	return out
}

// through is the converter for indexes behind an existing resource: nil if
// they mean nothing here.
func (e *emitter) through(d dependency, in *conv) *conv {
	if d.res.loop == nil {
		return in
	}
	if v, ok := d.index.(*syntax.Variable); ok && in != nil {
		if s := in.m.uses[v]; s != nil && s.kind == symCounter {
			return in.at(ref{d.res, d.index})
		}
	}
	return nil
}

// dependsOn is the dependsOn member, nil if there is nothing to wait for.
func (e *emitter) dependsOn(r *resource, at place) template.Tree {
	all := e.terminals(r)
	list := at.array()
	var keys []string
	for _, t := range all {
		if t.index != nil && slices.ContainsFunc(all, func(o terminal) bool { return o.res == t.res && o.index == nil }) {
			continue
		}
		n := e.dependency(t, at)
		k := t.res.key()
		if n.Kind != expr.String {
			k += "\x00" + expr.Print(n)
		}
		i, found := slices.BinarySearchFunc(keys, k, strings.Compare)
		if found {
			continue
		}
		keys = slices.Insert(keys, i, k)
		list.members = slices.Insert(list.members, i, member{value: at.tree(n)})
	}
	if len(list.members) == 0 {
		return nil
	}
	return list
}

// dependency is how the template names one.
func (e *emitter) dependency(t terminal, at place) *expr.Node {
	in := t.in
	if in == nil {
		in = e.of(t.res)
	}
	r := ref{t.res, t.index}
	switch {
	case e.symbolic && !e.dropped(t.res):
		return in.symbolOf(r, at)
	case r.whole():
		return at.lit(t.res.key())
	}
	return in.id(r, at)
}
