package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA015 reports roles for one type of resource that an identity has on a
// whole resource group or more, although what runs with it is configured to
// use certain resources of the type only. Roles that can give access or change
// nearly everything are told of by other rules.
var RA015 = add("RA015", func(p *Pass) {
	for g, role := range p.judged {
		if g.Level == resourceid.LevelUnknown || g.Level == resourceid.Resource || conditioned(g) || p.voice(g, role).rule != "" {
			continue
		}
		if target, one := azure.TargetType(role.Blocks()); one && role.Known {
			if n, sure := p.scopeNeedOf(g, target); sure {
				p.reportWide(g, role, n)
			}
		}
	}
})

// scopeNeed is what the hosts of an identity use of one resource type.
type scopeNeed struct {
	uses []facts.Use // the first of each target
	more int         // further resources of the type that the role may be for
}

// scopeNeedOf is what the hosts of the grantee use of a resource type. It is
// sure only if they use some, and all that they use lies within the scope.
func (p *Pass) scopeNeedOf(g *facts.Grant, resourceType string) (need scopeNeed, sure bool) {
	if !g.Principal.IsIdentity() {
		return need, false
	}
	used, keyed := map[string]bool{}, map[string]bool{}
	for _, at := range p.Access.HostsOf(g.Principal) {
		for _, u := range p.Access.UsesOf(at.Host) {
			if !value.FoldEqual(u.Type, resourceType) || !together(u.When, at.When, at.Host.When, g.Resource.When) {
				continue
			}
			if u.Resource == nil || resourceid.Contains(g.Scope, u.Resource.ID()) != value.Yes {
				return need, false
			}
			switch key := resourceid.Key(u.Resource.ID()); {
			case u.Key:
				keyed[key] = true
			case !used[key]:
				used[key] = true
				need.uses = append(need.uses, u)
			}
		}
	}
	need.more = p.unusedOf(g, resourceType, used, keyed)
	return need, len(need.uses) > 0
}

// unusedOf counts the resources of a type that the scope of a grant may hold
// and that nothing shows an identity to be used for.
func (p *Pass) unusedOf(g *facts.Grant, resourceType string, used, more map[string]bool) int {
	for _, r := range p.Unit.Deployment.Resources {
		if r.State != eval.NotDeployed && r.Is(resourceType) && resourceid.Contains(g.Scope, r.ID()) != value.No {
			more[resourceid.Key(r.ID())] = true
		}
	}
	for key := range used {
		delete(more, key)
	}
	return len(more)
}

func (p *Pass) reportWide(g *facts.Grant, role facts.Role, need scopeNeed) {
	first := need.uses[0]
	f := grantFinding(g, role)
	f.Path = "scope"
	grade := "several"
	switch {
	case len(need.uses) > 1 || need.more > 0:
		f.Message = fmt.Sprintf("'%s' is granted to %s on %s, but what runs with it is configured for %s only: grant it there",
			role.Name(), who(g), where(g), listTargets(need.uses))
	case wide(g.Level):
		grade = "subscription"
	default:
		grade = "resource group"
	}
	if grade != "several" {
		f.Message = fmt.Sprintf("'%s' is granted to %s on %s, but what runs with it uses only %s: grant it there",
			role.Name(), who(g), where(g), targetNoun(first))
	}
	var uses []Related
	for _, u := range need.uses {
		if len(uses) < 4 && u.At.IsValid() {
			uses = append(uses, Related{u.At, fmt.Sprintf("'%s' %s %s", called(u.Host), u.Does, targetNoun(u))})
		}
	}
	f.Related = append(uses, f.Related...)
	p.report(grade, f)
}

// listTargets names up to three targets.
func listTargets(uses []facts.Use) string {
	var b strings.Builder
	for i, u := range uses {
		switch {
		case i == 3:
			fmt.Fprintf(&b, " and %d more", len(uses)-i)
			return b.String()
		case i > 0 && i == len(uses)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(targetNoun(u))
	}
	return b.String()
}

// targetNoun names the service that is used.
func targetNoun(u facts.Use) string {
	noun := "the resource"
	if k, ok := azure.KeylessRole(u.Type); ok {
		noun = "the " + k.Noun
	} else if value.FoldEqual(u.Type, vaults) {
		noun = "the vault"
	}
	name := value.Show(u.Name)
	if u.Resource != nil {
		name = called(u.Resource)
	}
	return noun + " '" + name + "'"
}
