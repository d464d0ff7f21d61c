package eval

import (
	"strconv"

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
	done  map[*cell]value.Value
}

// maxStops is how many stops are told of one value.
const maxStops = 64

// record notes a stop while an origin is recorded.
func (u *unit) record(s Stop) {
	if u.recorder != nil && s.At.IsValid() && len(u.recorder.stops) < maxStops {
		u.recorder.stops = append(u.recorder.stops, s)
	}
}

// Trace returns the stops of the value at a path in the body, by evaluating it
// anew. The path is made of names, and of numbers for elements of arrays.
func (r *Resource) Trace(path ...string) []Stop {
	return r.Instance.u.recorded(func() { reach(r.evalBody(), path) })
}

// TraceOutput returns the stops of the value at a path in the output called
// name, in the way of [Resource.Trace].
func (in *Instance) TraceOutput(name string, path ...string) []Stop {
	return in.u.recorded(func() {
		v, _ := in.Output(name)
		reach(v, path)
	})
}

// recorded returns the stops that are met while f runs.
func (u *unit) recorded(f func()) []Stop {
	u.recorder = &recorder{done: map[*cell]value.Value{}}
	defer func() { u.recorder = nil }()
	f()
	return u.recorder.stops
}

// reach computes the values on the way along a path, through the alternatives
// of choices.
func reach(v value.Value, path []string) {
	for _, alt := range v.Alternatives() {
		if len(path) == 0 {
			return
		}
		if a := alt.Value.Array(); a != nil {
			if i, err := strconv.Atoi(path[0]); err == nil && i >= 0 && i < a.Len() {
				reach(a.At(i), path[1:])
			}
		} else {
			reach(alt.Value.Get(path[0]), path[1:])
		}
	}
}
