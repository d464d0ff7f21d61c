package rules

import (
	"slices"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// localAuth is an authSwitch of a service that takes identities for all that
// its keys open.
type localAuth struct {
	authSwitch
	keys      string // what it accepts otherwise
	telemetry bool   // the keys only write telemetry
}

const (
	accessKeys = "access keys beside Microsoft Entra identities"
	sasKeys    = "keys of shared access policies beside Microsoft Entra identities"
	apiKeys    = "API keys beside Microsoft Entra identities"
)

// localAuths is the table of the switches. What absence means is documented
// at the address above each, or follows from a built-in policy that asks for
// the value; since when a property exists is in the published descriptions of
// the resource types (bicep-types-az).
var localAuths = []localAuth{
	// https://learn.microsoft.com/azure/azure-app-configuration/howto-disable-access-key-authentication
	{authSwitch{on: "Microsoft.AppConfiguration/configurationStores", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-03-01-preview", absent: true}, accessKeys, false},
	// https://learn.microsoft.com/azure/automation/disable-local-authentication
	{authSwitch{on: "Microsoft.Automation/automationAccounts", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-22", absent: true, exempt: registersNodes}, accessKeys, false},
	// https://learn.microsoft.com/azure/templates/microsoft.azureplaywrightservice/accounts
	{authSwitch{on: "Microsoft.AzurePlaywrightService/accounts", path: "properties.localAuth", bad: "Enabled", good: "Disabled", since: "2024-08-01-preview"}, "service access tokens beside Microsoft Entra identities", false},
	// https://learn.microsoft.com/azure/templates/microsoft.batch/batchaccounts
	// https://github.com/Azure/azure-policy: Batch/DisableLocalAuth_Audit
	{authSwitch{on: "Microsoft.Batch/batchAccounts", path: "properties.allowedAuthenticationModes[]", bad: "SharedKey", since: "2021-06-01", absent: true, exempt: userSubscriptionBatch}, accessKeys, false},
	// https://github.com/Azure/azure-policy: Bot Service/DisableLocalAuth_Audit
	{authSwitch{on: "Microsoft.BotService/botServices", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-03-01", absent: true}, "secrets beside Microsoft Entra identities", false},
	// https://learn.microsoft.com/azure/azure-cache-for-redis/cache-azure-active-directory-for-authentication
	{authSwitch{on: "Microsoft.Cache/redis", path: "properties.disableAccessKeyAuthentication", bad: "false", good: "true", since: "2024-03-01", absent: true}, accessKeys, false},
	// https://learn.microsoft.com/azure/redis/entra-for-authentication
	// What absence means has changed: silent.
	{authSwitch{on: "Microsoft.Cache/redisEnterprise/databases", path: "properties.accessKeysAuthentication", bad: "Enabled", good: "Disabled", since: "2024-09-01-preview", lacks: []string{"2024-10-01"}}, accessKeys, false},
	// https://learn.microsoft.com/azure/ai-services/disable-local-auth
	{authSwitch{on: "Microsoft.CognitiveServices/accounts", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-04-30", absent: true}, apiKeys, false},
	// https://github.com/Azure/azure-policy: Communication/Communication_DisableLocalAuth_Audit
	{authSwitch{on: "Microsoft.Communication/communicationServices", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2025-05-01", absent: true}, accessKeys, false},
	// https://learn.microsoft.com/azure/managed-grafana/how-to-create-api-keys
	{authSwitch{on: "Microsoft.Dashboard/grafana", path: "properties.apiKey", bad: "Enabled", good: "Disabled", since: "2022-05-01-preview"}, apiKeys, false},
	// https://learn.microsoft.com/azure/iot-hub/authenticate-authorize-azure-ad
	{authSwitch{on: "Microsoft.Devices/IotHubs", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-07-01", absent: true, exempt: hubReadByPolicy}, sasKeys, false},
	// https://learn.microsoft.com/azure/cosmos-db/nosql/security/how-to-disable-key-based-authentication
	{authSwitch{on: "Microsoft.DocumentDB/databaseAccounts", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-15", absent: true, exempt: cosmosByKey}, "account keys beside Microsoft Entra identities", false},
	// https://learn.microsoft.com/azure/event-grid/authenticate-with-microsoft-entra-id
	{authSwitch{on: "Microsoft.EventGrid/domains", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true}, accessKeys, false},
	{authSwitch{on: "Microsoft.EventGrid/partnerNamespaces", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true}, accessKeys, false},
	{authSwitch{on: "Microsoft.EventGrid/topics", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true}, accessKeys, false},
	// https://learn.microsoft.com/azure/event-hubs/authenticate-shared-access-signature
	{authSwitch{on: "Microsoft.EventHub/namespaces", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true, exempt: takesDiagnostics}, sasKeys, false},
	// https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication
	{authSwitch{on: "Microsoft.Insights/components", path: "properties.DisableLocalAuth", bad: "false", good: "true", since: "2020-02-02", absent: true}, "telemetry from anyone who has its instrumentation key", true},
	// https://learn.microsoft.com/azure/templates/microsoft.loadtestservice/playwrightworkspaces
	{authSwitch{on: "Microsoft.LoadTestService/playwrightWorkspaces", path: "properties.localAuth", bad: "Enabled", good: "Disabled", since: "2025-07-01-preview"}, "service access tokens beside Microsoft Entra identities", false},
	// https://github.com/Azure/azure-policy: Machine Learning/DisableLocalAuth_Audit
	// Without SSH for anyone absence does no harm: silent.
	{authSwitch{on: "Microsoft.MachineLearningServices/workspaces/computes", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-03-01-preview", lacks: []string{"2022-10-01-preview"}, exempt: otherCompute}, "local accounts beside Microsoft Entra identities", false},
	// https://learn.microsoft.com/azure/azure-maps/azure-maps-authentication
	{authSwitch{on: "Microsoft.Maps/accounts", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-02-01", absent: true}, "shared keys beside Microsoft Entra identities", false},
	// https://github.com/Azure/azure-policy: Monitoring/LogAnalyticsWorkspaces_DisableLocalAuth_Deny
	{authSwitch{on: "Microsoft.OperationalInsights/workspaces", path: "properties.features.disableLocalAuth", bad: "false", good: "true", since: "2020-10-01", absent: true, exempt: workspaceByKey}, "logs from anyone who has its key", true},
	// https://learn.microsoft.com/azure/templates/microsoft.quantum/workspaces
	{authSwitch{on: "Microsoft.Quantum/workspaces", path: "properties.apiKeyEnabled", bad: "true", good: "false", since: "2023-11-13-preview"}, apiKeys, false},
	// https://learn.microsoft.com/azure/search/search-security-enable-roles
	{authSwitch{on: "Microsoft.Search/searchServices", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-04-01-preview", absent: true}, apiKeys, false},
	// https://learn.microsoft.com/azure/service-bus-messaging/disable-local-authentication
	{authSwitch{on: "Microsoft.ServiceBus/namespaces", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true}, sasKeys, false},
	// https://learn.microsoft.com/azure/azure-signalr/howto-disable-local-auth
	{authSwitch{on: "Microsoft.SignalRService/signalR", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true}, accessKeys, false},
	// https://learn.microsoft.com/azure/azure-web-pubsub/howto-disable-local-auth
	{authSwitch{on: "Microsoft.SignalRService/webPubSub", path: "properties.disableLocalAuth", bad: "false", good: "true", since: "2021-06-01-preview", absent: true}, accessKeys, false},
}

// cosmosByKey tells whether an account may have another api than the one for
// NoSQL: drivers of these sign in with keys.
func cosmosByKey(_ *Pass, r *eval.Resource) bool {
	return !onlyPlaces(r, "kind", "GlobalDocumentDB") || mayHave(r, "properties.capabilities[].name", "EnableMongo", "EnableCassandra", "EnableTable", "EnableGremlin")
}

// userSubscriptionBatch tells whether an account may be one that never takes
// keys: its pools are in the user's subscription.
func userSubscriptionBatch(_ *Pass, r *eval.Resource) bool {
	return mayHave(r, "properties.poolAllocationMode", "UserSubscription")
}

// otherCompute tells whether a compute may be of a kind to which nobody signs
// in by SSH.
func otherCompute(_ *Pass, r *eval.Resource) bool {
	return !mayHave(r, "properties.computeType", "AmlCompute", "ComputeInstance")
}

// registersNodes tells whether machines may sign in to Automation accounts of
// the unit with the registration key, the only way for State Configuration.
func registersNodes(p *Pass, _ *eval.Resource) bool {
	return p.anyDeployed("Microsoft.Automation/automationAccounts/configurations", "Microsoft.Automation/automationAccounts/nodeConfigurations", "Microsoft.Automation/automationAccounts/compilationjobs")
}

// hubReadByPolicy tells whether the unit has services that read from an IoT
// hub, or register devices with it, by a shared access policy only.
func hubReadByPolicy(p *Pass, _ *eval.Resource) bool {
	return p.anyDeployed("Microsoft.Devices/provisioningServices", "Microsoft.StreamAnalytics/streamingjobs", "Microsoft.StreamAnalytics/streamingjobs/inputs",
		"Microsoft.Kusto/clusters/databases/dataConnections", "Microsoft.TimeSeriesInsights/environments/eventsources", "Microsoft.Security/iotSecuritySolutions")
}

// takesDiagnostics tells whether diagnostic settings of the unit send to event
// hubs: they name an authorization rule.
func takesDiagnostics(p *Pass, _ *eval.Resource) bool {
	for r := range p.deployed {
		if _, ok := cutSuffixFold(r.Type, "/diagnosticSettings"); !ok {
			continue
		}
		if found, _ := places(r.Body(), "properties.eventHubAuthorizationRuleId"); len(found) > 0 {
			return true
		}
	}
	return false
}

// workspaceByKey tells whether the unit has resources that write to a
// workspace with its key only.
func workspaceByKey(p *Pass, _ *eval.Resource) bool {
	for r := range p.deployed {
		switch {
		case r.Is("Microsoft.App/managedEnvironments", "Microsoft.App/connectedEnvironments", "Microsoft.Web/kubeEnvironments", "Microsoft.ContainerInstance/containerGroups"):
			return true
		case r.Is("Microsoft.Compute/virtualMachines/extensions", "Microsoft.Compute/virtualMachineScaleSets/extensions", "Microsoft.HybridCompute/machines/extensions"):
			if mayHave(r, "properties.type", "MicrosoftMonitoringAgent", "OmsAgentForLinux") {
				return true
			}
		}
	}
	return false
}

// mayHave tells whether one of the texts stands, or may stand, at a path;
// without texts, whether anything does.
func mayHave(r *eval.Resource, path string, texts ...string) bool {
	found, exact := places(r.Body(), path)
	for _, at := range found {
		s, known := scalar(at.Value)
		if !known || len(texts) == 0 {
			return true
		}
		for _, t := range texts {
			if value.FoldEqual(s, t) {
				return true
			}
		}
	}
	return !exact
}

// onlyPlaces tells whether nothing but the text stands at a path, if
// anything.
func onlyPlaces(r *eval.Resource, path, text string) bool {
	found, exact := places(r.Body(), path)
	return exact && onlyText(found, text)
}

// onlyText tells whether nothing but the text stands at the places.
func onlyText(found []place, text string) bool {
	return !slices.ContainsFunc(found, func(at place) bool {
		s, known := scalar(at.Value)
		return !known || !value.FoldEqual(s, text)
	})
}
