package eval

import (
	"slices"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Stop is a place that a value came through on its way to where it is used.
type Stop struct {
	Kind string // "default", "argument", "variable", "output" or "literal"
	Name string // of the parameter, variable or output; the text of a literal
	At   value.Span
}

// recorder collects the stops of one value.
type recorder struct {
	stops []Stop
	max   int
	done  map[*cell]told
	way   bool // an argument comes before what it depends on

	placed map[placed]bool    // the places that are recorded; nil: none is
	named  map[*Resource]bool // the resources whose names are recorded
}

// told is a value that was computed while stops were recorded, and those that
// are its own.
type told struct {
	value value.Value
	stops []Stop
}

// all tells whether everything is asked for that a value depends on, not only
// where it came from.
func (r *recorder) all() bool { return r.way || r.placed != nil }

// repeat records the stops of a value again that is used once more: another
// part of it may be selected then. Who asks for everything has them already.
func (r *recorder) repeat(stops []Stop) {
	if r.all() {
		return
	}
	for _, s := range stops {
		if s.Kind != "literal" && len(r.stops) < r.max {
			r.stops = append(r.stops, s)
		}
	}
}

// placed is the place of an instance: its resource group, or only its
// subscription or management group.
type placed struct {
	in    *Instance
	group bool
}

// maxStops is how many stops are told of one value.
const maxStops = 64

// MaxSources is how many stops Sources tells of one value.
const MaxSources = 1000

// record notes a stop while an origin is recorded.
func (u *unit) record(s Stop) {
	if u.recorder != nil && s.At.IsValid() && len(u.recorder.stops) < u.recorder.max {
		u.recorder.stops = append(u.recorder.stops, s)
	}
}

// stops is the number of stops that are recorded so far.
func (u *unit) stops() int {
	if u.recorder == nil {
		return 0
	}
	return len(u.recorder.stops)
}

// narrow moves the innermost of the stops since one, which is about a whole
// object or array, to the part of it that was selected. An output stays whole.
func (u *unit) narrow(since int, part value.Span) {
	if u.recorder == nil || !part.IsValid() {
		return
	}
	stops := u.recorder.stops
	for i := len(stops) - 1; i >= since; i-- {
		if at := stops[i].At; stops[i].Kind != "output" && at != part && at.Start <= part.Start && part.End <= at.End {
			stops[i].At = part
			return
		}
	}
}

// Trace returns the stops of the value at a path of names in the body, by
// evaluating it anew.
func (r *Resource) Trace(path ...string) []Stop {
	return narrowest(r.Instance.u.trace(&recorder{max: maxStops}, func() { r.evalBody().Get(path...) }))
}

// narrowest leaves out the stops at something whole of which a part is told
// too.
func narrowest(stops []Stop) []Stop {
	return slices.DeleteFunc(slices.Clone(stops), func(s Stop) bool {
		return slices.ContainsFunc(stops, func(o Stop) bool {
			return o.Kind == s.Kind && o.Name == s.Name && o.At != s.At && s.At.Start <= o.At.Start && o.At.End <= s.At.End
		})
	})
}

// Sources returns the stops of everything that the value of t depends on:
// beside those of the value itself those of the place that it is deployed to
// and of the names of the resources that it refers to, as far as it asks for
// them.
func (e Env) Sources(t template.Tree) []Stop {
	all := &recorder{max: MaxSources, placed: map[placed]bool{}, named: map[*Resource]bool{}}
	return e.in.u.trace(all, func() { e.Eval(t) })
}

func (u *unit) trace(r *recorder, evaluate func()) []Stop {
	r.done = map[*cell]told{}
	u.recorder = r
	defer func() { u.recorder = nil }()
	evaluate()
	return r.stops
}

// recordPlace records what the place of the instance depends on: its resource
// group, or only what holds that.
func (in *Instance) recordPlace(group bool) {
	r := in.u.recorder
	if r == nil || r.placed == nil || r.placed[placed{in, group}] || in.By == nil {
		return
	}
	r.placed[placed{in, group}] = true
	in.Parent.recordPlace(group)
	d := in.By.Decl
	in.By.env.Eval(d.Scope)
	in.By.env.Eval(d.SubscriptionID)
	if group {
		in.By.env.Eval(d.ResourceGroup)
	}
}

// recordName records what the id of the resource depends on.
func (r *Resource) recordName() {
	rec := r.Instance.u.recorder
	if rec == nil || rec.named == nil || rec.named[r] {
		return
	}
	rec.named[r] = true
	r.Instance.recordPlace(true)
	r.env.Eval(r.Decl.Name)
	if r.Parent != nil {
		r.Parent.recordName()
	}
}
