package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA012 reports role assignments whose name is known to be no GUID, which
// Azure rejects, or is another one on each deployment: the grant exists by
// then, under its former name.
var RA012 = add("RA012", func(p *Pass) {
	for r := range p.namedGrants {
		if alts := firing(r.Name(), func(v value.Value) bool { return noGUID(v) != "" }); len(alts) > 0 {
			for _, alt := range alts {
				p.reportName("no GUID", r, alt.When, noGUID(alt.Value)+": Azure takes only a GUID as the name of a role assignment")
			}
			continue
		}
		p.unstable("changes", r, isTime,
			"%s gives the role assignment another name on each deployment: the second one fails with RoleAssignmentExists")
		p.unstable("deployment name", r, isDeploymentName,
			"the name of the role assignment depends on %s: a deployment that is called otherwise fails with RoleAssignmentExists")
	}
})

// namedGrants yields the role assignments whose names are judged: those that
// are or may be deployed, and what stands for the copies of an empty loop of
// the root. Modules have so many empty loops that their names would cost as
// much as all else.
func (p *Pass) namedGrants(yield func(*eval.Resource) bool) {
	for _, g := range p.Access.Grants {
		r := g.Resource
		if r.State == eval.NotDeployed && (!r.EmptyLoop || r.Instance.Parent != nil) || !Head(r).IsValid() {
			continue
		}
		if !yield(r) {
			return
		}
	}
}

// unstable reports names that are made from a symbol that differs between
// deployments. If scope, principal or role are made from such a symbol too,
// each deployment makes a grant of its own, which wants a name of its own.
func (p *Pass) unstable(grade string, r *eval.Resource, differs func(*value.Symbol) bool, message string) {
	alts := firing(r.Name(), func(v value.Value) bool { return madeFrom(v, differs) != nil })
	for _, alt := range alts {
		for _, part := range partsOf(r) {
			if madeFrom(part.value, differs) != nil {
				return
			}
		}
		p.reportName(grade, r, alt.When, fmt.Sprintf(message, madeFrom(alt.Value, differs).Text))
	}
}

func isTime(s *value.Symbol) bool { return s.Reason == value.ReasonTime }

// isDeploymentName recognises the name of the whole deployment, which its
// caller gives it.
func isDeploymentName(s *value.Symbol) bool {
	return s.Reason == value.ReasonMetadata && s.Text == "deployment().name"
}

// grantPart is one of what makes a grant: scope, principal, role.
type grantPart struct {
	name  string
	value value.Value
}

// partsOf returns the parts of a role assignment.
func partsOf(r *eval.Resource) []grantPart {
	return []grantPart{
		{"scope", scopeApart(r)},
		{"principal", r.Get("properties", "principalId")},
		{"role", facts.RoleIDOf(r)},
	}
}

// scopeApart is the scope of a role assignment, as far as it is not read from
// its name: one of the type X/providers/roleAssignments has the host in its
// name, where it cannot be told from the rest if all is one symbol.
func scopeApart(r *eval.Resource) value.Value {
	if t, _ := r.Get("type").Str(); !value.FoldEqual(t, facts.RoleAssignments) && r.Get("name").Kind == value.Unknown {
		return r.Instance.Scope.ID()
	}
	return r.Scope()
}

func (p *Pass) reportName(grade string, r *eval.Resource, when value.Condition, message string) {
	p.report(grade, Finding{
		At: spot(r, "name"), Resource: r, Path: "name", When: when, Message: message,
		Related: because(r, "the name", "name"),
	})
}

// noGUID says why a text can never be a GUID, "" if it may be one.
func noGUID(v value.Value) string {
	if v.Flags&value.Secure != 0 {
		return ""
	}
	if s, ok := v.Str(); ok {
		if s == "" || maybeGUID(s) || isPlaceholder(s) || strings.HasPrefix(s, "GEN-") {
			return ""
		}
		return "'" + s + "' is no GUID"
	}
	for _, part := range v.Parts() {
		switch {
		case part.Hole == nil && strings.Trim(part.Literal, hexDigits+"-") != "" && !isPlaceholder(part.Literal):
			return "'" + value.Show(v) + "' is no GUID"
		case part.Hole != nil && isUniqueString(part.Hole):
			return "uniqueString() makes 13 characters, not a GUID"
		}
	}
	return ""
}

const hexDigits = "0123456789abcdefABCDEF"

// maybeGUID tells whether a text is a GUID in one of the forms that .NET
// reads: with or without hyphens, in braces or without.
func maybeGUID(s string) bool {
	digits := strings.ReplaceAll(strings.Trim(s, "{}()"), "-", "")
	return len(digits) == 32 && strings.Trim(digits, hexDigits) == ""
}

// isUniqueString tells whether s is the whole of what uniqueString() makes.
func isUniqueString(s *value.Symbol) bool {
	for s != nil && (s.Op == "tolower" || s.Op == "toupper") {
		s = s.Args[0].Symbol()
	}
	return s != nil && s.Op == "uniquestring"
}
