package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// appKind is what runs on a site of App Service.
type appKind uint8

const (
	unknownApp appKind = iota
	webApp
	functionApp
	logicApp
)

// webHost is the site or slot that settings belong to, nil if it is not part
// of the deployment, and what runs on it.
func (b byID) webHost(r *eval.Resource) (*eval.Resource, appKind) {
	host := r
	if hostType, isConfig := facts.ConfigOf(r); isConfig {
		hosts := b.hosts(r, hostType)
		if len(hosts) == 0 {
			return nil, unknownApp
		}
		host = hosts[0]
	}
	return host, appKindOf(host.Get("kind"))
}

// appKindOf reads the kind of a site, words between commas.
func appKindOf(v value.Value) appKind {
	s, known := v.Str()
	if !known && !v.IsNull() {
		return unknownApp
	}
	words := strings.Split(strings.ReplaceAll(value.Fold(s), " ", ""), ",")
	switch {
	case slices.Contains(words, "workflowapp"):
		return logicApp
	case slices.Contains(words, "functionapp"):
		return functionApp
	}
	return webApp
}

// webSetting is the name of the app setting that a credential arrives at, ""
// if it is none.
func webSetting(s facts.Sink) string {
	if s.Resource == nil {
		return ""
	}
	k := keySinkOf(s)
	switch {
	case k == nil || k.what != "the setting":
		return ""
	case s.Setting != "":
		return s.Setting
	}
	return s.Steps[len(s.Steps)-1]
}

// hostStorageSettings hold the storage account that the host of functions
// works with.
// https://learn.microsoft.com/azure/azure-functions/functions-app-settings
var hostStorageSettings = []string{hostStorage, "AzureWebJobsDashboard", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"}

// isHostStorage tells whether a credential arrives at the storage of a
// function app or Standard logic app, which CR007 judges.
func (b byID) isHostStorage(s facts.Sink) bool {
	name := webSetting(s)
	if !slices.ContainsFunc(hostStorageSettings, func(h string) bool { return value.FoldEqual(h, name) }) {
		return false
	}
	_, kind := b.webHost(s.Resource)
	return kind != webApp || value.FoldEqual(name, "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING")
}
