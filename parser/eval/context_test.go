package eval_test

import (
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// library is a template whose members the expressions below refer to.
const library = `{
	"parameters": {
		"Name": {"type": "string", "defaultValue": "[concat(parameters('prefix'), '-app')]"},
		"prefix": {"type": "string", "defaultValue": "dev"},
		"none": {"type": "string", "nullable": true},
		"a": {"type": "int", "defaultValue": "[parameters('b')]"},
		"b": {"type": "int", "defaultValue": "[parameters('a')]"},
		"open": {"type": "string"}
	},
	"variables": {
		"late": "[variables('early')]",
		"early": "[[escaped]",
		"half": "[not an expression",
		"nested": {"list": ["[parameters('name')]", {"[concat('k', '1')]": 1}]},
		"loop": "[variables('LOOP')]",
		"broken": "[concat('a',]",
		"ns.dotted#1": "dotted",
		"copy": [
			{"name": "squares", "count": 3, "input": "[mul(copyIndex('squares'), copyIndex('squares'))]"},
			{"name": "bare", "count": 2, "input": {"n": "[copyIndex()]"}},
			{"name": "none", "count": 0, "input": "[fail('never')]"},
			{"name": "negative", "count": -1, "input": 1}
		],
		"object": {
			"kept": true,
			"copy": [{"name": "items", "count": 2, "input": "[format('{0}{1}', copyIndex('items'), copyIndex('items', 1))]"}],
			"[string('copy')]": "no loop"
		}
	},
	"functions": [
		{"namespace": "acme", "members": {
			"twice": {"parameters": [{"name": "x", "type": "int"}], "output": {"type": "int", "value": "[mul(parameters('x'), 2)]"}},
			"four": {"parameters": [{"name": "x", "type": "int"}], "output": {"type": "int", "value": "[acme.twice(acme.twice(parameters('X')))]"}},
			"shape": {"parameters": [], "output": {"type": "object", "value": {"n": "[acme.twice(4)]"}}},
			"outside": {"parameters": [], "output": {"type": "string", "value": "[parameters('prefix')]"}},
			"forever": {"parameters": [], "output": {"type": "string", "value": "[acme.forever()]"}}
		}}
	]
}`

func TestTemplateMembers(t *testing.T) {
	for _, c := range []struct{ expression, want string }{
		{"parameters('name')", `"dev-app"`},
		{"PARAMETERS('PREFIX')", `"dev"`},
		{"parameters('none')", `null`},
		{"parameters('a')", `error refers to itself`},
		{"parameters('open')", `unknown parameter`},
		{"parameters(1)", `error takes a string`},
		{"variables('late')", `"[escaped]"`},
		{"variables('half')", `"[not an expression"`},
		{"variables('nested').list[0]", `"dev-app"`},
		{"variables('nested').list[1].K1", `1`},
		{"variables('loop')", `error refers to itself`},
		{"variables('broken')", `error`},
		{"variables('NS.dotted#1')", `"dotted"`},
		{"variables('squares')", `[0,1,4]`},
		{"variables('bare')[1].n", `1`},
		{"variables('none')", `[]`},
		{"variables('negative')", `error no number of copies`},
		{"variables('object')", `{"kept":true,"copy":"no loop","items":["01","12"]}`},
		{"acme.twice(21)", `42`},
		{"ACME.Four(1)", `4`},
		{"acme.shape().n", `8`},
		{"acme.twice()", `error 1 argument`},
		{"acme.outside()", `error no parameter 'prefix'`},
		{"acme.forever()", `unknown limit`},
		{"acme.missing()", `error no function`},
		{"map(createArray(1), lambda('x', acme.twice(lambdaVariables('x'))))", `[2]`},
	} {
		if got := outcome(ask(t, c.expression, library)); !meets(t, got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.expression, got, c.want)
		}
	}
}

// TestForms checks which strings are expressions.
func TestForms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`"[add(1, 2)]"`, `3`},
		{`"[ add ( 1 ,\n\t2 ) ]"`, `3`},
		{`"[[add(1, 2)]"`, `"[add(1, 2)]"`},
		{`"[[]"`, `"[]"`},
		{`"[[a[]b]"`, `"[a[]b]"`},
		{`"[test"`, `"[test"`},
		{`"[a] b"`, `"[a] b"`},
		{`"[[a] b"`, `"[[a] b"`},
		{`" [add(1, 2)]"`, `" [add(1, 2)]"`},
		{`"[add(1, 2)]\n"`, `"[add(1, 2)]\n"`},
		{`"['\u0061''b']"`, `"a'b"`},
		{`"\u005badd(1, 2)]"`, `3`},
		{`"[]"`, `error empty`},
		{`"[true]"`, `error write true()`},
		{`"[abc]"`, `error alone is no value`},
		{`"[f(1,,2)]"`, `error`},
		{`"[f(1,)]"`, `error`},
		{`"[f(1]"`, `error`},
		{`"[add(1, 2) 3]"`, `error after the end`},
		{`"['abc]"`, `error does not end`},
		{`"[a().]"`, `error`},
		{`"[a().'x']"`, `error`},
		{`"[a()[]]"`, `error`},
		{`{"[concat('a', 'b')]": "[[x]"}`, `{"ab":"[x]"}`},
		{`{"[[a]": 1}`, `{"[a]":1}`},
		{`[1, "[null()]", 1.50, true]`, `[1,null,1.50,true]`},
	} {
		v := eval.Ask(eval.Query{Expression: tree(t, c.text)}, eval.Config{})
		if got := outcome(v); !meets(t, got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestCopyIndex(t *testing.T) {
	q := eval.Query{Copies: map[string]int64{"outer": 2, "inner": 5}, Default: "outer"}
	for _, c := range []struct{ expression, want string }{
		{"copyIndex()", "2"},
		{"copyIndex(10)", "12"},
		{"copyIndex('inner')", "5"},
		{"copyIndex('INNER', 1)", "6"},
		{"copyIndex('other')", "error no loop 'other'"},
		{"copyIndex(true())", "error"},
		{"copyIndex('inner', 'x')", "error"},
	} {
		q.Expression = tree(t, `"[`+c.expression+`]"`)
		if got := outcome(eval.Ask(q, eval.Config{})); !meets(t, got, c.want) {
			t.Errorf("%s: got %s, want %s", c.expression, got, c.want)
		}
	}
}

// TestPlaces evaluates what depends on where a template is deployed to.
func TestPlaces(t *testing.T) {
	cfg := eval.Config{Subscription: "s", ResourceGroup: "rg", ManagementGroup: "mg", Tenant: "t", Location: "westeurope"}
	for _, c := range []struct{ level, expression, want string }{
		{"resourceGroup", "resourceGroup().location", `"westeurope"`},
		{"resourceGroup", "subscription().tenantId", `"t"`},
		{"subscription", "resourceGroup().id", `error not available`},
		{"subscription", "subscription().id", `"/subscriptions/s"`},
		{"subscription", "resourceId('A.B/c', 'n')", `"/subscriptions/s/providers/A.B/c/n"`},
		{"subscription", "resourceId('g', 'A.B/c', 'n')", `"/subscriptions/s/resourceGroups/g/providers/A.B/c/n"`},
		{"subscription", "resourceId('22222222-2222-2222-2222-222222222222', 'A.B/c', 'n')", `"/subscriptions/22222222-2222-2222-2222-222222222222/providers/A.B/c/n"`},
		{"managementGroup", "managementGroup().id", `"/providers/Microsoft.Management/managementGroups/mg"`},
		{"managementGroup", "managementGroup().name", `"mg"`},
		{"managementGroup", "subscription().id", `error not available`},
		{"managementGroup", "managementGroupResourceId('A.B/c', 'n')", `"/providers/Microsoft.Management/managementGroups/mg/providers/A.B/c/n"`},
		{"managementGroup", "resourceId('A.B/c', 'n')", `"/providers/A.B/c/n"`},
		{"tenant", "tenant().id", `"/tenants/t"`},
		{"tenant", "managementGroup().id", `error not available`},
		{"tenant", "resourceId('A.B/c', 'n')", `"/providers/A.B/c/n"`},
	} {
		v := eval.Ask(eval.Query{Expression: tree(t, `"[`+c.expression+`]"`), Level: eval.LevelNamed(c.level)}, cfg)
		if got := outcome(v); !meets(t, got, c.want) {
			t.Errorf("%s: %s\n got %s\nwant %s", c.level, c.expression, got, c.want)
		}
	}
}

// TestArguments checks how arguments and declarations meet.
func TestArguments(t *testing.T) {
	doc := `{"parameters": {
		"d": {"type": "string", "defaultValue": "default"},
		"n": {"type": "string", "nullable": true},
		"r": {"type": "string"}
	}}`
	given := func(name, raw string) eval.Config {
		return eval.Config{Arguments: template.NewParameterFile(tree(t, `{"parameters": {"`+name+`": `+raw+`}}`)).Arguments}
	}
	for _, c := range []struct {
		cfg              eval.Config
		expression, want string
	}{
		{given("D", `{"value": "given"}`), "parameters('d')", `"given"`},
		{given("d", `{"value": null}`), "parameters('d')", `"default"`},
		{given("n", `{"value": null}`), "parameters('n')", `null`},
		{given("r", `{"value": null}`), "parameters('r')", `unknown parameter`},
		{given("d", `{"value": "[add(1, 2)]"}`), "parameters('d')", `"[add(1, 2)]"`},
		{given("d", `{"value": "[[x]"}`), "parameters('d')", `"[[x]"`},
		{given("d", `{"value": {"a": ["[x()]"]}}`), "parameters('d')", `{"a":["[x()]"]}`},
		{given("r", `{"reference": {"keyVault": {"id": "/x"}, "secretName": "s"}}`), "parameters('r')", `unknown secret`},
		{given("r", `{"expression": "[concat('a', 'b')]"}`), "parameters('r')", `"ab"`},
		{given("r", `{"expression": "[externalInputs('k')]"}`), "parameters('r')", `unknown runtime`},
		{eval.Config{Values: map[string]value.Value{"r": value.OfInt(7)}}, "parameters('r')", `7`},
	} {
		v := eval.Ask(eval.Query{Expression: tree(t, `"[`+c.expression+`]"`), Template: tree(t, doc)}, c.cfg)
		if got := outcome(v); !meets(t, got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.expression, got, c.want)
		}
	}
}
