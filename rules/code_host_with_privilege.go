package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP001 reports code that gets power over access, or over nearly everything,
// through one of the identities that it runs with.
var PP001 = add("PP001", func(p *Pass) {
	p.voices(func(g *facts.Grant, role facts.Role, v verdict) {
		f := grantFinding(g, role)
		power := "may change nearly everything on"
		class := azure.Broad
		switch v.grade {
		case "escalates":
			power, class = "can give itself any role on", azure.Escalate
		case "public":
			power = "is reachable from everywhere and may change nearly everything on"
		}
		f.Message = fmt.Sprintf("%s %s %s: '%s' allows '%s'", runs(v.hosts[0].Host), power, where(g), role.Name(), azure.Grants(role.Blocks(), class))
		f.Flow = chainOf(g, role, v.hosts[0])
		f.Related = append(append(f.Flow[:len(f.Flow)-1:len(f.Flow)-1], others(v.hosts)...), f.Related...)
		p.report(v.grade, f)
	})
})
