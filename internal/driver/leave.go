package driver

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// users notes which files units pull in. A template of which that is known before
// its turn comes need not be judged: that is done through the others, see
// [throughOthers]. What it pulls in itself must be known nevertheless.
type users struct {
	mu   sync.Mutex
	used map[string]bool
}

// note takes note of what a unit pulls in.
func (s *users) note(res *result) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range res.pulled() {
		s.used[f] = true
	}
}

// have tells whether a unit can be left to others. A nil *users leaves none.
func (s *users) have(u unit) bool {
	if s == nil || u.file.Named {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.used[u.file.Path]
}

// pulled are the files that a unit pulls in, without its own and those of its
// parameters.
func (r *result) pulled() []string {
	var out []string
	for _, f := range r.uses {
		if f != r.unit.file.Path && !slices.Contains(r.unit.params, f) {
			out = append(out, f)
		}
	}
	return out
}

// usersFirst is an order of units in which those that others pull in are likely to
// come after these: they lie in deeper folders.
func usersFirst(units []unit) []int {
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	depth := func(i int) int { return strings.Count(units[i].file.Path, "/") }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(depth(a), depth(b)) })
	return order
}

// visitRoots is visit, but looks only at those units that are not judged through
// others. Of the rest the results tell what they pull in.
func visitRoots(o Options, look look, units []unit) []*result {
	q := newQueue(o, look, units)
	q.users = &users{used: map[string]bool{}}
	q.run()
	lookAtLeft(o, look, q.results)
	return q.results
}

// lookAtLeft looks at units that were left to others in vain: of templates that
// pull in each other, one is kept.
func lookAtLeft(o Options, look look, results []*result) {
	var at []int
	var units []unit
	for _, res := range throughOthers(results) {
		if res.left {
			at, units = append(at, slices.Index(results, res)), append(units, res.unit)
		}
	}
	o.Progress = nil
	for i, res := range visit(o, look, units) {
		results[at[i]] = res
	}
}
