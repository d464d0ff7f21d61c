package template

import "go/token"

// DocumentKind tells what a file is.
type DocumentKind uint8

// The kinds of document that hold templates.
const (
	NotTemplate DocumentKind = iota
	DeploymentTemplate
	Parameters
	PolicyDefinition // one definition, or an initiative with definitions
)

// KindOf tells what the document is: by its $schema, else by its shape.
func KindOf(t Tree) DocumentKind {
	if t == nil || t.Kind() != Object {
		return NotTemplate
	}
	schema := text(Member(t, "$schema"))
	if LevelOf(schema) != LevelUnknown {
		return DeploymentTemplate
	}
	if isParameterSchema(schema) {
		return Parameters
	}
	if len(Policies(t)) > 0 {
		return PolicyDefinition
	}
	if looksLikeTemplate(t) {
		return DeploymentTemplate
	}
	return NotTemplate
}

func isParameterSchema(schema string) bool {
	for len(schema) > 0 && schema[len(schema)-1] == '#' {
		schema = schema[:len(schema)-1]
	}
	const name = "deploymentParameters.json"
	return len(schema) > len(name) && fold(schema[len(schema)-len(name):], name)
}

// looksLikeTemplate recognises a template without $schema by a resource that
// has a type and an apiVersion.
func looksLikeTemplate(t Tree) bool {
	resources := Member(t, "resources")
	if resources == nil {
		return false
	}
	found := false
	check := func(r Tree) bool {
		found = found || Member(r, "type") != nil && (Member(r, "apiVersion") != nil || Member(r, "import") != nil)
		return !found
	}
	switch resources.Kind() {
	case Array:
		resources.Elements(check)
	case Object:
		resources.Members(func(_ string, _ token.Pos, v Tree) bool { return check(v) })
	}
	return found
}

// Policy is a policy definition that may embed a template.
type Policy struct {
	Tree       Tree
	Rule       Tree // policyRule
	Deployment Tree // then.details.deployment, nil if it deploys nothing
	Scope      string
}

// Policies returns the policy definitions in a document: the definition
// itself, with or without its properties wrapper, or those that an initiative
// file carries along.
func Policies(t Tree) []Policy {
	if t == nil || t.Kind() != Object {
		return nil
	}
	if p, ok := NewPolicy(t); ok {
		return []Policy{p}
	}
	var out []Policy
	list := Member(t, "policyDefinitions")
	if list == nil {
		list = Path(t, "properties", "policyDefinitions")
	}
	if list == nil || list.Kind() != Array {
		return nil
	}
	list.Elements(func(e Tree) bool {
		if p, ok := NewPolicy(e); ok {
			out = append(out, p)
		}
		return true
	})
	return out
}

// NewPolicy reads a policy definition: an object with a policyRule, or with
// properties that have one.
func NewPolicy(t Tree) (Policy, bool) {
	if t == nil || t.Kind() != Object {
		return Policy{}, false
	}
	rule := Member(t, "policyRule")
	if rule == nil {
		rule = Path(t, "properties", "policyRule")
	}
	if rule == nil || rule.Kind() != Object {
		return Policy{}, false
	}
	details := Path(rule, "then", "details")
	p := Policy{Tree: t, Rule: rule}
	if details != nil && details.Kind() == Object {
		p.Deployment = Member(details, "deployment")
		p.Scope = text(Member(details, "deploymentScope"))
	}
	return p, true
}
