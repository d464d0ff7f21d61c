package eval_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/rolecall/rolecall/internal/expanded"
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

// FuzzDeploy holds that no document makes evaluation panic, that what it yields
// can be written as JSON, and that the order in which values are asked for
// changes none.
func FuzzDeploy(f *testing.F) {
	f.Add([]byte(fuzzSeed))
	f.Add([]byte(`{"resources":{"a":{"type":"A/b","apiVersion":"1","name":"[guid(resourceGroup().id)]","existing":true}}}`))
	f.Add([]byte(`{"properties":{"policyRule":{"then":{"details":{"deployment":{"properties":{"template":{"resources":[]}}}}}}}}`))
	roots(f, func(_ string, files loader, root string) {
		if len(files[root]) < 4000 {
			f.Add([]byte(files[root]))
		}
	})
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := deployed(raw)
		if d == nil {
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
		want := expanded.JSON(d, true, nil)
		backward := deployed(raw)
		for _, r := range slices.Backward(backward.Resources) {
			force(r)
		}
		if got := expanded.JSON(backward, true, nil); !bytes.Equal(got, want) {
			t.Errorf("asked for backward it is\n%s\nand forward\n%s", got, want)
		}
	})
}

// deployed deploys a document; nil if it is none, or too large.
func deployed(raw []byte) *eval.Deployment {
	file := source.Parse("f.json", raw)
	file.Base = 1
	tree := template.NewFile(file).Tree()
	kind := template.KindOf(tree)
	if kind != template.DeploymentTemplate && kind != template.PolicyDefinition {
		return nil
	}
	d, err := eval.Deploy(tree, kind, eval.Config{})
	if err != nil {
		return nil
	}
	return d
}
