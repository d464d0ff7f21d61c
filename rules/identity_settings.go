package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// site is a site or slot with the kinds of identity that may resolve its Key
// Vault references.
type site struct {
	*facts.Site
	usual []needed
}

// settingUses calls note for each setting that signs in as its site or slot.
func (p *Pass) settingUses(note func(use)) {
	for _, one := range p.Access.Sites() {
		s := newSite(one)
		for _, setting := range s.Settings {
			s.use(setting, note)
		}
	}
}

func newSite(s *facts.Site) site {
	for _, web := range s.Web {
		if found, exact := places(web.Body(), "properties.keyVaultReferenceIdentity"); len(found) > 0 || !exact {
			return site{s, []needed{{need: needAny}}}
		}
	}
	return site{s, referenceIdentity(s.Host, "properties.keyVaultReferenceIdentity", "properties.siteConfig.keyVaultReferenceIdentity")}
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
func (s site) use(one facts.Setting, note func(use)) {
	what, ns := s.needs(one)
	for _, n := range ns {
		when, ok := one.When.And(n.when)
		if one.On != s.Host && ok {
			when, ok = when.And(one.On.When)
		}
		if ok && n.need != needNothing {
			note(use{host: s.Host, on: one.On, what: what, need: n.need, late: true, at: one.Value.At, when: when})
		}
	}
}

func (s site) needs(one facts.Setting) (what string, ns []needed) {
	quoted := "a setting"
	if one.Name != "" {
		quoted = "the setting '" + one.Name + "'"
	}
	prefix, isCredential := cutSuffixFold(one.Name, "__credential")
	text, _ := one.Value.Str()
	switch {
	case hasPrefixFold(strings.TrimSpace(one.Value.Prefix()), facts.KeyVaultReference):
		return "the Key Vault reference in " + quoted, s.usual
	case isCredential && value.FoldEqual(text, "managedidentity"):
		return quoted, []needed{{need: s.connection(prefix)}}
	case value.FoldEqual(one.Name, "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID"):
		return quoted, []needed{{need: named(one.Value)}}
	case s.isHostStorage(one):
		return quoted, []needed{{need: s.connection(hostStorage)}}
	}
	return databaseLogin(one.Value, quoted)
}

// hostStorage begins the settings by which the Functions host reaches its
// storage account.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
const hostStorage = "AzureWebJobsStorage"

func (s site) isHostStorage(one facts.Setting) bool {
	switch value.Fold(one.Name) {
	case "azurewebjobsstorage__accountname", "azurewebjobsstorage__blobserviceuri":
	default:
		return false
	}
	if text, known := one.Value.Str(); known && text == "" {
		return false
	}
	return s.Exact && !s.Has(hostStorage) && !s.Has(hostStorage+"__credential")
}

// connection is the kind of identity that an identity-based connection signs
// in with.
func (s site) connection(prefix string) need {
	switch {
	case s.Has(prefix + "__clientId"), s.Has(prefix + "__managedIdentityResourceId"):
		return needUser
	case !s.Exact || s.Has("AZURE_CLIENT_ID"):
		return needAny
	}
	return needSystem
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
