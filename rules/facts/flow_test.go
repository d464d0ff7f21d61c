package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// flowTemplate holds a credential of each kind on its way to each kind of
// sink.
const flowTemplate = `{
	"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
	"parameters": {"password": {"type": "securestring"}, "plain": {"type": "string"}},
	"variables": {
		"id": "[resourceId('Microsoft.Storage/storageAccounts', 'st')]",
		"key": "[listKeys(variables('id'), '2023-05-01').keys[0].value]",
		"name": "[concat('st', parameters('plain'))]"
	},
	"resources": [
		{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "app", "properties": {"siteConfig": {"appSettings": [
			{"name": "Plain", "value": "[variables('name')]"},
			{"name": "Key", "value": "[concat('AccountKey=', variables('key'))]"},
			{"name": "Login", "value": "[format('Password={0}', parameters('password'))]"}
		]}}},
		{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-03-01", "name": "vm", "properties": {"osProfile": {"adminPassword": "[parameters('password')]"}}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m", "properties": {
			"expressionEvaluationOptions": {"scope": "inner"},
			"parameters": {"hidden": {"value": "[variables('key')]"}, "shown": {"value": {"all": ["[variables('key')]"]}}},
			"template": {
				"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
				"parameters": {"hidden": {"type": "securestring"}, "shown": {"type": "object"}},
				"resources": [{"type": "Microsoft.KeyVault/vaults/secrets", "apiVersion": "2023-07-01", "name": "kv/s", "properties": {"value": "[parameters('hidden')]"}}],
				"outputs": {"key": {"type": "string", "value": "[parameters('shown').all[0]]"}, "vault": {"type": "string", "value": "kv"}}
			}
		}}
	],
	"outputs": {
		"again": {"type": "string", "value": "[reference('m').outputs.key.value]"},
		"vault": {"type": "string", "value": "[reference('m').outputs.vault.value]"},
		"secure": {"type": "securestring", "value": "[variables('key')]"}
	}
}`

func flowsOf(t *testing.T, text string) []Flow {
	t.Helper()
	u, err := Load(Options{Root: "t.json"}, func(string) ([]byte, error) { return []byte(text), nil })
	if err != nil {
		t.Fatal(err)
	}
	a := NewAccess(u)
	if !slices.EqualFunc(a.Flows(), a.Flows(), func(f, g Flow) bool { return f.At == g.At }) {
		t.Error("asked twice, the flows differ")
	}
	return a.Flows()
}

func TestFlows(t *testing.T) {
	var got []string
	for _, f := range flowsOf(t, flowTemplate) {
		sink := "output"
		if f.Sink.Resource != nil {
			sink = f.Sink.Resource.Type + " " + f.Sink.Argument()
		} else {
			sink += " " + f.Sink.Output.Name
		}
		way := ""
		for _, s := range f.Way() {
			way += " > " + s.Kind + " " + s.Name
		}
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s: %s %s %s%s", f.Source.Name, strings.Join(f.Source.Path, "."), strings.TrimSpace(sink), f.Sink.Path(), f.Sink.Setting, way)))
	}
	want := []string{
		"listKeys keys.0.value: Microsoft.Web/sites properties.siteConfig.appSettings[].value Key > list listKeys > variable key",
		"password : Microsoft.Web/sites properties.siteConfig.appSettings[].value Login",
		"listKeys keys.0.value: Microsoft.Resources/deployments shown properties.parameters.shown.value.all[]  > list listKeys > variable key",
		"listKeys keys.0.value: Microsoft.KeyVault/vaults/secrets properties.value  > list listKeys > variable key > argument hidden",
		"listKeys keys.0.value: output again   > list listKeys > variable key > argument shown > output key",
		"listKeys keys.0.value: output key   > list listKeys > variable key > argument shown",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the flows are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestNoFlows evaluates nothing where no credential is in sight.
func TestNoFlows(t *testing.T) {
	text := strings.NewReplacer("listKeys", "reference", "securestring", "string").Replace(flowTemplate)
	if got := flowsOf(t, text); len(got) != 0 {
		t.Errorf("there are %d flows", len(got))
	}
}
