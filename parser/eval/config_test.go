package eval_test

import (
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// TestClouds: of other clouds than the public one only the name is known.
func TestClouds(t *testing.T) {
	for _, c := range []struct{ cloud, name, storage string }{
		{"", `"AzureCloud"`, `"core.windows.net"`},
		{"azurecloud", `"AzureCloud"`, `"core.windows.net"`},
		{"AzureUSGovernment", `"AzureUSGovernment"`, `unknown metadata: member({name: 'AzureUSGovernment', …}, 'suffixes').storage`},
	} {
		for expression, want := range map[string]string{"environment().name": c.name, "environment().suffixes.storage": c.storage} {
			v := eval.Ask(eval.Query{Expression: tree(t, `"[`+expression+`]"`), Level: template.ResourceGroupLevel}, eval.Config{Cloud: c.cloud})
			if got := outcome(v); got != want {
				t.Errorf("%s in %q: got %s, want %s", expression, c.cloud, got, want)
			}
		}
	}
}

// TestWaits asks whether a template needs the value of a parameter.
func TestWaits(t *testing.T) {
	unknown := value.OfSymbol(&value.Symbol{Reason: value.ReasonParameter, Key: "k", Text: "k", Type: value.TypeString})
	given := template.NewParameterFile(tree(t, `{"parameters": {"P": {"value": "x"}}}`)).Arguments
	for _, c := range []struct {
		parameters string
		cfg        eval.Config
		want       bool
		value      string
	}{
		{`"p": {"type": "string"}`, eval.Config{}, true, "‹parameters('p')›"},
		{`"p": {"type": "string", "defaultValue": "d"}`, eval.Config{}, false, "d"},
		{`"p": {"type": "string", "defaultValue": "d"}, "q": {"type": "int"}`, eval.Config{}, true, "d"},
		{`"p": {"type": "string", "nullable": true}`, eval.Config{}, false, "null"},
		{`"p": {"type": "string"}`, eval.Config{Arguments: given}, false, "x"},
		{`"p": {"type": "string"}`, eval.Config{Values: map[string]value.Value{"p": value.OfString("y")}}, false, "y"},
		{`"p": {"type": "string", "defaultValue": "d"}`, eval.Config{Values: map[string]value.Value{"p": value.OfString("y")}}, false, "y"},
		{`"P": {"type": "string"}`, eval.Config{Unknown: map[string]value.Value{"p": unknown}}, false, "‹k›"},
		{`"p": {"type": "string", "defaultValue": "d"}`, eval.Config{Unknown: map[string]value.Value{"p": unknown}}, false, "d"},
		{`"p": {"type": "string"}`, eval.Config{Unknown: map[string]value.Value{"other": unknown}}, true, "‹parameters('p')›"},
	} {
		dep := deploy(t, `{"parameters": {`+c.parameters+`}, "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties": {"x": "[parameters('p')]"}}]}`, c.cfg)
		if got := dep.Root.Waits(); got != c.want {
			t.Errorf("%s: it waits: %v", c.parameters, got)
		}
		if got := value.Show(dep.Resources[0].Get("properties", "x")); got != c.value {
			t.Errorf("%s: the value is %s, want %s", c.parameters, got, c.value)
		}
	}
}

// TestSymbols finds resources by symbolic names, in templates with few and
// with many resources.
func TestSymbols(t *testing.T) {
	for _, more := range []int{0, 40} {
		resources := `"a": {"type": "A.B/c", "apiVersion": "1", "name": "first"},
			"off": {"type": "A.B/c", "apiVersion": "1", "name": "off", "condition": false},
			"l": {"type": "A.B/d", "apiVersion": "1", "name": "[concat('l', copyIndex())]", "copy": {"name": "l", "count": 2}}`
		for i := range more {
			n := value.OfInt(int64(i)).Number()
			resources += `, "more` + n + `": {"type": "A.B/e", "apiVersion": "1", "name": "more` + n + `"}`
		}
		dep := deploy(t, `{"languageVersion": "2.0", "resources": {`+resources+`}, "outputs": {
			"a": {"type": "string", "value": "[resourceInfo('A').name]"}, "off": {"type": "string", "value": "[resourceInfo('off').type]"},
			"l": {"type": "string", "value": "[resourceInfo('l[1]').name]"}, "id": {"type": "string", "value": "[resourceInfo('a').id]"},
			"none": {"type": "string", "value": "[resourceInfo('b').name]"}}}`, eval.Config{Subscription: "s", ResourceGroup: "rg"})
		for name, want := range map[string]string{"a": `"first"`, "off": `"A.B/c"`, "l": `"l1"`, "id": `"/subscriptions/s/resourceGroups/rg/providers/A.B/c/first"`} {
			v, ok := dep.Root.Output(name)
			if got := outcome(v); !ok || got != want {
				t.Errorf("%s beside %d: got %s, want %s", name, more, got, want)
			}
		}
		if v, _ := dep.Root.Output("none"); v.IsKnown() {
			t.Errorf("what is not there is %s", value.Show(v))
		}
	}
}
