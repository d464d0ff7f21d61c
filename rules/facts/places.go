package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// Place is one alternative of what stands at a path.
type Place struct {
	Value   value.Value
	Around  value.Value // the innermost object that holds it
	When    value.Condition
	Offered bool

	outer *Place // where Around stands, see walker.whole
}

// Places returns what stands at a path of names with dots between. Behind a
// name, "[]" is every element and "[name=x]" each element called x; "*" is
// every member, "*x" each one whose name ends in x, and "**" any depth. Null
// counts as absent. It is not exact if something on the way is not known.
func Places(v value.Value, path string) (out []Place, exact bool) {
	w := walker{exact: true}
	w.walk(Place{Value: v}, path)
	return w.out, w.exact
}

// cutStep takes the first step off a path.
func cutStep(path string) (step, rest string) {
	for i := 1; i < len(path); i++ {
		switch path[i] {
		case '.':
			return path[:i], path[i+1:]
		case '[':
			return path[:i], path[i:]
		}
	}
	return path, ""
}

type walker struct {
	out   []Place
	exact bool
	whole bool // places know all that is around them
}

func (w *walker) walk(at Place, path string) {
	for _, alt := range at.Value.Alternatives() {
		when, feasible := at.When.And(alt.When)
		if !feasible || alt.Value.IsNull() {
			continue
		}
		one := at
		one.Value, one.When, one.Offered = alt.Value, when, at.Offered || alt.Offered
		if path == "" {
			w.out = append(w.out, one)
			continue
		}
		w.step(one, path)
	}
}

func (w *walker) step(at Place, path string) {
	if at.Value.Kind == value.Unknown {
		w.exact = false
		return
	}
	switch name, rest := cutStep(path); {
	case name == "[]":
		w.elements(at, rest)
	case name == "**":
		w.walk(at, rest)
		w.elements(at, path)
		w.members(at, "", path)
	case name[0] == '*':
		w.members(at, name[1:], rest)
	case name[0] == '[':
		elements := walker{exact: true, whole: w.whole}
		elements.elements(at, "")
		w.exact = w.exact && elements.exact
		for _, e := range elements.out {
			w.called(e, strings.TrimSuffix(strings.TrimPrefix(name, "[name="), "]"), rest)
		}
	default:
		w.member(at, name, rest)
	}
}

func (w *walker) elements(at Place, path string) {
	a := at.Value.Array()
	if a == nil {
		return
	}
	w.exact = w.exact && a.Open == nil
	if path == "" {
		w.out = slices.Grow(w.out, a.Len())
	}
	for _, v := range a.All() {
		one := at
		one.Value = v
		w.walk(one, path)
	}
}

// called goes on in an element if its name is the given one.
func (w *walker) called(at Place, pattern, path string) {
	o := at.Value.Object()
	if o == nil || o.Index("name") < 0 {
		w.exact = w.exact && at.Value.Kind != value.Unknown && (o == nil || o.Open == nil)
		return
	}
	for _, name := range o.Get("name").Alternatives() {
		s, known := name.Value.Str()
		w.exact = w.exact && known
		when, feasible := at.When.And(name.When)
		if !known || !feasible || !named(s, pattern) {
			continue
		}
		one := at
		one.When, one.Offered = when, at.Offered || name.Offered
		w.walk(one, path)
	}
}

func named(s, pattern string) bool {
	suffix, open := strings.CutPrefix(pattern, "*")
	if open && len(s) >= len(suffix) {
		s = s[len(s)-len(suffix):]
	}
	return value.FoldEqual(s, suffix)
}

func (w *walker) members(at Place, suffix, path string) {
	o := at.Value.Object()
	if o == nil {
		return
	}
	w.exact = w.exact && o.Open == nil
	for i, m := range o.Names {
		if named(m.Name, "*"+suffix) {
			w.walk(w.inside(at, o.At(i)), path)
		}
	}
}

func (w *walker) member(at Place, name, path string) {
	o := at.Value.Object()
	if o == nil {
		return
	}
	i := o.Index(name)
	if i < 0 {
		w.exact = w.exact && o.Open == nil
		return
	}
	w.walk(w.inside(at, o.At(i)), path)
}

// inside is the place of a member of the object that stands at a place.
func (w *walker) inside(at Place, v value.Value) Place {
	in := Place{Value: v, Around: at.Value, When: at.When, Offered: at.Offered}
	if w.whole {
		outer := at
		in.outer = &outer
	}
	return in
}
