package access

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep"
	model "github.com/rolecall/rolecall/report/access"
)

// InWords makes the texts for people speak the language that each template is
// written in. Keys and ids stay: they are what two readings are compared by.
func InWords(a *model.Access) {
	for i := range a.Grants {
		if g := &a.Grants[i]; isBicep(g.Root) {
			g.Principal = principalInWords(g.Principal)
			g.Scope.Name, g.Role.Name = bicep.Words(g.Scope.Name), bicep.Words(g.Role.Name)
			g.Condition, g.Maybe = bicep.Words(g.Condition), bicep.Words(g.Maybe)
		}
	}
	for i := range a.Identities {
		if id := &a.Identities[i]; isBicep(id.At.File) {
			id.Principal = principalInWords(id.Principal)
		}
	}
}

func isBicep(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".bicep") }

func principalInWords(p model.Principal) model.Principal {
	p.Name = bicep.Words(p.Name)
	hosts := make([]model.Host, len(p.Hosts))
	for i, h := range p.Hosts {
		h.Name, h.Maybe = bicep.Words(h.Name), bicep.Words(h.Maybe)
		hosts[i] = h
	}
	p.Hosts = hosts
	return p
}
