package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// generated is a template of n modules, each with a loop over role
// assignments, as compiled Bicep writes them.
func generated(n int) string {
	var b strings.Builder
	b.WriteString(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "languageVersion": "2.0",
	"parameters": {"name": {"type": "string"}, "location": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
	"resources": {`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"m%d": {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[format('{0}-m%d', uniqueString(deployment().name, parameters('location')))]",
			"properties": {"expressionEvaluationOptions": {"scope": "inner"}, "mode": "Incremental",
				"parameters": {"name": {"value": "[format('{0}-%d', parameters('name'))]"}, "roleAssignments": {"value": [{"principalId": "[parameters('name')]", "role": "Reader"}, {"principalId": "x", "role": "Contributor"}]}},
				"template": {"parameters": {"name": {"type": "string"}, "roleAssignments": {"type": "array", "defaultValue": []}},
					"variables": {"roles": {"Reader": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]", "Contributor": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')]"}},
					"resources": [{"copy": {"name": "ra", "count": "[length(coalesce(parameters('roleAssignments'), createArray()))]"}, "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
						"name": "[guid(resourceId('Microsoft.Web/sites', parameters('name')), coalesce(parameters('roleAssignments'), createArray())[copyIndex()].principalId, 'x')]",
						"properties": {"roleDefinitionId": "[if(contains(variables('roles'), parameters('roleAssignments')[copyIndex()].role), variables('roles')[parameters('roleAssignments')[copyIndex()].role], parameters('roleAssignments')[copyIndex()].role)]",
							"principalId": "[parameters('roleAssignments')[copyIndex()].principalId]", "description": "[tryGet(coalesce(parameters('roleAssignments'), createArray())[copyIndex()], 'description')]"}}]}}}`, i, i, i)
	}
	return b.String() + "}}"
}

// BenchmarkDeploy reads and evaluates a template, once as it is asked for and
// once with all of its values.
func BenchmarkDeploy(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		raw := []byte(generated(n))
		for _, all := range []bool{false, true} {
			b.Run(fmt.Sprintf("modules=%d/forced=%t", n, all), func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				b.ReportAllocs()
				for b.Loop() {
					dep, err := eval.Deploy(template.NewFile(source.Parse("main.json", raw)).Tree(), template.DeploymentTemplate, eval.Config{})
					if err != nil || len(dep.Resources) != 3*n {
						b.Fatal(len(dep.Resources), err)
					}
					if all {
						for _, r := range dep.Resources {
							force(r)
						}
					}
				}
			})
		}
	}
}

// BenchmarkAsk evaluates single expressions, parsing included.
func BenchmarkAsk(b *testing.B) {
	doc := tree(b, open)
	for _, expression := range []string{
		"concat('a', 'b', 'c')", "format('/subscriptions/{0}/x/{1}', parameters('s'), 'y')", "map(range(0, 100), lambda('i', add(lambdaVariables('i'), 1)))",
		"if(equals(parameters('size'), 'small'), createObject('a', 1), createObject('a', 2)).a", "uniqueString(resourceGroup().id)",
	} {
		text := []byte(quoted(expression))
		b.Run(expression[:strings.IndexByte(expression, '(')], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				eval.Ask(eval.Query{Expression: template.NewFile(source.Parse("", text)).Tree(), Template: doc}, eval.Config{})
			}
		})
	}
}
