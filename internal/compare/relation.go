package compare

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/azure"
)

// relation says in which ways one grant differs from another.
type relation struct {
	wider, narrower, unclear, restated []reason
}

// reason is a clause, and the permissions that it is about.
type reason struct {
	text        string
	permissions []string
}

func because(text string) reason { return reason{text: text} }

// kind is what the relation amounts to. Whatever is not sure is not narrower.
func (r *relation) kind() access.ChangeKind {
	switch {
	case len(r.wider) > 0:
		return access.Widened
	case len(r.unclear) > 0:
		return access.NotComparable
	case len(r.narrower) > 0:
		return access.Narrowed
	}
	return access.Restated
}

// within reports whether the new grant allows nothing that the old one does
// not.
func (r *relation) within() bool { return len(r.wider) == 0 && len(r.unclear) == 0 }

// count is the number of differences.
func (r *relation) count() int {
	return len(r.wider) + len(r.unclear) + len(r.narrower) + len(r.restated)
}

func (r *relation) reasons() []string {
	var out []string
	for _, why := range slices.Concat(r.wider, r.unclear, r.narrower, r.restated) {
		out = append(out, why.text+some(why.permissions))
	}
	return out
}

// relate compares two grants of one bucket; false if they have too little in
// common to be one grant that changed.
func relate(o, n *item) (r *relation, ok bool) {
	r = &relation{}
	if !r.principal(o, n) || !r.scope(o, n) {
		return nil, false
	}
	r.role(o, n)
	r.conditions(o, n)
	r.effect(o, n)
	r.sets(o.sets, n.sets)
	return r, true
}

// principal compares whose tokens two federated credentials take: those of the
// same issuer, and of subjects of which one is a pattern for the other.
func (r *relation) principal(o, n *item) bool {
	if o.principal == n.principal {
		return true
	}
	was, is := newForeign(o.grant.Principal), newForeign(n.grant.Principal)
	switch {
	case was.issuer != is.issuer:
		return false
	case is.takes(was):
		r.wider = append(r.wider, because("the subject was '"+was.subject+"' and is '"+is.subject+"', which matches more"))
	case was.takes(is):
		r.narrower = append(r.narrower, because("the subject was '"+was.subject+"' and is '"+is.subject+"', which matches less"))
	default:
		return false
	}
	return true
}

// scope compares where the grants hold. Scopes of which neither holds the other
// have nothing in common.
func (r *relation) scope(o, n *item) bool {
	switch {
	case o.scope == n.scope && o.grant.Scope.Level == n.grant.Scope.Level:
	case holds(n, o):
		r.wider = append(r.wider, because("the scope was "+scopeWords(o)+" and is "+scopeWords(n)+", which holds it"))
	case holds(o, n):
		r.narrower = append(r.narrower, because("the scope was "+scopeWords(o)+" and is "+scopeWords(n)+" within it"))
	default:
		return false
	}
	return true
}

// holds reports whether the scope of outer holds that of inner: all of its
// segments are the first ones of inner. The tenant, which has no segments,
// holds everything.
func holds(outer, inner *item) bool {
	if outer.scope == "" && outer.grant.Scope.Level != "tenant" {
		return false
	}
	return outer.scopeKnown() && inner.scopeKnown() && strings.HasPrefix(inner.scope, outer.scope+"/")
}

func scopeWords(i *item) string { return i.grant.Scope.Label() }

// role compares what the roles allow.
func (r *relation) role(o, n *item) {
	was, is := o.grant.Role, n.grant.Role
	switch {
	case o.rights.known && n.rights.known:
		r.permissions(o, n)
	case o.role == n.role && was.Known == is.Known:
	case was.Known && is.Known && was.Power < is.Power:
		r.wider = append(r.wider, because("the role was '"+was.Name+"' ("+was.Power.String()+") and is '"+is.Name+"' ("+is.Power.String()+")"))
	default:
		r.unclear = append(r.unclear, because("the role was '"+was.Name+"' and is '"+is.Name+"', which cannot be compared: not all of their permissions are known"))
	}
}

func (r *relation) permissions(o, n *item) {
	more, less := n.rights.beyond(&o.rights), o.rights.beyond(&n.rights)
	was, is := "'"+o.grant.Role.Name+"'", "'"+n.grant.Role.Name+"'"
	than := " than " + was
	if was == is {
		than = " than before"
	}
	if len(more) > 0 {
		r.wider = append(r.wider, reason{is + " allows more" + than + ": ", more})
	}
	if len(less) > 0 {
		r.narrower = append(r.narrower, reason{is + " allows less" + than + ", or not all of ", less})
	}
	if len(more)+len(less) == 0 && (o.role != n.role || o.rights.key() != n.rights.key()) {
		r.restated = append(r.restated, because(is+" allows no more and no less"+than))
	}
}

// maxNamed is how many permissions are named as examples.
const maxNamed = 3

// some names the first permissions: those that are a risk, then those that do
// more than read.
func some(list []string) string {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b string) int { return rank(a) - rank(b) })
	if len(list) > maxNamed {
		return strings.Join(list[:maxNamed], ", ") + ", …"
	}
	return strings.Join(list, ", ")
}

func rank(permission string) int {
	alone := []string{permission}
	risk, _ := azure.Classify([]azure.Permissions{{Actions: alone, DataActions: alone}})
	switch {
	case risk != 0:
		return 0
	case !strings.HasSuffix(fold(permission), "/read"):
		return 1
	}
	return 2
}

// conditions compares what must hold for the access: the condition of the
// assignment, and that of its deployment.
func (r *relation) conditions(o, n *item) {
	switch {
	case o.condition == n.condition:
	case n.condition == "":
		r.wider = append(r.wider, because("its condition is gone: "+o.condition))
	case o.condition == "":
		r.narrower = append(r.narrower, because("it has a condition now: "+n.condition))
	default:
		r.unclear = append(r.unclear, because("its condition is another one, and conditions are not compared: "+n.condition))
	}
	switch was, is := o.grant.Maybe, n.grant.Maybe; {
	case was == is:
	case is == "":
		r.wider = append(r.wider, because("it is always deployed, no longer only if "+was))
	case was == "":
		r.narrower = append(r.narrower, because("it is deployed only if "+is))
	default:
		r.unclear = append(r.unclear, because("it is deployed if "+is+", before if "+was))
	}
}

// effect compares whether the access is there at once, later, or not at all.
func (r *relation) effect(o, n *item) {
	switch {
	case o.eligible && !n.eligible:
		r.wider = append(r.wider, because("it is active at once, no longer only eligible"))
	case n.eligible && !o.eligible:
		r.narrower = append(r.narrower, because("it is only eligible, and must be activated"))
	}
	switch {
	case o.inert && !n.inert:
		r.wider = append(r.wider, because("it takes effect, which it did not before"))
	case n.inert && !o.inert:
		r.narrower = append(r.narrower, because("it has no effect any longer"))
	}
}

// sets compares the parameter sets that the grants hold in; none stands for
// all.
func (r *relation) sets(was, is []string) {
	if slices.Equal(was, is) {
		return
	}
	text := "it holds with " + setWords(is) + ", before with " + setWords(was)
	more, less := !subset(is, was), !subset(was, is)
	if more {
		r.wider = append(r.wider, because(text))
	}
	if less && !more {
		r.narrower = append(r.narrower, because(text))
	}
}

// subset reports whether the sets inner are among outer.
func subset(inner, outer []string) bool {
	if len(outer) == 0 {
		return true
	}
	return len(inner) > 0 && !slices.ContainsFunc(inner, func(s string) bool { return !slices.Contains(outer, s) })
}

func setWords(sets []string) string {
	if len(sets) == 0 {
		return "every set of parameters"
	}
	return strings.Join(sets, ", ")
}
