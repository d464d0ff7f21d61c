package eval_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// TestLookupAsksForNamesOnly: while a reference looks for its deployment, the
// scopes of others are not asked for; one of them may depend on what is being
// worked out.
func TestLookupAsksForNamesOnly(t *testing.T) {
	dep := deploy(t, `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "spoke", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {
		"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "net", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {
			"resources": [], "outputs": {"group": {"type": "string", "value": "rg-net"}}}}}],
		"outputs": {"group": {"type": "string", "value": "[reference(resourceId('Microsoft.Resources/deployments', 'net'), '2022-09-01').outputs.group.value]"}}}}},
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "services", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
		"parameters": {"group": {"value": "[reference(resourceId('Microsoft.Resources/deployments', 'spoke'), '2022-09-01').outputs.group.value]"}},
		"template": {"parameters": {"group": {"type": "string"}}, "resources": [
			{"condition": false, "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "other", "resourceGroup": "[parameters('group')]", "properties": {"mode": "Incremental", "template": {"resources": []}}},
			{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "endpoint", "resourceGroup": "[parameters('group')]", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {
				"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "inner"}]}}}]}}}]}`, eval.Config{})
	for _, r := range dep.Resources {
		if id := value.ShowAll(r.ID()); strings.Contains(id, "itself") {
			t.Errorf("%s: the id is %s", r.Type, id)
		}
		if r.Is("A.B/c") && value.Show(r.ID()) != "/subscriptions/‹subscription().subscriptionId›/resourceGroups/rg-net/providers/A.B/c/inner" {
			t.Errorf("the id is %s", value.Show(r.ID()))
		}
	}
}
