package access

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// either is one of several things that something may be, and when it is.
type either[T any] struct {
	is   T
	when value.Condition
}

// alternatives are what v may be, turned into something; null counts only if
// there is nothing else.
func alternatives[T any](v value.Value, turn func(value.Value) T) []either[T] {
	var out []either[T]
	all := v.Alternatives()
	for _, alt := range all {
		if len(all) == 1 || !alt.Value.IsNull() {
			out = append(out, either[T]{turn(alt.Value), alt.When})
		}
	}
	return out
}

// maxRows is how many rows one grant may be. Of what has more, only the roles
// are told apart.
const maxRows = 64

// rows are the rows of a grant: one for each role, principal and scope that
// can come together.
func (r *reader) rows(g *facts.Grant, roles []either[model.Role]) []model.Grant {
	principals, scopes := r.principals(g), r.scopes(g)
	if len(roles)*len(principals)*len(scopes) > maxRows {
		principals = []either[model.Principal]{{is: r.principal(g.Principal, g)}}
		scopes = []either[model.Scope]{{is: r.scopeOf(g)}}
	}
	frame := r.frame(g)
	var out []model.Grant
	for _, role := range roles {
		for _, p := range principals {
			for _, s := range scopes {
				when, feasible := allOf(g.Resource.When, g.When, role.when, p.when, s.when)
				if !feasible {
					continue
				}
				row := frame
				row.Role, row.Principal, row.Scope = role.is, p.is, s.is
				row.Maybe = r.maybe(g.Resource, when)
				row.Note = joined(row.Note, bound(role.is))
				out = append(out, row)
			}
		}
	}
	return out
}

// bound tells of the condition that a role has of its own.
func bound(role model.Role) string {
	for _, p := range role.Permissions {
		if p.Condition != "" {
			return "the role has a condition: " + p.Condition
		}
	}
	return ""
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// allOf joins conditions. It is false if they contradict each other.
func allOf(conditions ...value.Condition) (all value.Condition, feasible bool) {
	for _, c := range conditions {
		if all, feasible = all.And(c); !feasible {
			return nil, false
		}
	}
	return all, true
}

// maybe words when a row holds. What a policy deploys is there once the policy
// acts.
func (r *reader) maybe(res *eval.Resource, when value.Condition) string {
	text := r.Maybe(res, when)
	if res.Instance == nil || res.Instance.Embedded == "" {
		return text
	}
	embedded := "the " + res.Instance.Embedded + " deploys it"
	if text == "" {
		return embedded
	}
	return embedded + " and " + text
}

// frame is what all rows of a grant share.
func (r *reader) frame(g *facts.Grant) model.Grant {
	at := rules.Head(g.Resource)
	if g.Path != "" && g.Entry.At.IsValid() {
		at = g.Entry.At
	}
	row := r.row(planeName(g.Plane), g.Resource, at)
	row.Condition = r.condition(g.Condition)
	row.Note = r.note(g)
	return row
}

// planeName is what people call a plane.
func planeName(p facts.Plane) string {
	if p == facts.OtherPlane {
		return "environment type" // the only ones that are read
	}
	return p.String()
}

// row is a row that a resource makes.
func (r *reader) row(plane string, res *eval.Resource, at value.Span) model.Grant {
	row := model.Grant{
		Plane: plane, At: r.place(at, res), Resource: r.Resource(res), Chain: r.Chain(res), Root: r.Root, Count: 1,
	}
	if r.set != "" {
		row.Sets = []string{strings.Clone(r.set)}
	}
	return row
}

// place is where something of a resource is written. What an expression makes,
// such as a nested template that is evaluated as a whole, is written where the
// module is that it came through.
func (r *reader) place(at value.Span, res *eval.Resource) report.Place {
	modules := res.Modules()
	for i := len(modules); ; i-- {
		p := r.Place(at)
		if p.File != "" || i == 0 {
			return p
		}
		at = rules.Head(modules[i-1])
	}
}

// condition is the condition of an assignment; "" if there is none.
func (r *reader) condition(v value.Value) string {
	if v.IsNull() {
		return ""
	}
	return strings.TrimSpace(r.exact(v))
}

// note is what else there is to know of a grant.
func (r *reader) note(g *facts.Grant) string {
	switch {
	case g.Plane == facts.KeyVaultPolicy && r.usesRoles(g):
		return "no effect: the vault goes by Azure roles"
	case g.Plane == facts.PIMEligible, g.Plane == facts.LighthouseEligible:
		return "once it is activated"
	case g.Plane == facts.Lighthouse:
		return "standing, for another tenant"
	}
	return ""
}
