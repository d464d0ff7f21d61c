package facts_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// node is a resource T.N/t with the members.
func node(name, members string) string {
	return `{"type": "T.N/t", "apiVersion": "1", "name": "` + name + `"` + members + `}`
}

func after(entries ...string) string {
	return `, "dependsOn": ["` + strings.Join(entries, `", "`) + `"]`
}

// module is an inline deployment; outer if inner is false.
func module(name string, inner bool, members, template string) string {
	options := ""
	if inner {
		options = `"expressionEvaluationOptions": {"scope": "inner"}, `
	}
	return `{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "` + name + `"` + members +
		`, "properties": {"mode": "Incremental", ` + options + `"template": {` + template + `}}}`
}

func reads(expression string) string { return `, "properties": {"x": "[` + expression + `]"}` }

// waits asks whether one resource waits for another, both by name.
func waits(t *testing.T, a *facts.Access, from, to string) value.Tri {
	t.Helper()
	find := func(name string) *eval.Resource {
		for _, r := range a.Unit.Deployment.Resources {
			if value.Show(r.Name()) == name || r.Decl.Symbol == name {
				return r
			}
		}
		t.Fatalf("there is no resource %s", name)
		return nil
	}
	return a.Waits(find(from), find(to))
}

const orderHead = `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}, "c": {"type": "bool"}, "l": {"type": "array"}},
	"variables": {"id": "[resourceId('T.N/t', 'a')]", "read": "[reference('a').x]", "loop": "[variables('loop')]"}, `

// TestWaits asks whether z waits for a.
func TestWaits(t *testing.T) {
	a, id := node("a", ""), "[resourceId('T.N/t', 'a')]"
	for _, c := range []struct {
		name, resources string
		want            value.Tri
	}{
		{"nothing", a + "," + node("z", ""), value.No},
		{"the other way", node("a", after("z")) + "," + node("z", ""), value.No},
		{"by id", a + "," + node("z", after(id)), value.Yes},
		{"by id in a variable", a + "," + node("z", after("[variables('id')]")), value.Yes},
		{"by id in other case", a + "," + node("z", after("[resourceId('t.n/T', 'A')]")), value.Yes},
		{"by name", a + "," + node("z", after("A")), value.Yes},
		{"by type and name", a + "," + node("z", after("[concat('T.N/t/', 'a')]")), value.Yes},
		{"by id of another group", a + "," + node("z", after("[resourceId('g', 'T.N/t', 'a')]")), value.Maybe},
		{"by another name", a + "," + node("z", after("b")), value.No},
		{"by another type", a + "," + node("z", after("[resourceId('T.N/u', 'a')]")), value.No},
		{"null", a + "," + node("z", `, "dependsOn": null`), value.No},
		{"one entry without a list", a + "," + node("z", `, "dependsOn": "`+id+`"`), value.Yes},
		{"list not known", a + "," + node("z", `, "dependsOn": "[parameters('l')]"`), value.Maybe},
		{"entry not known", a + "," + node("z", after("[parameters('p')]")), value.Maybe},
		{"entry known in part", a + "," + node("z", after("[concat(parameters('p'), 'a')]")), value.Maybe},
		{"entry that is surely another", a + "," + node("z", after("[concat(parameters('p'), 'b')]")), value.No},
		{"id with a name that is not known", a + "," + node("z", after("[resourceId('T.N/t', parameters('p'))]")), value.Maybe},
		{"id of another type with a name that is not known", a + "," + node("z", after("[resourceId('T.N/u', parameters('p'))]")), value.No},
		{"one of two entries", a + "," + node("b", "") + "," + node("z", after("[if(parameters('b'), 'a', 'b')]")), value.Maybe},
		{"in both of two lists", a + "," + node("b", "") + "," + node("z", `, "dependsOn": "[if(parameters('b'), createArray('a', 'b'), createArray('a'))]"`), value.Yes},
		{"in one of two lists", a + "," + node("b", "") + "," + node("z", `, "dependsOn": "[if(parameters('b'), createArray('b'), createArray('a'))]"`), value.Maybe},
		{"over another", a + "," + node("b", after("a")) + "," + node("z", after("b")), value.Yes},
		{"in a circle", node("a", after("z")) + "," + node("z", after("a")), value.Yes},
		{"over itself", a + "," + node("z", after("z")), value.No},

		{"over one that is not deployed", a + "," + node("b", after("a")+`, "condition": false`) + "," + node("z", after("b")), value.Maybe},
		{"over one that may not be deployed", a + "," + node("b", after("a")+`, "condition": "[parameters('b')]"`) + "," + node("z", after("b")), value.Maybe},
		{"over one under its own condition", a + "," + node("b", after("a")+`, "condition": "[parameters('b')]"`) + "," + node("z", after("b")+`, "condition": "[parameters('b')]"`), value.Yes},
		{"over one under another condition", a + "," + node("b", after("a")+`, "condition": "[parameters('c')]"`) + "," + node("z", after("b")+`, "condition": "[parameters('b')]"`), value.Maybe},
		{"one that may not be deployed", node("a", `, "condition": "[parameters('b')]"`) + "," + node("z", after("a")), value.Yes},
		{"never together", node("a", `, "condition": "[parameters('b')]"`) + "," + node("z", `, "condition": "[not(parameters('b'))]"`), value.Yes},

		{"reference by name", a + "," + node("z", reads("reference('a').x")), value.Yes},
		{"reference by type and name", a + "," + node("z", reads("reference('T.N/t/a').x")), value.Yes},
		{"reference by id", a + "," + node("z", reads("reference(resourceId('T.N/t', 'a'), '1').x")), value.Maybe},
		{"reference to its system identity", a + "," + node("z", reads("reference(concat(variables('id'), '/providers/Microsoft.ManagedIdentity/Identities/default'), '1').x")), value.Maybe},
		{"reference to another", a + "," + node("z", reads("reference('b', '1').x")), value.No},
		{"reference to one that is not known", a + "," + node("z", reads("reference(parameters('p'), '1').x")), value.Maybe},
		{"reference in a variable", a + "," + node("z", reads("concat(variables('read'))")), value.Yes},
		{"variable that uses itself", a + "," + node("z", reads("variables('loop')")), value.No},
		{"reference in a name", a + "," + node("z", `, "properties": {"[reference('a').x]": {}}`), value.Yes},
		{"reference in the branch taken", a + "," + node("z", reads("if(true(), reference('a').x, 1)")), value.Yes},
		{"reference in the branch not taken", a + "," + node("z", reads("if(true(), 1, reference('a').x)")), value.Maybe},
		{"reference in one branch", a + "," + node("z", reads("if(parameters('b'), reference('a').x, 1)")), value.Maybe},
		{"reference behind an or", a + "," + node("z", reads("or(parameters('b'), reference('a').x)")), value.Maybe},
		{"reference in a lambda", a + "," + node("z", reads("map(parameters('l'), lambda('x', reference('a').x))")), value.Maybe},
		{"reference in a property loop", a + "," + node("z", `, "properties": {"copy": [{"name": "q", "count": 2, "input": "[reference('a').x]"}]}`), value.Yes},
		{"list by name", a + "," + node("z", reads("listKeys('a', '1').keys")), value.Yes},
		{"list by id", a + "," + node("z", reads("listKeys(variables('id'), '1').keys")), value.Maybe},
		{"text that is no expression", a + "," + node("z", `, "properties": {"x": "reference('a')", "y": "[[reference('a')]"}`), value.No},

		{"child in its parent", `{"type": "T.N/t", "apiVersion": "1", "name": "a", "resources": [{"type": "z", "apiVersion": "1", "name": "z"}]}, ` + node("z", ""), value.No},
		{"loop by its name", node("[concat('a', copyIndex(1))]", `, "copy": {"name": "many", "count": 2}`) + "," + a + "," + node("z", after("many")), value.No},
		{"over a loop by its name", a + "," + node("[concat('m', copyIndex())]", after("a")+`, "copy": {"name": "many", "count": 2}`) + "," + node("z", after("many")), value.Yes},
		{"over a loop of unknown length", a + "," + node("[concat('m', copyIndex())]", after("a")+`, "copy": {"name": "many", "count": "[length(parameters('l'))]"}`) + "," + node("z", after("many")), value.Maybe},
	} {
		got := waits(t, access(t, orderHead+`"resources": [`+c.resources+`]`), "z", "a")
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestWaitsChoices asks of resources whose name is one of several.
func TestWaitsChoices(t *testing.T) {
	for _, c := range []struct {
		entry string
		want  value.Tri
	}{
		{"[if(parameters('b'), 'a', 'b')]", value.Yes},
		{"[resourceId('T.N/t', if(parameters('b'), 'a', 'b'))]", value.Yes},
		{"[if(parameters('b'), 'b', 'a')]", value.Maybe},
		{"a", value.Maybe},
		{"[resourceId('T.N/t', 'a')]", value.Maybe},
		{"c", value.No},
	} {
		acc := access(t, orderHead+`"resources": [`+node("[if(parameters('b'), 'a', 'b')]", "")+","+node("z", after(c.entry))+`]`)
		rs := acc.Unit.Deployment.Resources
		if got := acc.Waits(rs[1], rs[0]); got != c.want {
			t.Errorf("%s: got %s, want %s", c.entry, got, c.want)
		}
	}
}

// TestWaitsAcross asks whether z waits for a across deployments.
func TestWaitsAcross(t *testing.T) {
	a, resources := node("a", ""), func(r string) string { return `"resources": [` + r + `]` }
	out := `, "outputs": {"o": {"type": "string", "value": "x"}}`
	for _, c := range []struct {
		name, resources string
		want            value.Tri
	}{
		{"beside the module", a + "," + module("m", true, "", resources(node("z", ""))), value.No},
		{"in the module", module("m", true, "", resources(a+","+node("z", ""))), value.No},
		{"within the module", module("m", true, "", resources(a+","+node("z", after("a")))), value.Yes},
		{"the module waits", a + "," + module("m", true, after("a"), resources(node("z", ""))), value.Yes},
		{"for the module", module("m", true, "", resources(a)) + "," + node("z", after("m")), value.Yes},
		{"for the module around", module("m", false, "", resources(a+","+node("z", ""))), value.No},
		{"module for module", module("m", true, "", resources(a)) + "," + module("n", true, after("m"), resources(node("z", ""))), value.Yes},
		{"for two modules deep", module("m", true, "", resources(module("i", true, "", resources(a)))) + "," + node("z", after("m")), value.Yes},
		{"two modules deep", a + "," + module("m", true, after("a"), resources(module("i", true, "", resources(node("z", ""))))), value.Yes},
		{"outer scope", a + "," + module("m", false, after("a"), resources(node("z", ""))), value.Yes},
		{"output of the module", module("m", true, "", resources(a)+out) + "," + node("z", reads("reference('m').outputs.o.value")), value.Yes},
		{"output of the module, by id", module("m", true, "", resources(a)+out) + "," + node("z", reads("reference(resourceId('Microsoft.Resources/deployments', 'm'), '1').outputs.o.value")), value.Maybe},
		{"argument of the module", a + "," + `{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "Inner"}, "parameters": {"q": {"value": "[reference('a').x]"}}, "template": {"parameters": {"q": {"type": "string"}}, ` + resources(node("z", "")) + `}}}`, value.Yes},
		{"text of an outer template", a + "," + module("m", false, "", resources(node("z", reads("reference('a').x")))), value.Yes},
		{"text of an inner template", a + "," + module("m", true, "", resources(node("z", reads("reference('a', '1').x")))), value.No},
		{"id across templates", a + "," + module("m", true, "", resources(node("z", reads("reference(resourceId('T.N/t', 'a'), '1').x")))), value.No},
		{"over the module", a + "," + module("m", true, after("a"), resources(node("b", ""))) + "," + node("z", after("m")), value.Yes},
		{"module under a condition", a + "," + module("m", true, after("a")+`, "condition": "[parameters('b')]"`, resources(node("b", ""))) + "," + node("z", after("m")), value.Maybe},
		{"policy definition", a + "," + `{"type": "Microsoft.Authorization/policyDefinitions", "apiVersion": "1", "name": "d", "properties": {"policyRule": {"then": {"details": {"deployment": {"properties": {"template": {` + resources(node("z", "")) + `}}}}}}}}`, value.Maybe},
	} {
		got := waits(t, access(t, orderHead+`"resources": [`+c.resources+`]`), "z", "a")
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	linked := access(t, `"resources": [`+a+`, {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "dependsOn": ["a"], "properties": {"templateLink": {"relativePath": "z.json"}}}]`,
		"z.json", `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [`+node("z", "")+`]}`)
	if got := waits(t, linked, "z", "a"); got != value.Yes {
		t.Errorf("linked template: got %s", got)
	}
}

// TestWaitsSymbols asks in a template with symbolic names.
func TestWaitsSymbols(t *testing.T) {
	for _, c := range []struct {
		name, a, more, z string
		want             value.Tri
	}{
		{"nothing", "", "", "", value.No},
		{"symbol", "", "", after("A"), value.Yes},
		{"id", "", "", after("[resourceId('T.N/t', 'na')]"), value.Yes},
		{"reference by symbol", "", "", reads("reference('a').x"), value.Yes},
		{"reference to the whole", "", "", reads("reference('a', '1', 'full').x"), value.Yes},
		{"info", "", "", reads("resourceInfo('a').id"), value.Yes},
		{"existing", `, "existing": true`, "", after("a"), value.No},
		{"over an existing one", "", `, "b": ` + node("nb", `, "existing": true`+after("a")), after("b"), value.Yes},
		{"loop", `, "copy": {"name": "a", "count": 2}`, "", after("a"), value.Yes},
		{"first of a loop", `, "copy": {"name": "a", "count": 2}`, "", after("a[0]"), value.Yes},
		{"second of a loop", `, "copy": {"name": "a", "count": 2}`, "", after("[format('a[{0}]', 1)]"), value.No},
		{"some of a loop", `, "copy": {"name": "a", "count": 2}`, "", after("[format('a[{0}]', parameters('i'))]"), value.Maybe},
		{"some of a loop of unknown length", `, "copy": {"name": "a", "count": "[parameters('i')]"}`, "", after("a[0]"), value.Maybe},
		{"references to a loop", `, "copy": {"name": "a", "count": 2}`, "", reads("references('a')"), value.Yes},
	} {
		doc := `"languageVersion": "2.0", "parameters": {"i": {"type": "int"}}, "resources": {"a": ` + node("na", c.a) + c.more + `, "z": ` + node("nz", c.z) + `}`
		if got := waits(t, access(t, doc), "z", "a"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestWaitsSerial asks of the copies of a loop.
func TestWaitsSerial(t *testing.T) {
	for _, c := range []struct{ mode, want string }{
		{``, "No No No"},
		{`, "mode": "parallel"`, "No No No"},
		{`, "mode": "Serial"`, "Yes Yes Yes"},
		{`, "mode": "serial", "batchSize": 2`, "No Yes Yes"},
		{`, "mode": "serial", "batchSize": "[parameters('n')]"`, "Maybe Maybe Maybe"},
		{`, "mode": "[parameters('m')]"`, "Maybe Maybe Maybe"},
	} {
		a := access(t, `"parameters": {"n": {"type": "int"}, "m": {"type": "string"}}, "resources": [`+node("[concat('r', copyIndex())]", `, "copy": {"name": "l", "count": 4`+c.mode+`}`)+`]`)
		got := fmt.Sprint(waits(t, a, "r1", "r0"), waits(t, a, "r2", "r1"), waits(t, a, "r3", "r0"))
		if !strings.EqualFold(got, c.want) {
			t.Errorf("%s: got %s, want %s", c.mode, got, c.want)
		}
		if got := waits(t, a, "r0", "r3"); got != value.No && !strings.Contains(c.want, "Maybe") {
			t.Errorf("%s: the first waits for the last: %s", c.mode, got)
		}
	}
}

// TestWaitsLarge bounds the time of a question in a large template.
func TestWaitsLarge(t *testing.T) {
	doc := ruletest.Files{"main.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [` +
		node("[concat('a', copyIndex())]", `, "copy": {"name": "as", "count": 800}`) + "," +
		node("[concat('z', copyIndex())]", after("[resourceId('T.N/t', concat('a', copyIndex()))]")+`, "copy": {"name": "zs", "count": 800, "mode": "serial"}`) + `]}`}
	a := facts.NewAccess(ruletest.Load(t, doc, "main.json"))
	rs, start := a.Unit.Deployment.Resources, time.Now()
	for i := range 800 {
		if got := a.Waits(rs[800+i], rs[i]); got != value.Yes {
			t.Fatalf("copy %d: %s", i, got)
		}
	}
	if got := a.Waits(rs[800], rs[1]); got != value.No {
		t.Errorf("the first waits for the second: %s", got)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("it took %s", d)
	}
}
