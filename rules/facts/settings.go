package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules/azure"
)

// Settings say what only those know who own the template: who belongs to them,
// and what nobody must get. Without them the checks that need them are off.
type Settings struct {
	Tenants    []string // ids of tenants that access may be delegated to
	Principals []string // object ids that may be granted something
	Issuers    []string // addresses of issuers whose tokens may sign in, or what they begin with
	Denied     []Denied

	// Roles are the tenant's own roles by the GUID of their definition, in
	// lower case.
	Roles map[string]azure.RoleDefinition
}

// Issuer tells whether tokens of an issuer are welcome: it is on the list, or
// lies below an entry of it. Without a list every one is.
func (s Settings) Issuer(address string) bool {
	if len(s.Issuers) == 0 {
		return true
	}
	address = strings.TrimSuffix(address, "/") + "/"
	return slices.ContainsFunc(s.Issuers, func(known string) bool {
		known = strings.TrimSuffix(known, "/") + "/"
		return len(address) >= len(known) && strings.EqualFold(address[:len(known)], known)
	})
}

// Role finds a role by the GUID of its definition: a built-in
// one, as builtIn finds it, or one of the tenant's own.
func (s Settings) Role(guid string, builtIn func(guid string) (azure.RoleDefinition, bool)) (azure.RoleDefinition, bool) {
	def, ok := builtIn(guid)
	if ok && def.Known {
		return def, true
	}
	if own, ok := s.Roles[strings.ToLower(guid)]; ok {
		return own, true
	}
	return def, ok
}

// Denied is an operation or a role that must not be granted on wide scopes.
type Denied struct {
	Action string           // an operation, or a pattern of them: "*/listKeys/action"; "" if a role is denied
	Role   string           // GUID of the role, in lower case; "" if an operation is denied
	Name   string           // what the role is called
	Level  resourceid.Level // the narrowest level at which it is denied; Resource: everywhere
}

// By tells whether a role is denied, or surely allows an operation that is
// denied: none of the exclusions beside it touches it.
func (d Denied) By(role Role) bool {
	if d.Role != "" {
		return role.Custom == nil && role.GUID == d.Role
	}
	return role.Known && d.allowed(role.Blocks())
}

func (d Denied) allowed(blocks []azure.Permissions) bool {
	touches := func(pattern string) bool { return azure.Overlap(d.Action, pattern) }
	for _, b := range blocks {
		if slices.ContainsFunc(b.Actions, touches) && !slices.ContainsFunc(b.NotActions, touches) ||
			slices.ContainsFunc(b.DataActions, touches) && !slices.ContainsFunc(b.NotDataActions, touches) {
			return true
		}
	}
	return false
}
