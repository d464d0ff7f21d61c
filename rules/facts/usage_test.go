package facts_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

const (
	declared = `{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "id-own", "location": "x"}`
	own      = `resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-own')`
	foreign  = `resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-else')`
)

// TestUsages asks which identity each property leads to.
func TestUsages(t *testing.T) {
	for _, c := range []struct {
		name, resource string
		want           string // what is used, in order: "own", "else", "system of NAME" or "?"
	}{
		{"a declared identity", `"type": "Microsoft.Sql/servers", "name": "s", "properties": {"primaryUserAssignedIdentityId": "[` + own + `]"}`, "own"},
		{"another one", `"type": "Microsoft.Sql/servers", "name": "s", "properties": {"primaryUserAssignedIdentityId": "[` + foreign + `]"}`, "else"},
		{"a parameter", `"type": "Microsoft.Sql/servers", "name": "s", "properties": {"primaryUserAssignedIdentityId": "[parameters('s')]"}`, "?"},
		{"null", `"type": "Microsoft.Sql/servers", "name": "s", "properties": {"primaryUserAssignedIdentityId": null}`, ""},
		{"a choice", `"type": "Microsoft.Sql/servers", "name": "s", "properties": {"primaryUserAssignedIdentityId": "[if(parameters('b'), ` + own + `, ` + foreign + `)]"}`, "own, else"},
		{"what only a caller could choose", `"type": "Microsoft.Web/sites", "name": "s", "properties": {"keyVaultReferenceIdentity": "[parameters('allowed')]"}`, ""},
		{"a word", `"type": "Microsoft.App/containerApps", "name": "s", "properties": {"configuration": {"secrets": [{"identity": "System"}]}}`, "system of s"},
		{"a word in a child", `"type": "Microsoft.Web/sites/config", "name": "host/web", "properties": {"keyVaultReferenceIdentity": "SystemAssigned"}`, "system of host"},
		{"a word in a child of another host", `"type": "Microsoft.Web/sites/config", "name": "other/web", "properties": {"keyVaultReferenceIdentity": "SystemAssigned"}`, "system elsewhere"},
		{"a child of another name", `"type": "Microsoft.Web/sites/config", "name": "host/logs", "properties": {"keyVaultReferenceIdentity": "SystemAssigned"}`, ""},
		{"a client id", `"type": "Microsoft.Web/sites", "name": "s", "properties": {"siteConfig": {"acrUserManagedIdentityID": "[reference(` + own + `).clientId]"}}`, "own"},
		{"a client id from elsewhere", `"type": "Microsoft.Web/sites", "name": "s", "properties": {"siteConfig": {"acrUserManagedIdentityID": "[reference(` + foreign + `, '2023-01-31').clientId]"}}`, "else"},
		{"a literal client id", `"type": "Microsoft.Web/sites", "name": "s", "properties": {"siteConfig": {"acrUserManagedIdentityID": "11111111-2222-3333-4444-555555555555"}}`, "?"},
		{"another client id", `"type": "Microsoft.Web/sites", "name": "s", "properties": {"siteConfig": {"acrUserManagedIdentityID": "[reference('x').clientId]"}}`, "?"},
		{"an app setting", `"type": "Microsoft.Web/sites", "name": "s", "properties": {"siteConfig": {"appSettings": [
			{"name": "MyBus__clientId", "value": "[reference(` + own + `).clientId]"}, {"name": "x", "value": "y"}]}}`, "own"},
		{"a prefix", `"type": "Microsoft.DocumentDB/databaseAccounts", "name": "s", "properties": {"defaultIdentity": "[concat('UserAssignedIdentity=', ` + own + `)]"}`, "own"},
		{"a prefix, and more behind", `"type": "Microsoft.DocumentDB/databaseAccounts", "name": "s", "properties": {"defaultIdentity": "[concat('UserAssignedIdentity=', ` + own + `, '&FederatedClientId=1')]"}`, "own"},
		{"a prefixed word", `"type": "Microsoft.DocumentDB/databaseAccounts", "name": "s", "properties": {"defaultIdentity": "SystemAssignedIdentity"}`, "system of s"},
		{"a word for another", `"type": "Microsoft.DocumentDB/databaseAccounts", "name": "s", "properties": {"defaultIdentity": "FirstPartyIdentity"}`, "?"},
		{"the host", `"type": "Microsoft.Kusto/clusters/databases/dataConnections", "name": "k/d/c", "kind": "EventHub", "properties": {"managedIdentityResourceId": "[resourceId('Microsoft.Web/sites', 'host')]"}`, "system of host"},
		{"a kind that has no such property", `"type": "Microsoft.Kusto/clusters/databases/dataConnections", "name": "k/d/c", "kind": "IotHub", "properties": {"managedIdentityResourceId": "[` + own + `]"}`, ""},
		{"a kind that is not known", `"type": "Microsoft.Kusto/clusters/databases/dataConnections", "name": "k/d/c", "kind": "[parameters('s')]", "properties": {"managedIdentityResourceId": "[` + own + `]"}`, ""},
		{"two conditions", `"type": "Microsoft.Storage/storageAccounts/connectors", "name": "a/c", "properties": {"source": {"type": "DataShare", "authProperties": {"type": "ManagedIdentity", "identityResourceId": "[` + own + `]"}}}`, "own"},
		{"one of two conditions", `"type": "Microsoft.Storage/storageAccounts/connectors", "name": "a/c", "properties": {"source": {"type": "DataShare", "authProperties": {"identityResourceId": "[` + own + `]"}}}`, ""},
		{"a list", `"type": "Microsoft.VirtualMachineImages/imageTemplates", "name": "s", "properties": {"vmProfile": {"userAssignedIdentities": ["[` + own + `]", "[` + foreign + `]"]}}`, "own, else"},
		{"a map", `"type": "Microsoft.Discovery/bookshelves", "name": "s", "properties": {"workloadIdentities": {"[` + own + `]": {}, "[` + foreign + `]": {}}}`, "own, else"},
		{"a type that names none", `"type": "Microsoft.Network/virtualNetworks", "name": "s", "properties": {"keyVaultReferenceIdentity": "SystemAssigned"}`, ""},
	} {
		a := access(t, `"parameters": {"s": {"type": "string"}, "b": {"type": "bool"}, "allowed": {"type": "string", "allowedValues": ["SystemAssigned", "x"]}},
			"resources": [`+declared+`, {"type": "Microsoft.Web/sites", "apiVersion": "2024-04-01", "name": "host"}, {"apiVersion": "2024-01-01", `+c.resource+`}]`)
		r := a.Unit.Deployment.Resources[2]
		var got []string
		for _, u := range a.Usages(r) {
			if u.Resource != r || u.Path == "" || u.Kind == "" {
				t.Errorf("%s: %+v", c.name, u)
			}
			got = append(got, used(u.Principal))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
		if again := a.Usages(r); len(again) != len(got) {
			t.Errorf("%s: asked again, %d usages", c.name, len(again))
		}
	}
}

func used(p facts.Principal) string {
	name := func(r *eval.Resource) string { return value.Show(r.Name()) }
	switch {
	case p.System && p.Resource != nil:
		return "system of " + name(p.Resource)
	case p.System:
		return "system elsewhere"
	case p.Resource != nil:
		return strings.TrimPrefix(name(p.Resource), "id-")
	case p.Outside.Kind != value.Missing:
		return strings.TrimPrefix(p.Outside.Suffix()[strings.LastIndexByte(p.Outside.Suffix(), '/')+1:], "id-")
	}
	return "?"
}

func TestUsagesUnderACondition(t *testing.T) {
	a := access(t, `"parameters": {"b": {"type": "bool"}}, "resources": [`+declared+`, {"type": "Microsoft.Sql/servers", "apiVersion": "2023-08-01", "name": "s",
		"properties": "[if(parameters('b'), createObject('primaryUserAssignedIdentityId', `+own+`), createObject())]"}]`)
	us := a.Usages(a.Unit.Deployment.Resources[1])
	if len(us) != 1 || us[0].When.String() != "parameters('b')" {
		t.Errorf("%+v", us)
	}
}

func TestCarrier(t *testing.T) {
	a := access(t, `"resources": []`)
	for resourceType, want := range map[string]string{
		"microsoft.web/SITES":                       "Microsoft.Web/sites",
		"Microsoft.Web/sites/slots/config":          "Microsoft.Web/sites/slots",
		"Microsoft.EventHub/namespaces/eventhubs":   "Microsoft.EventHub/namespaces",
		"Microsoft.Batch/batchAccounts/pools":       "Microsoft.Batch/batchAccounts/pools",
		"Microsoft.Network/virtualNetworks/subnets": "",
		"": "",
	} {
		if got := a.Carrier(resourceType); got != want {
			t.Errorf("%s: %q, want %q", resourceType, got, want)
		}
	}
}
