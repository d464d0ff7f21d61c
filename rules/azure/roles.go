package azure

import (
	_ "embed"
	"iter"
	"strings"
)

//go:embed tables/roles-packed.tsv
var roles table

//go:embed tables/role-actions.tsv
var roleActions table

//go:embed tables/role-names.tsv
var roleNames table

// A RoleDefinition is a built-in role.
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
type RoleDefinition struct {
	ID     string        // GUID in lower case
	Name   string        // display name of today
	Former []string      // display names that it had before
	Blocks []Permissions // what it permits: the union of the blocks
	Known  bool          // false: id and name are known, the permissions are not
}

// Permissions is one block of a role definition. NotActions take away from the Actions of the same block only: they are
// no denial, and another block, or another role, may grant the same operation.
// https://learn.microsoft.com/azure/role-based-access-control/role-definitions
type Permissions struct {
	Actions        []string // patterns of management operations
	NotActions     []string
	DataActions    []string // patterns of operations on the data in a resource
	NotDataActions []string
	Condition      bool // an attribute-based condition binds the block
}

// RoleByID finds a built-in role by the GUID of its definition, in any case.
func RoleByID(guid string) (RoleDefinition, bool) {
	line, _, ok := roles.find(guid)
	if !ok {
		return RoleDefinition{}, false
	}
	return decodeRole(line), true
}

// RoleByName finds a built-in role by its display name, in any case. A name that the role had earlier is found as well,
// unless another role has it today.
func RoleByName(name string) (RoleDefinition, bool) {
	line, _, ok := roleNames.find(name)
	if !ok {
		return RoleDefinition{}, false
	}
	_, place := cutField(line)
	return decodeRole(roles.at(place)), true
}

// Roles gives all built-in roles in the order of their ids.
func Roles() iter.Seq[RoleDefinition] {
	return func(yield func(RoleDefinition) bool) {
		for line := range roles.lines() {
			if !yield(decodeRole(line)) {
				return
			}
		}
	}
}

// decodeRole reads a line: id, name, former names, permissions.
func decodeRole(line string) RoleDefinition {
	var r RoleDefinition
	var former, blocks string
	cutFields(line, &r.ID, &r.Name, &former, &blocks)
	r.Former = splitList(former, ";")
	if blocks == "-" {
		return r
	}
	r.Known = true
	r.Blocks = make([]Permissions, 0, 1+strings.Count(blocks, "|"))
	for block := range strings.SplitSeq(blocks, "|") {
		r.Blocks = append(r.Blocks, decodeBlock(block))
	}
	return r
}

// decodeBlock reads actions;notActions;dataActions;notDataActions, with "?" before it for a condition. A list is a
// row of places in the table of actions.
func decodeBlock(s string) Permissions {
	var p Permissions
	s, p.Condition = strings.CutPrefix(s, "?")
	for _, list := range []*[]string{&p.Actions, &p.NotActions, &p.DataActions, &p.NotDataActions} {
		var items string
		items, s, _ = strings.Cut(s, ";")
		*list = actionsAt(items)
	}
	return p
}

// actionsAt returns the actions at places.
func actionsAt(places string) []string {
	if places == "" {
		return nil
	}
	actions := make([]string, len(places)/placeDigits)
	for i := range actions {
		actions[i] = roleActions.at(places[i*placeDigits : (i+1)*placeDigits])
	}
	return actions
}
