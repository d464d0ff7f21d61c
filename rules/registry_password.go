package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// CR008 reports resources that pull images from an Azure container registry
// with a password, although they could use an identity.
var CR008 = add("CR008", func(p *Pass) {
	for r := range p.deployed {
		for i := range registryLogins {
			if l := &registryLogins[i]; r.Is(l.types...) {
				p.registryPassword(r, l)
			}
		}
	}
	if p.mentions(registryPassword) {
		for _, s := range p.Access.Sites() {
			p.sitePassword(s)
		}
	}
})

// registryLogin is a list of registries that resources of some types pull
// from.
type registryLogin struct {
	types    []string
	path     string // of the elements
	server   string // member with the address
	password string // member with the password, or that names it
	identity string // member that names an identity instead
}

var registryLogins = []registryLogin{
	{containerApps, "properties.configuration.registries[]", "server", "passwordSecretRef", "identity"},
	{[]string{"Microsoft.ContainerInstance/containerGroups"}, "properties.imageRegistryCredentials[]", "server", "password", "identity"},
	{[]string{"Microsoft.Batch/batchAccounts/pools"}, "properties.deploymentConfiguration.virtualMachineConfiguration.containerConfiguration.containerRegistries[]", "registryServer", "password", "identityReference"},
}

func (p *Pass) registryPassword(r *eval.Resource, l *registryLogin) {
	found, _ := places(r.Body(), l.path)
	for _, at := range found {
		o := at.Value.Object()
		if o == nil || at.Offered || !o.Get(l.identity).IsNull() {
			continue
		}
		azure := isAzureRegistry(o.Get(l.server))
		passwords, _ := places(at.Value, l.password)
		for _, password := range passwords {
			when, feasible := at.When.And(password.When)
			if feasible && !password.Offered && givenPassword(password.Value) && (azure || ofRegistry(secretNamed(r, password.Value))) {
				p.tellRegistryPassword(r, l.path+"."+l.password, password.Value.At, when, called(r), "name a user-assigned identity that has the role 'AcrPull'")
				break
			}
		}
	}
}

// secretNamed is the password itself: the value of the container app's secret
// with that name, else the value.
func secretNamed(r *eval.Resource, v value.Value) value.Value {
	name, known := v.Str()
	found, _ := places(r.Body(), "properties.configuration.secrets[]")
	for _, at := range found {
		if s, ok := at.Value.Get("name").Str(); ok && known && value.FoldEqual(s, name) {
			return at.Value.Get("value")
		}
	}
	return v
}

// givenPassword tells whether a password is surely given.
func givenPassword(v value.Value) bool {
	s := v.Symbol()
	return present(v) || s != nil && s.Secret && s.NotNull
}

// registryPassword is the setting of App Service for the password.
const registryPassword = "DOCKER_REGISTRY_SERVER_PASSWORD"

// mentions tells whether a word stands anywhere in the files of the unit.
func (p *Pass) mentions(word string) bool {
	for _, f := range p.Unit.Files {
		if strings.Contains(f.Text, word) {
			return true
		}
	}
	return false
}

// sitePassword reports a site or slot that has the password of an Azure
// registry in its settings, and is not told to use an identity.
func (p *Pass) sitePassword(s *facts.Site) {
	creds, exact := places(s.Host.Body(), "properties.siteConfig.acrUseManagedIdentityCreds")
	for _, at := range creds {
		if b, known := at.Value.Bool(); !known || b {
			return
		}
	}
	if !exact && len(creds) == 0 {
		return
	}
	for _, one := range s.Settings {
		if value.FoldEqual(one.Name, registryPassword) && givenPassword(one.Value) && (azureRegistry(s) || ofRegistry(one.Value)) {
			p.tellRegistryPassword(one.On, "properties."+registryPassword, one.Value.At, one.When, called(s.Host), "set 'acrUseManagedIdentityCreds' and give its identity the role 'AcrPull'")
		}
	}
}

// azureRegistry tells whether the settings name an Azure registry.
func azureRegistry(s *facts.Site) bool {
	for _, one := range s.Settings {
		if value.FoldEqual(one.Name, "DOCKER_REGISTRY_SERVER_URL") && isAzureRegistry(one.Value) {
			return true
		}
	}
	return false
}

// ofRegistry tells whether a value is read from an Azure registry.
func ofRegistry(v value.Value) bool {
	for v.Symbol() != nil {
		s := v.Symbol()
		if ref, _ := eval.ReferenceOf(v); ref != nil {
			return containsFold(literals(ref.ID), "/Microsoft.ContainerRegistry/registries/")
		}
		if len(s.Args) == 0 {
			return false
		}
		v = s.Args[0]
	}
	return false
}

func (p *Pass) tellRegistryPassword(r *eval.Resource, path string, at value.Span, when value.Condition, who, instead string) {
	f := Finding{At: at, Resource: r, Path: path, When: when}
	if !inside(f.At, r.Body().At) {
		f.At = spot(r, "properties")
	}
	f.Message = fmt.Sprintf("'%s' pulls images from an Azure container registry with a password: %s", who, instead)
	p.report("password", f)
}
