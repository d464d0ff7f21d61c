package driver

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules/facts"
)

// Unit is a root document that was evaluated with one set of parameter values.
// It is dropped when what was asked of it is taken: what is to outlive it goes
// through its methods, which also leave secrets out.
type Unit struct {
	Access *facts.Access
	Root   string

	unit   unit
	places *places
}

// Sets is what the unit's set of parameter values is called, for people, and
// how many sets its root has. With one set there is nothing to tell apart.
func (u *Unit) Sets() (name string, of int) { return setName(u.unit), u.unit.sets }

// Defaults tells whether no parameter file belongs to the set.
func (u *Unit) Defaults() bool { return len(u.unit.params) == 0 }

// Plain is a text of the unit without secrets.
func (u *Unit) Plain(s string) string { return u.places.plain(s) }

// Place is where a span of the unit stands, with the line that it begins on.
func (u *Unit) Place(at value.Span) report.Place { return u.places.place(at, "") }

// Resource names a resource of the unit.
func (u *Unit) Resource(r *eval.Resource) report.Resource { return u.places.resource(r) }

// Chain names the modules that lead to a resource, outermost first.
func (u *Unit) Chain(r *eval.Resource) []string { return u.places.chain(r) }

// Maybe words the condition under which something of a resource is deployed:
// the resource's own and that of the value, in whole. It is "" if it always is.
func (u *Unit) Maybe(r *eval.Resource, when value.Condition) string {
	return u.Plain(worded(r, holding(r, when).Exact(maxCondition)))
}

// maxCondition bounds the length of a condition in bytes.
const maxCondition = 4 << 10

// Each evaluates the files as [Run] does, but instead of running rules it
// takes something out of each unit. The function is called from several
// goroutines. What it returned comes in the order of the units, without those
// of templates that others pull in; the report tells how it went, and has no
// findings.
func Each[T any](o Options, take func(*Unit) T) ([]T, *report.Report) {
	all := visitRoots(o, func(_ *worker, u *Unit, res *result) { res.taken = take(u) }, plan(o))
	results := throughOthers(all)
	return taken[T](results), outcome(o, all, results)
}

// Taken returns what [Options.Also] took in an analysis, in the order of the
// units, without those of templates that others pull in.
func Taken[T any](a *Analysis) []T { return taken[T](throughOthers(a.results)) }

func taken[T any](results []*result) []T {
	var out []T
	for _, res := range results {
		if t, ok := res.taken.(T); ok {
			out = append(out, t)
		}
	}
	return out
}
