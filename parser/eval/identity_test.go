package eval_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// twins is a template that deploys the same module several times. Each
// resource holds values whose identities are compared.
const twins = `{
	"parameters": {
		"id": {"type": "string", "defaultValue": "[newGuid()]"},
		"other": {"type": "string", "defaultValue": "[newGuid()]"},
		"both": {"type": "string", "defaultValue": "[concat(newGuid(), newGuid())]"},
		"now": {"type": "string", "defaultValue": "[utcNow()]"},
		"u": {"type": "string"},
		"sub": {"type": "string"}
	},
	"variables": {
		"module": {
			"parameters": {"id": {"type": "string", "defaultValue": "[[newGuid()]"}, "u": {"type": "string"}},
			"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties": {
				"id": "[[parameters('id')]", "u": "[[parameters('u')]", "sub": "[[subscription().subscriptionId]", "rg": "[[resourceGroup().id]",
				"place": "[[resourceGroup().location]", "tenant": "[[tenant().tenantId]", "self": "[[deployment().properties.mode]", "role": "[[roleDefinitions('Reader').id]"
			}}]
		}
	},
	"resources": [
		{"type": "A.B/c", "apiVersion": "1", "name": "root", "properties": {
			"id": "[parameters('id')]", "again": "[parameters('ID')]", "other": "[parameters('other')]", "both": "[parameters('both')]", "now": "[parameters('now')]",
			"u": "[parameters('u')]", "hash": "[guid(parameters('u'))]", "hashed": "[guid(parameters('u'))]", "sub": "[subscription().subscriptionId]", "rg": "[resourceGroup().id]",
			"place": "[resourceGroup().location]", "tenant": "[subscription().tenantId]", "self": "[deployment().properties.mode]", "role": "[roleDefinitions('Reader').id]",
			"ref": "[reference('/subscriptions/s/resourceGroups/g/providers/A.B/c/n', '1').x]", "ref2": "[reference('/subscriptions/s/resourceGroups/G/providers/a.b/C/n', '1').X]", "full": "[reference('/subscriptions/s/resourceGroups/g/providers/A.B/c/n', '1', 'full').x]"
		}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "a", "properties": {"mode": "Incremental", "template": "[variables('module')]"}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "b", "properties": {"mode": "Incremental", "template": "[variables('module')]"}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "far", "subscriptionId": "[parameters('sub')]", "resourceGroup": "g", "properties": {"mode": "Incremental", "template": "[variables('module')]"}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "given", "properties": {"mode": "Incremental", "parameters": {"id": {"value": "[parameters('id')]"}, "u": {"value": "[parameters('u')]"}}, "template": "[variables('module')]"}},
		{"type": "A.B/l", "apiVersion": "1", "name": "l", "copy": {"name": "one", "count": "[length(parameters('u'))]"}, "properties": {"i": "[copyIndex()]"}},
		{"type": "A.B/l", "apiVersion": "1", "name": "l", "copy": {"name": "two", "count": "[length(parameters('u'))]"}, "properties": {"i": "[copyIndex()]"}}
	]
}`

// TestIdentity checks which unknown values are the same: "root.id" is the
// property id of the root's resource, "a.id" that of module a.
func TestIdentity(t *testing.T) {
	dep := deploy(t, twins, eval.Config{})
	values := func(name string) value.Value {
		where, property, _ := strings.Cut(name, ".")
		for _, r := range dep.Resources {
			in := "root"
			if by := r.Instance.By; by != nil {
				in = value.Show(by.Name())
			}
			if r.Is("A.B/c") && in == where {
				return r.Get("properties", property)
			}
		}
		t.Fatalf("there is no %s", name)
		return value.None
	}
	for _, c := range []struct {
		a, b string
		want value.Tri
	}{
		{"root.id", "root.id", value.Yes},
		{"root.id", "root.again", value.Yes},
		{"root.id", "root.other", value.Maybe}, // newGuid() is one per call site
		{"root.both", "root.both", value.Yes},
		{"root.now", "root.now", value.Yes},
		{"root.id", "a.id", value.Maybe},
		{"a.id", "b.id", value.Maybe}, // and one per instance of a template
		{"given.id", "root.id", value.Yes},
		{"root.u", "a.u", value.Maybe},
		{"a.u", "b.u", value.Maybe},
		{"given.u", "root.u", value.Yes},
		{"root.hash", "root.hashed", value.Yes},
		{"root.sub", "a.sub", value.Yes},
		{"a.sub", "b.sub", value.Yes},
		{"root.sub", "far.sub", value.Maybe},
		{"root.rg", "a.rg", value.Yes},
		{"root.rg", "far.rg", value.Maybe},
		{"root.place", "a.place", value.Yes},
		{"root.place", "far.place", value.Maybe},
		{"root.tenant", "far.tenant", value.Yes},
		{"root.role", "a.role", value.Yes},
		{"root.role", "far.role", value.Maybe},
		{"root.self", "a.self", value.Maybe},
		{"a.self", "b.self", value.Maybe},
		{"root.ref", "root.ref2", value.Yes}, // ids have no case
		{"root.ref", "root.full", value.Maybe},
	} {
		if got := value.Equal(values(c.a), values(c.b)); got != c.want {
			t.Errorf("%s and %s are equal: %s, want %s", c.a, c.b, got, c.want)
		}
		if same := value.Key(values(c.a)) == value.Key(values(c.b)); same != (c.want == value.Yes) {
			t.Errorf("the keys of %s and %s are the same: %t", c.a, c.b, same)
		}
	}
	both := values("root.both").Parts()
	if len(both) != 2 || both[0].Hole.Key == both[1].Hole.Key {
		t.Errorf("two calls of newGuid() in an expression are the same: %v", both)
	}
	var loops []value.Value
	for _, r := range dep.Resources {
		if r.Is("A.B/l") {
			loops = append(loops, r.Get("properties", "i"))
		}
	}
	if value.Equal(loops[0], loops[1]) != value.Maybe || value.Equal(loops[0], loops[0]) != value.Yes {
		t.Error("the copyIndex() of two loops is the same, or that of one is not")
	}
}

// TestUnknownScopes checks that modules in places that are not known do not
// get the same ids.
func TestUnknownScopes(t *testing.T) {
	dep := deploy(t, `{"parameters": {"x": {"type": "string"}, "y": {"type": "string"}}, "variables": {"t": {"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n"}]}}, "resources": [
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "a", "scope": "[parameters('x')]", "properties": {"template": "[variables('t')]"}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "b", "scope": "[parameters('y')]", "properties": {"template": "[variables('t')]"}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "c", "scope": "[parameters('x')]", "properties": {"template": "[variables('t')]"}}
	]}`, eval.Config{})
	id := func(i int) value.Value { return dep.Resources[3+i].ID() }
	if value.Equal(id(0), id(1)) != value.Maybe {
		t.Errorf("%s and %s are taken for the same", value.Show(id(0)), value.Show(id(1)))
	}
	if value.Equal(id(0), id(2)) != value.Yes {
		t.Errorf("%s and %s are not the same", value.Show(id(0)), value.Show(id(2)))
	}
}
