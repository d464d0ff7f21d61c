package eval

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

// TestWay follows a value through an array, through a choice and into an
// output.
func TestWay(t *testing.T) {
	const text = `{
	"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
	"parameters": {"on": {"type": "bool"}},
	"variables": {"plain": "p", "key": "[listKeys('x', '2020-01-01').k]"},
	"resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "properties": {
		"list": ["[variables('plain')]", {"value": "[variables('key')]"}],
		"choice": "[if(parameters('on'), createObject('k', variables('key')), variables('plain'))]"
	}}, {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m", "properties": {
		"expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"p": {"value": "[variables('key')]"}},
		"template": {
			"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
			"parameters": {"p": {"type": "securestring"}}, "variables": {"v": "[parameters('p')]"},
			"resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "y", "properties": {"a": ["[variables('v')]"]}}]
		}
	}}],
	"outputs": {"o": {"type": "object", "value": {"a": ["[variables('key')]"]}}}
}`
	f := template.NewFile(source.Parse("t.json", []byte(text)))
	f.Base = 1
	dep, err := Deploy(f.Tree(), template.DeploymentTemplate, Config{Path: "t.json"})
	if err != nil {
		t.Fatal(err)
	}
	names := func(stops []Stop) string {
		var out []string
		for _, s := range stops {
			if s.Kind != "literal" {
				out = append(out, s.Kind+" "+s.Name)
			}
		}
		return strings.Join(out, ", ")
	}
	r := dep.Resources[0]
	for _, c := range []struct{ got, want string }{
		{names(r.Way("properties", "list", "0")), "variable plain"},
		{names(r.Way("properties", "list", "1", "value")), "variable key"},
		{names(r.Way("properties", "list", "7")), ""},
		{names(r.Way("properties", "choice", "k")), "variable key, variable plain"},
		{names(dep.Root.OutputWay("o", "a", "0")), "output o, variable key"},
		{names(dep.Root.OutputWay("none")), ""},
		{names(dep.Resources[2].Way("properties", "a", "0")), "variable v, argument p, variable key"},
	} {
		if c.got != c.want {
			t.Errorf("the stops are %q, want %q", c.got, c.want)
		}
	}
}
