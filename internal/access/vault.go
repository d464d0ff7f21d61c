package access

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	model "github.com/rolecall/rolecall/report/access"
	"github.com/rolecall/rolecall/rules/facts"
)

const vaults = "Microsoft.KeyVault/vaults"

// vaultKinds are what the access policies of a vault are about.
var vaultKinds = []string{"keys", "secrets", "certificates", "storage"}

// vaultRights are the permissions of an access policy, in the words of the
// policy: "keys: get, list; secrets: all".
func (r *reader) vaultRights(g *facts.Grant) []either[model.Role] {
	return alternatives(g.Rights, func(rights value.Value) model.Role {
		var told []string
		out := model.Role{Known: true, Power: model.PowerNone}
		for _, kind := range vaultKinds {
			words, exact := r.vaultWords(rights, kind)
			out.Known = out.Known && exact
			if !exact {
				words = append(words, r.more(rights, kind))
			}
			if len(words) == 0 {
				continue
			}
			told = append(told, kind+": "+strings.Join(words, ", "))
			for _, w := range words {
				if p := vaultPower(kind, w); p > out.Power {
					out.Power, out.Evidence = p, kind+": "+w
				}
			}
		}
		out.Name = strings.Join(told, "; ")
		switch {
		case out.Name == "" && out.Known:
			out.Name = "nothing"
		case out.Name == "":
			out.Name = r.whole(rights)
		}
		if !out.Known && out.Power == model.PowerNone {
			out.Power = model.PowerUnknown
		}
		return out
	})
}

// vaultWords are the permissions for one kind of content; exact if there are
// no others. Those of which a condition decides are among them.
func (r *reader) vaultWords(rights value.Value, kind string) (words []string, exact bool) {
	found, exact := facts.Places(rights, kind+"[]")
	for _, at := range found {
		if at.Value.Kind != value.String {
			exact = false
			continue
		}
		if w := r.whole(at.Value); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words, exact
}

// more stands for permissions that are not known.
func (r *reader) more(rights value.Value, kind string) string {
	if v := rights.Get(kind); v.Kind == value.Unknown {
		return r.whole(v)
	}
	return unknown("more")
}

// vaultPower is what a permission lets one do with the content of a vault. By
// such words a role for the same would be judged, too.
// https://learn.microsoft.com/azure/key-vault/general/rbac-access-policy
func vaultPower(kind, word string) model.Power {
	word = strings.ToLower(word)
	switch kind + " " + word {
	case "secrets get", "secrets all", "storage all", "storage getsas", "storage listsas", "storage regeneratekey":
		return model.PowerCredential
	}
	switch word {
	case "get", "list", "backup", "decrypt", "unwrapkey", "verify", "getrotationpolicy", "getissuers", "listissuers":
		return model.PowerReadData
	case "all", "set", "delete", "purge", "recover", "restore", "import", "create", "update", "rotate", "setrotationpolicy",
		"managecontacts", "manageissuers", "setissuers", "deleteissuers", "deletesas", "encrypt", "wrapkey", "sign", "release":
		return model.PowerWriteData
	}
	return model.PowerUnknown
}

// usesRoles tells whether the vault of a policy is known to go by Azure roles,
// so that the policy counts for nothing.
func (r *reader) usesRoles(g *facts.Grant) bool {
	var vault *eval.Resource
	if g.Resource.Is(vaults) {
		vault = g.Resource
	} else {
		vault = r.access.Unit.Deployment.Lookup(g.Scope)
	}
	if vault == nil || vault.Existing {
		return false
	}
	on, known := vault.Get("properties", "enableRbacAuthorization").Bool()
	return known && on
}
