package azure_test

import (
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestTargetType(t *testing.T) {
	for _, c := range []struct{ role, want string }{
		{"AcrPull", "Microsoft.ContainerRegistry/registries"},
		{"Key Vault Secrets User", "Microsoft.KeyVault/vaults"},
		{"Key Vault Secrets Officer", "Microsoft.KeyVault/vaults"},
		{"Storage Blob Data Contributor", "Microsoft.Storage/storageAccounts"},
		{"Storage Queue Data Message Sender", "Microsoft.Storage/storageAccounts"},
		{"Azure Service Bus Data Sender", "Microsoft.ServiceBus/namespaces"},
		{"Azure Event Hubs Data Receiver", "Microsoft.EventHub/namespaces"},
		{"Cognitive Services OpenAI User", "Microsoft.CognitiveServices/accounts"},
		{"App Configuration Data Reader", "Microsoft.AppConfiguration/configurationStores"},
		{"Contributor", ""},
		{"Reader", ""},
		{"Network Contributor", ""},
		{"Virtual Machine Contributor", ""},
	} {
		def, ok := azure.RoleByName(c.role)
		if !ok {
			t.Fatalf("there is no role %s", c.role)
		}
		if got, _ := azure.TargetType(def.Blocks); got != c.want {
			t.Errorf("%s: got %q, want %q", c.role, got, c.want)
		}
	}
}

// TestTargetTypeOfPattern gives no type to a role that begins with a pattern
// for several.
func TestTargetTypeOfPattern(t *testing.T) {
	const web = "Microsoft.Web/sites/read"
	for _, c := range []struct {
		actions []string
		want    string
	}{
		{[]string{web}, "Microsoft.Web/sites"},
		{[]string{web, "Microsoft.Web/s*/read"}, ""},
		{[]string{"Microsoft.Web/s*/read", web}, ""},
		{[]string{web, "Microsoft.Web/serverfarms/read"}, ""},
	} {
		if got, _ := azure.TargetType([]azure.Permissions{{Actions: c.actions}}); got != c.want {
			t.Errorf("%q: got %q, want %q", c.actions, got, c.want)
		}
	}
}
