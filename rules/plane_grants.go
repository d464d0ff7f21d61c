package rules

import (
	"iter"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// planeRoles yields the grants on planes with each role that the template
// itself chooses for them. When of the role is the condition for both.
func (p *Pass) planeRoles(planes ...facts.Plane) iter.Seq2[*facts.Grant, facts.Role] {
	return func(yield func(*facts.Grant, facts.Role) bool) {
		for g := range p.Access.GrantsOn(planes...) {
			for _, role := range g.Roles {
				when, ok := joined(g.When, role.When)
				if role.Offered || !ok || !together(when, g.Resource.When) {
					continue
				}
				role.When = when
				if !yield(g, role) {
					return
				}
			}
		}
	}
}

// entryFinding is the frame of a finding about a grant in a list: at the value
// of one of the members of its entry, or at the list if that has no place.
func entryFinding(g *facts.Grant, member string, when value.Condition) Finding {
	path := entryPath(g)
	f := Finding{
		At: g.Entry.Get(member).At, Resource: g.Resource, When: when, Path: strings.Join(append(path, member), "."),
		Related: because(g.Resource, "the entry", path...),
	}
	if !f.At.IsValid() || isContainer(g.Entry.Get(member)) {
		f.At = entryAt(g, member)
	}
	return f
}

// entryAt is the place of a member of an entry: of its name, or what names the
// entry, or the list.
func entryAt(g *facts.Grant, member string) value.Span {
	for _, name := range []string{member, "principalId", "objectId"} {
		if at := nameOf(g.Entry, name); at.IsValid() {
			return at
		}
	}
	return spot(g.Resource, entryPath(g)...)
}

// entryPath are the names that lead to the list that holds a grant.
func entryPath(g *facts.Grant) []string {
	if g.Path == "" {
		return []string{"properties"}
	}
	return strings.Split(g.Path, ".")
}

// lastName is the name of a child resource without those of its parents; what
// is not known of it in ‹ ›.
func lastName(r *eval.Resource) string {
	return value.ShowAll(lastSegment(r.Name()))
}
