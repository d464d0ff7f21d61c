package azure_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestSides(t *testing.T) {
	for _, c := range []struct {
		pattern string
		want    string
	}{
		{"Microsoft.Storage/storageAccounts/read", "management"},
		{"microsoft.storage/STORAGEACCOUNTS/listkeys/ACTION", "management"},
		{"Microsoft.Storage/storageAccounts/blobServices/containers/read", "management"},
		{"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read", "data"},
		{"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*", "data"},
		{"Microsoft.Storage/storageAccounts/*", "management data"},
		{"Microsoft.KeyVault/vaults/secrets/getSecret/action", "data"},
		{"Microsoft.KeyVault/vaults/keys/read", "management data"}, // the resource type, and the key in the vault
		{"Microsoft.KeyVault/vaults/secrets/*", "management data"},
		{"Microsoft.Web/hostingEnvironments/detectors/read", "management"},
		{"Microsoft.Web/sites/frobnicate/action", ""},
		{"Contoso.Cloud/things/read", ""},
		{"*", "management data"},
	} {
		management, data := azure.Sides(c.pattern)
		var got []string
		if management {
			got = append(got, "management")
		}
		if data {
			got = append(got, "data")
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.pattern, s, c.want)
		}
	}
}

func TestMisspelt(t *testing.T) {
	var tables azure.Tables
	for _, c := range []struct{ pattern, want string }{
		{"Microsoft.Storage/storageAcounts/read", "Microsoft.Storage/storageAccounts/read"},
		{"Microsoft.Storage/storageAcounts/*", "Microsoft.Storage/storageAccounts/*"},
		{"Microsoft.Storage/storageAccounts/listKyes/action", "Microsoft.Storage/storageAccounts/listKeys/action"},
		{"Microsoft.Storge/storageAccounts/read", "Microsoft.Storage/storageAccounts/read"},
		{"Micorsoft.Compute/virtualMachines/write", "Microsoft.Compute/virtualMachines/write"},
		{"Microsoft.Compute/virtualMachine/read", "Microsoft.Compute/virtualMachines/read"},
		{"Microsoft.Compute/virtualMachines/restart/acton", "Microsoft.Compute/virtualMachines/restart/action"},
		{"Microsoft.Compute/virtualMachines/reads", "Microsoft.Compute/virtualMachines/read"},

		// Known, or too little known.
		{"Microsoft.Storage/storageAccounts/read", ""},
		{"microsoft.storage/storageaccounts/READ", ""},
		{"Microsoft.Storage/storageAccounts/frobnicate/action", ""},
		{"Microsoft.Storage/stor*/read", ""},
		{"Contoso.Cloud/things/read", ""},
		{"Microsoft.Stores/accounts/read", ""},
		{"*/raed", ""},
		{"*", ""},
		{"", ""},
		// The name is mended, but there is no such operation.
		{"Microsoft.Storage/storageAcounts/frobnicate/action", ""},
		// A plural of an action, a digit, two words of one kind: there may be both.
		{"Microsoft.Storage/storageAccounts/listKey/action", ""},
		{"Microsoft.Confluent/validations/orgValidateV3/action", ""},
		{"Microsoft.AwsConnector/ebsClusters/read", ""},
		{"Microsoft.Automation/automationAccounts/pythn2Packages/read", ""},
		{"Microsoft.DocumentDB/garnetClusters/acl/hmexpire/delete", ""},
	} {
		got, ok := tables.Misspelt(c.pattern)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.pattern, got, c.want)
		}
	}
}

// TestNoOperationIsMisspelt holds what built-in roles name to be right.
func TestNoOperationIsMisspelt(t *testing.T) {
	var tables azure.Tables
	for r := range azure.Roles() {
		for _, p := range r.Blocks {
			for _, list := range [][]string{p.Actions, p.NotActions, p.DataActions, p.NotDataActions} {
				for _, pattern := range list {
					if meant, ok := tables.Misspelt(pattern); ok {
						t.Errorf("%s: %s is taken for %s", r.Name, pattern, meant)
					}
				}
			}
		}
	}
}
