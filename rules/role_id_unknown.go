package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA007 reports role definition ids with a GUID that is neither a built-in
// role nor a role of the template.
var RA007 = add("RA007", func(p *Pass) {
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		if role.GUID == "" || role.Custom != nil || role.Definition.Name != "" || isSampleGUID(role.GUID) || malformedRole(role.ID) != "" {
			return true
		}
		f := Finding{
			At: roleAt(g), Resource: g.Resource, Path: "properties.roleDefinitionId", When: role.When,
			Message: fmt.Sprintf("'%s' is no built-in role (as of %s) and no role of this template", role.GUID, azure.TablesDate),
			Related: because(g.Resource, "the role", "properties", "roleDefinitionId"),
		}
		grade := "unknown"
		if near, digits := azure.NearestRole(role.GUID); digits <= 2 {
			grade = "misspelt"
			f.Message += fmt.Sprintf("; '%s' is %s", near.Name, near.ID)
			f.Fixes = p.replaceGUID(g, role.GUID, near)
		}
		p.report(grade, f)
		return true
	})
})

// isSampleGUID tells whether a GUID is one that samples write for "yours".
func isSampleGUID(guid string) bool {
	digits := strings.ReplaceAll(guid, "-", "")
	return strings.Count(digits, digits[:1]) == len(digits)
}

// replaceGUID is the fix for a GUID that stands in the property itself.
func (p *Pass) replaceGUID(g *facts.Grant, guid string, role azure.RoleDefinition) []Fix {
	n := nodeAt(p.Unit, g.RoleID.At)
	src := n.Source()
	if i := strings.Index(strings.ToLower(src), guid); i >= 0 {
		text := src[:i] + role.ID + src[i+len(guid):]
		return replace(p.Unit, g.RoleID.At, "use the id of '"+role.Name+"'", text, false)
	}
	return nil
}
