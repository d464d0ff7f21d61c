package eval_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/expanded"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

const secret = "hunter2hunter2"

// safe is a template with a secret in each place that secrets come from.
const safe = `{
	"parameters": {
		"s": {"type": "securestring", "defaultValue": "hunter2hunter2"},
		"o": {"type": "secureObject", "defaultValue": {"k": "hunter2hunter2", "l": ["hunter2hunter2"], "m": {"n": "hunter2hunter2"}}},
		"either": {"type": "securestring", "defaultValue": "[if(parameters('b'), 'hunter2hunter2', 'hunter2hunter2x')]"},
		"pick": {"type": "securestring", "allowedValues": ["hunter2hunter2", "b"]},
		"plain": {"type": "string", "defaultValue": "[concat('x', parameters('s'))]"},
		"none": {"type": "securestring"},
		"given": {"type": "securestring"},
		"vault": {"type": "string"},
		"b": {"type": "bool"},
		"u": {"type": "string"}
	},
	"variables": {
		"v": "[parameters('s')]",
		"obj": {"open": "yes", "pw": "[parameters('s')]", "[parameters('s')]": "name", "in": "[parameters('o')]"},
		"arr": ["a", "[parameters('s')]"],
		"arrs": ["[parameters('o').l]", ["b"]],
		"objs": ["[parameters('o')]", {"z": 1}]
	},
	"functions": [{"namespace": "f", "members": {"wrap": {"parameters": [{"name": "x", "type": "string"}], "output": {"type": "object", "value": {"w": "[parameters('x')]"}}}}}]
}`

// TestSecrets checks that nothing that is ever shown holds a secret, however
// it came about. Keys are for comparing values only, and hold what they must.
func TestSecrets(t *testing.T) {
	for _, expression := range []string{
		"parameters('s')", "parameters('given')", "parameters('none')", "parameters('vault')", "parameters('plain')",
		"parameters('either')", "parameters('pick')", "concat(parameters('either'), '!')", "toLower(parameters('either'))",
		"parameters('o')", "parameters('o').k", "parameters('o').l[0]", "parameters('o').m.n", "parameters('o')['m']",
		"tryGet(parameters('o'), 'm', 'n')", "tryGet(variables('obj'), 'in', 'k')", "tryGet(variables('objs'), 0, 'm', 'n')",
		"variables('v')", "variables('obj')", "variables('obj').pw", "variables('arr')", "variables('arr')[1]", "variables('obj').in.k",
		"concat('a', parameters('s'))", "format('{0}:{1}', 'x', parameters('s'))", "format('{0}', variables('obj'))",
		"format('{0}', variables('arr'))", "format(parameters('s'))", "format('{0,40}', parameters('s'))",
		"string(variables('obj'))", "string(variables('arr'))", "string(createObject('a', createArray(parameters('s'))))",
		"base64(parameters('s'))", "base64ToString(base64(parameters('s')))", "uriComponent(parameters('s'))",
		"dataUri(parameters('s'))", "guid(parameters('s'))", "uniqueString(parameters('s'), parameters('u'))",
		"toUpper(parameters('s'))", "substring(parameters('s'), 0, 7)", "split(parameters('s'), 'r')", "first(split(parameters('s'), 'r'))",
		"skip(parameters('s'), 1)", "replace(parameters('s'), 'x', 'y')", "replace('a', 'a', parameters('s'))", "padLeft(parameters('s'), 30)",
		"join(variables('arr'), ',')", "join(createArray('a', parameters('s')), parameters('s'))", "concat(parameters('s'), parameters('u'))",
		"createObject('a', parameters('s'))", "createObject(parameters('s'), 1)", "createObject(parameters('s'), 1, parameters('u'), 2)",
		"items(variables('obj'))", "items(parameters('o'))", "objectKeys(createObject(parameters('s'), 1))", "objectKeys(variables('obj'))",
		"union(parameters('o'), createObject('z', 1))", "union(createObject('m', createObject('x', 1)), variables('obj').in)",
		"union(createObject('in', createObject('x', 1)), variables('obj')).in.k", "union(variables('obj'), createObject('z', 1)).in.k",
		"shallowMerge(variables('objs'))", "shallowMerge(variables('objs')).k", "flatten(variables('arrs'))", "flatten(variables('arrs'))[0]",
		"union(parameters('o').l, createArray('x'))", "intersection(parameters('o'), parameters('o'))", "concat(parameters('o').l, createArray('x'))",
		"take(parameters('o').l, 1)", "distinct(parameters('o').l)", "array(parameters('s'))", "json(string(variables('obj')))", "json(concat('\"', parameters('s'), '\"'))",
		"map(parameters('o').l, lambda('x', lambdaVariables('x')))", "map(createArray(1), lambda('x', parameters('s')))",
		"map(parameters('o').l, lambda('x', createObject(lambdaVariables('x'), 1)))",
		"filter(parameters('o').l, lambda('x', true()))", "reduce(parameters('o').l, '', lambda('a', 'x', concat(lambdaVariables('a'), lambdaVariables('x'))))",
		"reduce(createArray('a'), parameters('s'), lambda('a', 'x', concat(lambdaVariables('a'), lambdaVariables('x'))))",
		"sort(parameters('o').l, lambda('x', 'y', true()))", "mapValues(parameters('o'), lambda('v', lambdaVariables('v')))",
		"mapValues(variables('obj').in, lambda('v', lambdaVariables('v')))", "mapValues(variables('obj').in, lambda('v', lambdaVariables('v'))).k",
		"toObject(parameters('o').l, lambda('x', lambdaVariables('x')))", "toObject(variables('arr'), lambda('x', lambdaVariables('x')))",
		"toObject(createArray('a'), lambda('x', 'k'), lambda('x', parameters('s')))", "groupBy(variables('arr'), lambda('x', lambdaVariables('x')))",
		"if(parameters('b'), parameters('s'), 'open')", "if(equals(parameters('u'), parameters('s')), 1, 2)", "concat(if(parameters('b'), parameters('s'), 'open'), '!')",
		"if(equals(parameters('none'), 'hunter2hunter2'), 1, 2)", "coalesce(tryGet(parameters('o'), 'x'), parameters('s'))", "coalesce(parameters('s'), 'a')",
		"f.wrap(parameters('s'))", "f.wrap(parameters('s')).w", "last(variables('arr'))", "first(parameters('o').l)", "indexFromEnd(parameters('o').l, 1)",
		"resourceId('Microsoft.Web/sites', parameters('s'))", "extensionResourceId(parameters('s'), 'A.B/c', 'x')", "uri('https://x.org', parameters('s'))",
		"reference(parameters('s')).x", "listKeys('x', '2020-01-01').k", "listKeys(parameters('s'), '2020-01-01')", "parseUri(concat('https://', parameters('s')))",
		// failures quote what they cannot read
		"int(parameters('s'))", "bool(parameters('s'))", "float(parameters('s'))", "json(concat('{', parameters('s')))", "fail(parameters('s'))",
		"createObject('a', 1)[parameters('s')]", "createArray(1)[parameters('s')]", "variables(parameters('s'))", "parameters(parameters('s'))",
		"base64ToString(parameters('s'))", "dateTimeAdd(parameters('s'), 'P1D')", "parseCidr(parameters('s'))", "dataUriToString(parameters('s'))",
		"add(parameters('s'), 1)", "format(concat('{', parameters('s')))", "uri(parameters('s'), 'x')", "copyIndex(parameters('s'))",
		"createObject('x', int(parameters('s')))", "concat('a', fail(parameters('s')))", "if(true(), int(parameters('s')), 1)",
	} {
		v := eval.Ask(eval.Query{Expression: tree(t, quoted(expression)), Template: tree(t, safe)}, eval.Config{Arguments: arguments(t, `{
			"given": {"value": "hunter2hunter2"},
			"vault": {"reference": {"keyVault": {"id": "/x"}, "secretName": "hunter2hunter2"}}
		}`)})
		told(t, expression, "JSON", string(value.AppendJSON(nil, v)))
		told(t, expression, "Show", value.Show(v))
		told(t, expression, "why", eval.FirstUnknown(v))
		if s := v.Why(); s != nil && !s.Secret && v.Flags&value.Secure == 0 {
			told(t, expression, "reason", s.Text)
		}
		for _, a := range v.Alternatives() {
			told(t, expression, "alternative", value.Show(a.Value)+" when "+a.When.String())
		}
		if isPlain(v) && v.Flags&value.Secure == 0 {
			t.Errorf("%s is not marked as secret: %s", expression, value.Show(v))
		}
	}
}

// isPlain tells whether v is a known scalar.
func isPlain(v value.Value) bool {
	return v.Kind == value.String || v.Kind == value.Int || v.Kind == value.Bool
}

func quoted(expression string) string {
	return string(value.AppendJSON(nil, value.OfString("["+expression+"]")))
}

func arguments(t testing.TB, members string) []template.Argument {
	return template.NewParameterFile(tree(t, `{"parameters": `+members+`}`)).Arguments
}

var disguises = []string{
	"hunter2", strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(secret)), "=")[:16], "HUNTER2", "aHVudGVyMmh",
}

func told(t *testing.T, expression, where, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, expression, "") // the source may be quoted: there is no secret in it
	if strings.Contains(expression, secret) {
		text = strings.ReplaceAll(text, "'"+secret+"'", "")
	}
	for _, d := range disguises {
		if strings.Contains(text, d) {
			t.Errorf("%s: %s tells the secret: %s", expression, where, text)
			return
		}
	}
}

// TestSecretsDeployed checks that a secret does not show in what would be
// deployed: names, conditions, arguments and outputs of modules.
func TestSecretsDeployed(t *testing.T) {
	dep := deploy(t, `{
		"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
		"parameters": {
			"s": {"type": "securestring", "defaultValue": "hunter2hunter2"},
			"o": {"type": "secureObject", "defaultValue": {"list": ["hunter2hunter2"], "on": true}}
		},
		"resources": [
			{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('s')]", "condition": "[equals(parameters('s'), 'x')]", "properties": {"p": "[parameters('s')]"}},
			{"type": "A.B/c", "apiVersion": "1", "name": "n", "condition": "[parameters('o').on]", "properties": "[parameters('o')]", "tags": {"[parameters('s')]": 1}},
			{"type": "A.B/c", "apiVersion": "1", "name": "loop", "properties": {"copy": [{"name": "l", "count": 1, "input": "[parameters('o').list[copyIndex('l')]]"}]}},
			{
				"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
				"properties": {
					"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
					"parameters": {"p": {"value": "[parameters('s')]"}, "q": {"value": "hunter2hunter2"}, "r": {"value": {"x": "hunter2hunter2"}}},
					"template": {
						"parameters": {"p": {"type": "string"}, "q": {"type": "securestring"}, "r": {"type": "secureObject"}},
						"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "deep", "properties": {"p": "[parameters('p')]", "q": "[concat('a', parameters('q'))]", "r": "[parameters('r').x]"}}],
						"outputs": {
							"direct": {"type": "string", "value": "[parameters('p')]"},
							"declared": {"type": "securestring", "value": "hunter2hunter2"},
							"object": {"type": "secureObject", "value": {"x": "hunter2hunter2"}}
						}
					}
				}
			},
			{"type": "A.B/c", "apiVersion": "1", "name": "reader", "properties": {
				"a": "[reference('inner').outputs.direct.value]", "b": "[reference('inner').outputs.declared.value]", "c": "[reference('inner').outputs.object.value.x]"
			}}
		]
	}`, eval.Config{})
	out := string(expanded.JSON(dep, true, nil))
	for _, d := range disguises {
		if i := strings.Index(out, d); i >= 0 {
			t.Errorf("the deployment tells the secret: %s", out[max(0, i-200):min(len(out), i+60)])
		}
	}
	for _, r := range dep.Resources {
		if v := r.Get("properties", "p"); v.Kind == value.String && v.Flags&value.Secure == 0 {
			t.Errorf("%s: properties.p is not marked as secret", value.Show(r.Name()))
		}
	}
}
