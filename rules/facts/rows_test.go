package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// object writes an object that has the value at a path: "a.b[].c".
func object(path, v string) string {
	name, rest, more := strings.Cut(path, ".")
	inner := v
	if more {
		inner = object(rest, v)
	}
	if plain, ok := strings.CutSuffix(name, "[]"); ok {
		name, inner = plain, "["+inner+"]"
	}
	return fmt.Sprintf(`{%q: %s}`, name, inner)
}

// holding is a template with one resource that has the value at a path, which
// begins with properties; more are further resources.
func holding(t *testing.T, typ, path, v, more string) *facts.Access {
	t.Helper()
	name := "r" + strings.Repeat("/r", strings.Count(typ, "/")-1)
	properties := strings.TrimSuffix(strings.TrimPrefix(object(path, v), "{"), "}")
	return access(t, `"parameters": {"p": {"type": "string"}}, "resources": [{"type": "`+typ+`", "apiVersion": "1", "name": "`+name+`", `+properties+`}`+more+`]`)
}

// rows splits lines of fields with "|" between.
func rows(text string) [][]string {
	var out [][]string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		fields := strings.Split(line, "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		out = append(out, fields)
	}
	return out
}

// TestSecretProperties: where resources are given passwords and keys.
func TestSecretProperties(t *testing.T) {
	for _, row := range rows(`
		Microsoft.Compute/virtualMachines | properties.osProfile.adminPassword
		Microsoft.Compute/virtualMachineScaleSets/virtualMachines | properties.osProfile.adminPassword
		Microsoft.Compute/virtualMachineScaleSets | properties.virtualMachineProfile.osProfile.adminPassword
		Microsoft.Sql/servers | properties.administratorLoginPassword
		Microsoft.Sql/managedInstances | properties.administratorLoginPassword
		Microsoft.DBforMySQL/flexibleServers | properties.administratorLoginPassword
		Microsoft.DBforPostgreSQL/flexibleServers | properties.administratorLoginPassword
		Microsoft.DBforMySQL/servers | properties.administratorLoginPassword
		Microsoft.DBforPostgreSQL/servers | properties.administratorLoginPassword
		Microsoft.DBforMariaDB/servers | properties.administratorLoginPassword
		Microsoft.DBforPostgreSQL/serverGroupsv2 | properties.administratorLoginPassword
		Microsoft.Synapse/workspaces | properties.sqlAdministratorLoginPassword
		Microsoft.DocumentDB/mongoClusters | properties.administrator.password
		Microsoft.ContainerService/managedClusters | properties.windowsProfile.adminPassword
		Microsoft.ContainerService/managedClusters | properties.servicePrincipalProfile.secret
		Microsoft.ServiceFabric/managedClusters | properties.adminPassword
		Microsoft.Automation/automationAccounts/credentials | properties.password
		Microsoft.Network/connections | properties.sharedKey
		Microsoft.Network/applicationGateways | properties.sslCertificates[].properties.password
		Microsoft.Web/certificates | properties.password
		Microsoft.ContainerInstance/containerGroups | properties.imageRegistryCredentials[].password
		Microsoft.HDInsight/clusters | properties.computeProfile.roles[].osProfile.linuxOperatingSystemProfile.password
		Microsoft.NetApp/netAppAccounts | properties.activeDirectories[].password
		Microsoft.LabServices/labs | properties.virtualMachineProfile.adminUser.password
		Microsoft.DevTestLab/labs/virtualMachines | properties.password`) {
		a := holding(t, row[0], row[1], `"Tr0ub4dor"`, "")
		got := facts.SecretValues(a.Unit.Deployment.Resources[0])
		if len(got) != 1 || value.Show(got[0].Value) != "Tr0ub4dor" || got[0].Path != row[1] {
			t.Errorf("%s: %s: got %+v", row[0], row[1], got)
			continue
		}
		if steps := strings.ReplaceAll(row[1], "[]", ".0"); strings.Join(got[0].Steps, ".") != steps {
			t.Errorf("%s: the steps are %q, want %s", row[0], got[0].Steps, steps)
		}
		if written := facts.WrittenPasswords(a.Unit); len(written) != 1 {
			t.Errorf("%s: %d are written", row[0], len(written))
		}
	}
	for _, none := range []string{`null`, `"[if(true(), null(), 'x')]"`} {
		a := holding(t, "Microsoft.Sql/servers", "properties.administratorLoginPassword", none, "")
		if got := facts.SecretValues(a.Unit.Deployment.Resources[0]); len(got) != 0 {
			t.Errorf("%s: got %+v", none, got)
		}
	}
}

// TestScriptPlaces: where resources bring code with them.
func TestScriptPlaces(t *testing.T) {
	const code = "az group list"
	const encoded = "YXogZ3JvdXAgbGlzdA=="
	for _, row := range rows(`
		Microsoft.Resources/deploymentScripts | properties.scriptContent | plain
		Microsoft.Resources/deploymentScripts | properties.primaryScriptUri | external
		Microsoft.Compute/virtualMachines/runCommands | properties.source.script | plain
		Microsoft.Compute/virtualMachines/runCommands | properties.source.scriptUri | external
		Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands | properties.source.script | plain
		Microsoft.HybridCompute/machines/runCommands | properties.source.script | plain
		Microsoft.HybridCompute/machines/runCommands | properties.source.scriptUri | external
		Microsoft.Compute/virtualMachines/extensions | properties.settings.commandToExecute | plain
		Microsoft.Compute/virtualMachines/extensions | properties.protectedSettings.commandToExecute | plain
		Microsoft.Compute/virtualMachines/extensions | properties.settings.script | encoded
		Microsoft.Compute/virtualMachines/extensions | properties.protectedSettings.script | encoded
		Microsoft.HybridCompute/machines/extensions | properties.settings.commandToExecute | plain
		Microsoft.HybridCompute/machines/extensions | properties.protectedSettings.commandToExecute | plain
		Microsoft.Compute/virtualMachineScaleSets/extensions | properties.settings.commandToExecute | plain
		Microsoft.Compute/virtualMachineScaleSets/extensions | properties.protectedSettings.commandToExecute | plain
		Microsoft.Compute/virtualMachineScaleSets | properties.virtualMachineProfile.extensionProfile.extensions[].properties.settings.commandToExecute | plain
		Microsoft.Compute/virtualMachineScaleSets | properties.virtualMachineProfile.extensionProfile.extensions[].properties.protectedSettings.commandToExecute | plain
		Microsoft.Compute/virtualMachineScaleSets | properties.virtualMachineProfile.osProfile.customData | encoded
		Microsoft.Compute/virtualMachineScaleSets | properties.virtualMachineProfile.userData | encoded
		Microsoft.Compute/virtualMachines | properties.osProfile.customData | encoded
		Microsoft.Compute/virtualMachines | properties.userData | encoded
		Microsoft.Automation/automationAccounts/runbooks | properties.publishContentLink.uri | external`) {
		for _, c := range []struct {
			written, text string
			exact         bool
		}{
			{`"` + code + `"`, code, true},
			{`"` + encoded + `"`, map[bool]string{true: code, false: encoded}[row[2] == "encoded"], row[2] != "encoded"},
			{`"[base64('` + code + `')]"`, map[bool]string{true: code, false: encoded}[row[2] == "encoded"], row[2] != "encoded"},
			{`"[concat('az ', parameters('p'))]"`, "az \x00", false},
		} {
			got := holding(t, row[0], row[1], c.written, "").Scripts()
			if len(got) != 1 {
				t.Errorf("%s: %s: %d scripts", row[0], row[1], len(got))
				continue
			}
			s := got[0]
			switch {
			case row[2] == "external":
				if !s.External || s.Text != "" || s.Exact {
					t.Errorf("%s: %s: got %+v", row[0], row[1], s)
				}
			case s.External || s.Text != c.text || s.Exact != c.exact:
				t.Errorf("%s: %s: %s: got %q, exact %v, external %v", row[0], row[1], c.written, s.Text, s.Exact, s.External)
			}
			if strings.ReplaceAll(strings.Join(s.Path, "."), ".[]", "[]") != row[1] {
				t.Errorf("%s: the path is %q", row[0], s.Path)
			}
		}
	}
}

// TestUseProperties: which properties lead to which service, and as what the
// resource uses it.
func TestUseProperties(t *testing.T) {
	const crypto = "Key Vault Crypto Service Encryption User"
	for _, row := range rows(`
		Microsoft.App/containerApps | properties.configuration.secrets[].keyVaultUrl | https://kv.vault.azure.net/secrets/s | Key Vault Secrets User | reads secrets of
		Microsoft.App/jobs | properties.configuration.secrets[].keyVaultUrl | https://kv.vault.azure.net/secrets/s | Key Vault Secrets User | reads secrets of
		Microsoft.App/containerApps | properties.template.containers[].env[].value | https://kv.blob.core.windows.net/ | Storage Blob Data Reader | reads blobs in
		Microsoft.App/jobs | properties.template.initContainers[].env[].value | https://kv.blob.core.windows.net/ | Storage Blob Data Reader | reads blobs in
		Microsoft.App/containerApps | properties.configuration.secrets[].value | https://kv.queue.core.windows.net/ | Storage Queue Data Reader | reads queues in
		Microsoft.ContainerInstance/containerGroups | properties.containers[].properties.environmentVariables[].value | https://kv.azconfig.io | App Configuration Data Reader | reads configuration from
		Microsoft.ContainerInstance/containerGroups | properties.containers[].properties.environmentVariables[].secureValue | https://kv.azconfig.io | App Configuration Data Reader | reads configuration from
		Microsoft.Resources/deploymentScripts | properties.environmentVariables[].value | https://kv.table.core.windows.net | Storage Table Data Reader | reads tables in
		Microsoft.Web/sites | properties.functionAppConfig.deployment.storage.value | https://kv.blob.core.windows.net/c | Storage Blob Data Contributor | reads its package from
		Microsoft.DataFactory/factories/linkedServices | properties.typeProperties.baseUrl | https://kv.vault.azure.net/ | Key Vault Secrets User | reads secrets of
		Microsoft.DataFactory/factories/linkedServices | properties.typeProperties.serviceEndpoint | https://kv.blob.core.windows.net/ | Storage Blob Data Reader | reads blobs in
		Microsoft.DataFactory/factories/linkedServices | properties.typeProperties.url | https://kv.dfs.core.windows.net/ | Storage Blob Data Reader | reads files in
		Microsoft.Synapse/workspaces/linkedServices | properties.typeProperties.baseUrl | https://kv.vault.azure.net/ | Key Vault Secrets User | reads secrets of
		Microsoft.Synapse/workspaces/linkedServices | properties.typeProperties.serviceEndpoint | https://kv.blob.core.windows.net/ | Storage Blob Data Reader | reads blobs in
		Microsoft.Synapse/workspaces/linkedServices | properties.typeProperties.url | https://kv.dfs.core.windows.net/ | Storage Blob Data Reader | reads files in
		Microsoft.Network/applicationGateways | properties.sslCertificates[].properties.keyVaultSecretId | https://kv.vault.azure.net/secrets/s | Key Vault Secrets User | reads certificates of
		Microsoft.ApiManagement/service | properties.hostnameConfigurations[].keyVaultId | https://kv.vault.azure.net/secrets/s | Key Vault Secrets User | reads certificates of
		Microsoft.ApiManagement/service/namedValues | properties.keyVault.secretIdentifier | https://kv.vault.azure.net/secrets/s | Key Vault Secrets User | reads secrets of
		Microsoft.Storage/storageAccounts | properties.encryption.keyVaultProperties.keyVaultUri
		Microsoft.Automation/automationAccounts | properties.encryption.keyVaultProperties.keyVaultUri
		Microsoft.ServiceBus/namespaces | properties.encryption.keyVaultProperties[].keyVaultUri
		Microsoft.EventHub/namespaces | properties.encryption.keyVaultProperties[].keyVaultUri
		Microsoft.CognitiveServices/accounts | properties.encryption.keyVaultProperties.keyVaultUri
		Microsoft.NetApp/netAppAccounts | properties.encryption.keyVaultProperties.keyVaultUri
		Microsoft.ContainerRegistry/registries | properties.encryption.keyVaultProperties.keyIdentifier
		Microsoft.AppConfiguration/configurationStores | properties.encryption.keyVaultProperties.keyIdentifier
		Microsoft.Batch/batchAccounts | properties.encryption.keyVaultProperties.keyIdentifier
		Microsoft.DataFactory/factories | properties.encryption.vaultBaseUrl
		Microsoft.RecoveryServices/vaults | properties.encryption.keyVaultProperties.keyUri
		Microsoft.Kusto/clusters | properties.keyVaultProperties.keyVaultUri
		Microsoft.OperationalInsights/clusters | properties.keyVaultProperties.keyVaultUri
		Microsoft.Compute/diskEncryptionSets | properties.activeKey.keyUrl
		Microsoft.Cache/redisEnterprise | properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl
		Microsoft.DocumentDB/mongoClusters | properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl
		Microsoft.DBforPostgreSQL/flexibleServers | properties.dataEncryption.primaryKeyURI
		Microsoft.DBforMySQL/flexibleServers | properties.dataEncryption.primaryKeyURI
		Microsoft.DocumentDB/databaseAccounts | properties.keyVaultKeyUri
		Microsoft.Sql/servers | properties.keyId
		Microsoft.Sql/managedInstances | properties.keyId`) {
		if len(row) == 2 {
			row = append(row, "https://kv.vault.azure.net/keys/k", crypto, "encrypts with a key in")
		}
		parent := row[0]
		if i := strings.LastIndexByte(parent, '/'); strings.Count(parent, "/") > 1 {
			parent = parent[:i]
		}
		more := ""
		if parent != row[0] {
			more = `, {"type": "` + parent + `", "apiVersion": "1", "name": "r"}`
		}
		a := holding(t, row[0], row[1], `"`+row[2]+`"`, more)
		var got []string
		for _, r := range a.Unit.Deployment.Resources {
			for _, u := range a.UsesOf(r) {
				got = append(got, fmt.Sprintf("%s: %s %s: %s", r.Type, u.Does, value.Show(u.Name), u.Role))
			}
		}
		if want := fmt.Sprintf("%s: %s kv: %s", parent, row[4], row[3]); strings.Join(got, ", ") != want {
			t.Errorf("%s: %s: got %q, want %s", row[0], row[1], got, want)
		}
		if row[3] != crypto {
			continue
		}
		other := holding(t, row[0], row[1], `"https://kv.blob.core.windows.net/"`, "")
		if uses := other.UsesOf(other.Unit.Deployment.Resources[0]); len(uses) != 0 {
			t.Errorf("%s: a key in %s", row[0], value.Show(uses[0].Name))
		}
	}
}

// TestImages: an image is pulled with an identity only if one is named.
func TestImages(t *testing.T) {
	for _, c := range []struct{ typ, path, object, want string }{
		{"Microsoft.App/containerApps", "properties.configuration.registries[]", `{"server": "cr.azurecr.io", "identity": "system"}`, "AcrPull cr"},
		{"Microsoft.App/jobs", "properties.configuration.registries[]", `{"server": "cr.azurecr.io", "identity": "[parameters('p')]"}`, ""},
		{"Microsoft.App/jobs", "properties.configuration.registries[]", `{"server": "cr.azurecr.io", "identity": "[concat('/', parameters('p'))]"}`, "AcrPull cr"},
		{"Microsoft.App/jobs", "properties.configuration.registries[]", `{"server": "cr.azurecr.io", "identity": " "}`, ""},
		{"Microsoft.App/jobs", "properties.configuration.registries[]", `{"server": "cr.azurecr.io", "identity": null}`, ""},
		{"Microsoft.App/jobs", "properties.configuration.registries[]", `{"server": "cr.azurecr.io", "username": "u"}`, ""},
		{"Microsoft.ContainerInstance/containerGroups", "properties.imageRegistryCredentials[]", `{"server": "cr.azurecr.io", "identity": "x"}`, "AcrPull cr"},
		{"Microsoft.ContainerInstance/containerGroups", "properties.imageRegistryCredentials[]", `{"server": "cr.azurecr.io", "password": "x"}`, ""},
		{"Microsoft.Web/sites", "properties.siteConfig", `{"linuxFxVersion": "DOCKER|cr.azurecr.io/a", "acrUseManagedIdentityCreds": true}`, "AcrPull cr"},
		{"Microsoft.Web/sites", "properties.siteConfig", `{"windowsFxVersion": "DOCKER|cr.azurecr.io/a", "acrUseManagedIdentityCreds": true}`, "AcrPull cr"},
		{"Microsoft.Web/sites/slots", "properties.siteConfig", `{"linuxFxVersion": "DOCKER|cr.azurecr.io/a", "acrUseManagedIdentityCreds": true}`, "AcrPull cr"},
		{"Microsoft.Web/sites", "properties.siteConfig", `{"linuxFxVersion": "DOCKER|cr.azurecr.io/a", "acrUseManagedIdentityCreds": false}`, ""},
	} {
		a := holding(t, c.typ, c.path, c.object, "")
		got := ""
		for _, u := range a.UsesOf(a.Unit.Deployment.Resources[0]) {
			got += u.Role + " " + value.Show(u.Name)
		}
		if got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.typ, c.object, got, c.want)
		}
	}
}
