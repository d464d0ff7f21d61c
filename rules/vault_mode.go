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

// vaultMode tells whether a vault goes by its access policies, as far as that
// is known.
func vaultMode(r *eval.Resource) value.Tri {
	found, exact := places(r.Body(), "properties.enableRbacAuthorization")
	if byRoles, known := boolOf(found); known {
		return value.TriOf(!byRoles)
	}
	if version, known := r.APIVersion().Str(); len(found) == 0 && exact && known && version < rbacByDefault {
		return value.Yes
	}
	return value.Maybe
}

// vaultTakesPolicies tells whether a vault is known to go by access policies,
// and where it says so.
func vaultTakesPolicies(r *eval.Resource) (at value.Span, ok bool) {
	if r.Get("properties", "enableRbacAuthorization").At.IsValid() {
		return spot(r, "properties", "enableRbacAuthorization"), vaultMode(r) == value.Yes
	}
	return Head(r), vaultMode(r) == value.Yes
}

// byPolicies returns when a vault goes by access policies.
func byPolicies(r *eval.Resource) []deaf { return vaultCases(r, false) }

// vaultCases returns when a vault goes by roles, or does not. Without a word a
// vault goes by access policies, with api versions before rbacByDefault.
func vaultCases(r *eval.Resource, byRoles bool) []deaf {
	props := r.Get("properties").Object()
	if props == nil || recovered(props) {
		return nil
	}
	var out []deaf
	for _, alt := range props.Get("enableRbacAuthorization").Alternatives() {
		is, known := alt.Value.Bool()
		if alt.Value.IsNull() && props.Open == nil {
			version, ok := r.APIVersion().Str()
			is, known = false, ok && version < rbacByDefault
		}
		if known && is == byRoles && !alt.Offered {
			out = append(out, deaf{spot(r, "properties", "enableRbacAuthorization"), alt.When})
		}
	}
	return out
}

// recovered tells whether a vault comes, or may come, back from deletion as it
// was.
func recovered(props *value.ObjectValue) bool {
	mode := props.Get("createMode")
	s, _ := mode.Str()
	return !mode.IsNull() && !value.FoldEqual(s, "default")
}

// boolOf is the one value that places hold.
func boolOf(found []place) (b, known bool) {
	for i, f := range found {
		one, ok := f.Value.Bool()
		if !ok || i > 0 && one != b {
			return false, false
		}
		b, known = one, true
	}
	return b, known
}
