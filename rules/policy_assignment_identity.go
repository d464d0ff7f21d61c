package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// ID010 reports policy assignments with an identity and no location, and those
// of policies that deploy or modify, without the identity to do it with.
var ID010 = add("ID010", func(p *Pass) {
	for r := range p.deployed {
		if !r.Is(facts.PolicyAssignments) || maybeExists(r) {
			continue
		}
		for _, c := range identityCases(r) {
			switch {
			case c.Offered:
			case c.Known && !c.Kinds.None() && unknownWord(c.Kinds) == "":
				p.wantsLocation(r, c)
			case c.Absent || c.Known && c.Kinds.None():
				p.wantsActor(r, c)
			}
		}
	}
})

func (p *Pass) wantsLocation(r *eval.Resource, c identityCase) {
	for _, alt := range r.Get("location").Alternatives() {
		when, ok := joined(c.When, alt.When)
		if !alt.Value.IsNull() || alt.Offered || !ok {
			continue
		}
		p.report("no location", Finding{
			At: spot(r, "identity"), Resource: r, Path: "identity", When: when,
			Message: fmt.Sprintf("the policy assignment '%s' has an identity and no location: Azure does not know where to create it, and rejects the assignment", called(r)),
			Related: because(r, "the identity", "identity", "type"),
		})
	}
}

func (p *Pass) wantsActor(r *eval.Resource, c identityCase) {
	policy, ok := p.Access.Assigned(r)
	if !ok {
		return
	}
	effect, acts := actingEffect(r, policy)
	if !acts {
		return
	}
	f := Finding{
		At: Head(r), Resource: r, Path: "identity", When: c.When,
		Message: fmt.Sprintf("the policy assignment '%s' has no managed identity, and its policy has the effect '%s': it cannot mend anything", called(r), effect),
		Related: because(r, "the policy", "properties", "policyDefinitionId"),
	}
	if d := policy.Definition; d != nil {
		f.Related = append(f.Related, Related{d.At, "the effect of the policy"})
	}
	p.report("no identity", f)
}

// actingEffect is the effect that an assignment gives its policy; acts is
// false unless it surely deploys or modifies. What the assignment may switch
// off, by a parameter, an override or its enforcement mode, is not sure.
func actingEffect(r *eval.Resource, policy facts.AssignedPolicy) (effect string, acts bool) {
	props := r.Get("properties")
	if !closed(props) || !props.Get("overrides").IsNull() || !props.Get("resourceSelectors").IsNull() {
		return "", false
	}
	if mode, ok := props.Get("enforcementMode").Str(); !props.Get("enforcementMode").IsNull() && !(ok && value.FoldEqual(mode, "Default")) {
		return "", false
	}
	parameters := props.Get("parameters")
	if parameters.Kind == value.Choice || !parameters.IsNull() && !closed(parameters) {
		return "", false
	}
	if d := policy.Definition; d != nil {
		return definedEffect(d, parameters)
	}
	if policy.BuiltIn.Initiative {
		return "deployIfNotExists", policy.BuiltIn.Acts && (parameters.IsNull() || len(parameters.Object().Names) == 0)
	}
	return givenEffect(parameters, policy.BuiltIn.EffectParameter, policy.BuiltIn.Effect)
}

func definedEffect(d *facts.PolicyDefinition, parameters value.Value) (effect string, acts bool) {
	switch len(d.Effects) {
	case 0:
		return "", false
	case 1:
		return d.Effects[0], d.Acts()
	}
	if parameters.IsNull() {
		return d.Effects[0], d.Acts()
	}
	return "", false // one of its parameters may set it
}

// givenEffect is the effect that the parameter of an assignment sets, or the
// default one.
func givenEffect(parameters value.Value, name, effect string) (string, bool) {
	if given := parameters.Get(name); name != "" && !given.IsNull() {
		s, ok := given.Get("value").Str()
		return s, ok && azure.ActsWithIdentity(s)
	}
	return effect, azure.ActsWithIdentity(effect)
}
