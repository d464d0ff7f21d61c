package azure_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

// Counts of the committed tables: a refresh changes them, knowingly.
const (
	listedRoles    = 928 // in the list of built-in roles
	addedRoles     = 5   // of narrower scopes, which the list lacks
	unknownRoles   = 3   // of these, the ones whose permissions are not known
	rolesOfBlocks  = 16  // with several blocks
	rolesCondition = 29  // with a block that a condition binds
)

const (
	ownerID       = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
	contributorID = "b24988ac-6180-42a0-ab88-20f7382dd24c"
)

func TestRoleTable(t *testing.T) {
	var count, unknown, blocks, conditions int
	for r := range azure.Roles() {
		count++
		if !r.Known {
			unknown++
		}
		if len(r.Blocks) > 1 {
			blocks++
		}
		if slices.ContainsFunc(r.Blocks, func(p azure.Permissions) bool { return p.Condition }) {
			conditions++
		}
		checkRoundTrip(t, r)
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"roles", count, listedRoles + addedRoles},
		{"roles without permissions", unknown, unknownRoles},
		{"roles of several blocks", blocks, rolesOfBlocks},
		{"roles with a condition", conditions, rolesCondition},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %d, want %d", c.what, c.got, c.want)
		}
	}
}

// checkRoundTrip looks a role up by all that names it.
func checkRoundTrip(t *testing.T, r azure.RoleDefinition) {
	t.Helper()
	if got, ok := azure.RoleByID(strings.ToUpper(r.ID)); !ok || got.Name != r.Name {
		t.Errorf("RoleByID(%s) = %q, %v, want %q", r.ID, got.Name, ok, r.Name)
	}
	for _, name := range append(r.Former, r.Name, strings.ToUpper(r.Name)) {
		if got, ok := azure.RoleByName(name); !ok || got.ID != r.ID {
			t.Errorf("RoleByName(%q) = %s, %v, want %s", name, got.ID, ok, r.ID)
		}
	}
	if got, d := azure.NearestRole(r.ID); d != 0 || got.ID != r.ID {
		t.Errorf("NearestRole(%s) = %s at %d", r.ID, got.ID, d)
	}
	for _, p := range r.Blocks {
		for _, action := range slices.Concat(p.Actions, p.NotActions, p.DataActions, p.NotDataActions) {
			if action == "" || strings.ContainsAny(action, " ;|?\t") {
				t.Errorf("%s: bad action %q", r.Name, action)
			}
		}
	}
}

func TestRoleByID(t *testing.T) {
	r, ok := azure.RoleByID("{" + ownerID + "}")
	if ok {
		t.Errorf("braces: found %q", r.Name)
	}
	for _, id := range []string{"", "#", "zzzz", ownerID[:35], ownerID + "0", "# Built-in roles by id: id, name, former names (with \";\"), permissions."} {
		if r, ok := azure.RoleByID(id); ok {
			t.Errorf("RoleByID(%q) found %q", id, r.Name)
		}
	}
	r, _ = azure.RoleByID(contributorID)
	if len(r.Blocks) != 1 || !slices.Equal(r.Blocks[0].Actions, []string{"*"}) || len(r.Blocks[0].NotActions) < 3 {
		t.Errorf("Contributor is %+v", r)
	}
}

func TestFormerNames(t *testing.T) {
	r, ok := azure.RoleByName("azure ai user")
	if !ok || r.Name != "Foundry User" || !slices.Contains(r.Former, "Azure AI User") {
		t.Errorf("Azure AI User is %q, formerly %q", r.Name, r.Former)
	}
}

func TestNearestRole(t *testing.T) {
	for _, c := range []struct {
		name, guid string
		want       int
	}{
		{"exact", ownerID, 0},
		{"upper case", strings.ToUpper(ownerID), 0},
		{"one digit", "8e3af657-a8ff-443c-a75c-2fe8c4bcb636", 1},
		{"two digits", "8e3af657-a8ff-443c-a75c-2fe8c4bcb6ff", 2},
		{"too short", ownerID[1:], 33},
		{"no digits", "8e3af657-a8ff-443c-a75c-2fe8c4bcb63g", 33},
		{"no dashes", strings.ReplaceAll(ownerID, "-", "") + "0000", 33},
	} {
		got, d := azure.NearestRole(c.guid)
		if d != c.want || d < 33 && got.ID != ownerID {
			t.Errorf("%s: %q at %d, want %d", c.name, got.Name, d, c.want)
		}
	}
}
