package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/rules/facts"
)

// PP010 reports role assignments in templates that something carries for
// later: policies, template specs, managed applications. They are made each
// time the template is deployed, by whoever does that. What a role is too much
// for, other rules say.
var PP010 = add("PP010", func(p *Pass) {
	p.judged(func(g *facts.Grant, role facts.Role) bool {
		carrier := g.Resource.Instance.Embedded
		if carrier == "" || p.voice(g, role).rule != "" {
			return true
		}
		f := grantFinding(g, role)
		f.Message = fmt.Sprintf("the template in the %s gives %s the role '%s' on %s each time it is deployed", carrier, who(g), role.Name(), where(g))
		p.report("grants", f)
		return true
	})
})
