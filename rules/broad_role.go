package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA002 reports grants of roles that may change nearly everything in their
// scope. Roles that escalate are left to RA001.
var RA002 = add("RA002", func(p *Pass) {
	p.voices(func(g *facts.Grant, role facts.Role, v verdict) {
		f := grantFinding(g, role)
		f.Message = fmt.Sprintf("%s may change nearly everything on %s: '%s' allows '%s'", who(g), where(g), role.Name(), azure.Grants(role.Blocks(), azure.Broad))
		f.Related = append(f.Related, p.askedFor(g, role)...)
		p.report(v.grade, f)
	})
})
