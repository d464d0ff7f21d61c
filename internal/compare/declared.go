package compare

import (
	"strings"

	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/report/access"
)

// declared tells new declarations of grants that are not decided, and of which
// there is no grant to compare: those that were not understood, or lie beyond a
// limit. They are the same if resource, state and reason are.
func (m *matcher) declared(old, fresh *access.Access) {
	before, after := Undecided(old), Undecided(fresh)
	left := map[string]int{}
	for _, u := range before {
		left[declaredKey(u)]++
	}
	for _, u := range after {
		if k := declaredKey(u); left[k] > 0 {
			left[k]--
			continue
		}
		m.changes = append(m.changes, access.Change{Kind: access.NotKnown, Declared: &u, At: u.At, Reasons: []string{"it was not there before, or more was known of it"}})
	}
}

// Undecided are the declarations of grants of which there is no grant to
// compare. What is not deployed with these parameters is no access, and not
// among them.
func Undecided(a *access.Access) []report.Undecided {
	type place struct {
		file  string
		start int
	}
	told := map[place]bool{}
	for _, g := range a.Grants {
		told[place{g.At.File, g.At.Start}] = true
	}
	var out []report.Undecided
	for _, u := range a.Coverage.Undecided {
		if u.Kind == report.KindGrant && u.State != report.StateNotDeployed && !told[place{u.At.File, u.At.Start}] {
			out = append(out, u)
		}
	}
	return out
}

func declaredKey(u report.Undecided) string {
	return strings.Join([]string{fold(u.Resource.Type), u.Resource.Symbol, u.State, u.Reason}, "\x00")
}
