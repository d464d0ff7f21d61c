package azure

import "testing"

// TestKeyless holds the table to the roles and resource types that there are.
func TestKeyless(t *testing.T) {
	for i, k := range keyless {
		if _, ok := ResourceType(k.Type); !ok {
			t.Errorf("%s is no resource type", k.Type)
		}
		if i > 0 && compareFold(keyless[i-1].Type, k.Type) >= 0 {
			t.Errorf("%s is not in order", k.Type)
		}
		for _, name := range k.Roles {
			if _, ok := RoleByName(name); ok == k.Native {
				t.Errorf("%s: the role %q is built in: %v", k.Type, name, ok)
			}
		}
	}
	for typ, want := range map[string]string{
		"microsoft.servicebus/namespaces/authorizationRules": "Azure Service Bus Data Sender",
		"Microsoft.Storage/storageAccounts":                  "Storage Blob Data Contributor",
		"Microsoft.Storage/storageAccountsOther":             "",
		"Microsoft.Logic/workflows":                          "",
	} {
		k, ok := KeylessRole(typ)
		if ok != (want != "") || ok && k.Roles[0] != want {
			t.Errorf("KeylessRole(%q) = %v, want %q", typ, k.Roles, want)
		}
	}
}

func TestListYieldsCredential(t *testing.T) {
	for _, c := range []struct {
		typ, function string
		want          bool
	}{
		{"Microsoft.Storage/storageAccounts", "listKeys", true},
		{"", "LISTKEYS", true},
		{"Microsoft.Logic/workflows/triggers", "listCallbackURL", true},
		{"", "listCallbackUrl", true},
		{"Microsoft.Web/connections", "listConnectionKeys", true},
		{"Microsoft.Web/connections", "listConsentLinks", false},
		{"Microsoft.AppConfiguration/configurationStores", "listKeyValue", false},
		{"Microsoft.Resources/deployments", "listOutputsWithSecureValues", false},
		{"Microsoft.Web/sites/config", "list", false},
		{"Microsoft.Storage/storageAccounts", "regenerateKey", false},
	} {
		if got := ListYieldsCredential(c.typ, c.function); got != c.want {
			t.Errorf("ListYieldsCredential(%q, %q) = %v", c.typ, c.function, got)
		}
	}
	if HoldsCredential("KeyName") || !HoldsCredential("value") {
		t.Error("a key's name is taken for the key, or a key for none")
	}
}
