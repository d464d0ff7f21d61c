package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// Principal is who a role is granted to, as far as the value leads to it.
type Principal struct {
	Value    value.Value
	Resource *eval.Resource // whose identity it is; nil if not known
	System   bool           // the system-assigned identity of Resource, else Resource is the identity
	Outside  value.Value    // id of a resource outside the deployment that the principal is read from
}

// IsIdentity tells whether the principal is a managed identity.
func (p Principal) IsIdentity() bool { return p.Resource != nil || p.Outside.Kind != value.Missing }

// PrincipalOf follows a principalId back to the identity that it is read from.
// A choice leads to an identity if all of its alternatives lead to the same.
func PrincipalOf(v value.Value) Principal {
	alts := v.Alternatives()
	p := follow(alts[0].Value)
	for _, alt := range alts[1:] {
		if q := follow(alt.Value); q.Resource != p.Resource || q.System != p.System || q.Resource == nil {
			return Principal{Value: v}
		}
	}
	p.Value = v
	return p
}

func follow(v value.Value) Principal {
	p := Principal{Value: v}
	ref, path := eval.ReferenceOf(v)
	if ref == nil || ref.List != "" || len(path) == 0 || !value.FoldEqual(path[len(path)-1], "principalId") {
		return p
	}
	r := ref.Resource()
	switch {
	case ref.IsSystemIdentity():
		p.System = true
	case readsBlock(path):
		p.System = true
		if len(path) > 2 { // identity.userAssignedIdentities[id].principalId
			return p
		}
	}
	switch {
	case r == nil && (p.System || isUserAssigned(ref.ID)):
		p.Outside = ref.ID
	case r != nil && (p.System || r.Is(UserAssignedIdentities)):
		p.Resource = r
	}
	return p
}

func readsBlock(path []string) bool {
	return len(path) >= 2 && value.FoldEqual(path[0], "identity")
}

func isUserAssigned(id value.Value) bool {
	for _, p := range id.Parts() {
		if strings.Contains(value.Fold(p.Literal), "/microsoft.managedidentity/userassignedidentities") {
			return true
		}
	}
	return false
}
