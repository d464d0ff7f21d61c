package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// UA012 reports resources that have user-assigned identities only, and of a
// type which then wants to be told which of them is the primary one, but are
// not. With a system-assigned identity beside them there is another choice.
//
// https://learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-user-assigned-managed-identity
// https://learn.microsoft.com/azure/machine-learning/how-to-identity-based-service-authentication
var UA012 = add("UA012", func(p *Pass) {
	for r := range p.deployed {
		property := primaryIdentity(r)
		if property == "" || maybeExists(r) {
			continue
		}
		for _, c := range identityCases(r) {
			if !c.Known || !c.Kinds.User() || c.Kinds.System() {
				continue
			}
			for _, m := range userMaps(c, r) {
				if m.Offered || !p.hasKeys(r, m.Value) {
					continue
				}
				for _, when := range absences(r, property) {
					both, ok := joined(m.When, when)
					if !ok || !together(both, r.When) {
						continue
					}
					p.report("missing", Finding{
						At: spot(r, "identity", "type"), Resource: r, Path: "properties." + property, When: both,
						Message: fmt.Sprintf("'%s' has user-assigned identities only and no '%s': Azure rejects the deployment", called(r), property),
						Related: because(r, "the type", "identity", "type"),
					})
				}
			}
		}
	}
})

// primaryIdentity is the property of a resource that names its primary
// identity, "" if its type has none.
func primaryIdentity(r *eval.Resource) string {
	switch {
	case r.Is("Microsoft.Sql/servers", "Microsoft.Sql/managedInstances"):
		return "primaryUserAssignedIdentityId"
	case r.Is("Microsoft.MachineLearningServices/workspaces"):
		return "primaryUserAssignedIdentity"
	}
	return ""
}

// absences returns the conditions under which the template itself leaves out a
// member of the properties.
func absences(r *eval.Resource, name string) []value.Condition {
	var out []value.Condition
	for _, props := range r.Get("properties").Alternatives() {
		o := props.Value.Object()
		if props.Offered || o == nil && !props.Value.IsNull() || o != nil && o.Open != nil && o.Index(name) < 0 {
			continue
		}
		for _, alt := range props.Value.Get(name).Alternatives() {
			if when, ok := props.When.And(alt.When); ok && !alt.Offered && alt.Value.IsNull() && !guessed(when) {
				out = append(out, when)
			}
		}
	}
	return out
}
