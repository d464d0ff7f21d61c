package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// need is the kind of identity that a feature signs in with.
type need uint8

const (
	needNothing need = iota
	needAny
	needSystem
	needUser
)

func (n need) String() string {
	return [...]string{"", "a managed identity", "a SystemAssigned identity", "a UserAssigned identity"}[n]
}

// feature is a property by which a resource signs in elsewhere as itself.
type feature struct {
	host  string   // type of the resource whose identity is used
	on    string   // type of the resource with the property; the host itself if empty
	path  string   // see places; empty if the resource as such is the feature
	is    []string // values that switch it on, in any case; none: anything but an empty text
	from  []string // texts that switch it on if the value begins with one of them
	need  need     // nothing: the value itself names the identity
	with  string   // a path in the resource where something must stand as well
	as    string   // what names another identity: a path in the object around
	since string   // the first api version that has the property; "" if that is not needed
	late  bool     // the deployment succeeds, and the feature fails at run time
	what  string   // for messages: {leaf} is the name of the property, {value} its value
}

const (
	keyVault = "Microsoft.KeyVault"
	cmk      = "the customer-managed key ('{leaf}')"
)

// features is the table of the features that are known. What is accepted and
// what fails is documented with each service; the paths are those of the
// resource types' own descriptions.
var features = []feature{
	// App Service and Functions. Settings are in identity_settings.go.
	{host: "Microsoft.Web/sites", path: "properties.siteConfig.acrUseManagedIdentityCreds", is: []string{"true"}, need: needSystem, as: "acrUserManagedIdentityID", late: true, what: "pulling the image with '{leaf}'"},
	{host: "Microsoft.Web/sites/slots", path: "properties.siteConfig.acrUseManagedIdentityCreds", is: []string{"true"}, need: needSystem, as: "acrUserManagedIdentityID", late: true, what: "pulling the image with '{leaf}'"},
	{host: "Microsoft.Web/sites", on: "Microsoft.Web/sites/config", path: "properties.acrUseManagedIdentityCreds", is: []string{"true"}, need: needSystem, as: "acrUserManagedIdentityID", late: true, what: "pulling the image with '{leaf}'"},
	{host: "Microsoft.Web/sites/slots", on: "Microsoft.Web/sites/slots/config", path: "properties.acrUseManagedIdentityCreds", is: []string{"true"}, need: needSystem, as: "acrUserManagedIdentityID", late: true, what: "pulling the image with '{leaf}'"},
	{host: "Microsoft.Web/sites", path: "properties.functionAppConfig.deployment.storage.authentication.type", is: []string{"SystemAssignedIdentity"}, need: needSystem, late: true, what: "reading the package as 'SystemAssignedIdentity'"},
	{host: "Microsoft.Web/sites", path: "properties.functionAppConfig.deployment.storage.authentication.type", is: []string{"UserAssignedIdentity"}, need: needUser, late: true, what: "reading the package as 'UserAssignedIdentity'"},

	// Container Apps. An identity of the environment is another keyword, which
	// names nothing here.
	{host: "Microsoft.App/containerApps", path: "properties.configuration.registries[].identity", what: "the 'identity' ({value}) of a registry"},
	{host: "Microsoft.App/containerApps", path: "properties.configuration.secrets[].identity", what: "the 'identity' ({value}) of a secret with 'keyVaultUrl'"},
	{host: "Microsoft.App/containerApps", path: "properties.configuration.identitySettings[].identity", what: "the 'identity' ({value}) in 'identitySettings'"},
	{host: "Microsoft.App/containerApps", path: "properties.template.scale.rules[].custom.identity", what: "the 'identity' ({value}) of a scale rule"},
	{host: "Microsoft.App/containerApps", path: "properties.template.scale.rules[].azureQueue.identity", what: "the 'identity' ({value}) of a scale rule"},
	{host: "Microsoft.App/jobs", path: "properties.configuration.registries[].identity", what: "the 'identity' ({value}) of a registry"},
	{host: "Microsoft.App/jobs", path: "properties.configuration.secrets[].identity", what: "the 'identity' ({value}) of a secret with 'keyVaultUrl'"},
	{host: "Microsoft.App/jobs", path: "properties.configuration.identitySettings[].identity", what: "the 'identity' ({value}) in 'identitySettings'"},
	{host: "Microsoft.App/jobs", path: "properties.configuration.eventTriggerConfig.scale.rules[].identity", what: "the 'identity' ({value}) of a scale rule"},
	{host: "Microsoft.App/managedEnvironments", path: "properties.customDomainConfiguration.certificateKeyVaultProperties.identity", what: "the 'identity' ({value}) that reads the certificate"},
	{host: "Microsoft.App/managedEnvironments", on: "Microsoft.App/managedEnvironments/certificates", path: "properties.certificateKeyVaultProperties.identity", what: "the 'identity' ({value}) that reads the certificate"},
	{host: "Microsoft.App/sessionPools", path: "properties.customContainerTemplate.registryCredentials.identity", what: "the 'identity' ({value}) of the registry"},
	{host: "Microsoft.ContainerInstance/containerGroups", path: "properties.imageRegistryCredentials[].identity", what: "the 'identity' ({value}) of a registry"},
	{host: "Microsoft.ContainerRegistry/registries/tasks", path: "properties.credentials.customRegistries.*.identity", what: "the 'identity' ({value}) of a registry"},
	{host: "Microsoft.ContainerRegistry/registries/tasks", path: "properties.credentials.sourceRegistry.identity", what: "the 'identity' ({value}) of the source registry"},
	{host: "Microsoft.Batch/batchAccounts/pools", path: "properties.deploymentConfiguration.virtualMachineConfiguration.containerConfiguration.containerRegistries[].identityReference.resourceId", need: needUser, what: "the 'identityReference' of a registry"},
	{host: "Microsoft.Batch/batchAccounts/pools", path: "properties.startTask.resourceFiles[].identityReference.resourceId", need: needUser, what: "the 'identityReference' of a resource file"},

	// Certificates and secrets in Key Vault.
	{host: "Microsoft.Network/applicationGateways", path: "properties.sslCertificates[].properties.keyVaultSecretId", need: needUser, what: "a certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.Network/applicationGateways", path: "properties.trustedRootCertificates[].properties.keyVaultSecretId", need: needUser, what: "a certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.Network/firewallPolicies", path: "properties.transportSecurity.certificateAuthority.keyVaultSecretId", need: needUser, what: "the certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.Network/ExpressRoutePorts", path: "properties.links[].properties.macSecConfig.cknSecretIdentifier", need: needUser, what: "the key in Key Vault ('{leaf}')"},
	{host: "Microsoft.ApiManagement/service", path: "properties.hostnameConfigurations[].keyVaultId", need: needSystem, as: "identityClientId", what: "the certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.ApiManagement/service", on: "Microsoft.ApiManagement/service/namedValues", path: "properties.keyVault.secretIdentifier", need: needSystem, as: "identityClientId", what: "a named value from Key Vault ('{leaf}')"},
	{host: "Microsoft.ApiManagement/service", on: "Microsoft.ApiManagement/service/certificates", path: "properties.keyVault.secretIdentifier", need: needSystem, as: "identityClientId", what: "a certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.SignalRService/signalR", on: "Microsoft.SignalRService/signalR/customCertificates", path: "properties.keyVaultBaseUri", need: needAny, what: "a certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.SignalRService/webPubSub", on: "Microsoft.SignalRService/webPubSub/customCertificates", path: "properties.keyVaultBaseUri", need: needAny, what: "a certificate from Key Vault ('{leaf}')"},
	{host: "Microsoft.Web/staticSites", on: "Microsoft.Web/staticSites/config", path: "properties.*", from: []string{facts.KeyVaultReference}, need: needAny, late: true, what: "a Key Vault reference in a setting"},
	{host: "Microsoft.DataFactory/factories", on: "Microsoft.DataFactory/factories/linkedservices", path: "properties.type", is: []string{"AzureKeyVault"}, need: needAny, late: true, what: "a linked service of the type 'AzureKeyVault'"},

	// Customer-managed keys.
	{host: "Microsoft.Storage/storageAccounts", path: "properties.encryption.keySource", is: []string{keyVault}, need: needSystem, as: "identity.userAssignedIdentity", what: cmk},
	{host: "Microsoft.ServiceBus/namespaces", path: "properties.encryption.keySource", is: []string{keyVault}, need: needSystem, as: "keyVaultProperties[].identity.userAssignedIdentity", what: cmk},
	{host: "Microsoft.EventHub/namespaces", path: "properties.encryption.keySource", is: []string{keyVault}, need: needSystem, as: "keyVaultProperties[].identity.userAssignedIdentity", what: cmk},
	{host: "Microsoft.CognitiveServices/accounts", path: "properties.encryption.keySource", is: []string{keyVault}, need: needSystem, as: "keyVaultProperties.identityClientId", what: cmk},
	{host: "Microsoft.Automation/automationAccounts", path: "properties.encryption.keySource", is: []string{keyVault}, need: needSystem, as: "identity.userAssignedIdentity", what: cmk},
	{host: "Microsoft.Batch/batchAccounts", path: "properties.encryption.keySource", is: []string{keyVault}, need: needAny, what: cmk},
	{host: "Microsoft.NetApp/netAppAccounts", path: "properties.encryption.keySource", is: []string{keyVault}, need: needSystem, as: "identity.userAssignedIdentity", what: cmk},
	{host: "Microsoft.ContainerRegistry/registries", path: "properties.encryption.status", is: []string{"enabled"}, since: "2019-12-01-preview", need: needAny, what: "the customer-managed key ('encryption.{leaf}')"},
	{host: "Microsoft.AppConfiguration/configurationStores", path: "properties.encryption.keyVaultProperties.keyIdentifier", need: needSystem, as: "identityClientId", what: cmk},
	{host: "Microsoft.RecoveryServices/vaults", path: "properties.encryption.keyVaultProperties.keyUri", need: needAny, what: cmk},
	{host: "Microsoft.DataFactory/factories", path: "properties.encryption.vaultBaseUrl", need: needAny, as: "identity.userAssignedIdentity", what: cmk},
	{host: "Microsoft.Kusto/clusters", path: "properties.keyVaultProperties.keyName", need: needSystem, as: "userIdentity", what: cmk},
	{host: "Microsoft.OperationalInsights/clusters", path: "properties.keyVaultProperties.keyVaultUri", need: needAny, what: cmk},
	{host: "Microsoft.Compute/diskEncryptionSets", path: "properties.activeKey.keyUrl", need: needAny, what: cmk},
	{host: "Microsoft.Cache/redisEnterprise", path: "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", need: needUser, what: cmk},
	{host: "Microsoft.DBforPostgreSQL/flexibleServers", path: "properties.dataEncryption.type", is: []string{"AzureKeyVault"}, need: needUser, what: "the customer-managed key ('dataEncryption.{leaf}')"},
	{host: "Microsoft.DBforMySQL/flexibleServers", path: "properties.dataEncryption.type", is: []string{"AzureKeyVault"}, need: needUser, what: "the customer-managed key ('dataEncryption.{leaf}')"},
	{host: "Microsoft.DBforPostgreSQL/servers", on: "Microsoft.DBforPostgreSQL/servers/keys", path: "properties.serverKeyType", is: []string{"AzureKeyVault"}, need: needAny, what: cmk},
	{host: "Microsoft.DBforMySQL/servers", on: "Microsoft.DBforMySQL/servers/keys", path: "properties.serverKeyType", is: []string{"AzureKeyVault"}, need: needAny, what: cmk},
	{host: "Microsoft.DocumentDB/mongoClusters", path: "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", need: needUser, what: cmk},
	{host: "Microsoft.ElasticSan/elasticSans/volumegroups", path: "properties.encryption", is: []string{"EncryptionAtRestWithCustomerManagedKey"}, need: needAny, what: cmk},
	{host: "Microsoft.LoadTestService/loadTests", path: "properties.encryption.keyUrl", need: needAny, what: cmk},
	{host: "Microsoft.Maps/accounts", path: "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", need: needAny, what: cmk},
	{host: "Microsoft.DevCenter/devcenters", path: "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", need: needAny, what: cmk},
	{host: "Microsoft.StorageCache/caches", path: "properties.encryptionSettings.keyEncryptionKey.keyUrl", need: needAny, what: cmk},
	{host: "Microsoft.StorageCache/amlFilesystems", path: "properties.encryptionSettings.keyEncryptionKey.keyUrl", need: needUser, what: cmk},
	{host: "Microsoft.AVS/privateClouds", path: "properties.encryption.status", is: []string{"Enabled"}, need: needAny, what: "the customer-managed key ('encryption.{leaf}')"},
	{host: "Microsoft.DocumentDB/databaseAccounts", path: "properties.defaultIdentity", from: []string{"SystemAssignedIdentity"}, need: needSystem, what: "the '{leaf}'"},
	{host: "Microsoft.DocumentDB/databaseAccounts", path: "properties.defaultIdentity", from: []string{"UserAssignedIdentity="}, need: needUser, what: "the '{leaf}'"},
	{host: "Microsoft.DocumentDB/databaseAccounts", path: "properties.backupPolicy.type", is: []string{"Continuous"}, with: "properties.keyVaultKeyUri", need: needAny, what: "continuous backup with a customer-managed key"},
	{host: "Microsoft.Sql/servers", path: "properties.keyId", need: needAny, what: cmk},
	{host: "Microsoft.Sql/servers", path: "properties.primaryUserAssignedIdentityId", need: needUser, what: "the '{leaf}'"},
	{host: "Microsoft.Sql/servers", on: "Microsoft.Sql/servers/encryptionProtector", path: "properties.serverKeyType", is: []string{"AzureKeyVault"}, need: needAny, what: cmk},
	{host: "Microsoft.Sql/servers", on: "Microsoft.Sql/servers/auditingSettings", path: "properties.isManagedIdentityInUse", is: []string{"true"}, need: needAny, late: true, what: "auditing with '{leaf}'"},
	{host: "Microsoft.Sql/managedInstances", path: "properties.keyId", need: needAny, what: cmk},
	{host: "Microsoft.Sql/managedInstances", path: "properties.primaryUserAssignedIdentityId", need: needUser, what: "the '{leaf}'"},
	{host: "Microsoft.Sql/managedInstances", on: "Microsoft.Sql/managedInstances/encryptionProtector", path: "properties.serverKeyType", is: []string{"AzureKeyVault"}, need: needAny, what: cmk},

	// Delivery, routing and storage as the resource itself.
	{host: "Microsoft.EventGrid/topics", on: "Microsoft.EventGrid/topics/eventSubscriptions", path: "properties.deliveryWithResourceIdentity.identity.type", what: "'deliveryWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/topics", on: "Microsoft.EventGrid/topics/eventSubscriptions", path: "properties.deadLetterWithResourceIdentity.identity.type", what: "'deadLetterWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/domains", on: "Microsoft.EventGrid/domains/eventSubscriptions", path: "properties.deliveryWithResourceIdentity.identity.type", what: "'deliveryWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/domains", on: "Microsoft.EventGrid/domains/eventSubscriptions", path: "properties.deadLetterWithResourceIdentity.identity.type", what: "'deadLetterWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/systemTopics", on: "Microsoft.EventGrid/systemTopics/eventSubscriptions", path: "properties.deliveryWithResourceIdentity.identity.type", what: "'deliveryWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/systemTopics", on: "Microsoft.EventGrid/systemTopics/eventSubscriptions", path: "properties.deadLetterWithResourceIdentity.identity.type", what: "'deadLetterWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/partnerTopics", on: "Microsoft.EventGrid/partnerTopics/eventSubscriptions", path: "properties.deliveryWithResourceIdentity.identity.type", what: "'deliveryWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/partnerTopics", on: "Microsoft.EventGrid/partnerTopics/eventSubscriptions", path: "properties.deadLetterWithResourceIdentity.identity.type", what: "'deadLetterWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/topics", on: "Microsoft.EventGrid/eventSubscriptions", path: "properties.deliveryWithResourceIdentity.identity.type", what: "'deliveryWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/domains", on: "Microsoft.EventGrid/eventSubscriptions", path: "properties.deliveryWithResourceIdentity.identity.type", what: "'deliveryWithResourceIdentity' of an event subscription"},
	{host: "Microsoft.EventGrid/namespaces", path: "properties.topicSpacesConfiguration.routingIdentityInfo.type", what: "'routingIdentityInfo' ({value})"},
	{host: "Microsoft.EventHub/namespaces", on: "Microsoft.EventHub/namespaces/eventhubs", path: "properties.captureDescription.destination.identity.type", what: "capture with the 'identity' of the namespace ({value})"},
	{host: "Microsoft.Devices/IotHubs", path: "properties.routing.endpoints.*[].authenticationType", is: []string{"identityBased"}, need: needSystem, as: "identity.userAssignedIdentity", what: "a routing endpoint with the '{leaf}' {value}"},
	{host: "Microsoft.Devices/IotHubs", path: "properties.storageEndpoints.*.authenticationType", is: []string{"identityBased"}, need: needSystem, as: "identity.userAssignedIdentity", what: "file upload with the '{leaf}' {value}"},
	{host: "Microsoft.DigitalTwins/digitalTwinsInstances", on: "Microsoft.DigitalTwins/digitalTwinsInstances/endpoints", path: "properties.authenticationType", is: []string{"IdentityBased"}, need: needAny, what: "an endpoint with the '{leaf}' {value}"},
	{host: "Microsoft.Kusto/clusters", on: "Microsoft.Kusto/clusters/databases/dataConnections", path: "properties.managedIdentityResourceId", need: needAny, what: "the '{leaf}' of a data connection"},
	{host: "Microsoft.CognitiveServices/accounts", path: "properties.userOwnedStorage[].resourceId", need: needAny, what: "own storage ('userOwnedStorage')"},
	{host: "Microsoft.CognitiveServices/accounts", path: "properties.allowProjectManagement", is: []string{"true"}, need: needAny, what: "'{leaf}'"},
	{host: "Microsoft.Batch/batchAccounts", path: "properties.autoStorage.authenticationMode", is: []string{"BatchAccountManagedIdentity"}, need: needAny, what: "the 'autoStorage' with '{leaf}' {value}"},
	{host: "Microsoft.StreamAnalytics/streamingjobs", path: "properties.inputs[].properties.datasource.properties.authenticationMode", is: []string{"Msi"}, need: needAny, late: true, what: "an input with the '{leaf}' {value}"},
	{host: "Microsoft.StreamAnalytics/streamingjobs", path: "properties.outputs[].properties.datasource.properties.authenticationMode", is: []string{"Msi"}, need: needAny, late: true, what: "an output with the '{leaf}' {value}"},
	{host: "Microsoft.StreamAnalytics/streamingjobs", on: "Microsoft.StreamAnalytics/streamingjobs/inputs", path: "properties.datasource.properties.authenticationMode", is: []string{"Msi"}, need: needAny, late: true, what: "an input with the '{leaf}' {value}"},
	{host: "Microsoft.StreamAnalytics/streamingjobs", on: "Microsoft.StreamAnalytics/streamingjobs/outputs", path: "properties.datasource.properties.authenticationMode", is: []string{"Msi"}, need: needAny, late: true, what: "an output with the '{leaf}' {value}"},
	{host: "Microsoft.StorageSync/storageSyncServices", path: "properties.useIdentity", is: []string{"true"}, need: needAny, what: "'{leaf}'"},
	{host: "Microsoft.DataProtection/backupVaults", on: "Microsoft.DataProtection/backupVaults/backupInstances", path: "properties.dataSourceInfo", need: needAny, what: "a backup instance"},
	{host: "Microsoft.HDInsight/clusters", path: "properties.storageProfile.storageaccounts[].msiResourceId", need: needUser, what: "the '{leaf}' of a storage account"},
	{host: "Microsoft.HDInsight/clusters", path: "properties.securityProfile.msiResourceId", need: needUser, what: "the '{leaf}' of the security profile"},
	{host: "Microsoft.HDInsight/clusters", path: "properties.diskEncryptionProperties.msiResourceId", need: needUser, what: "the '{leaf}' of the disk encryption"},
	{host: "Microsoft.DBforMySQL/flexibleServers", on: "Microsoft.DBforMySQL/flexibleServers/administrators", path: "properties.identityResourceId", need: needUser, what: "the '{leaf}' of the administrator"},

	// Calls to other services.
	{host: "Microsoft.Logic/workflows", path: "properties.definition.**.authentication.type", is: []string{"ManagedServiceIdentity"}, need: needSystem, as: "identity", late: true, what: "an action with the authentication {value}"},
	{host: "Microsoft.Logic/workflows", path: "properties.parameters.$connections.value.*.connectionProperties.authentication.type", is: []string{"ManagedServiceIdentity"}, need: needSystem, as: "identity", what: "a connection with the authentication {value}"},
	{host: "Microsoft.SignalRService/signalR", path: "properties.upstream.templates[].auth.type", is: []string{"ManagedIdentity"}, need: needAny, late: true, what: "an upstream with the authentication {value}"},
	{host: "Microsoft.SignalRService/webPubSub", on: "Microsoft.SignalRService/webPubSub/hubs", path: "properties.eventHandlers[].auth.type", is: []string{"ManagedIdentity"}, need: needAny, late: true, what: "an event handler with the authentication {value}"},
	{host: "Microsoft.Compute/virtualMachines", on: "Microsoft.Compute/virtualMachines/extensions", path: "properties.type", is: []string{"AADSSHLoginForLinux", "AADLoginForWindows"}, need: needSystem, late: true, what: "the extension {value}"},
	{host: "Microsoft.Compute/virtualMachines", on: "Microsoft.Compute/virtualMachines/extensions", path: "properties.type", is: []string{"AzureMonitorWindowsAgent", "AzureMonitorLinuxAgent"}, need: needAny, late: true, what: "the extension {value}"},
}

// named is the kind of identity that a text names: nothing if it is none that
// the resource itself would have.
func named(v value.Value) need {
	s, known := v.Str()
	if known && facts.NamesSystem(s) {
		return needSystem
	}
	if known && value.FoldEqual(s, "UserAssigned") || containsFold(literals(v), "/userAssignedIdentities/") {
		return needUser
	}
	return needNothing
}

func containsFold(s, part string) bool {
	return strings.Contains(value.Fold(s), value.Fold(part))
}

// needed is what is needed, and when.
type needed struct {
	need need
	when value.Condition
}

// uses calls note for each use of a feature by the property of a resource.
func (b byID) uses(r *eval.Resource, note func(use)) {
	for i := range features {
		f := &features[i]
		on := f.on
		if on == "" {
			on = f.host
		}
		if !value.FoldEqual(on, r.Type) || f.tooNew(r) {
			continue
		}
		found, _ := places(r.Body(), f.path)
		for _, at := range found {
			if at.Offered || !f.active(at.Value) || !f.accompanied(r) {
				continue
			}
			b.usesAt(r, f, at, note)
		}
	}
}

func (b byID) usesAt(r *eval.Resource, f *feature, at place, note func(use)) {
	u := use{on: r, what: f.describe(at.Value), late: f.late, at: at.Value.At}
	for _, n := range f.needs(at) {
		for _, host := range b.hosts(r, f.host) {
			when, ok := n.when, true
			if host != r {
				when, ok = when.And(r.When)
			}
			if ok {
				u.host, u.need, u.when = host, n.need, when
				note(u)
			}
		}
	}
}

// tooNew tells whether the api version of the resource does not have the
// property yet: it is ignored.
func (f *feature) tooNew(r *eval.Resource) bool {
	v, ok := r.APIVersion().Str()
	return f.since != "" && ok && v < f.since
}

// active tells whether the value surely switches the feature on.
func (f *feature) active(v value.Value) bool {
	s, known := scalar(v)
	switch {
	case len(f.is) > 0:
		return known && slices.ContainsFunc(f.is, func(w string) bool { return value.FoldEqual(w, s) })
	case len(f.from) > 0:
		return slices.ContainsFunc(f.from, func(w string) bool { return hasPrefixFold(v.Prefix(), w) })
	case f.need == needNothing:
		return named(v) != needNothing
	}
	return present(v)
}

// accompanied tells whether what the feature needs beside it is there.
func (f *feature) accompanied(r *eval.Resource) bool {
	if f.with == "" {
		return true
	}
	found, _ := places(r.Body(), f.with)
	return len(found) > 0 && certain(found[0]) && present(found[0].Value)
}

// present tells whether a value surely says something.
func present(v value.Value) bool {
	switch v.Kind {
	case value.String, value.Text:
		return presentText(v)
	case value.Object:
		return v.Object().Len() > 0
	case value.Unknown:
		return v.Flags&value.Runtime != 0
	}
	return false
}

// presentText is [present] for a text.
func presentText(v value.Value) bool {
	s, known := v.Str()
	return !known || strings.TrimSpace(s) != "" && !isPlaceholder(s)
}

// needs is the kind of identity that the feature takes at a place.
func (f *feature) needs(at place) []needed {
	if f.need == needNothing {
		return []needed{{named(at.Value), at.When}}
	}
	if f.as == "" {
		return []needed{{f.need, at.When}}
	}
	found, exact := places(at.Around, f.as)
	if len(found) == 0 && exact {
		return []needed{{f.need, at.When}}
	}
	if len(found) == 0 {
		return []needed{{needAny, at.When}}
	}
	var out []needed
	for _, other := range found {
		if when, ok := at.When.And(other.When); ok && !other.Offered {
			out = append(out, needed{otherIdentity(other.Value, f.need), when})
		}
	}
	return out
}

// otherIdentity is the kind of an identity that a property names in place of
// the usual one.
func otherIdentity(v value.Value, usual need) need {
	s, known := v.Str()
	switch n := named(v); {
	case n != needNothing:
		return n
	case known && strings.TrimSpace(s) == "":
		return usual
	case present(v):
		return needUser // by its client id
	}
	return needAny
}

func (f *feature) describe(v value.Value) string {
	leaf := f.path[strings.LastIndexByte(f.path, '.')+1:]
	shown := value.Show(v)
	if i := strings.LastIndexByte(shown, '/'); i >= 0 {
		shown = "…" + shown[i:]
	}
	return strings.NewReplacer("{leaf}", leaf, "{value}", "'"+shown+"'").Replace(f.what)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && value.FoldEqual(s[:len(prefix)], prefix)
}
