package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// naming is a property that must name an identity which the resource has, or
// the one that it is part of.
type naming struct {
	on   string // resource type
	path string // as in the facts
	late bool   // the deployment succeeds, and what needs the identity fails at run time
}

// namings holds such properties as the table of features lacks. What a service
// signs in with is one of the identities of its own resource; properties that
// speak of other resources, such as the kubelet identity of a cluster, the
// identities of a build machine, or those of a job's compute, are not here.
//
// https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
// https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection
// https://learn.microsoft.com/azure/azure-monitor/agents/azure-monitor-agent-requirements
// https://learn.microsoft.com/azure/data-factory/credentials
// https://learn.microsoft.com/azure/postgresql/security/security-data-encryption
// https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key
// https://learn.microsoft.com/azure/event-grid/managed-service-identity
var namings = []naming{
	{"Microsoft.Web/sites", "properties.keyVaultReferenceIdentity", true},
	{"Microsoft.Web/sites", "properties.siteConfig.keyVaultReferenceIdentity", true},
	{"Microsoft.Web/sites", "properties.functionAppConfig.deployment.storage.authentication.userAssignedIdentityResourceId", true},
	{"Microsoft.Web/sites", "properties.siteConfig.appSettings[name=*__clientId].value", true},
	{"Microsoft.Web/sites", "properties.siteConfig.appSettings[name=*__managedIdentityResourceId].value", true},
	{"Microsoft.Web/sites", "properties.siteConfig.appSettings[name=AZURE_CLIENT_ID].value", true},
	{"Microsoft.Web/sites", "properties.siteConfig.appSettings[name=WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID].value", true},
	{"Microsoft.Web/sites/config", "properties.keyVaultReferenceIdentity", true},
	{"Microsoft.Web/sites/config", "properties.*__clientId", true},
	{"Microsoft.Web/sites/config", "properties.*__managedIdentityResourceId", true},
	{"Microsoft.Web/sites/config", "properties.AZURE_CLIENT_ID", true},
	{"Microsoft.Web/sites/config", "properties.WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID", true},
	{"Microsoft.Web/sites/sitecontainers", "properties.userManagedIdentityClientId", true},
	{"Microsoft.App/containerApps", "properties.template.containers[].env[name=AZURE_CLIENT_ID].value", true},
	{"Microsoft.App/jobs", "properties.template.containers[].env[name=AZURE_CLIENT_ID].value", true},
	{"Microsoft.ContainerInstance/containerGroups", "properties.containers[].properties.environmentVariables[name=AZURE_CLIENT_ID].value", true},
	{"Microsoft.ContainerInstance/containerGroups", "properties.encryptionProperties.identity", false},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.settings.authentication.managedIdentity.identifier-value", true},
	{"Microsoft.Compute/virtualMachineScaleSets/extensions", "properties.settings.authentication.managedIdentity.identifier-value", true},
	{"Microsoft.DataFactory/factories/credentials", "properties.typeProperties.resourceId", true},

	{"Microsoft.DBforPostgreSQL/flexibleServers", "properties.dataEncryption.primaryUserAssignedIdentityId", false},
	{"Microsoft.DBforPostgreSQL/flexibleServers", "properties.dataEncryption.geoBackupUserAssignedIdentityId", false},
	{"Microsoft.DBforMySQL/flexibleServers", "properties.dataEncryption.primaryUserAssignedIdentityId", false},
	{"Microsoft.DBforMySQL/flexibleServers", "properties.dataEncryption.geoBackupUserAssignedIdentityId", false},
	{"Microsoft.MachineLearningServices/workspaces", "properties.primaryUserAssignedIdentity", false},
	{"Microsoft.ContainerRegistry/registries", "properties.encryption.keyVaultProperties.identity", false},
	{"Microsoft.RecoveryServices/vaults", "properties.encryption.kekIdentity.userAssignedIdentity", false},
	{"Microsoft.DataProtection/backupVaults", "properties.securitySettings.encryptionSettings.kekIdentity.identityId", false},
	{"Microsoft.DataProtection/backupVaults/backupInstances", "properties.identityDetails.userAssignedIdentityArmUrl", false},
	{"Microsoft.Cache/redisEnterprise", "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyIdentity.userAssignedIdentityResourceId", false},
	{"Microsoft.DevCenter/devcenters", "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyIdentity.userAssignedIdentityResourceId", false},
	{"Microsoft.DocumentDB/mongoClusters", "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyIdentity.userAssignedIdentityResourceId", false},
	{"Microsoft.Maps/accounts", "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyIdentity.userAssignedIdentityResourceId", false},
	{"Microsoft.LoadTestService/loadTests", "properties.encryption.identity.resourceId", false},
	{"Microsoft.ElasticSan/elasticSans/volumegroups", "properties.encryptionProperties.identity.userAssignedIdentity", false},
	{"Microsoft.Synapse/workspaces", "properties.encryption.cmk.kekIdentity.userAssignedIdentity", false},

	{"Microsoft.EventHub/namespaces/eventhubs", "properties.captureDescription.destination.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/namespaces", "properties.topicSpacesConfiguration.routingIdentityInfo.userAssignedIdentity", false},
	{"Microsoft.EventGrid/topics/eventSubscriptions", "properties.deliveryWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/topics/eventSubscriptions", "properties.deadLetterWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/domains/eventSubscriptions", "properties.deliveryWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/domains/eventSubscriptions", "properties.deadLetterWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/systemTopics/eventSubscriptions", "properties.deliveryWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/systemTopics/eventSubscriptions", "properties.deadLetterWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/partnerTopics/eventSubscriptions", "properties.deliveryWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.EventGrid/partnerTopics/eventSubscriptions", "properties.deadLetterWithResourceIdentity.identity.userAssignedIdentity", false},
	{"Microsoft.DigitalTwins/digitalTwinsInstances/endpoints", "properties.identity.userAssignedIdentity", false},
}

// namingOf finds what is known of a property that names an identity. Slots are
// like sites.
func namingOf(u facts.Usage) (naming, bool) {
	on := u.Resource.Type
	if hasPrefixFold(on, "Microsoft.Web/sites/slots") {
		on = "Microsoft.Web/sites" + on[len("Microsoft.Web/sites/slots"):]
	}
	for _, n := range namings {
		if n.path == u.Path && value.FoldEqual(n.on, on) {
			return n, true
		}
	}
	for i := range features {
		f := &features[i]
		if f.named(u) {
			return naming{u.Resource.Type, u.Path, f.late}, true
		}
	}
	return naming{}, false
}

// named tells whether the property is the one by which the feature, or what
// stands beside it, names the identity.
func (f *feature) named(u facts.Usage) bool {
	on := f.on
	if on == "" {
		on = f.host
	}
	if !value.FoldEqual(on, u.Resource.Type) {
		return false
	}
	if f.as != "" && samePath(f.path[:strings.LastIndexByte(f.path, '.')+1]+f.as, u.Path) {
		return true
	}
	return samePath(f.path, u.Path)
}

// samePath compares a path with one that has names where it has "*".
func samePath(pattern, path string) bool {
	return slices.EqualFunc(strings.Split(pattern, "."), strings.Split(path, "."), func(p, name string) bool {
		return p == name || p == "*" || p == "*[]" && strings.HasSuffix(name, "[]")
	})
}
