package compare

import (
	"path"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/facts"
)

// item is a grant with what it is compared by.
type item struct {
	grant     *access.Grant
	plane     string // those that differ only in being eligible are one
	eligible  bool
	principal string
	role      string
	scope     string
	condition string
	sets      []string // names of parameter files without their folders; none: all
	inert     bool     // it has no effect
	rights    rights
	meaning   string // all of it
}

// sharedPlane is the plane that a plane is not told apart from, and whether
// what it grants is eligible only.
func sharedPlane(plane string) (as string, eligible bool) {
	switch plane {
	case facts.PIMActive.String():
		return facts.RBAC.String(), false
	case facts.PIMEligible.String():
		return facts.RBAC.String(), true
	case facts.LighthouseEligible.String():
		return facts.Lighthouse.String(), true
	}
	return plane, false
}

func newItem(g *access.Grant) *item {
	i := &item{
		grant: g, principal: principalKey(g.Principal), role: roleKey(g.Role), scope: scopeKey(g.Scope.ID),
		condition: squeeze(g.Condition), sets: baseNames(g.Sets), inert: strings.HasPrefix(g.Note, "no effect"),
		rights: rightsOf(g),
	}
	i.plane, i.eligible = sharedPlane(g.Plane)
	i.meaning = strings.Join([]string{
		i.plane, flag(i.eligible), flag(i.inert), flag(g.Principal.Known), i.principal, i.role, i.rights.key(),
		i.scope, i.condition, g.Maybe, strings.Join(i.sets, "\x01"),
	}, "\x00")
	return i
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// bucket is what grants have in common that may be changes of each other. The
// principal of a federated credential is what may change.
func (i *item) bucket() string {
	if i.plane == facts.FederatedCredential.String() {
		return i.plane + "\x00" + i.scope
	}
	return i.plane + "\x00" + i.principal
}

// open reports whether what the grant is for depends on where its template is
// deployed, or on what is filled in there.
func (i *item) open() bool {
	return !i.grant.Principal.Known || hasHole(i.principal) || hasHole(i.scope)
}

// undecided reports whether it is not known who may do what where. A part of
// the scope that deployment decides, such as the subscription, is no reason.
func (i *item) undecided() bool {
	return !i.grant.Principal.Known || !i.roleKnown() || !i.scopeKnown()
}

// notKnown says what of an undecided grant is, or was, not known.
func (i *item) notKnown(verb string) string {
	var parts []string
	if !i.grant.Principal.Known {
		parts = append(parts, "who it is for")
	}
	if !i.roleKnown() {
		parts = append(parts, "which role it is")
	}
	if !i.scopeKnown() {
		parts = append(parts, "where it holds")
	}
	return "it " + verb + " not known " + strings.Join(parts, " and ")
}

func (i *item) roleKnown() bool { return i.grant.Role.Known || i.role != "" && !hasHole(i.role) }

func (i *item) scopeKnown() bool { return i.grant.Scope.Level != "" }

func hasHole(s string) bool { return strings.Contains(s, "‹") }

// principalKey is what tells principals apart. The kind does not, of those that
// the templates only name: it is what they say of it. Of one resource there may
// be several principals without an id of their own, which their names tell
// apart.
func principalKey(p access.Principal) string {
	switch {
	case p.Kind == access.Federated:
		return p.ID // subjects are compared with case
	case p.ID == "":
		return fold(p.Name)
	case p.Kind == access.SystemAssigned, p.Kind == access.UserAssigned, p.Kind == access.Application, !strings.Contains(p.ID, "/"):
		return fold(p.ID)
	}
	return fold(p.ID) + " " + fold(p.Name)
}

func roleKey(r access.Role) string {
	if r.ID != "" {
		return fold(r.ID)
	}
	return fold(r.Name)
}

func scopeKey(id string) string { return strings.TrimSuffix(fold(id), "/") }

func fold(s string) string { return strings.ToLower(s) }

// squeeze makes one space of white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func baseNames(files []string) []string {
	var out []string
	for _, f := range files {
		out = append(out, path.Base(f))
	}
	slices.Sort(out)
	return out
}
