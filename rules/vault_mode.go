package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// vaults are the Key Vaults.
const vaults = "Microsoft.KeyVault/vaults"

// rbacByDefault is the first api version in which a new vault uses roles if
// the template does not say otherwise.
// https://learn.microsoft.com/azure/key-vault/general/access-control-default
const rbacByDefault = "2026-02-01"

// vaultTakesPolicies tells whether a vault is known to go by access policies,
// and where it says so.
func vaultTakesPolicies(r *eval.Resource) (at value.Span, ok bool) {
	props := r.Get("properties")
	if !closed(props) {
		return value.Span{}, false
	}
	rbac := props.Get("enableRbacAuthorization")
	if on, known := rbac.Bool(); known {
		return spot(r, "properties", "enableRbacAuthorization"), !on
	}
	version, known := r.APIVersion().Str()
	return Head(r), rbac.IsNull() && known && version < rbacByDefault
}
