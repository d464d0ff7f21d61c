package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// UA002 reports user-assigned identities beside an identity.type that does
// not include UserAssigned.
var UA002 = add("UA002", func(p *Pass) {
	for r := range p.deployed {
		support, ok := p.judgeable(r.Type)
		if !ok {
			continue
		}
		for _, c := range identityCases(r) {
			if !c.Known || c.Kinds.User() || unknownWord(c.Kinds) != "" {
				continue
			}
			for _, m := range userMaps(c, r) {
				if !m.Offered && p.hasKeys(r, m.Value) {
					p.report("not used", p.mapNotUsed(r, c, m, support))
				}
			}
		}
	}
})

func (p *Pass) mapNotUsed(r *eval.Resource, c identityCase, m place, s azure.Support) Finding {
	f := Finding{
		At: spot(r, "identity", "userAssignedIdentities"), Resource: r, Path: "identity.userAssignedIdentities", When: m.When,
		Message: fmt.Sprintf("'%s' has userAssignedIdentities, but its identity is '%s': Azure rejects or ignores them", called(r), c.Kinds.Text),
		Related: append(because(r, "the type", "identity", "type"), because(r, "the map", "identity", "userAssignedIdentities")...),
	}
	at := spot(r, "identity", "type")
	if meant := withUser(c, s); meant != "" && nodeAt(p.Unit, at).Text() == c.Kinds.Text {
		f.Fixes = replace(p.Unit, at, "write '"+meant+"'", `"`+meant+`"`, false)
	}
	return f
}

// withUser is the identity.type that also takes the map, "" if the resource
// type has none.
func withUser(c identityCase, s azure.Support) string {
	switch {
	case c.Kinds.None() && s.User:
		return "UserAssigned"
	case c.Kinds.System() && s.Both:
		i := slices.IndexFunc(s.Values, func(v string) bool { return squeeze(v) == "systemassigned,userassigned" })
		if i >= 0 {
			return strings.Join(strings.Fields(strings.ReplaceAll(s.Values[i], ",", ", ")), " ")
		}
	}
	return ""
}

// hasKeys tells whether a map surely has a key that is not to be removed.
func (p *Pass) hasKeys(r *eval.Resource, m value.Value) bool {
	if m.Kind != value.Object {
		return false
	}
	return slices.ContainsFunc(p.mapKeys(r, m), func(k mapKey) bool {
		s, ok := k.Key.Str()
		return k.Value.Kind == value.Object && !(ok && (s == "" || isPlaceholder(s)))
	})
}
