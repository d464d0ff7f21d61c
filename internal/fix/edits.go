package fix

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/rolecall/rolecall/report"
)

// Apply makes the edits of one text, whatever their order. Edits that overlap
// or lie outside of the text are an error. Insertions at one place come in the
// order they are given in.
func Apply(text []byte, edits []report.Edit) ([]byte, error) {
	edits = slices.Clone(edits)
	sort.SliceStable(edits, func(i, j int) bool {
		a, b := edits[i], edits[j]
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) < 0
	})
	out := make([]byte, 0, len(text)+added(edits))
	done := 0
	for _, e := range edits {
		if e.Start < done || e.End < e.Start || e.End > len(text) {
			return nil, fmt.Errorf("the edit of the bytes %d to %d overlaps another one, or lies outside of the file", e.Start, e.End)
		}
		out = append(append(out, text[done:e.Start]...), e.New...)
		done = e.End
	}
	return append(out, text[done:]...), nil
}

func added(edits []report.Edit) int {
	n := 0
	for _, e := range edits {
		n += len(e.New)
	}
	return n
}

// touches tells whether edits overlap or meet those of other fixes: such fixes
// are not made at the same time, since one may change what the other is about.
func touches(taken map[string][]report.Edit, edits []report.Edit) bool {
	for _, x := range edits {
		for _, y := range taken[x.File] {
			if x.Start <= y.End && y.Start <= x.End {
				return true
			}
		}
	}
	return false
}
