package access_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/ruletest"
	model "github.com/rolecall/rolecall/report/access"
)

const (
	head   = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	reader = `"roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]"`
)

// grant is an assignment of a role to a principal that an expression gives.
func grant(name, principal, more string) string {
	return `{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('` + name + `')]"` + more +
		`, "properties": {"principalId": "` + principal + `", ` + reader + `}}`
}

// module deploys a template that grants the principal that it is given
// something, and one of its own identities.
func module(name string) string {
	return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "` + name + `", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": ` +
		head + `"parameters": {"who": {"type": "string"}}, "resources": [` + grant(name, "[parameters('who')]", "") + `]}}}`
}

// TestKeys checks that the keys of principals stay when the source around them
// changes, and that different principals have different ones.
func TestKeys(t *testing.T) {
	const identity = `{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "[format('id-{0}', parameters('x'))]", "location": "x"}`
	const user = `[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', format('id-{0}', parameters('x')))).principalId]`
	loop := grant("loop", "[parameters('many')[copyIndex()]]", `, "copy": {"name": "l", "count": "[length(parameters('many'))]"}`)
	parameters := `"parameters": {"x": {"type": "string"}, "y": {"type": "string"}, "many": {"type": "array"}}, "resources": [`
	before := head + parameters + strings.Join([]string{
		identity, module("a"), module("b"), grant("u", user, ""), grant("y", "[parameters('y')]", ""), loop,
	}, ", ") + `]}`
	after := head + parameters + strings.Join([]string{
		module("new"), grant("more", "5c2d0a3e-0b7f-4f4e-9a53-0f6c1f1b7d21", ""), loop, "\n\n" + grant("y", "[parameters('y')]", ""), module("b"), module("a"), identity, grant("u", user, ""),
	}, ", ") + `]}`

	old, fresh := keys(t, of(ruletest.Files{"main.json": before}, 1)), keys(t, of(ruletest.Files{"main.json": after}, 1))
	if len(old) != 5 || len(fresh) != 7 {
		t.Fatalf("%d and %d principals: %v, %v", len(old), len(fresh), old, fresh)
	}
	for key, name := range old {
		if fresh[key] != name {
			t.Errorf("'%s' has another key, or that of '%s'", name, fresh[key])
		}
	}
	elsewhere := keys(t, of(ruletest.Files{"other.json": before}, 1))
	for key, name := range elsewhere {
		if old[key] != "" {
			t.Errorf("'%s' of two templates has one key: nobody can tell that it is the same", name)
		}
	}
}

// keys returns the names of the principals by their keys.
func keys(t *testing.T, a *model.Access) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, g := range a.Grants {
		if len(g.Principal.Key) != 16 {
			t.Errorf("the key %q", g.Principal.Key)
		}
		name := g.Principal.Name + " " + strings.Join(g.Chain, ">")
		if out[g.Principal.Key] != "" && out[g.Principal.Key] != name {
			t.Errorf("'%s' and '%s' have the same key", name, out[g.Principal.Key])
		}
		out[g.Principal.Key] = name
	}
	return out
}
