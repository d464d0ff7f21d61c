package eval

import (
	"strconv"

	"github.com/rolecall/rolecall/parser/value"
)

// Way returns the stops of the value at a path in the body, by evaluating it
// anew: each before those that it depends on. The path is made of names, and
// of numbers for elements of arrays.
func (r *Resource) Way(path ...string) []Stop {
	return r.Instance.u.way(func() { reach(r.evalBody(), path) })
}

// OutputWay returns the stops of the value at a path in the output called
// name, in the way of [Resource.Way].
func (in *Instance) OutputWay(name string, path ...string) []Stop {
	return in.u.way(func() {
		v, _ := in.Output(name)
		reach(v, path)
	})
}

// way returns the stops that are met while f runs.
func (u *unit) way(f func()) []Stop {
	return u.trace(&recorder{max: maxStops, way: true}, f)
}

// reach computes the values on the way along a path, through the alternatives
// of choices.
func reach(v value.Value, path []string) {
	if len(path) == 0 {
		return
	}
	for _, alt := range v.Alternatives() {
		if a := alt.Value.Array(); a != nil {
			if i, err := strconv.Atoi(path[0]); err == nil && i >= 0 && i < a.Len() {
				reach(a.At(i), path[1:])
			}
		} else {
			reach(alt.Value.Get(path[0]), path[1:])
		}
	}
}
