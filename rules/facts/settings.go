package facts

import (
	"slices"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules/azure"
)

// Settings say what only those know who own the template: who belongs to them,
// and what nobody must get. Without them the checks that need them are off.
type Settings struct {
	Tenants    []string // ids of tenants that access may be delegated to
	Principals []string // object ids that may be granted something
	Denied     []Denied
}

// Denied is an operation that must not be granted on wide scopes.
type Denied struct {
	Action string           // an operation, or a pattern of them: "*/listKeys/action"
	Level  resourceid.Level // the narrowest level at which it is denied; Resource: everywhere
}

// Allowed tells whether the permissions surely allow an operation that is
// denied: none of the exclusions beside them touches it.
func (d Denied) Allowed(blocks []azure.Permissions) bool {
	touches := func(pattern string) bool { return azure.Overlap(d.Action, pattern) }
	for _, b := range blocks {
		if slices.ContainsFunc(b.Actions, touches) && !slices.ContainsFunc(b.NotActions, touches) ||
			slices.ContainsFunc(b.DataActions, touches) && !slices.ContainsFunc(b.NotDataActions, touches) {
			return true
		}
	}
	return false
}
