package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
)

// TestUsesOf asks what a resource is configured to use.
func TestUsesOf(t *testing.T) {
	site := func(name, v string) string {
		return fmt.Sprintf(`"type": "Microsoft.Web/sites", "properties": {"siteConfig": {"appSettings": [{"name": %q, "value": %q}]}}`, name, v)
	}
	const account = `resourceId('Microsoft.Storage/storageAccounts', 'storders')`
	for _, c := range []struct{ name, host, want string }{
		{"vault by name", site("Db", "@Microsoft.KeyVault(VaultName=kv-a;SecretName=db)"), "Key Vault Secrets User kv-a"},
		{"vault by uri", site("Db", "@Microsoft.KeyVault(SecretUri=https://kv-a.vault.azure.net/secrets/db)"), "Key Vault Secrets User kv-a"},
		{"vault by a parameter", site("Db", "[format('@Microsoft.KeyVault(VaultName={0};SecretName=db)', parameters('s'))]"), "Key Vault Secrets User ‹parameters('s')›"},
		{"endpoint", site("Q", "[reference("+account+").primaryEndpoints.queue]"), "Storage Queue Data Reader storders declared"},
		{"endpoint inside a call", site("Q", "[replace(reference("+account+").primaryEndpoints.blob, 'https://', '')]"), "Storage Blob Data Reader storders declared"},
		{"written address", site("B", "https://storders.blob.core.windows.net/x"), "Storage Blob Data Reader storders declared"},
		{"host storage", site("AzureWebJobsStorage__accountName", "storders"), "Storage Blob Data Owner storders declared"},
		{"host storage by key", site("AzureWebJobsStorage", "[concat('AccountKey=', listKeys("+account+", '2023-05-01').keys[0].value)]"), "Storage Blob Data Owner storders declared key"},
		{"key", site("B", "[listKeys("+account+", '2023-05-01').keys[0].value]"), "Storage Blob Data Reader storders declared key"},
		{"bus that no resource tells from another", site("B__fullyQualifiedNamespace", "ns.servicebus.windows.net"), ""},
		{"a plain name", site("ACCOUNT", "storders"), ""},
		{"another domain", site("B", "https://storders.example.com"), ""},
		{"image", `"type": "Microsoft.Web/sites", "properties": {"siteConfig": {"acrUseManagedIdentityCreds": true, "linuxFxVersion": "DOCKER|cr.azurecr.io/app:1"}}`, "AcrPull cr"},
		{"image with a password", `"type": "Microsoft.Web/sites", "properties": {"siteConfig": {"linuxFxVersion": "DOCKER|cr.azurecr.io/app:1"}}`, ""},
		{"customer-managed key", `"type": "Microsoft.Compute/diskEncryptionSets", "properties": {"activeKey": {"keyUrl": "https://kv-a.vault.azure.net/keys/k/1"}}`, "Key Vault Crypto Service Encryption User kv-a"},
	} {
		a := access(t, `"parameters": {"s": {"type": "string"}}, "resources": [
			{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01", "name": "storders"}, {"apiVersion": "2023-12-01", "name": "host", `+c.host+`}]`)
		var got []string
		for _, u := range a.UsesOf(a.Unit.Deployment.Resources[1]) {
			text := u.Role + " " + value.Show(u.Name)
			if u.Resource != nil {
				text += " declared"
			}
			if u.Key {
				text += " key"
			}
			got = append(got, text)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}
