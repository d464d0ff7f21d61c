package eval_test

import (
	"encoding/json"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

const fuzzSeed = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
"parameters":{"p":{"type":"string"},"n":{"type":"int","defaultValue":2}},
"variables":{"v":"[concat('a',parameters('p'))]","o":{"copy":[{"name":"l","count":"[parameters('n')]","input":"[copyIndex('l')]"}]}},
"resources":[{"type":"Microsoft.Web/sites","apiVersion":"1","name":"[variables('v')]","copy":{"name":"c","count":2},
"identity":{"type":"[if(equals(parameters('p'),'x'),'None','SystemAssigned')]"}},
{"type":"Microsoft.Resources/deployments","apiVersion":"1","name":"d","properties":{"expressionEvaluationOptions":{"scope":"inner"},
"parameters":{"q":{"value":"[map(range(0,3),lambda('i',lambdaVariables('i')))]"}},
"template":{"parameters":{"q":{"type":"array"}},"resources":[],"outputs":{"r":{"type":"int","value":"[length(parameters('q'))]"}}}}}],
"outputs":{"x":{"type":"int","value":"[reference('d').outputs.r.value]"}}}`

// FuzzDeploy holds that no document makes evaluation panic, and that what it
// yields can be written as JSON.
func FuzzDeploy(f *testing.F) {
	f.Add([]byte(fuzzSeed))
	f.Add([]byte(`{"resources":{"a":{"type":"A/b","apiVersion":"1","name":"[guid(resourceGroup().id)]","existing":true}}}`))
	f.Add([]byte(`{"properties":{"policyRule":{"then":{"details":{"deployment":{"properties":{"template":{"resources":[]}}}}}}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file := source.Parse("f.json", raw)
		file.Base = 1
		tree := template.NewFile(file).Tree()
		kind := template.KindOf(tree)
		if kind != template.DeploymentTemplate && kind != template.PolicyDefinition {
			return
		}
		d, err := eval.Deploy(tree, kind, eval.Config{})
		if err != nil {
			return
		}
		for _, r := range d.Resources {
			if b := value.AppendJSON(nil, r.Body()); !json.Valid(b) {
				t.Fatalf("the body is no JSON: %s", b)
			}
			if b := value.AppendJSON(nil, r.ID()); !json.Valid(b) {
				t.Fatalf("the id is no JSON: %s", b)
			}
		}
	})
}
