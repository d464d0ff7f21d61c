package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// wayGroup are operations by any of which the same is had.
type wayGroup struct {
	Does        string // what whoever may call one of them does
	Credentials bool   // of the class of credentials
	Operations  []string
}

// wayGroups are told apart by resource type: what one operation of a group
// gives, the others give as well. Ways to more rights, by role assignments or
// role definitions, are not among them: RD001 and RD002 report those.
//
// The answers of the operations are documented in the REST references:
// https://learn.microsoft.com/rest/api/storagerp/storage-accounts/regenerate-key
// https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/list-connection-strings
// https://learn.microsoft.com/rest/api/containerregistry/registries/regenerate-credential
// https://learn.microsoft.com/rest/api/aks/managed-clusters/get-access-profile
// https://learn.microsoft.com/rest/api/aiservices/accountmanagement/accounts/regenerate-key
// https://learn.microsoft.com/rest/api/eventhub/namespaces/regenerate-keys
// https://learn.microsoft.com/rest/api/appservice/web-apps/list-publishing-credentials
// https://learn.microsoft.com/azure/virtual-machines/run-command-overview
// https://learn.microsoft.com/entra/workload-id/workload-identity-federation
var wayGroups = []wayGroup{
	{"obtains the keys of storage accounts, or signs with them", true, []string{
		"Microsoft.Storage/storageAccounts/listKeys/action",
		"Microsoft.Storage/storageAccounts/regenerateKey/action",
		"Microsoft.Storage/storageAccounts/listAccountSas/action",
	}},
	{"obtains the keys of Cosmos DB accounts", true, []string{
		"Microsoft.DocumentDB/databaseAccounts/listKeys/action",
		"Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action",
	}},
	{"obtains the passwords of container registries", true, []string{
		"Microsoft.ContainerRegistry/registries/listCredentials/action",
		"Microsoft.ContainerRegistry/registries/regenerateCredential/action",
	}},
	{"obtains administrator credentials of clusters", true, []string{
		"Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
		"Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action",
	}},
	{"obtains the keys of AI services", true, []string{
		"Microsoft.CognitiveServices/accounts/listKeys/action",
		"Microsoft.CognitiveServices/accounts/regenerateKey/action",
	}},
	{"obtains the keys of event hub namespaces", true, []string{
		"Microsoft.EventHub/namespaces/authorizationRules/listkeys/action",
		"Microsoft.EventHub/namespaces/authorizationRules/regenerateKeys/action",
	}},
	{"obtains the keys of service bus namespaces", true, []string{
		"Microsoft.ServiceBus/namespaces/authorizationRules/listkeys/action",
		"Microsoft.ServiceBus/namespaces/authorizationRules/regenerateKeys/action",
	}},
	{"obtains the publishing credentials of sites", true, []string{
		"Microsoft.Web/sites/publishxml/action",
		"Microsoft.Web/sites/config/list/action",
	}},
	{"runs code on virtual machines", false, []string{
		"Microsoft.Compute/virtualMachines/runCommand/action",
		"Microsoft.Compute/virtualMachines/runCommands/write",
		"Microsoft.Compute/virtualMachines/extensions/write",
	}},
	{"runs code on scale sets", false, []string{
		"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action",
		"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write",
		"Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions/write",
		"Microsoft.Compute/virtualMachineScaleSets/extensions/write",
	}},
	{"runs code on Arc-enabled machines", false, []string{
		"Microsoft.HybridCompute/machines/runCommands/write",
		"Microsoft.HybridCompute/machines/extensions/write",
	}},
	{"takes over user-assigned identities", false, []string{
		"Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
		"Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
	}},
}

// anotherWay says that an entry of notActions takes out one operation of a
// group, and that an action still allows another of it.
type anotherWay struct {
	wayGroup
	Not, Action facts.Action
	Operation   string
}

// anotherWays finds what notActions leave: one for an entry and a group. Only
// wildcards count, for what is written out is meant; and not those that RD001
// reports.
func anotherWays(d *facts.Definition) []anotherWay {
	if takesAll(d) {
		return nil
	}
	var out []anotherWay
	for _, not := range d.Actions {
		if !not.Not || not.Data || d.Blocks[not.Block].Condition {
			continue
		}
		for _, g := range wayGroups {
			if !slices.ContainsFunc(g.Operations, func(op string) bool { return azure.Match(not.Text, op) }) {
				continue
			}
			a, operation := g.left(d, not)
			if operation != "" {
				out = append(out, anotherWay{g, not, a, operation})
			}
		}
	}
	return out
}

// left is an operation of the group that remains, and the wildcard that
// allows both it and one that the entry takes out.
func (g wayGroup) left(d *facts.Definition, not facts.Action) (facts.Action, string) {
	for _, a := range d.Actions {
		if a.Not || a.Data || a.Block != not.Block || !strings.Contains(a.Text, "*") || isWildcard(a.Text) || !g.cuts(a, not) {
			continue
		}
		for _, op := range g.Operations {
			if alone(d, a).Allows(op) && !writtenOut(d, op) {
				return a, op
			}
		}
	}
	return facts.Action{}, ""
}

// cuts tells whether the entry takes an operation of the group out of the
// action.
func (g wayGroup) cuts(a, not facts.Action) bool {
	return slices.ContainsFunc(g.Operations, func(op string) bool {
		return azure.Match(a.Text, op) && azure.Match(not.Text, op)
	})
}

func writtenOut(d *facts.Definition, operation string) bool {
	return slices.ContainsFunc(d.Actions, func(a facts.Action) bool { return !a.Not && strings.EqualFold(a.Text, operation) })
}

// leavesAnotherWay tells whether RD005 reports an action for credentials that
// it still allows.
func leavesAnotherWay(d *facts.Definition, a facts.Action) bool {
	return slices.ContainsFunc(anotherWays(d), func(w anotherWay) bool { return w.Credentials && w.Action == a })
}
