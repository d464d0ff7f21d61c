package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// The roles that Lighthouse treats in a way of their own.
const (
	ownerRole               = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
	userAccessAdministrator = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
)

// refusedActions are actions that no role of a delegation may list by these
// very words. A role that has them in a wider pattern, as Contributor has with
// "*", is accepted.
// https://learn.microsoft.com/azure/lighthouse/concepts/tenants-users-roles#role-support-for-azure-lighthouse
var refusedActions = [...]string{
	"Microsoft.Authorization/*",
	"Microsoft.Authorization/*/write",
	"Microsoft.Authorization/*/delete",
	"Microsoft.Authorization/roleAssignments/write",
	"Microsoft.Authorization/roleAssignments/delete",
	"Microsoft.Authorization/roleDefinitions/write",
	"Microsoft.Authorization/roleDefinitions/delete",
	"Microsoft.Authorization/classicAdministrators/write",
	"Microsoft.Authorization/classicAdministrators/delete",
	"Microsoft.Authorization/locks/write",
	"Microsoft.Authorization/locks/delete",
	"Microsoft.Authorization/denyAssignments/write",
	"Microsoft.Authorization/denyAssignments/delete",
}

// refusedByLighthouse says why a role cannot be delegated to another tenant,
// User Access Administrator left aside; "" if nothing is known to hinder it.
func refusedByLighthouse(role facts.Role) string {
	switch {
	case role.GUID == userAccessAdministrator:
		return ""
	case role.GUID == ownerRole:
		return "Lighthouse does not take the role 'Owner'"
	case role.Custom != nil && !role.Custom.Resource.Existing:
		return fmt.Sprintf("Lighthouse takes built-in roles only, and '%s' is a custom role", role.Name())
	case role.Custom != nil || !role.Known:
		return ""
	}
	for _, b := range role.Blocks() {
		if len(b.DataActions) > 0 {
			return fmt.Sprintf("Lighthouse takes no roles with data actions, and '%s' allows '%s'", role.Name(), b.DataActions[0])
		}
		for _, action := range b.Actions {
			if refusedAction(action) {
				return fmt.Sprintf("Lighthouse takes no roles that change access, and '%s' allows '%s'", role.Name(), action)
			}
		}
	}
	return ""
}

func refusedAction(action string) bool {
	for _, refused := range refusedActions {
		if value.FoldEqual(action, refused) {
			return true
		}
	}
	return false
}

// delegate names the principal of a delegation by what the customer sees of
// it.
func delegate(g *facts.Grant) string {
	if s, ok := g.Entry.Get("principalIdDisplayName").Str(); ok && strings.TrimSpace(s) != "" {
		return "'" + s + "' of another tenant"
	}
	return "a principal of another tenant"
}

// delegatedScope names what a delegation reaches.
func delegatedScope(g *facts.Grant) string {
	if g.Level == resourceid.LevelUnknown {
		return "what is delegated"
	}
	return where(g)
}
