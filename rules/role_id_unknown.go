package rules

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
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
			f.Fixes = p.otherRole(g.RoleID.At, "use the id of '"+near.Name+"'", role.GUID, near.ID)
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

// otherRole is the fix that writes another GUID in the place of one that stands
// in the node at the span.
func (p *Pass) otherRole(at value.Span, message, guid, other string) []Fix {
	n := nodeAt(p.Unit, at)
	i := strings.Index(strings.ToLower(n.Source()), guid)
	if guid == "" || i < 0 {
		return nil
	}
	start := n.Pos() + token.Pos(i)
	return respell(p.Unit, at, message, false, Edit{Pos: start, End: start + token.Pos(len(guid)), New: other})
}
