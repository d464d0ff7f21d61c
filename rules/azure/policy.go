package azure

import (
	_ "embed"
	"strings"
)

//go:embed tables/policies-packed.tsv
var policies table

// A BuiltInPolicy is a policy, or initiative, whose assignment acts with an identity: it deploys or modifies resources.
// https://learn.microsoft.com/azure/governance/policy/how-to/remediate-resources
type BuiltInPolicy struct {
	ID              string
	Effect          string   // by default, in lower case; "" of an initiative
	EffectParameter string   // the parameter that sets it; "" if none does
	Initiative      bool     // a set of policies
	Acts            bool     // it deploys or modifies unless the assignment says otherwise
	Roles           []string // ids of the roles that it asks for
}

// PolicyByID finds a built-in policy or initiative that may act with an identity by its GUID, in any case.
func PolicyByID(guid string) (BuiltInPolicy, bool) {
	line, _, ok := policies.find(guid)
	if !ok {
		return BuiltInPolicy{}, false
	}
	var p BuiltInPolicy
	var roles string
	cutFields(line, &p.ID, &p.Effect, &p.EffectParameter, &roles)
	for _, role := range splitList(roles, ",") {
		p.Roles = append(p.Roles, roleIDAt(role))
	}
	p.Acts = p.Effect == "initiative" || ActsWithIdentity(p.Effect)
	if p.Effect == "initiative" || p.Effect == "none" {
		p.Initiative, p.Effect = true, ""
	}
	return p, true
}

// roleIDAt is the id of a role at a place, or of one that is not known, whose id stands there itself.
func roleIDAt(place string) string {
	if len(place) != placeDigits {
		return place
	}
	return firstField(roles.at(place))
}

// ActsWithIdentity tells whether a policy effect, in any case, is one for which the assignment needs an identity.
// https://learn.microsoft.com/azure/governance/policy/concepts/effect-basics
func ActsWithIdentity(effect string) bool {
	return strings.EqualFold(effect, "deployIfNotExists") || strings.EqualFold(effect, "modify")
}
