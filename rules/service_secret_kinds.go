package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// linkedServiceKinds are the kinds of linked service that take a managed
// identity, with their secrets. That they do show the published descriptions
// of the resource type, by a reference to a credential, and
// https://learn.microsoft.com/azure/data-factory/connector-overview.
var linkedServiceKinds = []struct {
	kind    string
	secrets []string
	holds   []string // what a connection string with a secret holds
}{
	{"AzureBlobStorage", []string{"connectionString", "accountKey", "sasUri", "sasToken", "servicePrincipalKey"}, storageSecrets},
	{"AzureBlobFS", []string{"accountKey", "sasUri", "sasToken", "servicePrincipalKey"}, nil},
	{"AzureTableStorage", []string{"connectionString", "accountKey", "sasUri", "sasToken"}, storageSecrets},
	{"AzureDataLakeStore", []string{"servicePrincipalKey"}, nil},
	{"AzureDataExplorer", []string{"servicePrincipalKey"}, nil},
	{"AzureSqlDatabase", []string{"connectionString", "password", "servicePrincipalKey"}, sqlSecrets},
	{"AzureSqlDW", []string{"connectionString", "password", "servicePrincipalKey"}, sqlSecrets},
	{"AzureSqlMI", []string{"connectionString", "password", "servicePrincipalKey"}, sqlSecrets},
	{"CosmosDb", []string{"connectionString", "accountKey"}, storageSecrets},
	{"AzureDatabricks", []string{"accessToken"}, nil},
	{"AzureDatabricksDeltaLake", []string{"accessToken"}, nil},
	{"AzureFunction", []string{"functionKey"}, nil},
	{"AzureMLService", []string{"servicePrincipalKey"}, nil},
}

var (
	storageSecrets = []string{"accountkey=", "sharedaccesssignature="}
	sqlSecrets     = []string{"password=", "pwd="}
)

func linkedServiceSecret(r *eval.Resource) (serviceSecret, bool) {
	kind, _ := r.Get("properties", "type").Str()
	if mayHave(r, "properties.typeProperties.authenticationType", "SystemAssignedManagedIdentity", "UserAssignedManagedIdentity", "Msi") {
		return serviceSecret{}, false
	}
	for _, k := range linkedServiceKinds {
		if !value.FoldEqual(k.kind, kind) {
			continue
		}
		for _, name := range k.secrets {
			found, _ := places(r.Body(), "properties.typeProperties."+name)
			for _, at := range found {
				secret, ok := factorySecret(at, name == "connectionString", k.holds)
				if ok && !at.Offered {
					what := fmt.Sprintf("signs in to its service with a secret ('%s')", name)
					return serviceSecret{secret.Value.At, []string{"properties", "typeProperties", name}, what, secret.When}, true
				}
			}
		}
	}
	return serviceSecret{}, false
}

// factorySecret returns the secret that a property of a linked service holds,
// itself or as a SecureString. A reference to a secret in Key Vault is none.
func factorySecret(at place, connection bool, holds []string) (place, bool) {
	candidates := []place{at}
	if o := at.Value.Object(); o != nil {
		if s, _ := o.Get("type").Str(); !value.FoldEqual(s, "SecureString") {
			return place{}, false
		}
		candidates, _ = places(at.Value, "value")
	}
	for _, c := range candidates {
		when, ok := at.When.And(c.When)
		if ok && !c.Offered && credentialGiven(c.Value) && (!connection || holdsSecret(c.Value, holds)) {
			return place{Value: c.Value, When: when}, true
		}
	}
	return place{}, false
}

// holdsSecret tells whether a connection string surely has a secret in it: a
// whole one that is a secret may have none if it is for a database.
func holdsSecret(v value.Value, holds []string) bool {
	if v.Kind == value.Unknown {
		return v.Symbol().Secret && slices.Contains(holds, storageSecrets[0])
	}
	text := value.Fold(strings.ReplaceAll(literals(v), " ", ""))
	return slices.ContainsFunc(holds, func(s string) bool { return strings.Contains(text, s) })
}

// managedConnectors are the managed connectors of Logic Apps that take a
// managed identity.
// https://learn.microsoft.com/azure/logic-apps/authenticate-with-managed-identity#where-you-can-use-a-managed-identity
var managedConnectors = []string{
	"aci", "arm", "azureautomation", "azureblob", "azuredatafactory", "azuredatalake", "azureeventgrid", "azureloganalytics",
	"azurequeues", "azuresentinel", "azuretables", "azurevm", "documentdb", "eventhubs", "keyvault", "kusto", "servicebus", "sql",
}

// connectionSecrets are the names of the secrets of these connectors.
var connectionSecrets = []string{"accessKey", "connectionString", "password", "sharedkey", "sqlConnectionString", "token:clientSecret"}

func connectionSecret(r *eval.Resource) (serviceSecret, bool) {
	segments, _ := r.Get("properties", "api", "id").Segments()
	connector, _ := segments[len(segments)-1].Str()
	if !slices.Contains(managedConnectors, value.Fold(connector)) || mayHave(r, "properties.parameterValues.gateway") || mayHave(r, "properties.parameterValueSet.values.gateway") {
		return serviceSecret{}, false // a gateway leads out of Azure
	}
	what := fmt.Sprintf("is a connection to '%s' with a secret", value.Fold(connector))
	for _, name := range connectionSecrets {
		if s, ok := firstSecret(r.Body(), what, "properties.parameterValues."+name); ok {
			return s, true
		}
		if s, ok := firstSecret(r.Body(), what, "properties.parameterValueSet.values."+name+".value"); ok {
			return s, true
		}
	}
	return serviceSecret{}, false
}

// streamSources are the inputs and outputs of Stream Analytics that take a
// managed identity, with their secrets.
// https://learn.microsoft.com/azure/stream-analytics/stream-analytics-managed-identities-overview
var streamSources = []struct{ kind, secret string }{
	{"Microsoft.ServiceBus/EventHub", "sharedAccessPolicyKey"},
	{"Microsoft.EventHub/EventHub", "sharedAccessPolicyKey"},
	{"Microsoft.ServiceBus/Queue", "sharedAccessPolicyKey"},
	{"Microsoft.ServiceBus/Topic", "sharedAccessPolicyKey"},
	{"Microsoft.Sql/Server/Database", "password"},
	{"Microsoft.Storage/Blob", "storageAccounts[].accountKey"},
}

func streamSecret(r *eval.Resource) (serviceSecret, bool) {
	version, _ := r.APIVersion().Str()
	if version < "2017-04-01-preview" {
		return serviceSecret{}, false // has no identities
	}
	for _, path := range []string{"properties.datasource", "properties.inputs[].properties.datasource", "properties.outputs[].properties.datasource"} {
		sources, _ := places(r.Body(), path)
		for _, at := range sources {
			s, ok := sourceSecret(at.Value)
			if when, feasible := at.When.And(s.when); ok && feasible && !at.Offered {
				s.path, s.when = strings.Split(strings.ReplaceAll(path, "[]", ""), "."), when
				return s, true
			}
		}
	}
	return serviceSecret{}, false
}

// sourceSecret is the secret of an input or output that does not sign in by
// identity.
func sourceSecret(source value.Value) (serviceSecret, bool) {
	kind, _ := source.Get("type").Str()
	modes, exact := places(source, "properties.authenticationMode")
	if !exact || !onlyText(modes, "ConnectionString") {
		return serviceSecret{}, false
	}
	for _, s := range streamSources {
		if value.FoldEqual(s.kind, kind) {
			return firstSecret(source, "reads or writes with a key or a password", "properties."+s.secret)
		}
	}
	return serviceSecret{}, false
}

// routingSecret is the connection string of an endpoint to which an IoT hub
// routes messages.
// https://learn.microsoft.com/azure/iot-hub/iot-hub-managed-identity#message-routing
func routingSecret(r *eval.Resource) (serviceSecret, bool) {
	endpoints, _ := places(r.Body(), "properties.routing.endpoints.*[]")
	for _, at := range endpoints {
		if modes, exact := places(at.Value, "authenticationType"); !exact || !onlyText(modes, "keyBased") {
			continue
		}
		s, ok := firstSecret(at.Value, "routes messages with a connection string", "connectionString")
		if when, feasible := at.When.And(s.when); ok && feasible && !at.Offered {
			s.path, s.when = []string{"properties", "routing", "endpoints"}, when
			return s, true
		}
	}
	return serviceSecret{}, false
}
