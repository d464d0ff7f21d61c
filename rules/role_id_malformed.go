package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA006 reports role definition ids that Azure cannot read: a bare GUID, the
// name of a role, or the id of something else.
var RA006 = add("RA006", func(p *Pass) {
	for r := range p.deployed {
		if !r.Is(facts.RoleAssignments, "Microsoft.Authorization/roleAssignmentScheduleRequests", "Microsoft.Authorization/roleEligibilityScheduleRequests") {
			continue
		}
		id := facts.RoleIDOf(r)
		for _, alt := range firing(id, func(v value.Value) bool { return malformedRole(v) != "" }) {
			f := Finding{
				At: id.At, Resource: r, Path: "properties.roleDefinitionId", When: alt.When,
				Message: fmt.Sprintf("'%s' %s", value.Show(alt.Value), malformedRole(alt.Value)),
				Related: because(r, "the role", "properties", "roleDefinitionId"),
			}
			if s, ok := alt.Value.Str(); ok && facts.IsGUID(s) && nodeAt(p.Unit, id.At).Text() == s {
				f.Fixes = replace(p.Unit, id.At, "make it the id of a role definition",
					fmt.Sprintf(`"[%s('Microsoft.Authorization/roleDefinitions', '%s')]"`, idFunction(r), s), true)
			}
			p.report("malformed", f)
		}
	}
})

// idFunction is the function that makes role definition ids where the
// resource is deployed to.
func idFunction(r *eval.Resource) string {
	switch r.Instance.Scope.Level {
	case resourceid.Tenant, resourceid.ManagementGroup:
		return "tenantResourceId"
	}
	return "subscriptionResourceId"
}

// malformedRole says what is wrong with a role definition id, "" if nothing
// is known to be. Only literal parts are judged.
func malformedRole(v value.Value) string {
	s, known := v.Str()
	switch {
	case known && s == "" || v.Flags&value.Secure != 0:
		return ""
	case known && facts.IsGUID(s):
		return "is a bare GUID; Azure wants an id such as '/providers/Microsoft.Authorization/roleDefinitions/GUID'"
	case known && !strings.Contains(s, "/"):
		if _, ok := azure.RoleByName(s); ok {
			return "is the name of a role; Azure wants an id such as '/providers/Microsoft.Authorization/roleDefinitions/GUID'"
		}
		return "" // a placeholder, or what a later step puts in
	}
	return wrongType(v)
}

// wrongType judges an id whose last provider segment is literal: it must be
// that of a role definition.
func wrongType(v value.Value) string {
	segments, _ := v.Segments()
	n := len(segments)
	if n < 2 || v.Kind != value.String && v.Kind != value.Text {
		return ""
	}
	typ, ok := segments[n-2].Str()
	if !ok {
		return ""
	}
	if !value.FoldEqual(typ, "roleDefinitions") {
		return "names one of the type '" + typ + "', not one of roleDefinitions"
	}
	if n < 3 {
		return "lacks the provider before roleDefinitions: Microsoft.Authorization"
	}
	if ns, ok := segments[n-3].Str(); ok && !value.FoldEqual(ns, "Microsoft.Authorization") {
		return "names roleDefinitions of another provider than Microsoft.Authorization"
	}
	if n >= 4 {
		if s, ok := segments[n-4].Str(); ok && !value.FoldEqual(s, "providers") {
			return "lacks the segment 'providers' before Microsoft.Authorization/roleDefinitions"
		}
	}
	return ""
}
