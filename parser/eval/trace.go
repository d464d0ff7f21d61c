package eval

import "github.com/rolecall/rolecall/parser/value"

// Stop is a place that a value came through on its way to where it is used.
type Stop struct {
	Kind string // "default", "argument", "variable", "output" or "literal"
	Name string // of the parameter, variable or output; the text of a literal
	At   value.Span
}

// recorder collects the stops of one value.
type recorder struct {
	stops []Stop
	done  map[*cell]value.Value
	way   bool // an argument comes before what it depends on
}

// maxStops is how many stops are told of one value.
const maxStops = 64

// record notes a stop while an origin is recorded.
func (u *unit) record(s Stop) {
	if u.recorder != nil && s.At.IsValid() && len(u.recorder.stops) < maxStops {
		u.recorder.stops = append(u.recorder.stops, s)
	}
}

// Trace returns the stops of the value at a path of names in the body, by
// evaluating it anew.
func (r *Resource) Trace(path ...string) []Stop {
	u := r.Instance.u
	u.recorder = &recorder{done: map[*cell]value.Value{}}
	defer func() { u.recorder = nil }()
	r.evalBody().Get(path...)
	return u.recorder.stops
}
