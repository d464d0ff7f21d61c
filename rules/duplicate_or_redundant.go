package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA014 reports role assignments that another one of the same principal makes
// impossible, because it is the same under another name, or needless, because
// it allows all of it at the same scope or above. Of one without any effect
// RA018 tells.
var RA014 = add("RA014", func(p *Pass) {
	held := map[string][]scoped{}
	for g := range p.Access.GrantsOn(facts.RBAC) {
		if key, ok := holderKey(g); ok {
			held[key] = append(held[key], scoped{g, resourceid.Key(g.Scope)})
		}
	}
	ids := p.byID()
	for g := range p.Access.GrantsOn(facts.RBAC) {
		if key, ok := holderKey(g); ok {
			p.needless(ids, scoped{g, resourceid.Key(g.Scope)}, held[key])
		}
	}
})

// scoped is a grant with the key of its scope, which is compared often.
type scoped struct {
	*facts.Grant
	key string
}

// holderKey is a key that grants share if they surely go to the same principal
// in the same deployment; false if the grant is not known well enough to be
// compared.
func holderKey(g *facts.Grant) (string, bool) {
	if faultOf(g.Principal.Value).text != "" || len(g.Roles) != 1 || g.RoleID.Kind == value.Choice || g.Resource.Symbolic || facts.SamePrincipal(g.Principal, g.Principal) != value.Yes {
		return "", false
	}
	return fmt.Sprintf("%p %s", carrierOf(g.Resource), g.Principal.Key()), true
}

// carrierOf is the embedded template that a resource belongs to, which is not
// deployed with what surrounds it; nil if there is none.
func carrierOf(r *eval.Resource) *eval.Instance {
	for in := r.Instance; in != nil; in = in.Parent {
		if in.Embedded != "" {
			return in
		}
	}
	return nil
}

// needless reports g for the first of the other grants that is reason enough.
func (p *Pass) needless(ids byID, g scoped, others []scoped) {
	before := true
	for _, other := range others {
		if other.Grant == g.Grant {
			before = false
			continue
		}
		when, together := joined(g.Resource.When, other.Resource.When)
		if !together {
			continue
		}
		switch {
		case sameRole(g.Grant, other.Grant) && g.key == other.key:
			if before && otherName(g.Grant, other.Grant) && value.Equal(g.Condition, other.Condition) == value.Yes && bothDeployed(g.Grant, other.Grant) {
				p.duplicate(g.Grant, other.Grant)
				return
			}
		case len(when) == len(g.Resource.When) && !conditioned(other.Grant) && !sameName(g, other) && contains(other, g, before):
			if _, _, ignored := ignoringRole(ids, g.Grant, g.Roles[0]); !ignored {
				p.redundant(g.Grant, other.Grant)
			}
			return
		}
	}
}

func sameRole(g, other *facts.Grant) bool {
	a, b := g.Roles[0], other.Roles[0]
	if a.Custom != nil || b.Custom != nil {
		return a.Custom != nil && b.Custom != nil && a.Custom.Resource == b.Custom.Resource
	}
	return a.GUID != "" && a.GUID == b.GUID
}

// bothDeployed tells whether both may be deployed at once: always together, or one of
// them always and the other if the caller of the template wants it.
func bothDeployed(g, other *facts.Grant) bool {
	a, b := g.Resource.When, other.Resource.When
	if len(a) == len(b) {
		return true
	}
	for _, l := range append(a[:len(a):len(a)], b...) {
		if l.Of.Reason != value.ReasonParameter || l.Of.Op != "" {
			return false
		}
	}
	return true
}

// sameName tells whether both are one assignment, deployed twice.
func sameName(g, other scoped) bool {
	return g.key == other.key && value.Equal(lastSegment(g.Resource.Name()), lastSegment(other.Resource.Name())) == value.Yes
}

// otherName tells whether the names surely differ. Two calls of guid() with
// an argument that differs yield two names.
func otherName(g, other *facts.Grant) bool {
	a, b := lastSegment(g.Resource.Name()), lastSegment(other.Resource.Name())
	s, t := guidCall(a), guidCall(b)
	switch {
	case s != nil && t != nil:
		return valuesDiffer(s.Args, t.Args)
	case s != nil && b.Kind == value.String, t != nil && a.Kind == value.String:
		return true
	}
	return value.Equal(value.Lift([]value.Value{a}, foldName), value.Lift([]value.Value{b}, foldName)) == value.No
}

func foldName(v []value.Value) value.Value {
	if s, ok := v[0].Str(); ok {
		return value.OfString(value.Fold(s))
	}
	return v[0]
}

func guidCall(v value.Value) *value.Symbol {
	if s := v.Symbol(); s != nil && s.Op == "guid" {
		return s
	}
	return nil
}

func valuesDiffer(a, b []value.Value) bool {
	if len(a) != len(b) {
		return true
	}
	for i := range a {
		if value.Equal(a[i], b[i]) == value.No {
			return true
		}
	}
	return false
}

// contains tells whether all that g allows is allowed by the other grant. Of
// two that allow the same on the same scope only the later one is needless.
func contains(other, g scoped, before bool) bool {
	a, b := other.Roles[0], g.Roles[0]
	if !a.Known || !b.Known || len(b.Blocks()) == 0 || resourceid.Contains(other.Scope, g.Scope) != value.Yes {
		return false
	}
	if !azure.Covers(a.Blocks(), b.Blocks()) {
		return false
	}
	return before || g.key != other.key || !azure.Covers(b.Blocks(), a.Blocks())
}

func (p *Pass) duplicate(g, other *facts.Grant) {
	p.report("duplicate", Finding{
		At: spot(g.Resource, "name"), Resource: g.Resource, Path: "name",
		Message: fmt.Sprintf("%s is assigned to %s on %s twice, under two names: Azure refuses the second", roleOf(g), who(g), where(g)),
		Related: []Related{{spot(other.Resource, "name"), "the other assignment"}},
	})
}

func (p *Pass) redundant(g, other *facts.Grant) {
	p.report("redundant", Finding{
		At: roleAt(g), Resource: g.Resource, Path: "properties.roleDefinitionId",
		Message: fmt.Sprintf("%s on %s gives %s nothing more: %s on %s allows all of it", roleOf(g), where(g), who(g), roleOf(other), where(other)),
		Related: []Related{{roleAt(other), "the assignment that allows all of it"}},
	})
}
