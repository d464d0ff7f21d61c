package azure_test

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

// rolesThat lists the names of the roles for which is holds, in order.
func rolesThat(is func(azure.RoleDefinition) bool) []string {
	var names []string
	for r := range azure.Roles() {
		if is(r) {
			names = append(names, r.Name)
		}
	}
	slices.Sort(names)
	return names
}

func allows(action string) func(azure.RoleDefinition) bool {
	return func(r azure.RoleDefinition) bool {
		return slices.ContainsFunc(r.Blocks, func(p azure.Permissions) bool { return p.Allows(action) })
	}
}

func inClass(class azure.Class) func(azure.RoleDefinition) bool {
	return func(r azure.RoleDefinition) bool {
		unconditioned, _ := azure.Classify(r.Blocks)
		return unconditioned&class != 0
	}
}

// These lists are what makes a role dangerous; a change in them is news.
func TestWhoIsDangerous(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(azure.RoleDefinition) bool
		want []string
	}{
		{"escalate", inClass(azure.Escalate), []string{
			"Owner", "Reservations Administrator", "Role Based Access Control Administrator", "User Access Administrator",
		}},
		{"broad", inClass(azure.Broad), []string{"Contributor", "Owner"}},
		{"bare star", func(r azure.RoleDefinition) bool {
			return slices.ContainsFunc(r.Blocks, func(p azure.Permissions) bool { return slices.Contains(p.Actions, "*") })
		}, []string{"Contributor", "Owner"}},
		{"policy", inClass(azure.Policy), []string{
			"Owner", "Resource Policy Contributor", "Security Admin", "User Access Administrator",
		}},
		{"role definitions", allows("Microsoft.Authorization/roleDefinitions/write"), []string{"Owner", "User Access Administrator"}},
		{"elevate access", allows("Microsoft.Authorization/elevateAccess/action"), []string{"Owner", "User Access Administrator"}},
		{"identity", inClass(azure.Identity), []string{
			"Azure Red Hat OpenShift Federated Credential", "Azure Red Hat OpenShift Machine API Operator", "Contributor",
			"Managed Identity Contributor", "Managed Identity Federated Identity Credential Contributor",
			"Managed Identity Operator", "Owner",
		}},
		{"run command", allows("Microsoft.Compute/virtualMachines/runCommand/action"), []string{
			"Avere Contributor", "Contributor", "Desktop Virtualization Virtual Machine Contributor", "Owner",
			"Virtual Machine Contributor",
		}},
		{"publishing profile", allows("Microsoft.Web/sites/publishxml/action"), []string{
			"Contributor", "Logic Apps Standard Contributor", "Owner", "Website Contributor",
		}},
	} {
		if got := rolesThat(c.is); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHowManyAre(t *testing.T) {
	for _, c := range []struct {
		action string
		want   int
	}{
		{"Microsoft.Authorization/roleAssignments/write", 28 + 1}, // one from outside the list
		{"Microsoft.Authorization/policyAssignments/write", 4},
		{"Microsoft.Web/sites/config/list/action", 6},
		{"Microsoft.Automation/automationAccounts/runbooks/write", 5},
		{"Microsoft.KeyVault/vaults/accessPolicies/write", 7},
		{"Microsoft.Storage/storageAccounts/listKeys/action", 24},
		{"Microsoft.DocumentDB/databaseAccounts/listKeys/action", 5},
		{"Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action", 4},
		{"Microsoft.ContainerRegistry/registries/listCredentials/action", 5},
		{"Microsoft.Resources/deployments/write", 278},
		{"Microsoft.Resources/deploymentScripts/write", 7},
	} {
		if got := len(rolesThat(allows(c.action))); got != c.want {
			t.Errorf("%s: %d roles, want %d", c.action, got, c.want)
		}
	}
	conditioned := rolesThat(func(r azure.RoleDefinition) bool {
		_, c := azure.Classify(r.Blocks)
		return c&azure.Escalate != 0
	})
	if len(conditioned) != 25 {
		t.Errorf("%d roles escalate under a condition, want 25: %q", len(conditioned), conditioned)
	}
}

func TestClassify(t *testing.T) {
	actions := func(list ...string) []azure.Permissions { return []azure.Permissions{{Actions: list}} }
	data := func(list ...string) []azure.Permissions { return []azure.Permissions{{DataActions: list}} }
	all := azure.Escalate | azure.Broad | azure.Credential | azure.CodeExecution | azure.Identity | azure.Policy
	for _, c := range []struct {
		name   string
		blocks []azure.Permissions
		want   azure.Class
	}{
		{"nothing", nil, 0},
		{"all", actions("*"), all},
		{"all writes", actions("*/write"), azure.Escalate | azure.Broad | azure.CodeExecution | azure.Identity | azure.Policy},
		{"all reads", actions("*/read"), 0},
		{"taken back", []azure.Permissions{{Actions: []string{"*"}, NotActions: []string{"*"}}}, 0},
		{"one provider", actions("Microsoft.Authorization/*"), azure.Escalate | azure.Policy},
		{"providers", actions("A.A/*", "A.B/*", "A.C/*", "A.D/*/write", "A.E/*", "A.F/*", "A.G/*", "A.H/*", "A.I/*", "A.J/*"), azure.Broad},
		{"too few", actions("A.A/*", "A.B/*", "A.C/*", "A.D/*", "A.E/*", "A.F/*", "A.G/*", "A.H/*", "A.I/*", "a.i/*/write"), 0},
		{"only types", actions("A.A/b/*", "A.B/b/*", "A.C/b/*", "A.D/b/*", "A.E/b/*", "A.F/b/*", "A.G/b/*", "A.H/b/*", "A.I/b/*", "A.J/b/*"), 0},
		{"listKeys", actions("microsoft.storage/STORAGEACCOUNTS/listkeys/ACTION"), azure.Credential},
		{"unknown provider", actions("Contoso.Shop/tills/listKeys/action"), azure.Credential},
		{"pattern of a verb", actions("*/listKeys/action"), azure.Credential},
		{"pattern of a type", actions("Microsoft.Search/searchServices/*"), azure.Credential},
		{"deploy from a vault", actions("Microsoft.KeyVault/vaults/deploy/action"), azure.Credential},
		{"delegation key", actions("Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"), 0},
		{"extension", actions("Microsoft.Compute/virtualMachines/extensions/*"), azure.CodeExecution},
		{"log in", data("Microsoft.Compute/virtualMachines/login/action"), azure.CodeExecution | azure.DataWrite},
		{"assign", actions("Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"), azure.Identity},
		{"exemption", actions("Microsoft.Authorization/policyExemptions/write"), azure.Policy},
		{"read data", data("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"), azure.DataRead},
		{"get secret", data("Microsoft.KeyVault/vaults/secrets/getSecret/action"), azure.DataRead},
		{"write data", data("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"), azure.DataWrite},
		{"send", data("Microsoft.ServiceBus/namespaces/messages/send/action"), azure.DataWrite},
		{"all reads of data", data("Microsoft.X/*/read"), azure.DataRead},
		{"all actions on data", data("Microsoft.X/*/action"), azure.DataRead | azure.DataWrite},
		{"all data", data("Microsoft.X/y/*"), azure.DataRead | azure.DataWrite},
		{"data but no writes", []azure.Permissions{{
			DataActions: []string{"Microsoft.X/*"}, NotDataActions: []string{"*/write", "*/delete"},
		}}, azure.DataRead},
	} {
		got, conditioned := azure.Classify(c.blocks)
		if got != c.want || conditioned != 0 {
			t.Errorf("%s: got %v, %v, want %v", c.name, got, conditioned, c.want)
		}
		for i := range c.blocks {
			c.blocks[i].Condition = true
		}
		if none, got := azure.Classify(c.blocks); got != c.want || none != 0 {
			t.Errorf("%s, conditioned: got %v, %v, want %v", c.name, none, got, c.want)
		}
	}
}

func TestGrants(t *testing.T) {
	owner, _ := azure.RoleByName("Owner")
	for _, c := range []struct {
		class azure.Class
		want  string
	}{
		{azure.Escalate, "Microsoft.Authorization/roleAssignments/write"},
		{azure.Broad, "*"},
		{azure.Credential, "Microsoft.Storage/storageAccounts/listKeys/action"},
		{azure.CodeExecution, "Microsoft.Compute/virtualMachines/runCommand/action"},
		{azure.Identity | azure.Policy, "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"},
		{azure.DataRead, ""},
		{0, ""},
	} {
		if got := azure.Grants(owner.Blocks, c.class); got != c.want {
			t.Errorf("%v: %q, want %q", c.class, got, c.want)
		}
	}
}

// A role is in a class if and only if there is evidence of it.
func TestGrantsAgreesWithClassify(t *testing.T) {
	for r := range azure.Roles() {
		u, c := azure.Classify(r.Blocks)
		for class := azure.Escalate; class <= azure.Policy; class <<= 1 {
			if has := (u|c)&class != 0; has != (azure.Grants(r.Blocks, class) != "") {
				t.Errorf("%s: in %v: %v, but the evidence is %q", r.Name, class, has, azure.Grants(r.Blocks, class))
			}
		}
	}
}

func TestClassNames(t *testing.T) {
	if got := (azure.Escalate | azure.CodeExecution | azure.Policy).String(); got != "escalate, code-exec, policy" {
		t.Errorf("got %q", got)
	}
	if got := azure.Class(0).String(); got != "none" {
		t.Errorf("got %q", got)
	}
}
