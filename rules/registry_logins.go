package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// isRegistryLogin tells whether a credential arrives where a resource signs in
// to a container registry, which CR008 judges.
func isRegistryLogin(s facts.Sink) bool {
	if s.Resource == nil {
		return false
	}
	if name := webSetting(s); name != "" {
		return hasPrefixFold(name, "DOCKER_REGISTRY_SERVER_")
	}
	switch {
	case s.Resource.Is(containerApps...) && onPath(s.Steps, "properties.configuration.secrets[].value"):
		return usedForRegistry(s.Resource, s.Setting)
	case s.Resource.Is("Microsoft.ContainerInstance/containerGroups"):
		return onPath(s.Steps, "properties.imageRegistryCredentials[].password")
	}
	return false
}

// usedForRegistry tells whether a secret of a container app is the password
// for a registry.
func usedForRegistry(r *eval.Resource, secret string) bool {
	found, _ := places(r.Body(), "properties.configuration.registries[].passwordSecretRef")
	for _, at := range found {
		if s, ok := at.Value.Str(); ok && value.FoldEqual(s, secret) {
			return true
		}
	}
	return false
}

// isAzureRegistry tells whether the address of a registry is surely one of
// Azure Container Registry.
func isAzureRegistry(v value.Value) bool {
	text := value.Fold(strings.TrimRight(literals(v), "/"))
	if i := strings.Index(text, "://"); i >= 0 {
		text = text[i+3:]
	}
	if strings.HasSuffix(text, ".azurecr.io") || strings.HasSuffix(text, ".azurecr.us") || strings.HasSuffix(text, ".azurecr.cn") {
		return true
	}
	parts := v.Parts()
	if len(parts) == 0 || parts[len(parts)-1].Hole == nil {
		return false
	}
	ref, path := eval.ReferenceOf(value.OfSymbol(parts[len(parts)-1].Hole))
	return ref != nil && ref.List == "" && len(path) > 0 && value.FoldEqual(path[len(path)-1], "loginServer")
}
