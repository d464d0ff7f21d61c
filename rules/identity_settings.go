package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// keyVaultReference begins a setting whose value App Service reads from Key
// Vault, as the app.
// https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
const keyVaultReference = "@Microsoft.KeyVault("

// setting is an app setting or connection string of a site or slot.
type setting struct {
	name  string // "" if not known
	value value.Value
	on    *eval.Resource
	when  value.Condition
}

// site is a site or slot with its settings, also those of its config
// children.
type site struct {
	host     *eval.Resource
	settings []setting
	exact    bool     // there are no further settings
	usual    []needed // the identity of Key Vault references
}

// settingUses calls note for each setting that signs in as its site or slot.
func (p *Pass) settingUses(ids byID, note func(use)) {
	for _, s := range p.sites(ids) {
		for _, one := range s.settings {
			s.use(one, note)
		}
	}
}

// sites returns the sites and slots with their settings.
func (p *Pass) sites(ids byID) []*site {
	var sites []*site
	byHost := map[*eval.Resource]*site{}
	for r := range p.deployed {
		if r.Is("Microsoft.Web/sites", "Microsoft.Web/sites/slots") {
			s := newSite(r)
			sites, byHost[r] = append(sites, s), s
		}
	}
	for r := range p.deployed {
		if hostType, ok := configOf(r); ok {
			for _, host := range ids.hosts(r, hostType) {
				byHost[host].addConfig(r)
			}
		}
	}
	return sites
}

func configOf(r *eval.Resource) (hostType string, ok bool) {
	switch {
	case r.Is("Microsoft.Web/sites/config"):
		return "Microsoft.Web/sites", true
	case r.Is("Microsoft.Web/sites/slots/config"):
		return "Microsoft.Web/sites/slots", true
	}
	return "", false
}

func newSite(r *eval.Resource) *site {
	s := &site{host: r, exact: true}
	s.list(r, "properties.siteConfig.appSettings[]", "value")
	s.list(r, "properties.siteConfig.connectionStrings[]", "connectionString")
	s.usual = referenceIdentity(r, "properties.keyVaultReferenceIdentity", "properties.siteConfig.keyVaultReferenceIdentity")
	return s
}

// addConfig adds what a config child sets.
func (s *site) addConfig(r *eval.Resource) {
	if s == nil {
		return
	}
	segments, _ := r.Name().Segments()
	name, _ := segments[len(segments)-1].Str()
	switch value.Fold(name) {
	case "appsettings":
		s.members(r, "properties")
	case "connectionstrings":
		s.members(r, "properties", "value")
	case "web":
		s.list(r, "properties.appSettings[]", "value")
		s.list(r, "properties.connectionStrings[]", "connectionString")
		if found, exact := places(r.Body(), "properties.keyVaultReferenceIdentity"); len(found) > 0 || !exact {
			s.usual = []needed{{need: needAny}}
		}
	default:
		s.exact = s.exact && name != ""
	}
}

// list adds an array of objects with a name and a value.
func (s *site) list(r *eval.Resource, path, member string) {
	found, exact := places(r.Body(), path)
	s.exact = s.exact && exact
	for _, at := range found {
		o := at.Value.Object()
		if o == nil || at.Offered {
			s.exact = false
			continue
		}
		name, _ := o.Get("name").Str()
		s.exact = s.exact && name != ""
		s.add(r, name, o.Get(member), at.When)
	}
}

// members adds the members of an object: their values, or a member of these.
func (s *site) members(r *eval.Resource, path string, below ...string) {
	found, exact := places(r.Body(), path)
	s.exact = s.exact && exact
	for _, at := range found {
		o := at.Value.Object()
		if o == nil || o.Open != nil || at.Offered {
			s.exact = false
		}
		if o == nil || at.Offered {
			continue
		}
		for i, m := range o.Names {
			s.add(r, m.Name, o.At(i).Get(below...), at.When)
		}
	}
}

func (s *site) add(r *eval.Resource, name string, v value.Value, when value.Condition) {
	for _, alt := range v.Alternatives() {
		if both, ok := when.And(alt.When); ok && !alt.Offered && !alt.Value.IsNull() {
			s.settings = append(s.settings, setting{name, alt.Value, r, both})
		}
	}
}

// referenceIdentity is the kind of identity that resolves the Key Vault
// references of a site: the system-assigned one if no property names another.
func referenceIdentity(r *eval.Resource, paths ...string) []needed {
	for _, path := range paths {
		found, exact := places(r.Body(), path)
		if len(found) == 0 && !exact {
			return []needed{{need: needAny}}
		}
		var out []needed
		for _, at := range found {
			out = append(out, needed{otherIdentity(at.Value, needSystem), at.When})
		}
		if len(out) > 0 {
			return out
		}
	}
	return []needed{{need: needSystem}}
}

// use tells what a setting needs.
func (s *site) use(one setting, note func(use)) {
	what, ns := s.needs(one)
	for _, n := range ns {
		when, ok := one.when.And(n.when)
		if one.on != s.host && ok {
			when, ok = when.And(one.on.When)
		}
		if ok && n.need != needNothing {
			note(use{host: s.host, on: one.on, what: what, need: n.need, late: true, at: one.value.At, when: when})
		}
	}
}

func (s *site) needs(one setting) (what string, ns []needed) {
	quoted := "a setting"
	if one.name != "" {
		quoted = "the setting '" + one.name + "'"
	}
	prefix, isCredential := cutSuffixFold(one.name, "__credential")
	text, _ := one.value.Str()
	switch {
	case hasPrefixFold(strings.TrimSpace(one.value.Prefix()), keyVaultReference):
		return "the Key Vault reference in " + quoted, s.usual
	case isCredential && value.FoldEqual(text, "managedidentity"):
		return quoted, []needed{{need: s.connection(prefix)}}
	case value.FoldEqual(one.name, "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID"):
		return quoted, []needed{{need: named(one.value)}}
	case s.isHostStorage(one):
		return quoted, []needed{{need: s.connection(hostStorage)}}
	}
	return databaseLogin(one.value, quoted)
}

// hostStorage begins the settings by which the Functions host reaches its
// storage account.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
const hostStorage = "AzureWebJobsStorage"

func (s *site) isHostStorage(one setting) bool {
	switch value.Fold(one.name) {
	case "azurewebjobsstorage__accountname", "azurewebjobsstorage__blobserviceuri":
	default:
		return false
	}
	if text, known := one.value.Str(); known && text == "" {
		return false
	}
	return s.exact && !s.has(hostStorage) && !s.has(hostStorage+"__credential")
}

// connection is the kind of identity that an identity-based connection signs
// in with.
func (s *site) connection(prefix string) need {
	switch {
	case s.has(prefix + "__clientId"), s.has(prefix + "__managedIdentityResourceId"):
		return needUser
	case !s.exact || s.has("AZURE_CLIENT_ID"):
		return needAny
	}
	return needSystem
}

func (s *site) has(name string) bool {
	for _, one := range s.settings {
		if text, known := one.value.Str(); value.FoldEqual(one.name, name) && (!known || text != "") {
			return true
		}
	}
	return false
}

// databaseLogin judges connection strings that sign in as the app.
func databaseLogin(v value.Value, quoted string) (string, []needed) {
	text := value.Fold(strings.ReplaceAll(literals(v), " ", ""))
	switch {
	case !strings.Contains(text, "authentication=activedirectorymanagedidentity") && !strings.Contains(text, "authentication=activedirectorymsi"):
		return "", nil
	case strings.Contains(text, "userid=") || strings.Contains(text, "uid=") || strings.Contains(text, "user="):
		return "the database login in " + quoted, []needed{{need: needUser}}
	case v.Kind == value.Text:
		return "the database login in " + quoted, []needed{{need: needAny}}
	}
	return "the database login in " + quoted, []needed{{need: needSystem}}
}

func cutSuffixFold(s, suffix string) (string, bool) {
	n := len(s) - len(suffix)
	if n < 0 || !value.FoldEqual(s[n:], suffix) {
		return s, false
	}
	return s[:n], true
}
