package eval_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
)

// TestSources checks that the sources of a value tell the place and the names
// that it depends on, also where these are worked out already.
func TestSources(t *testing.T) {
	const module = `{
		"resources": {
			"site": {"type": "A.B/site", "apiVersion": "1", "name": "[parameters('site')]"},
			"group": {"type": "A.B/c", "apiVersion": "1", "name": "[resourceGroup().id]"},
			"id": {"type": "A.B/c", "apiVersion": "1", "name": "[resourceId('A.B/c', 'x')]"},
			"outside": {"type": "A.B/c", "apiVersion": "1", "name": "[resourceId('s', 'g', 'A.B/c', 'x')]"},
			"subscription": {"type": "A.B/c", "apiVersion": "1", "name": "[subscription().id]"},
			"reference": {"type": "A.B/c", "apiVersion": "1", "name": "[reference('site').x]"},
			"deployment": {"type": "A.B/c", "apiVersion": "1", "name": "[deployment().name]"},
			"constant": {"type": "A.B/c", "apiVersion": "1", "name": "x"}
		},
		"languageVersion": "2.0",
		"parameters": {"site": {"type": "string"}}
	}`
	dep := deploy(t, `{
		"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
		"parameters": {
			"group": {"type": "string", "defaultValue": "rg"}, "sub": {"type": "string", "defaultValue": "s"},
			"site": {"type": "string", "defaultValue": "n"}, "module": {"type": "string", "defaultValue": "m"}
		},
		"resources": [{
			"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "[parameters('module')]",
			"subscriptionId": "[parameters('sub')]", "resourceGroup": "[parameters('group')]",
			"properties": {"expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"site": {"value": "[parameters('site')]"}}, "template": `+module+`}
		}]
	}`, eval.Config{})
	want := map[string]string{
		"site": "site", "group": "group sub", "id": "group sub", "outside": "", "subscription": "sub",
		"reference": "group site sub", "deployment": "module", "constant": "",
	}
	for _, r := range dep.Resources {
		r.ID()
		if r.Instance.Parent == nil {
			continue
		}
		var names []string
		for _, s := range r.Env().Sources(r.Decl.Name) {
			if s.Kind == "default" {
				names = append(names, s.Name)
			}
		}
		slices.Sort(names)
		if got := strings.Join(slices.Compact(names), " "); got != want[r.Decl.Symbol] {
			t.Errorf("%s: got %q, want %q", r.Decl.Symbol, got, want[r.Decl.Symbol])
		}
	}
}
