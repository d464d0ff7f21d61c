package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// place is one alternative of what stands at a path.
type place struct {
	Value   value.Value
	Around  value.Value // the innermost object that holds it
	When    value.Condition
	Offered bool
}

// places returns what stands at a path of names with dots between: "[]" behind
// a name is every element, "*" every member, "**" any depth. Null counts as
// absent. It is not exact if something on the way is not known.
func places(v value.Value, path string) (out []place, exact bool) {
	w := walker{exact: true}
	w.walk(place{Value: v}, steps(path))
	return w.out, w.exact
}

func steps(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(path, "[]", ".[]"), ".")
}

type walker struct {
	out   []place
	exact bool
}

func (w *walker) walk(at place, path []string) {
	for _, alt := range at.Value.Alternatives() {
		when, feasible := at.When.And(alt.When)
		if !feasible || alt.Value.IsNull() {
			continue
		}
		one := place{alt.Value, at.Around, when, at.Offered || alt.Offered}
		if len(path) == 0 {
			w.out = append(w.out, one)
			continue
		}
		w.step(one, path)
	}
}

func (w *walker) step(at place, path []string) {
	if at.Value.Kind == value.Unknown {
		w.exact = false
		return
	}
	switch path[0] {
	case "[]":
		w.elements(at, path[1:])
	case "*":
		w.members(at, path[1:])
	case "**":
		w.walk(at, path[1:])
		w.elements(at, path)
		w.members(at, path)
	default:
		w.member(at, path)
	}
}

func (w *walker) elements(at place, path []string) {
	a := at.Value.Array()
	if a == nil {
		return
	}
	w.exact = w.exact && a.Open == nil
	for _, v := range a.All() {
		w.walk(place{v, at.Around, at.When, at.Offered}, path)
	}
}

func (w *walker) members(at place, path []string) {
	o := at.Value.Object()
	if o == nil {
		return
	}
	w.exact = w.exact && o.Open == nil
	for i := range o.Names {
		w.walk(place{o.At(i), at.Value, at.When, at.Offered}, path)
	}
}

func (w *walker) member(at place, path []string) {
	o := at.Value.Object()
	if o == nil {
		return
	}
	i := o.Index(path[0])
	if i < 0 {
		w.exact = w.exact && o.Open == nil
		return
	}
	w.walk(place{o.At(i), at.Value, at.When, at.Offered}, path[1:])
}

// scalar is the text of a known string, bool or number, as conditions compare
// it.
func scalar(v value.Value) (string, bool) {
	switch v.Kind {
	case value.String:
		return v.Str()
	case value.Bool:
		if b, _ := v.Bool(); b {
			return "true", true
		}
		return "false", true
	case value.Int, value.Float:
		return v.Number(), true
	}
	return "", false
}

// literals joins the parts of a text that are known, with a mark for each
// hole.
func literals(v value.Value) string {
	var b strings.Builder
	for _, p := range v.Parts() {
		if p.Hole != nil {
			b.WriteByte(0)
		} else {
			b.WriteString(p.Literal)
		}
	}
	return b.String()
}
