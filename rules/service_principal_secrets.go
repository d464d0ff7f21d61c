package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// CR009 reports resources that sign in elsewhere with a key, a password or a
// service principal although they take a managed identity for that, and AKS
// clusters with local accounts. Clusters with a service principal are ID002's.
var CR009 = add("CR009", func(p *Pass) {
	ids := p.byID()
	for r := range p.deployed {
		if s, ok := serviceSecretOf(r); ok {
			p.reportServiceSecret(r, s)
		}
		if r.Is("Microsoft.ContainerService/managedClusters") {
			p.judgeLocalAccounts(ids, r)
		}
		p.judgeIdentityExtension(r)
	}
})

func (p *Pass) reportServiceSecret(r *eval.Resource, s serviceSecret) {
	f := Finding{
		At: s.at, Resource: r, Path: strings.Join(s.path, "."), When: s.when,
		Message: fmt.Sprintf("'%s' %s: a managed identity needs none", called(r), s.what),
		Related: because(r, "the secret", s.path...),
	}
	if !inside(f.At, r.Body().At) {
		f.At = spot(r, s.path...)
	}
	p.report("secret", f)
}

// serviceSecret is a secret in place of which an identity would serve.
type serviceSecret struct {
	at   value.Span
	path []string // of the property, as far as it has names
	what string   // what the resource does with it
	when value.Condition
}

// serviceSecretOf returns the first secret of a resource that a managed
// identity would replace. Secrets that are written in the template are not
// among them: these are reported as such (CR006). What a list*() function
// yields is: of the resources judged here CR005 need not speak.
func serviceSecretOf(r *eval.Resource) (serviceSecret, bool) {
	for _, judge := range []struct {
		types []string
		of    func(*eval.Resource) (serviceSecret, bool)
	}{
		{[]string{"Microsoft.DataFactory/factories/linkedServices", "Microsoft.Synapse/workspaces/linkedServices"}, linkedServiceSecret},
		{[]string{"Microsoft.Web/connections"}, connectionSecret},
		{[]string{"Microsoft.StreamAnalytics/streamingjobs", "Microsoft.StreamAnalytics/streamingjobs/inputs", "Microsoft.StreamAnalytics/streamingjobs/outputs"}, streamSecret},
		{[]string{"Microsoft.Devices/IotHubs"}, routingSecret},
		{[]string{"Microsoft.Automation/automationAccounts/connections"}, runAsConnection},
	} {
		if r.Is(judge.types...) {
			return judge.of(r)
		}
	}
	return serviceSecret{}, false
}

// clusterSecret is the secret of the service principal that a cluster without
// an identity runs as. It is ID002's to tell.
// https://learn.microsoft.com/azure/aks/use-managed-identity
func clusterSecret(r *eval.Resource) (serviceSecret, bool) {
	clients, _ := places(r.Body(), "properties.servicePrincipalProfile.clientId")
	for _, at := range clients {
		if s, _ := at.Value.Str(); value.FoldEqual(s, "msi") || isPlaceholder(s) {
			return serviceSecret{}, false // an identity after all
		}
	}
	if !onlyPlaces(r, "identity.type", "None") {
		return serviceSecret{}, false
	}
	return firstSecret(r.Body(), "runs as a service principal with a secret", "properties.servicePrincipalProfile.secret")
}

// runAsConnection is a connection by which runbooks sign in as a service
// principal.
// https://learn.microsoft.com/azure/automation/migrate-run-as-accounts-managed-identity
func runAsConnection(r *eval.Resource) (serviceSecret, bool) {
	found, _ := places(r.Body(), "properties.connectionType.name")
	for _, at := range found {
		if s, _ := at.Value.Str(); value.FoldEqual(s, "AzureServicePrincipal") && !at.Offered {
			return serviceSecret{at.Value.At, []string{"properties", "connectionType", "name"}, "lets runbooks sign in as a service principal with a certificate", at.When}, true
		}
	}
	return serviceSecret{}, false
}

// firstSecret looks for a secret that surely stands at a path in v.
func firstSecret(v value.Value, what, path string) (serviceSecret, bool) {
	found, _ := places(v, path)
	for _, at := range found {
		if !at.Offered && credentialGiven(at.Value) {
			return serviceSecret{at.Value.At, strings.Split(path, "."), what, at.When}, true
		}
	}
	return serviceSecret{}, false
}

// credentialGiven tells whether a value surely is a secret, but not one that
// the template itself holds.
func credentialGiven(v value.Value) bool {
	if ref, _ := eval.ReferenceOf(v); ref != nil && ref.List != "" {
		return true
	}
	return v.Kind != value.String && secretGiven(v)
}

// https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad
var localAccounts = authSwitch{path: "properties.disableLocalAccounts", bad: "false", since: "2021-03-01", absent: true, exempt: automaticCluster}

// automaticCluster tells whether a cluster may be one that has no local
// accounts to begin with.
func automaticCluster(_ *Pass, r *eval.Resource) bool { return mayHave(r, "sku.name", "Automatic") }

func (p *Pass) judgeLocalAccounts(ids byID, r *eval.Resource) {
	localAccounts.reportAll(p, ids, r, "local accounts",
		fmt.Sprintf("'%s' has local accounts: whoever gets their certificate has the cluster, without a sign-in", called(r)))
}

// judgeIdentityExtension reports the extension by which machines once got
// tokens, and the agent that takes a key.
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/howto-migrate-vm-extension
func (p *Pass) judgeIdentityExtension(r *eval.Resource) {
	path := "properties.type"
	switch {
	case r.Is("Microsoft.Compute/virtualMachines/extensions", "Microsoft.Compute/virtualMachineScaleSets/extensions"):
	case r.Is("Microsoft.Compute/virtualMachineScaleSets"):
		path = "properties.virtualMachineProfile.extensionProfile.extensions[].properties.type"
	default:
		return
	}
	found, _ := places(r.Body(), path)
	for _, at := range found {
		s, _ := at.Value.Str()
		grade, why := retiredExtension(s)
		if at.Offered || grade == "" {
			continue
		}
		f := Finding{At: at.Value.At, Resource: r, Path: path, When: at.When, Message: fmt.Sprintf("the extension '%s' is retired: %s", s, why)}
		if !inside(f.At, r.Body().At) {
			f.At = Head(r)
		}
		p.report(grade, f)
	}
}

// retiredExtension judges the type of an extension: one that handed out tokens,
// or the agent that signs in to its workspace with a key.
// https://learn.microsoft.com/azure/azure-monitor/agents/azure-monitor-agent-migration
func retiredExtension(kind string) (grade, why string) {
	switch strings.ToLower(kind) {
	case "managedidentityextensionforlinux", "managedidentityextensionforwindows":
		return "retired extension", "a machine with an identity gets tokens without it"
	case "microsoftmonitoringagent", "omsagentforlinux":
		return "retired agent", "it signs in with the key of a workspace, the Azure Monitor agent with the identity of the machine"
	}
	return "", ""
}
