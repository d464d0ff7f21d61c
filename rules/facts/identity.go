package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// Identity is a user-assigned identity, or the identity block of a resource.
type Identity struct {
	Resource *eval.Resource
	Block    value.Value // the identity member; Missing of a user-assigned identity
	Kinds    []Kinds     // the alternatives of identity.type that are known
}

// Kinds is one alternative of identity.type.
type Kinds struct {
	Text    string   // as written
	Words   []string // the parts between commas, trimmed
	At      value.Span
	When    value.Condition
	Offered bool
}

func newIdentity(r *eval.Resource) *Identity {
	id := &Identity{Resource: r, Block: r.Get("identity")}
	if r.Is(UserAssignedIdentities) || r.State == eval.NotDeployed {
		return id
	}
	for _, block := range id.Block.Alternatives() {
		o := block.Value.Object()
		if o == nil {
			continue
		}
		for _, t := range o.Get("type").Alternatives() {
			s, ok := t.Value.Str()
			when, feasible := block.When.And(t.When)
			if !ok || !feasible {
				continue
			}
			id.Kinds = append(id.Kinds, NewKinds(s, t.Value.At, when, block.Offered || t.Offered))
		}
	}
	return id
}

// NewKinds splits the text of identity.type.
func NewKinds(text string, at value.Span, when value.Condition, offered bool) Kinds {
	k := Kinds{Text: text, At: at, When: when, Offered: offered}
	for _, w := range strings.Split(text, ",") {
		k.Words = append(k.Words, strings.TrimSpace(w))
	}
	return k
}

// Has tells whether one of the words is the kind, blanks and case aside.
func (k Kinds) Has(kind string) bool {
	for _, w := range k.Words {
		if value.FoldEqual(strings.ReplaceAll(w, " ", ""), kind) {
			return true
		}
	}
	return false
}

// System tells whether the kinds include a system-assigned identity.
func (k Kinds) System() bool {
	return k.Has("SystemAssigned") || k.Has("SystemAssignedUserAssigned") || k.Has("SystemAndUserAssigned")
}

// User tells whether the kinds include user-assigned identities.
func (k Kinds) User() bool {
	return k.Has("UserAssigned") || k.Has("SystemAssignedUserAssigned") || k.Has("SystemAndUserAssigned")
}

// None tells whether the kinds say that there is no identity.
func (k Kinds) None() bool { return len(k.Words) == 1 && k.Has("None") }
