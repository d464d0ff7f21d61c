package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA003 reports grants of roles whose use is to give access, without a
// condition that says which roles and to whom, where RA001 does not tell of
// more.
var RA003 = add("RA003", func(p *Pass) {
	p.voices(func(g *facts.Grant, role facts.Role, v verdict) {
		f := grantFinding(g, role)
		f.Message = fmt.Sprintf("%s may give any role to anyone on %s: '%s' allows '%s', and no condition limits it", who(g), where(g), role.Name(), azure.Grants(role.Blocks(), azure.Escalate))
		p.report(v.grade, f)
	})
})
