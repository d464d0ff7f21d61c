package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/resourceid"
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
		f.Fixes = p.narrowerRole(g, role, v.hosts)
		p.report(v.grade, f)
	})
})

// narrowerRole is the fix that grants, on the same resource group, the one role
// that is enough for what the hosts are configured to use.
func (p *Pass) narrowerRole(g *facts.Grant, role facts.Role, hosts []facts.Attachment) []Fix {
	name, ok := p.onlyNeed(hosts)
	def, known := azure.RoleByName(name)
	if !ok || !known || g.Level != resourceid.ResourceGroup {
		return nil
	}
	return p.otherRole(roleAt(g), fmt.Sprintf("grant '%s' instead, which is enough for what is configured here", name), role.GUID, def.ID)
}

// onlyNeed is the role that each use of a service by the hosts needs; false if
// there is none, there are several, or it is not known whether a host writes.
func (p *Pass) onlyNeed(hosts []facts.Attachment) (role string, ok bool) {
	for _, h := range hosts {
		for _, u := range p.Access.UsesOf(h.Host) {
			if u.Key {
				continue
			}
			if u.Writer != "" || role != "" && role != u.Role {
				return "", false
			}
			role = u.Role
		}
	}
	return role, role != ""
}
