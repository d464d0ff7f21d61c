package access

import (
	"cmp"
	"slices"
	"strings"
)

// kinds are the kinds of principals in the order in which they are told: first what the templates make, then what they
// only name.
var kinds = []string{
	SystemAssigned, UserAssigned, Application, Federated, ServicePrincipal, Group, User, OtherPrincipal,
}

// levels are the levels of scopes, the widest first. What is not known may be anything.
var levels = []string{"tenant", "management group", "subscription", "", "resource group", "resource"}

// Compare orders principals by kind and name.
func (p Principal) Compare(q Principal) int {
	return cmp.Or(
		cmp.Compare(slices.Index(kinds, p.Kind), slices.Index(kinds, q.Kind)),
		compareFold(p.Name, q.Name), compareFold(p.ID, q.ID), strings.Compare(p.Key, q.Key),
	)
}

// Compare orders scopes by level, the widest first, and by id.
func (s Scope) Compare(t Scope) int {
	return cmp.Or(
		cmp.Compare(slices.Index(levels, s.Level), slices.Index(levels, t.Level)),
		compareFold(s.ID, t.ID), compareFold(s.Type, t.Type), compareFold(s.Name, t.Name),
	)
}

// Compare orders grants: those of one principal together, its greatest power first. It is 0 only for what reads the
// same.
func Compare(a, b Grant) int {
	return cmp.Or(
		a.Principal.Compare(b.Principal), -cmp.Compare(a.Role.Power, b.Role.Power), a.Scope.Compare(b.Scope),
		compareFold(a.Role.Name, b.Role.Name), strings.Compare(a.Role.ID, b.Role.ID), strings.Compare(a.Plane, b.Plane),
		strings.Compare(a.Root, b.Root), strings.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Start, b.At.Start),
		slices.Compare(a.Chain, b.Chain), strings.Compare(a.Condition, b.Condition), strings.Compare(a.Maybe, b.Maybe),
		slices.Compare(a.Sets, b.Sets), strings.Compare(a.Note, b.Note),
	)
}

// compareFold compares letters without their case first, so that it is a total order all the same.
func compareFold(a, b string) int {
	return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}
