package rules

import (
	"slices"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// wellFormed tells whether nothing speaks against a value being the id of a
// user-assigned identity, and whether it may be shown.
func wellFormed(id value.Value) bool {
	return id.Flags&value.Secure == 0 && malformedIdentity(id) == "" && !hasGap(id)
}

// otherID tells whether two ids surely name different resources of one type.
func otherID(a, b value.Value) bool {
	if !isID(a) || !isID(b) || resourceid.Key(a) == resourceid.Key(b) {
		return false
	}
	x, exactX := a.Segments()
	y, exactY := b.Segments()
	if otherText(x[len(x)-1], y[len(y)-1]) {
		return true
	}
	if !exactX || !exactY || len(x) != len(y) {
		return false
	}
	for i := range x {
		if otherText(x[i], y[i]) {
			return true
		}
	}
	return false
}

// otherText tells whether two texts surely differ, not only in case: the holes
// that they begin or end with are the same, and there are no others.
func otherText(a, b value.Value) bool {
	x, y := tokens(a), tokens(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	isHole := func(t string) bool { return len(t) > 1 }
	return len(x)+len(y) > 0 && !slices.ContainsFunc(x, isHole) && !slices.ContainsFunc(y, isHole)
}

// tokens takes a text apart into bytes, in lower case, and keys of holes.
func tokens(v value.Value) []string {
	var out []string
	for _, p := range v.Parts() {
		if p.Hole != nil {
			out = append(out, "‹"+p.Hole.Key)
			continue
		}
		lower := value.Fold(p.Literal)
		for i := range len(lower) {
			out = append(out, lower[i:i+1])
		}
	}
	return out
}

// shortID shows the last segment of an id.
func shortID(id value.Value) string { return value.Show(lastSegment(id)) }
