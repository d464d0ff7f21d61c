package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// TestLegacyExtensions reads the old spellings of resources that extend
// others: by a type with "providers" in it and a name with the namespace.
func TestLegacyExtensions(t *testing.T) {
	const group = "/subscriptions/s/resourceGroups/rg"
	const account = group + "/providers/Microsoft.Storage/storageAccounts/st"
	for _, c := range []struct{ typ, name, parent, wantType, wantID string }{
		{"Microsoft.Storage/storageAccounts/providers/roleAssignments", "st/Microsoft.Authorization/x", "", "Microsoft.Authorization/roleAssignments", account + "/providers/Microsoft.Authorization/roleAssignments/x"},
		{"Microsoft.Storage/storageAccounts/PROVIDERS/diagnosticSettings", "st/Microsoft.Insights/x", "", "Microsoft.Insights/diagnosticSettings", account + "/providers/Microsoft.Insights/diagnosticSettings/x"},
		{"Microsoft.Storage/storageAccounts/providers/a/b", "st/A.B/x/y", "", "A.B/a/b", account + "/providers/A.B/a/x/b/y"},
		{"Microsoft.Storage/storageAccounts/blobServices/providers/locks", "st/default/Microsoft.Authorization/x", "", "Microsoft.Authorization/locks", account + "/blobServices/default/providers/Microsoft.Authorization/locks/x"},
		{"Microsoft.Storage/storageAccounts/providers/Microsoft.Authorization/locks", "st/Microsoft.Authorization/x", "", "Microsoft.Authorization/locks", account + "/providers/Microsoft.Authorization/locks/x"},
		// The namespace is not known.
		{"Microsoft.Storage/storageAccounts/providers/locks", "[concat('st/', parameters('p'), '/x')]", "", "Microsoft.Authorization/locks", "?/providers/Microsoft.Authorization/locks/x"},
		{"Microsoft.Storage/storageAccounts/providers/diagnosticSettings", "[parameters('p')]", "", "Microsoft.Insights/diagnosticSettings", "?/providers/Microsoft.Insights/diagnosticSettings/?"},
		{"Microsoft.Storage/storageAccounts/providers/eventSubscriptions", "[parameters('p')]", "", "Microsoft.EventGrid/eventSubscriptions", "?/providers/Microsoft.EventGrid/eventSubscriptions/?"},
		{"Microsoft.Storage/storageAccounts/providers/policyAssignments", "[parameters('p')]", "", "Microsoft.Authorization/policyAssignments", "?/providers/Microsoft.Authorization/policyAssignments/?"},
		{"Microsoft.Storage/storageAccounts/providers/roleDefinitions", "[parameters('p')]", "", "Microsoft.Authorization/roleDefinitions", "?/providers/Microsoft.Authorization/roleDefinitions/?"},
		{"Microsoft.Storage/storageAccounts/providers/others", "[parameters('p')]", "", "unknown/others", "?/providers/unknown/others/?"},
		{"Microsoft.Storage/storageAccounts/providers/A.B/others", "[parameters('p')]", "", "A.B/others", "?/providers/A.B/others/?"},
		// Among the resources of the parent.
		{"providers/locks", "Microsoft.Authorization/x", "st", "Microsoft.Authorization/locks", account + "/providers/Microsoft.Authorization/locks/x"},
		{"providers/locks", "st/Microsoft.Authorization/x", "st", "Microsoft.Authorization/locks", account + "/providers/Microsoft.Authorization/locks/x"},
		{"Microsoft.Storage/storageAccounts/providers/locks", "st/Microsoft.Authorization/x", "st", "Microsoft.Authorization/locks", account + "/providers/Microsoft.Authorization/locks/x"},
		{"/providers/locks", "/Microsoft.Authorization/x", "st", "Microsoft.Authorization/locks", account + "/providers/Microsoft.Authorization/locks/x"},
	} {
		one := fmt.Sprintf(`{"type": %q, "apiVersion": "1", "name": %q}`, c.typ, c.name)
		if c.parent != "" {
			one = `{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "1", "name": "st", "resources": [` + one + `]}`
		}
		dep := deploy(t, `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "parameters": {"p": {"type": "string"}}, "resources": [`+one+`]}`,
			eval.Config{Subscription: "s", ResourceGroup: "rg"})
		r := dep.Resources[len(dep.Resources)-1]
		id := value.Show(r.ID())
		want, unknown := strings.CutPrefix(c.wantID, "?")
		if unknown { // only the end is
			id, want = id[max(strings.LastIndex(id, "/providers/"), 0):], strings.TrimSuffix(want, "?")
		}
		if id != want && !(unknown && strings.HasPrefix(id, want)) {
			t.Errorf("%s %s: the id is %s, want %s", c.typ, c.name, id, c.wantID)
		}
		if r.Type != c.wantType {
			t.Errorf("%s %s: the type is %s, want %s", c.typ, c.name, r.Type, c.wantType)
		}
	}
}
