package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR007 reports function apps that reach their own storage account with a key:
// by the setting AzureWebJobsStorage, or where a Flex Consumption app gets its
// code. The key for the content share is only mentioned.
var CR007 = add("CR007", func(p *Pass) {
	ids := p.byID()
	flows := p.Access.Flows()
	seen := map[value.Span]bool{}
	for i := range flows {
		if f := &flows[i]; holdsStorageKey(f) && !seen[f.At] && value.FoldEqual(webSetting(f.Sink), hostStorage) {
			if host, kind := ids.webHost(f.Sink.Resource); (kind == functionApp || kind == unknownApp) && !p.firstRuntime(host) {
				seen[f.At] = true
				p.hostStorageKey(f, host, contentShare(flows, f.Sink.Resource))
			}
		}
	}
	for r := range p.deployed {
		if r.Is(webSites...) {
			p.flexStorageKey(r)
		}
	}
})

// firstRuntime tells whether an app runs on version 1 of the runtime, which
// takes nothing but a key.
// https://learn.microsoft.com/azure/azure-functions/functions-versions
func (p *Pass) firstRuntime(host *eval.Resource) bool {
	for _, s := range p.Access.Sites() {
		if s.Host != host {
			continue
		}
		for _, one := range s.Settings {
			if v, ok := one.Value.Str(); ok && value.FoldEqual(one.Name, "FUNCTIONS_EXTENSION_VERSION") && (v == "~1" || strings.HasPrefix(v, "1.")) {
				return true
			}
		}
	}
	return false
}

// holdsStorageKey tells whether a connection string with a key arrives.
func holdsStorageKey(f *facts.Flow) bool {
	switch f.Source.Kind {
	case facts.ListResult:
		return value.FoldEqual(f.Source.Type, "Microsoft.Storage/storageAccounts") || f.Source.Type == ""
	case facts.SecureParameter:
		return containsFold(literals(f.Value), "AccountKey=")
	}
	return false
}

// hostStorageKey reports AzureWebJobsStorage. With the content share, which
// takes nothing but a key, the account keeps its keys.
func (p *Pass) hostStorageKey(f *facts.Flow, host *eval.Resource, share value.Span) {
	if host == nil {
		host = f.Sink.Resource
	}
	finding := Finding{
		At: f.At, Resource: f.Sink.Resource, Path: f.Sink.Path(), When: f.When, Flow: way(f),
		Message: fmt.Sprintf("the function app '%s' reaches its storage account with a key: set 'AzureWebJobsStorage__accountName' and give its identity the role 'Storage Blob Data Owner'", called(host)),
	}
	if share.IsValid() {
		finding.Related = append(finding.Related, Related{share, "the content share takes nothing but a key; on a Dedicated or Flex Consumption plan it can be left out"})
	}
	p.report("key", finding)
}

// contentShare is where the key for the content share of the same app stands.
func contentShare(flows []facts.Flow, r *eval.Resource) value.Span {
	for i := range flows {
		if s := flows[i].Sink; s.Resource == r && value.FoldEqual(webSetting(s), "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING") {
			return flows[i].At
		}
	}
	return value.Span{}
}

// flexStorageKey reports a Flex Consumption app that fetches its code with a
// connection string.
// https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#configure-deployment-settings
func (p *Pass) flexStorageKey(r *eval.Resource) {
	path := []string{"properties", "functionAppConfig", "deployment", "storage", "authentication", "type"}
	for _, alt := range firing(r.Get(path...), func(v value.Value) bool {
		s, _ := v.Str()
		return value.FoldEqual(s, "StorageAccountConnectionString")
	}) {
		p.report("key", Finding{
			At: spot(r, path...), Resource: r, Path: "properties.functionAppConfig.deployment.storage.authentication.type", When: alt.When,
			Message: fmt.Sprintf("the function app '%s' fetches its code with a storage key: use 'SystemAssignedIdentity' or 'UserAssignedIdentity' with the role 'Storage Blob Data Contributor'", called(r)),
			Related: because(r, "the type", path...),
		})
	}
}
