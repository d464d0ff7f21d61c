package compare

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/report/access"
)

// Access tells how access changes from old to fresh. The changes are sorted, the
// worst first; those to grants that only moved come last.
func Access(old, fresh *access.Access) *access.Diff {
	m := &matcher{}
	all := sides{items(old.Grants), items(fresh.Grants)}
	left := m.equal(all)
	left = m.alike(left)
	left = m.unknown(left)
	m.rest(left, all.old, all.new)
	m.hosts(old, fresh)
	m.declared(old, fresh)
	sort.SliceStable(m.changes, func(i, j int) bool { return order(m.changes[i], m.changes[j]) < 0 })
	return &access.Diff{
		Version: fresh.Version, TablesDate: fresh.TablesDate, Changes: m.changes, Same: m.same,
		Before: old.Coverage, After: fresh.Coverage,
		Problems: slices.Concat(old.Problems, fresh.Problems), Complete: old.Complete && fresh.Complete,
	}
}

// order sorts changes: by kind, the greater power first, then by place.
func order(a, b access.Change) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind), -cmp.Compare(power(a), power(b)),
		strings.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Start, b.At.Start),
		strings.Compare(a.Principal.Name, b.Principal.Name), strings.Compare(scopeOf(a), scopeOf(b)),
		slices.Compare(a.Reasons, b.Reasons),
	)
}

// power is that of the role, the greater one of two. What is not known may be
// anything.
func power(c access.Change) access.Power {
	most := access.PowerUnknown
	for _, g := range []*access.Grant{c.Old, c.New} {
		if g != nil {
			most = max(most, g.Role.Power)
		}
	}
	return most
}

func scopeOf(c access.Change) string {
	if g := c.Grant(); g != nil {
		return g.Scope.ID
	}
	return ""
}
