package facts_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
)

// TestWaitsCalls asks whether z waits for a because of a call, by where in the
// declaration it stands.
func TestWaitsCalls(t *testing.T) {
	const read = "[reference('a').x]"
	nested := func(typ, options, template string) string {
		return `{"type": "Microsoft.Resources/` + typ + `", "apiVersion": "1", "name": "z", "properties": {` + options + `"template": {"resources": [], "outputs": {"o": {"type": "string", "value": "` + template + `"}}}}}`
	}
	const inner = `"expressionEvaluationOptions": {"scope": "Inner"}, `
	for _, c := range []struct {
		name, z string
		want    value.Tri
	}{
		{"tags", node("z", `, "tags": {"x": "`+read+`"}`), value.Yes},
		{"identity", node("z", `, "identity": {"type": "`+read+`"}`), value.Yes},
		{"sku", node("z", `, "SKU": "`+read+`"`), value.Yes},
		{"condition", node("z", `, "condition": "[equals(reference('a').x, 1)]"`), value.No},
		{"location", node("z", `, "location": "`+read+`"`), value.No},
		{"copy", node("z", `, "copy": {"name": "many", "count": "[length(reference('a').x)]"}`), value.No},
		{"metadata", node("z", `, "metadata": {"x": "`+read+`"}`), value.No},
		{"element", node("z", `, "properties": {"x": [1, ["`+read+`"]]}`), value.Yes},
		{"argument", node("z", reads("concat('x', toLower(reference('a').x))")), value.Yes},
		{"index", node("z", reads("createArray(1)[reference('a').x]")), value.Yes},
		{"no argument", node("z", reads("reference()")), value.No},
		{"references", node("z", reads("references('a')")), value.Yes},
		{"resourceInfo", node("z", reads("resourceInfo('a').id")), value.Yes},
		{"listSecrets", node("z", reads("LISTsecrets('a', '1')")), value.Yes},
		{"function of a namespace", node("z", reads("list.of('a')")), value.No},
		{"another function", node("z", reads("toUpper('a')")), value.No},
		{"first of an and", node("z", reads("and(reference('a').x, parameters('b'))")), value.Yes},
		{"second of an and", node("z", reads("and(parameters('b'), reference('a').x)")), value.Maybe},
		{"first of an or", node("z", reads("or(reference('a').x, parameters('b'))")), value.Yes},
		{"first of a coalesce", node("z", reads("coalesce(reference('a').x, 1)")), value.Yes},
		{"second of a coalesce", node("z", reads("coalesce(parameters('p'), reference('a').x)")), value.Maybe},
		{"condition of an if", node("z", reads("if(reference('a').x, 1, 2)")), value.Yes},
		{"else not taken", node("z", reads("if(false(), reference('a').x, 1)")), value.Maybe},
		{"else taken", node("z", reads("if(false(), 1, reference('a').x)")), value.Yes},
		{"within a branch not taken", node("z", reads("if(false(), concat(reference('a').x), 1)")), value.Maybe},
		{"lazy variable", node("z", reads("if(parameters('b'), variables('read'), 1)")), value.Maybe},
		{"variable twice", node("z", reads("concat(if(parameters('b'), variables('read'), 1), variables('read'))")), value.Yes},
		{"loop of a variable", node("z", reads("variables('many')")), value.Yes},
		{"variable by an expression", node("z", reads("variables(concat('re', 'ad'))")), value.No},

		{"arguments", nested("deployments", `"parameters": {"x": {"value": "`+read+`"}}, `+inner, "x"), value.Yes},
		{"inner template", nested("deployments", inner, read), value.No},
		{"outer template", nested("deployments", "", read), value.Yes},
		{"outer template, told", nested("deployments", `"expressionEvaluationOptions": {"scope": "outer"}, `, read), value.Yes},
		{"template of a stack", nested("deploymentStacks", "", read), value.No},
		{"arguments of a stack", nested("deploymentStacks", `"parameters": {"x": {"value": "`+read+`"}}, `, "x"), value.Yes},
	} {
		head := strings.Replace(orderHead, `"variables": {`, `"variables": {"copy": [{"name": "many", "count": 2, "input": "[reference('a').x]"}], `, 1)
		if got := waits(t, access(t, head+`"resources": [`+node("a", "")+","+c.z+`]`), "z", "a"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
