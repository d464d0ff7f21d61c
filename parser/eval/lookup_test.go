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

// TestLookupLeavesOutWhatWaits: the name of a deployment within another one may
// come from the very reference that is being looked up.
func TestLookupLeavesOutWhatWaits(t *testing.T) {
	dep := deploy(t, `{"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "resources": [
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "network", "location": "l", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "resources": [],
		"outputs": {"tier": {"type": "object", "value": {"name": "hub", "subscription": "11111111-2222-3333-4444-555555555555"}}}}}},
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "storage", "location": "l", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
		"parameters": {"tier": {"value": "[reference(subscriptionResourceId('Microsoft.Resources/deployments', 'network'), '2022-09-01').outputs.tier.value]"}},
		"template": {"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "parameters": {"tier": {"type": "object"}}, "resources": [
			{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[concat('keys-', parameters('tier').name)]", "subscriptionId": "[parameters('tier').subscription]", "location": "l", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
				"template": {"resources": [], "outputs": {"key": {"type": "string", "value": "k1"}}}}},
			{"type": "A.B/c", "apiVersion": "1", "name": "[reference(subscriptionResourceId(parameters('tier').subscription, 'Microsoft.Resources/deployments', 'keys-hub'), '2022-09-01').outputs.key.value]"}]}}}]}`, eval.Config{})
	var ids []string
	for _, r := range dep.Resources {
		ids = append(ids, value.ShowAll(r.ID()))
	}
	all := strings.Join(ids, "\n")
	for _, want := range []string{"/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Resources/deployments/keys-hub", "/A.B/c/k1"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in\n%s", want, all)
		}
	}
}

// TestLookupThroughAList: the same, where what waits is an element of a list.
func TestLookupThroughAList(t *testing.T) {
	dep := deploy(t, `{"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "resources": [
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "network", "location": "l", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "resources": [],
		"outputs": {"tier": {"type": "object", "value": {"name": "hub", "group": "rg-hub"}}}}}},
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "policies", "location": "l", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
		"parameters": {"tiers": {"value": ["[reference(subscriptionResourceId('Microsoft.Resources/deployments', 'network'), '2022-09-01').outputs.tier.value]"]}},
		"template": {"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "parameters": {"tiers": {"type": "array"}}, "resources": [
			{"copy": {"name": "each", "count": "[length(parameters('tiers'))]"}, "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01",
				"name": "[parameters('tiers')[copyIndex()].name]", "resourceGroup": "[parameters('tiers')[copyIndex()].group]", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
				"template": {"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "inner"}]}}}]}}}]}`, eval.Config{})
	last := dep.Resources[len(dep.Resources)-1]
	if got, want := value.ShowAll(last.ID()), "/subscriptions/‹subscription().subscriptionId›/resourceGroups/rg-hub/providers/A.B/c/inner"; got != want {
		t.Errorf("the id is %s, want %s", got, want)
	}
	if got := value.ShowAll(last.Instance.By.Name()); got != "hub" {
		t.Errorf("the deployment is called %s", got)
	}
}

// TestLookupSpoilsNothing: a variable that is asked for while its parameter is
// worked out, only to look a name up, has its value afterwards.
func TestLookupSpoilsNothing(t *testing.T) {
	dep := deploy(t, `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "naming", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {"resources": [],
		"outputs": {"names": {"type": "object", "value": {"door": "fd", "id": "id-1"}}}}}},
	{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "spoke", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
		"parameters": {"naming": {"value": "[reference(resourceId('Microsoft.Resources/deployments', 'naming'), '2022-09-01').outputs.names.value]"}},
		"template": {"parameters": {"naming": {"type": "object"}}, "variables": {"names": {"door": "[parameters('naming').door]"}, "loose": "[parameters('naming').id]"}, "resources": [
			{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('naming').id]"},
			{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[format('approve-{0}', variables('names').door)]", "properties": {"mode": "Incremental", "template": {"resources": []}}},
			{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[format('watch-{0}', variables('loose'))]", "properties": {"mode": "Incremental", "template": {"resources": []}}}]}}}]}`, eval.Config{})
	var names []string
	for _, r := range dep.Resources {
		names = append(names, value.ShowAll(r.Name()))
	}
	if got := strings.Join(names, " "); got != "naming spoke id-1 approve-fd watch-id-1" {
		t.Errorf("the resources are called %s", got)
	}
}
