package rules

import (
	"strings"
	"sync"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// storageUsers knows who of a unit uses which storage account, worked out when
// first asked for. Accounts are known by their names, which are unique.
type storageUsers struct {
	p      *Pass
	done   bool
	keyed  map[string]bool // accounts that a feature needs the key of
	any    bool            // such a feature does not tell of which account
	signIn map[string]signIn
	lists  func() bool // a template reads keys that may be those of an account
}

func (p *Pass) storageUsers() *storageUsers {
	return &storageUsers{p: p, lists: sync.OnceValue(p.listsStorageKeys)}
}

type signIn struct {
	who string
	at  value.Span
}

// needKey tells whether something of the unit cannot do without the key of the
// account, or may be such a thing.
func (u *storageUsers) needKey(r *eval.Resource) bool {
	u.load()
	return u.any || u.keyed[resourceid.Key(r.Name())] || mayHave(r, "kind", "FileStorage")
}

// byIdentity names a resource that signs in to the account by identity.
func (u *storageUsers) byIdentity(r *eval.Resource) (string, value.Span) {
	u.load()
	s := u.signIn[resourceid.Key(r.Name())]
	return s.who, s.at
}

// keyFeatures are the properties that name a storage account to which only
// its key leads. What a share is mounted with, and how boot diagnostics and
// flow logs are written, is documented with each service; where an identity
// has become possible lately the list is generous.
var keyFeatures = []struct{ on, path string }{
	{"Microsoft.App/managedEnvironments/storages", "properties.azureFile.accountName"},
	{"Microsoft.App/connectedEnvironments/storages", "properties.azureFile.accountName"},
	{"Microsoft.Batch/batchAccounts/pools", "properties.mountConfiguration[].azureFileShareConfiguration.accountName"},
	{"Microsoft.Compute/virtualMachines", "properties.diagnosticsProfile.bootDiagnostics.storageUri"},
	{"Microsoft.Compute/virtualMachineScaleSets", "properties.virtualMachineProfile.diagnosticsProfile.bootDiagnostics.storageUri"},
	{"Microsoft.Compute/virtualMachineScaleSets", "properties.virtualMachineProfile.extensionProfile.extensions[].properties.settings.storageAccount"},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.settings.storageAccount"},
	{"Microsoft.Compute/virtualMachines/extensions", "properties.protectedSettings.storageAccountName"},
	{"Microsoft.ContainerInstance/containerGroups", "properties.volumes[].azureFile.storageAccountName"},
	{"Microsoft.HDInsight/clusters", "properties.storageProfile.storageaccounts[].name"},
	{"Microsoft.Network/networkWatchers/flowLogs", "properties.storageId"},
	{"Microsoft.Resources/deploymentScripts", "properties.storageAccountSettings.storageAccountName"},
	{"Microsoft.ServiceFabric/clusters", "properties.diagnosticsStorageAccountConfig.storageAccountName"},
	{"Microsoft.SqlVirtualMachine/sqlVirtualMachines", "properties.autoBackupSettings.storageAccountUrl"},
	{"Microsoft.Web/sites", "properties.siteConfig.azureStorageAccounts.*.accountName"},
	{"Microsoft.Web/sites/slots", "properties.siteConfig.azureStorageAccounts.*.accountName"},
	{"Microsoft.Web/sites/config", "properties.*.accountName"},
	{"Microsoft.Web/sites/slots/config", "properties.*.accountName"},
}

func (u *storageUsers) load() {
	if u.done {
		return
	}
	u.done, u.keyed, u.signIn = true, map[string]bool{}, map[string]signIn{}
	for r := range u.p.deployed {
		if r.Is(storageAccounts + "/fileServices/shares") {
			segments, _ := r.Name().Segments()
			u.needs(segments[0]) // mounted, as a rule, with the key
		}
		for _, f := range keyFeatures {
			if !value.FoldEqual(f.on, r.Type) {
				continue
			}
			found, _ := places(r.Body(), f.path)
			for _, at := range found {
				u.needs(at.Value)
			}
		}
		u.addSettings(r)
	}
	u.addGrants()
}

// holder identifies a principal.
type holder struct {
	identity *eval.Resource
	system   bool
	id       string
}

func holderOf(g *facts.Grant) holder {
	if g.Principal.Resource != nil {
		return holder{identity: g.Principal.Resource, system: g.Principal.System}
	}
	return holder{id: value.Key(g.Principal.Value)}
}

// addGrants adds the workloads with roles for data, but for those that may
// read the keys as well: they may sign in with these.
func (u *storageUsers) addGrants() {
	readers := map[holder]bool{}
	for g := range u.p.Access.GrantsOn(facts.RBAC) {
		for _, role := range g.Roles {
			if !role.Known || classes(role)&(azure.Credential|azure.Broad) != 0 {
				readers[holderOf(g)] = true
			}
		}
	}
	for g := range u.p.Access.GrantsOn(facts.RBAC) {
		if g.Level == resourceid.Resource && workload(g) && !readers[holderOf(g)] {
			u.addGrant(g)
		}
	}
}

// addGrant adds a workload with a role for data at an account or below.
func (u *storageUsers) addGrant(g *facts.Grant) {
	id, ok := resourceid.Parse(g.Scope)
	if !ok || !hasPrefixFold(id.Type+"/", storageAccounts+"/") || len(id.Names) == 0 {
		return
	}
	key := resourceid.Key(id.Names[0])
	for _, role := range g.Roles {
		for _, b := range role.Blocks() {
			if _, seen := u.signIn[key]; !seen && !role.Offered && len(b.DataActions) > 0 {
				u.signIn[key] = signIn{who(g), Head(g.Resource)}
			}
		}
	}
}

func (u *storageUsers) needs(v value.Value) {
	if key, known := storageAccountIn(v); known {
		u.keyed[key] = true
	} else {
		u.any = true
	}
}

// addSettings adds what the settings of a site tell, or its deployment.
func (u *storageUsers) addSettings(r *eval.Resource) {
	switch {
	case r.Is(webSites...):
		u.addDeployment(r)
	case !r.Is(webConfigs...):
		return
	}
	for _, one := range facts.SiteOf(r).Settings {
		switch {
		case value.FoldEqual(one.Name, "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"):
			u.needs(one.Value)
		case facts.IsStorageConnection(one.Name):
			u.signsIn(one.Value, r)
		}
	}
}

// addDeployment adds the account that a Flex Consumption app reads its package
// from.
func (u *storageUsers) addDeployment(r *eval.Resource) {
	const storage = "properties.functionAppConfig.deployment.storage."
	how, _ := places(r.Body(), storage+"authentication.type")
	from, _ := places(r.Body(), storage+"value")
	for _, at := range how {
		if s, _ := at.Value.Str(); strings.HasSuffix(value.Fold(s), "assignedidentity") && len(from) == 1 && !at.Offered {
			u.signsIn(from[0].Value, r)
		}
	}
}

func (u *storageUsers) signsIn(v value.Value, r *eval.Resource) {
	key, known := storageAccountIn(v)
	if _, seen := u.signIn[key]; known && !seen {
		segments, _ := r.Name().Segments() // a config is part of its site
		u.signIn[key] = signIn{"'" + value.ShowAll(segments[0]) + "'", Head(r)}
	}
}
