package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA006 reports role definition ids that Azure cannot read: a bare GUID, the
// name of a role, or the id of something else.
var RA006 = add("RA006", func(p *Pass) {
	for _, g := range p.Access.Grants {
		if g.Resource.State == eval.NotDeployed {
			continue
		}
		for _, alt := range g.RoleID.Alternatives() {
			problem := malformedRole(alt.Value)
			if problem == "" || alt.Offered {
				continue
			}
			f := Finding{
				At: roleAt(g), Resource: g.Resource, Path: "properties.roleDefinitionId", When: alt.When,
				Message: fmt.Sprintf("'%s' %s", value.Show(alt.Value), problem),
				Related: because(g.Resource, "the role", "properties", "roleDefinitionId"),
			}
			if s, ok := alt.Value.Str(); ok && facts.IsGUID(s) && nodeAt(p.Unit, g.RoleID.At).Text() == s {
				f.Fixes = replace(p.Unit, g.RoleID.At, "make it the id of a role definition",
					fmt.Sprintf(`"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '%s')]"`, s), true)
			}
			p.report("malformed", f)
		}
	}
})

// malformedRole says what is wrong with a role definition id, "" if nothing
// is known to be. Only literal parts are judged.
func malformedRole(v value.Value) string {
	s, known := v.Str()
	switch {
	case known && s == "" || v.Flags&value.Secure != 0:
		return ""
	case known && facts.IsGUID(s):
		return "is a bare GUID; Azure wants the id of a role definition"
	case known && !strings.Contains(s, "/"):
		if _, ok := azure.RoleByName(s); ok {
			return "is the name of a role; Azure wants the id of its definition"
		}
		return "is no id of a role definition"
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
		return "does not name a role definition: the segment before the last is '" + typ + "'"
	}
	if n < 3 {
		return "lacks the provider Microsoft.Authorization"
	}
	if ns, ok := segments[n-3].Str(); ok && !value.FoldEqual(ns, "Microsoft.Authorization") {
		return "names no role definition of the provider Microsoft.Authorization"
	}
	if n >= 4 {
		if s, ok := segments[n-4].Str(); ok && !value.FoldEqual(s, "providers") {
			return "lacks the segment 'providers' before Microsoft.Authorization"
		}
	}
	return ""
}
