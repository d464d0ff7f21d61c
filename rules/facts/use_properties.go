package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// useProperty is a property that holds the address of a service.
type useProperty struct {
	types []string
	path  string // see Places
	with  string // a member of the object around it that must be there: it names the identity
	does  string // "" if the service tells
	role  string
}

const encryption, encryptionRole = "encrypts with a key in", "Key Vault Crypto Service Encryption User"

// containerTypes are the types that run containers with settings of their own.
var containerTypes = []string{"Microsoft.App/containerApps", "Microsoft.App/jobs"}

// useProperties are the properties by which resources use a service as
// themselves. Those of customer-managed keys stand in the descriptions of the
// types.
var useProperties = []useProperty{
	{types: containerTypes, path: "properties.configuration.secrets[].keyVaultUrl", does: "reads secrets of", role: "Key Vault Secrets User"},
	{types: containerTypes, path: "properties.configuration.registries[].server", with: "identity"},
	{types: containerTypes, path: "properties.template.containers[].env[].value"},
	{types: containerTypes, path: "properties.template.initContainers[].env[].value"},
	{types: containerTypes, path: "properties.configuration.secrets[].value"},
	{types: []string{"Microsoft.ContainerInstance/containerGroups"}, path: "properties.imageRegistryCredentials[].server", with: "identity"},
	{types: []string{"Microsoft.ContainerInstance/containerGroups"}, path: "properties.containers[].properties.environmentVariables[].value"},
	{types: []string{"Microsoft.ContainerInstance/containerGroups"}, path: "properties.containers[].properties.environmentVariables[].secureValue"},
	{types: []string{"Microsoft.Resources/deploymentScripts"}, path: "properties.environmentVariables[].value"},
	{types: siteTypes, path: "properties.siteConfig.linuxFxVersion", with: "acrUseManagedIdentityCreds"},
	{types: siteTypes, path: "properties.siteConfig.windowsFxVersion", with: "acrUseManagedIdentityCreds"},
	{types: []string{"Microsoft.Web/sites"}, path: "properties.functionAppConfig.deployment.storage.value", does: "reads its package from", role: "Storage Blob Data Contributor"},

	{types: []string{"Microsoft.DataFactory/factories/linkedServices", "Microsoft.Synapse/workspaces/linkedServices"}, path: "properties.typeProperties.baseUrl"},
	{types: []string{"Microsoft.DataFactory/factories/linkedServices", "Microsoft.Synapse/workspaces/linkedServices"}, path: "properties.typeProperties.serviceEndpoint"},
	{types: []string{"Microsoft.DataFactory/factories/linkedServices", "Microsoft.Synapse/workspaces/linkedServices"}, path: "properties.typeProperties.url"},
	{types: []string{"Microsoft.Network/applicationGateways"}, path: "properties.sslCertificates[].properties.keyVaultSecretId", does: "reads certificates of", role: "Key Vault Secrets User"},
	{types: []string{"Microsoft.ApiManagement/service"}, path: "properties.hostnameConfigurations[].keyVaultId", does: "reads certificates of", role: "Key Vault Secrets User"},
	{types: []string{"Microsoft.ApiManagement/service/namedValues"}, path: "properties.keyVault.secretIdentifier", does: "reads secrets of", role: "Key Vault Secrets User"},

	{types: []string{"Microsoft.Storage/storageAccounts", "Microsoft.Automation/automationAccounts"}, path: "properties.encryption.keyVaultProperties.keyVaultUri", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.ServiceBus/namespaces", "Microsoft.EventHub/namespaces"}, path: "properties.encryption.keyVaultProperties[].keyVaultUri", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.CognitiveServices/accounts", "Microsoft.NetApp/netAppAccounts"}, path: "properties.encryption.keyVaultProperties.keyVaultUri", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.ContainerRegistry/registries", "Microsoft.AppConfiguration/configurationStores", "Microsoft.Batch/batchAccounts"}, path: "properties.encryption.keyVaultProperties.keyIdentifier", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.DataFactory/factories"}, path: "properties.encryption.vaultBaseUrl", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.RecoveryServices/vaults"}, path: "properties.encryption.keyVaultProperties.keyUri", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.Kusto/clusters", "Microsoft.OperationalInsights/clusters"}, path: "properties.keyVaultProperties.keyVaultUri", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.Compute/diskEncryptionSets"}, path: "properties.activeKey.keyUrl", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.Cache/redisEnterprise", "Microsoft.DocumentDB/mongoClusters"}, path: "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforMySQL/flexibleServers"}, path: "properties.dataEncryption.primaryKeyURI", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.DocumentDB/databaseAccounts"}, path: "properties.keyVaultKeyUri", does: encryption, role: encryptionRole},
	{types: []string{"Microsoft.Sql/servers", "Microsoft.Sql/managedInstances"}, path: "properties.keyId", does: encryption, role: encryptionRole},
}

// propertyUses adds what the properties of a resource tell.
func (a *Access) propertyUses(r *eval.Resource) {
	for i := range useProperties {
		p := &useProperties[i]
		if !r.Is(p.types...) {
			continue
		}
		found, _ := Places(r.Body(), p.path)
		for _, at := range found {
			if !at.Offered && p.active(at) {
				a.addPropertyUses(r, p, at)
			}
		}
	}
}

// active tells whether the identity is surely meant.
func (p *useProperty) active(at Place) bool {
	if p.with == "" {
		return true
	}
	v := at.Around.Get(p.with)
	if b, isBool := v.Bool(); isBool {
		return b
	}
	s, known := v.Str()
	return v.Kind == value.Text || known && strings.TrimSpace(s) != ""
}

func (a *Access) addPropertyUses(r *eval.Resource, p *useProperty, at Place) {
	host, when, ok := a.HostOf(r), at.When, true
	if host == nil {
		return
	}
	if host != r {
		when, ok = when.And(r.When)
	}
	for _, t := range a.TargetsIn(at.Value) {
		if vault := value.FoldEqual(t.Type, "Microsoft.KeyVault/vaults"); p.role == encryptionRole && !vault {
			continue
		}
		if p.role != "" {
			t.Service = azure.Service{Type: t.Type, Domain: t.Domain, Does: p.does, Role: p.role}
		}
		if ok {
			a.addUse(Use{Host: host, Target: t, Key: holdsKey(at.Value), At: at.Value.At, When: when})
		}
	}
}
