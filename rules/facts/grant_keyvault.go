package facts

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// Key vaults, and the children that change their access policies.
// https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults/accesspolicies
const (
	keyVaults             = "Microsoft.KeyVault/vaults"
	keyVaultPolicyChanges = "Microsoft.KeyVault/vaults/accessPolicies"
)

// keyVaultGrants reads the access policies of a vault. Rights is the object
// with the permissions.
func keyVaultGrants(_ *Access, r *eval.Resource) []*Grant {
	var vault value.Value
	switch {
	case r.Is(keyVaults):
		vault = r.ID()
	case r.Is(keyVaultPolicyChanges) && adds(r):
		vault = OwnerID(r)
	default:
		return nil
	}
	var out []*Grant
	for _, e := range entries(member(r.Get("properties"), "accessPolicies")) {
		out = append(out, &Grant{
			Plane: KeyVaultPolicy, Resource: r, Path: "properties.accessPolicies", Entry: e.Value, When: e.When,
			Rights:    member(e.Value, "permissions"),
			Principal: PrincipalOf(member(e.Value, "objectId")),
			Scope:     vault, Level: resourceid.Resource,
		})
	}
	return out
}

// adds tells whether the name of a change says that it adds or replaces
// policies: the other word is remove.
func adds(change *eval.Resource) bool {
	segments, _ := change.Name().Segments()
	word, _ := segments[len(segments)-1].Str()
	return value.FoldEqual(word, "add") || value.FoldEqual(word, "replace")
}
