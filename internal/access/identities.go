package access

import (
	"github.com/rolecall/rolecall/parser/eval"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// identities are the managed identities that the unit declares or attaches,
// each once.
func (r *reader) identities() []model.Identity {
	var out []model.Identity
	seen := map[string]bool{}
	add := func(id model.Identity) {
		if !seen[id.Principal.Key] {
			seen[id.Principal.Key] = true
			out = append(out, id)
		}
	}
	for _, id := range r.access.Identities {
		if id.Resource.State != eval.NotDeployed && id.Resource.Is(facts.UserAssignedIdentities) {
			add(model.Identity{Principal: r.identity(facts.Principal{Resource: id.Resource}), At: r.place(rules.Head(id.Resource), id.Resource), Declared: true})
		}
	}
	for _, at := range r.access.Attachments() {
		add(model.Identity{Principal: r.identity(at.Principal), At: r.place(at.At, at.Host)})
	}
	return out
}
