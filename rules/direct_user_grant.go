package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA011 reports role assignments to single users. A principal that is no user
// in truth is RA009's.
var RA011 = add("RA011", func(p *Pass) {
	for _, g := range p.Access.Grants {
		if g.Resource.State != eval.NotDeployed {
			p.direct(g)
		}
	}
})

func (p *Pass) direct(g *facts.Grant) {
	r := g.Resource
	for _, t := range firing(r.Get("properties", "principalType"), isUserType) {
		if _, possible := t.When.And(r.When); !possible || misfitOf(r, t).text != "" {
			continue
		}
		grade, to := "user", "a single user"
		if isDeveloper(g.Principal.Value) {
			grade, to = "developer", "whoever deploys the template"
		}
		p.report(grade, Finding{
			At: typeAt(r), Resource: r, Path: "properties.principalType", When: t.When,
			Message: fmt.Sprintf("%s is assigned to %s: a group can change without a deployment", roleOf(g), to),
			Related: because(r, "the principal", "properties", "principalId"),
		})
	}
}

func isUserType(v value.Value) bool {
	s, ok := v.Str()
	return ok && value.FoldEqual(s, "User")
}

// roleOf names the role of a grant if there is only one.
func roleOf(g *facts.Grant) string {
	if len(g.Roles) == 1 && g.Roles[0].Name() != "" && g.RoleID.Kind != value.Choice {
		return "'" + g.Roles[0].Name() + "'"
	}
	return "a role"
}

// isDeveloper tells whether a principal is the one who deploys: as the
// template language knows it, or as the Azure Developer CLI passes it on.
//
// https://learn.microsoft.com/azure/developer/azure-developer-cli/manage-environment-variables
func isDeveloper(id value.Value) bool {
	for _, alt := range id.Alternatives() {
		s := alt.Value.Symbol()
		if s != nil && (s.Text == "deployer().objectId" || s.Text == "${AZURE_PRINCIPAL_ID}" || s.Reason == value.ReasonParameter && containsFold(s.Text, "principalId')")) {
			return true
		}
	}
	return false
}
