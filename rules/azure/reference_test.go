package azure_test

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		resourceType, path string
		kind               azure.ReferenceKind
	}{
		{"microsoft.sql/SERVERS", "properties.primaryUserAssignedIdentityId", azure.RefID},
		{"Microsoft.App/containerApps", "properties.configuration.registries[].identity", azure.RefIDOrSystem},
		{"Microsoft.App/containerApps", "properties.template.containers[].env[name=AZURE_CLIENT_ID].value", azure.RefClientID},
		{"Microsoft.DocumentDB/databaseAccounts", "properties.defaultIdentity", azure.RefPrefixedID},
		{"Microsoft.VirtualMachineImages/imageTemplates", "properties.vmProfile.userAssignedIdentities[]", azure.RefID},
		{"Microsoft.ContainerRegistry/registries/tasks", "properties.credentials.customRegistries.*.identity", azure.RefClientIDOrSystem},
		{"Microsoft.Insights/actionGroups", "properties.webhookReceivers[].managedIdentity", azure.RefPrincipalIDOrSystem},
		{"Microsoft.Kusto/clusters/databases/dataConnections", "properties.managedIdentityResourceId", azure.RefIDOrHost},
		{"Microsoft.Compute/virtualMachines/extensions", "properties.settings.authentication.managedIdentity.identifier-value", azure.RefIDOrClientID},
	} {
		refs := azure.References(c.resourceType)
		i := slices.IndexFunc(refs, func(r azure.Reference) bool { return r.Path == c.path })
		if i < 0 || refs[i].Kind != c.kind {
			t.Errorf("%s: %s: %+v", c.resourceType, c.path, refs)
		}
	}
	for _, none := range []string{"Microsoft.Network/virtualNetworks", "", "Contoso.Shop/tills", "Microsoft.Authorization/policyAssignments"} {
		if refs := azure.References(none); len(refs) > 0 {
			t.Errorf("%s: %+v", none, refs)
		}
	}
}

func TestReferenceConditions(t *testing.T) {
	for _, r := range azure.References("Microsoft.Storage/storageAccounts/connectors") {
		want := []azure.Discriminator{{Name: "type", Value: "DataShare"}, {Name: "type", Value: "ManagedIdentity"}}
		if len(r.When) != 1 || !slices.Equal(r.When[0], want) {
			t.Errorf("%+v", r)
		}
	}
	for _, r := range azure.References("Microsoft.Kusto/clusters/databases/dataConnections") {
		if len(r.When) != 5 || len(r.When[0]) != 1 || r.When[0][0].Name != "kind" {
			t.Errorf("%+v", r)
		}
	}
}

// A property that grants is no use of an identity.
func TestNoGrantsAmongReferences(t *testing.T) {
	for _, typ := range []string{"Microsoft.Authorization/roleAssignments", "Microsoft.Kusto/clusters/principalAssignments"} {
		for _, r := range azure.References(typ) {
			if r.Kind == azure.RefPrincipalID {
				t.Errorf("%s: %+v", typ, r)
			}
		}
	}
}
