package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// Resource types of policies.
const (
	PolicyDefinitions = "Microsoft.Authorization/policyDefinitions"
	PolicyAssignments = "Microsoft.Authorization/policyAssignments"
)

// PolicyDefinition is a policy that the unit defines: as a resource, or as a
// document of its own.
type PolicyDefinition struct {
	Resource *eval.Resource // nil of a document
	Name     string         // its display name or name; "" if not known
	Rule     value.Value    // policyRule
	Effects  []string       // what the effect may be, in lower case: what it is by default first; empty if not known
	Details  value.Value    // then.details
	Roles    []PolicyRole
	At       value.Span // of then.effect
}

// PolicyRole is an entry of roleDefinitionIds.
type PolicyRole struct {
	Role
	At value.Span
}

// Acts tells whether the policy deploys or modifies resources by default.
func (d *PolicyDefinition) Acts() bool {
	return len(d.Effects) > 0 && azure.ActsWithIdentity(d.Effects[0])
}

// Policies returns the policy definitions of the unit.
func (a *Access) Policies() []*PolicyDefinition {
	if a.policies != nil {
		return a.policies
	}
	a.policies = []*PolicyDefinition{}
	for _, r := range a.Unit.Deployment.Resources {
		if r.Is(PolicyDefinitions) && !r.Existing && r.State != eval.NotDeployed {
			a.policies = append(a.policies, a.policy(r, r.Get("properties")))
		}
	}
	if tree := a.Unit.Files[0].Tree(); template.KindOf(tree) == template.PolicyDefinition {
		for _, p := range template.Policies(tree) {
			a.policies = append(a.policies, a.policy(nil, definitionBody(p.Tree)))
		}
	}
	return a.policies
}

// definitionBody is the object with the policyRule.
func definitionBody(t template.Tree) value.Value {
	v := eval.Data(t)
	if inner := v.Get("properties"); inner.Object() != nil && !inner.Get("policyRule").IsNull() {
		return inner
	}
	return v
}

func (a *Access) policy(r *eval.Resource, props value.Value) *PolicyDefinition {
	d := &PolicyDefinition{Resource: r, Rule: props.Get("policyRule")}
	d.Name, _ = props.Get("displayName").Str()
	effect := d.Rule.Get("then", "effect")
	d.At, d.Details = effect.At, d.Rule.Get("then", "details")
	d.Effects = effects(effect, props.Get("parameters"))
	ids := d.Details.Get("roleDefinitionIds").Array()
	if ids == nil {
		return d
	}
	for _, id := range ids.All() {
		if role, ok := a.role(id); ok {
			d.Roles = append(d.Roles, PolicyRole{role, id.At})
		}
	}
	return d
}

// effects reads an effect that stands there, or that a parameter of the policy
// gives.
func effects(effect, parameters value.Value) []string {
	s, ok := effect.Str()
	if !ok {
		return nil
	}
	name, ok := policyParameter(s)
	if !ok {
		return []string{strings.ToLower(s)}
	}
	p := parameters.Get(name)
	s, ok = p.Get("defaultValue").Str()
	if !ok {
		return nil
	}
	out := []string{strings.ToLower(s)}
	if allowed := p.Get("allowedValues").Array(); allowed != nil {
		for _, v := range allowed.All() {
			if other, ok := v.Str(); ok && !strings.EqualFold(other, s) {
				out = append(out, strings.ToLower(other))
			}
		}
	}
	return out
}

// policyParameter reads "[parameters('effect')]".
func policyParameter(s string) (name string, ok bool) {
	s, ok = strings.CutPrefix(strings.ReplaceAll(s, " ", ""), "[parameters('")
	name, end := strings.CutSuffix(s, "')]")
	return name, ok && end && !strings.Contains(name, "'")
}

// AssignedPolicy is what a policy assignment assigns, if that is known: a
// definition of the unit, or a built-in one.
type AssignedPolicy struct {
	Definition *PolicyDefinition
	BuiltIn    azure.BuiltInPolicy
}

// Roles are the ids of the roles that the policy asks for, in lower case.
func (p AssignedPolicy) Roles() []string {
	if p.Definition == nil {
		return p.BuiltIn.Roles
	}
	var out []string
	for _, r := range p.Definition.Roles {
		out = append(out, r.GUID)
	}
	return out
}

// Assigned returns what a policy assignment assigns.
func (a *Access) Assigned(assignment *eval.Resource) (AssignedPolicy, bool) {
	id := assignment.Get("properties", "policyDefinitionId")
	if r := a.Unit.Deployment.Lookup(id); r != nil {
		for _, d := range a.Policies() {
			if d.Resource == r {
				return AssignedPolicy{Definition: d}, true
			}
		}
		return AssignedPolicy{}, false
	}
	segments, _ := id.Segments()
	if len(segments) == 0 {
		return AssignedPolicy{}, false
	}
	guid, _ := segments[len(segments)-1].Str()
	built, ok := azure.PolicyByID(guid)
	return AssignedPolicy{BuiltIn: built}, ok
}
