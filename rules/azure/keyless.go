package azure

// Keyless says how a service is used with an identity in place of its keys.
type Keyless struct {
	Type   string   // of the resource that has the keys
	Noun   string   // what people call one: "storage account"
	Roles  []string // roles for its data: the usual one first
	Native bool     // the service assigns these roles itself, not through role assignments
	URL    string   // where the service documents it
}

// keyless is the table of services whose keys an identity with a role replaces. What clients of a service must use keys for
// all the same (device and agent registration, callback addresses, keys of functions) is not here.
var keyless = []Keyless{
	{"Microsoft.AppConfiguration/configurationStores", "App Configuration store", []string{"App Configuration Data Reader", "App Configuration Data Owner"}, false,
		"https://learn.microsoft.com/azure/azure-app-configuration/concept-enable-rbac"},
	{"Microsoft.Batch/batchAccounts", "Batch account", []string{"Azure Batch Job Submitter", "Azure Batch Data Contributor"}, false,
		"https://learn.microsoft.com/azure/batch/batch-aad-auth"},
	{"Microsoft.Cache/redis", "cache", []string{"Data Contributor", "Data Reader"}, true,
		"https://learn.microsoft.com/azure/azure-cache-for-redis/cache-azure-active-directory-for-authentication"},
	{"Microsoft.CognitiveServices/accounts", "AI services account", []string{"Cognitive Services User", "Cognitive Services OpenAI User"}, false,
		"https://learn.microsoft.com/azure/ai-services/authentication#authenticate-with-microsoft-entra-id"},
	{"Microsoft.Communication/communicationServices", "communication service", []string{"Communication and Email Service Owner"}, false,
		"https://learn.microsoft.com/azure/communication-services/concepts/authentication"},
	{"Microsoft.ContainerRegistry/registries", "container registry", []string{"AcrPull", "AcrPush"}, false,
		"https://learn.microsoft.com/azure/container-registry/container-registry-authentication-managed-identity"},
	{"Microsoft.Devices/IotHubs", "IoT hub", []string{"IoT Hub Data Contributor", "IoT Hub Data Reader"}, false,
		"https://learn.microsoft.com/azure/iot-hub/authenticate-authorize-azure-ad"},
	{"Microsoft.Devices/provisioningServices", "device provisioning service", []string{"Device Provisioning Service Data Contributor", "Device Provisioning Service Data Reader"}, false,
		"https://learn.microsoft.com/azure/iot-dps/concepts-control-access-dps-azure-ad"},
	{"Microsoft.DocumentDB/databaseAccounts", "Cosmos DB account", []string{"Cosmos DB Built-in Data Contributor", "Cosmos DB Built-in Data Reader"}, true,
		"https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-connect-role-based-access-control"},
	{"Microsoft.EventGrid/domains", "Event Grid domain", []string{"EventGrid Data Sender"}, false,
		"https://learn.microsoft.com/azure/event-grid/authenticate-with-microsoft-entra-id"},
	{"Microsoft.EventGrid/topics", "Event Grid topic", []string{"EventGrid Data Sender"}, false,
		"https://learn.microsoft.com/azure/event-grid/authenticate-with-microsoft-entra-id"},
	{"Microsoft.EventHub/namespaces", "Event Hubs namespace", []string{"Azure Event Hubs Data Sender", "Azure Event Hubs Data Receiver"}, false,
		"https://learn.microsoft.com/azure/event-hubs/authorize-access-azure-active-directory"},
	{"Microsoft.Maps/accounts", "Maps account", []string{"Azure Maps Data Reader"}, false,
		"https://learn.microsoft.com/azure/azure-maps/azure-maps-authentication"},
	{"Microsoft.Relay/namespaces", "Relay namespace", []string{"Azure Relay Sender", "Azure Relay Listener"}, false,
		"https://learn.microsoft.com/azure/azure-relay/authenticate-application"},
	{"Microsoft.Search/searchServices", "search service", []string{"Search Index Data Contributor", "Search Index Data Reader"}, false,
		"https://learn.microsoft.com/azure/search/search-security-rbac"},
	{"Microsoft.ServiceBus/namespaces", "Service Bus namespace", []string{"Azure Service Bus Data Sender", "Azure Service Bus Data Receiver"}, false,
		"https://learn.microsoft.com/azure/service-bus-messaging/service-bus-managed-service-identity"},
	{"Microsoft.SignalRService/signalR", "SignalR service", []string{"SignalR App Server", "SignalR Service Owner"}, false,
		"https://learn.microsoft.com/azure/azure-signalr/signalr-concept-authorize-azure-active-directory"},
	{"Microsoft.SignalRService/webPubSub", "Web PubSub service", []string{"Web PubSub Service Owner"}, false,
		"https://learn.microsoft.com/azure/azure-web-pubsub/concept-azure-ad-authorization"},
	{"Microsoft.Storage/storageAccounts", "storage account", []string{"Storage Blob Data Contributor", "Storage Queue Data Contributor", "Storage Table Data Contributor", "Storage File Data Privileged Contributor"}, false,
		"https://learn.microsoft.com/azure/storage/common/authorize-data-access"},
}

// KeylessRole returns what replaces the keys of a resource: those of the resource type itself, or of a type below it such as
// an authorization rule.
func KeylessRole(resourceType string) (Keyless, bool) {
	for _, k := range keyless {
		if hasPrefixFold(resourceType, k.Type) && (len(resourceType) == len(k.Type) || resourceType[len(k.Type)] == '/') {
			return k, true
		}
	}
	return Keyless{}, false
}
