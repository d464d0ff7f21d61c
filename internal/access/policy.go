package access

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// requested tells the roles that policies ask for: the identity of each
// assignment of the unit needs them where the policy is assigned. A template
// does not grant them by that, the portal does. What the unit grants the
// identity is told by that grant.
func (r *reader) requested() []model.Grant {
	var out []model.Grant
	for _, res := range r.access.Unit.Deployment.Resources {
		if !res.Is(facts.PolicyAssignments) || res.Existing || res.State == eval.NotDeployed {
			continue
		}
		policy, ok := r.access.Assigned(res)
		if !ok {
			continue
		}
		for _, p := range r.assigned(res) {
			for _, guid := range policy.Roles() {
				if guid != "" && !r.holds(p, guid) {
					out = append(out, r.request(res, p, guid))
				}
			}
		}
	}
	return out
}

// assigned are the identities that a policy assignment acts with.
func (r *reader) assigned(res *eval.Resource) []facts.Principal {
	var out []facts.Principal
	for _, at := range r.access.AttachedTo(res) {
		out = append(out, at.Principal)
	}
	return out
}

// holds tells whether the unit grants a principal a role.
func (r *reader) holds(p facts.Principal, guid string) bool {
	for _, g := range r.access.HeldBy(p) {
		for _, role := range g.Roles {
			if role.GUID == guid {
				return true
			}
		}
	}
	return false
}

func (r *reader) request(res *eval.Resource, p facts.Principal, guid string) model.Grant {
	row := r.row(facts.PolicyRemediation.String(), res, rules.Head(res))
	row.Principal = r.identity(p)
	row.Role = r.definitions(value.OfString(guid))[0].is
	row.Scope = r.scope(res.Scope(), resourceid.LevelOf(res.Scope()))
	row.Maybe = r.maybe(res, res.When)
	row.Note = "asked for by the policy: the portal grants it, a template does not"
	return row
}
