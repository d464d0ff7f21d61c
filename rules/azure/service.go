package azure

// A Service says how workloads are told where a service is, and which role they need to use it with an identity.
type Service struct {
	Type   string // of the service's resource
	Domain string // what its addresses have behind the name
	Member string // of what reference() reads of it: the member that holds the address
	Does   string // what a workload does there
	Role   string // the narrowest built-in role for that
	Writer string // the one it needs if it writes as well, "" if it does not
}

// services is the table of services that are known. Of a type with several the usual one comes first. The roles are those
// of the pages that the table of Keyless names; of Key Vault see
// https://learn.microsoft.com/azure/key-vault/general/rbac-guide, of Azure OpenAI
// https://learn.microsoft.com/azure/ai-services/openai/how-to/role-based-access-control.
var services = []Service{
	{"Microsoft.AppConfiguration/configurationStores", ".azconfig.io", "endpoint", "reads configuration from", "App Configuration Data Reader", "App Configuration Data Owner"},
	{"Microsoft.CognitiveServices/accounts", ".cognitiveservices.azure.com", "endpoint", "calls", "Cognitive Services User", ""},
	{"Microsoft.CognitiveServices/accounts", ".openai.azure.com", "", "calls models of", "Cognitive Services OpenAI User", ""},
	{"Microsoft.ContainerRegistry/registries", ".azurecr.io", "loginServer", "pulls images from", "AcrPull", ""},
	{"Microsoft.DocumentDB/databaseAccounts", ".documents.azure.com", "documentEndpoint", "reads data in", "Cosmos DB Built-in Data Reader", "Cosmos DB Built-in Data Contributor"},
	{"Microsoft.EventGrid/topics", ".eventgrid.azure.net", "endpoint", "sends events to", "EventGrid Data Sender", ""},
	{"Microsoft.EventHub/namespaces", ".servicebus.windows.net", "serviceBusEndpoint", "receives events from", "Azure Event Hubs Data Receiver", "Azure Event Hubs Data Sender"},
	{"Microsoft.KeyVault/vaults", ".vault.azure.net", "vaultUri", "reads secrets of", "Key Vault Secrets User", "Key Vault Secrets Officer"},
	{"Microsoft.Search/searchServices", ".search.windows.net", "endpoint", "searches in", "Search Index Data Reader", "Search Index Data Contributor"},
	{"Microsoft.ServiceBus/namespaces", ".servicebus.windows.net", "serviceBusEndpoint", "receives messages from", "Azure Service Bus Data Receiver", "Azure Service Bus Data Sender"},
	{"Microsoft.Storage/storageAccounts", ".blob.core.windows.net", "primaryEndpoints.blob", "reads blobs in", "Storage Blob Data Reader", "Storage Blob Data Contributor"},
	{"Microsoft.Storage/storageAccounts", ".dfs.core.windows.net", "primaryEndpoints.dfs", "reads files in", "Storage Blob Data Reader", "Storage Blob Data Contributor"},
	{"Microsoft.Storage/storageAccounts", ".file.core.windows.net", "primaryEndpoints.file", "reads file shares in", "Storage File Data Privileged Reader", "Storage File Data Privileged Contributor"},
	{"Microsoft.Storage/storageAccounts", ".queue.core.windows.net", "primaryEndpoints.queue", "reads queues in", "Storage Queue Data Reader", "Storage Queue Data Contributor"},
	{"Microsoft.Storage/storageAccounts", ".table.core.windows.net", "primaryEndpoints.table", "reads tables in", "Storage Table Data Reader", "Storage Table Data Contributor"},
}

// Services returns the table of services.
func Services() []Service { return services }

// ServiceOf returns what is usual for a resource type.
func ServiceOf(resourceType string) (Service, bool) {
	for _, s := range services {
		if equalFold(s.Type, resourceType) {
			return s, true
		}
	}
	return Service{}, false
}
