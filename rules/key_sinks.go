package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// keySink is a property by which a resource is given credentials of others
// although it could sign in with an identity.
type keySink struct {
	types   []string
	path    string // in the way of places; "**" at the end is all below, "a|b" one of the names
	what    string // what to call it, before its name
	grade   string // of CR005
	read    bool   // who can read the resource can read it, so that no credential may stand there
	instead string // how the resource uses an identity, if it has a property of its own for that
}

var (
	webSites      = []string{"Microsoft.Web/sites", "Microsoft.Web/sites/slots"}
	webConfigs    = []string{"Microsoft.Web/sites/config", "Microsoft.Web/sites/slots/config"}
	containerApps = []string{"Microsoft.App/containerApps", "Microsoft.App/jobs"}
	extensions    = []string{"Microsoft.Compute/virtualMachines/extensions", "Microsoft.Compute/virtualMachineScaleSets/extensions", "Microsoft.HybridCompute/machines/extensions"}
	scaleSets     = []string{"Microsoft.Compute/virtualMachineScaleSets"}
	runCommands   = []string{"Microsoft.Compute/virtualMachines/runCommands", "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands", "Microsoft.HybridCompute/machines/runCommands"}
	sqlAudits     = []string{"Microsoft.Sql/servers/auditingSettings", "Microsoft.Sql/servers/extendedAuditingSettings", "Microsoft.Sql/servers/databases/auditingSettings", "Microsoft.Sql/servers/databases/extendedAuditingSettings"}
	aiConnections = []string{"Microsoft.MachineLearningServices/workspaces/connections", "Microsoft.CognitiveServices/accounts/connections", "Microsoft.CognitiveServices/accounts/projects/connections"}
)

// keySinks are the properties that are known. Where Azure takes nothing but a
// key (file shares, log agents, storage of deployment scripts) none is listed;
// linked services, API connections, Stream Analytics and the routes of IoT hubs
// are CR009's.
var keySinks = []keySink{
	{types: webSites, path: "properties.siteConfig.appSettings[].value", what: "the setting", grade: "setting"},
	{types: webSites, path: "properties.siteConfig.connectionStrings[].connectionString", what: "the connection string", grade: "setting"},
	{types: webConfigs, path: "properties.appSettings[].value", what: "the setting", grade: "setting"},
	{types: webConfigs, path: "properties.connectionStrings[].connectionString", what: "the connection string", grade: "setting"},
	{types: webConfigs, path: "properties.*", what: "the setting", grade: "setting"},
	{types: webConfigs, path: "properties.*.value", what: "the connection string", grade: "setting"},

	{types: containerApps, path: "properties.configuration.secrets[].value", what: "the secret", grade: "setting"},
	{types: containerApps, path: "properties.template.containers|initContainers[].env[].value", what: "the environment variable", grade: "setting", read: true},
	{types: []string{"Microsoft.App/managedEnvironments/daprComponents"}, path: "properties.secrets|metadata[].value", what: "the secret", grade: "setting"},
	{types: []string{"Microsoft.ContainerInstance/containerGroups"}, path: "properties.containers|initContainers[].properties.environmentVariables[].value", what: "the environment variable", grade: "setting", read: true},
	{types: []string{"Microsoft.ContainerInstance/containerGroups"}, path: "properties.containers|initContainers[].properties.environmentVariables[].secureValue", what: "the environment variable", grade: "protected"},

	{types: []string{"Microsoft.Resources/deploymentScripts"}, path: "properties.environmentVariables[].value", what: "the environment variable", grade: "setting", read: true},
	{types: []string{"Microsoft.Resources/deploymentScripts"}, path: "properties.arguments", grade: "setting", read: true},
	{types: []string{"Microsoft.Resources/deploymentScripts"}, path: "properties.environmentVariables[].secureValue", what: "the environment variable", grade: "protected"},
	{types: extensions, path: "properties.settings.**", what: "the extension setting", grade: "setting", read: true},
	{types: extensions, path: "properties.protectedSettings.commandToExecute|script", what: "the extension setting", grade: "protected"},
	{types: scaleSets, path: "properties.virtualMachineProfile.extensionProfile.extensions[].properties.settings.**", what: "the extension setting", grade: "setting", read: true},
	{types: scaleSets, path: "properties.virtualMachineProfile.extensionProfile.extensions[].properties.protectedSettings.commandToExecute|script", what: "the extension setting", grade: "protected"},
	{types: runCommands, path: "properties.parameters[].value", what: "the parameter", grade: "setting", read: true},
	{types: runCommands, path: "properties.protectedParameters[].value", what: "the parameter", grade: "protected"},
	{types: []string{"Microsoft.Automation/automationAccounts/variables"}, path: "properties.value", what: "the variable", grade: "setting"},
	{types: []string{"Microsoft.Automation/automationAccounts/jobs"}, path: "properties.parameters.*", what: "the parameter", grade: "setting", read: true},

	{types: aiConnections, path: "properties.credentials.key", grade: "setting", instead: "set 'authType' to 'AAD'"},
	{types: []string{"Microsoft.MachineLearningServices/workspaces/datastores"}, path: "properties.credentials.secrets.key", grade: "setting", instead: "set 'credentialsType' to 'None' and sign in with an identity"},
	{types: []string{"Microsoft.MachineLearningServices/workspaces/datastores"}, path: "properties.AccountKey", grade: "setting", instead: "sign in with an identity"},
	{types: []string{"Microsoft.Devices/IotHubs"}, path: "properties.storageEndpoints.*.connectionString", grade: "setting", instead: "set 'authenticationType' to 'identityBased'"},
	{types: sqlAudits, path: "properties.storageAccountAccessKey", grade: "setting", instead: "set 'isManagedIdentityInUse' to true"},
	{types: []string{"Microsoft.Cache/redis"}, path: "properties.redisConfiguration.rdb-storage-connection-string|aof-storage-connection-string-0|aof-storage-connection-string-1", grade: "setting", instead: "set 'preferred-data-persistence-auth-method' to 'ManagedIdentity'"},
	{types: []string{"Microsoft.ApiManagement/service/loggers"}, path: "properties.credentials.connectionString", grade: "setting", instead: "give 'endpointAddress' and 'identityClientId'"},
	{types: []string{"Microsoft.AppConfiguration/configurationStores/keyValues"}, path: "properties.value", what: "the configuration value", grade: "setting"},
	{types: []string{"Microsoft.KeyVault/vaults/secrets"}, path: "properties.value", what: "the Key Vault secret", grade: "protected"},
}

// keySinkOf is the property that a credential arrives at; nil if it is none
// of the table.
func keySinkOf(s facts.Sink) *keySink {
	if s.Resource == nil {
		return nil
	}
	for i := range keySinks {
		k := &keySinks[i]
		if s.Resource.Is(k.types...) && onPath(s.Steps, k.path) && k.takes(s) {
			return k
		}
	}
	return nil
}

// takes tells whether what only the name of a config child tells apart fits.
func (k *keySink) takes(s facts.Sink) bool {
	if _, isConfig := facts.ConfigOf(s.Resource); !isConfig {
		return true
	}
	switch k.path {
	case "properties.*":
		return facts.ConfigName(s.Resource) == "appsettings"
	case "properties.*.value":
		return facts.ConfigName(s.Resource) == "connectionstrings"
	}
	return facts.ConfigName(s.Resource) == "web"
}

// onPath tells whether the steps to a value are those of a path.
func onPath(at []string, path string) bool {
	want := strings.Split(strings.ReplaceAll(path, "[]", ".[]"), ".")
	if n := len(want) - 1; want[n] == "**" {
		return len(at) > n && onSteps(at[:n], want[:n])
	}
	return len(at) == len(want) && onSteps(at, want)
}

func onSteps(at, want []string) bool {
	for i, w := range want {
		if !onStep(at[i], w) {
			return false
		}
	}
	return true
}

func onStep(at, want string) bool {
	isNumber := at != "" && strings.Trim(at, "0123456789") == ""
	switch want {
	case "*":
		return true
	case "[]":
		return isNumber
	}
	for name := range strings.SplitSeq(want, "|") {
		if value.FoldEqual(at, name) {
			return true
		}
	}
	return false
}

// describe names the property of a sink, and its resource, for messages.
func (k *keySink) describe(s facts.Sink) string {
	if k.path == "properties.value" {
		return fmt.Sprintf("%s '%s'", k.what, called(s.Resource))
	}
	name := s.Steps[len(s.Steps)-1]
	switch {
	case s.Setting != "" && strings.Contains(k.path[strings.LastIndexByte(k.path[:strings.LastIndexByte(k.path, '.')], '.')+1:], "[]"):
		name = s.Setting
	case strings.HasSuffix(k.path, ".*.value"):
		name = s.Steps[len(s.Steps)-2]
	}
	return strings.TrimSpace(fmt.Sprintf("%s '%s' of '%s'", k.what, name, called(s.Resource)))
}

// exposure says who can read what stands in the property, as far as that
// matters.
func (k *keySink) exposure() string {
	if k.read {
		return " in plain text"
	}
	return ""
}
