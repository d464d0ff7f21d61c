package azure_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, action string
		want            bool
	}{
		{"*", "Microsoft.Storage/storageAccounts/read", true},
		{"*", "", true},
		{"", "", true},
		{"", "x", false},
		{"*/read", "Microsoft.Storage/storageAccounts/blobServices/read", true},
		{"*/read", "Microsoft.Storage/storageAccounts/write", false},
		{"*/read", "read", false},
		{"MICROSOFT.storage/*", "Microsoft.Storage/storageAccounts/listKeys/action", true},
		{"Microsoft.Storage/*", "Microsoft.StorageCache/caches/read", false},
		{"Microsoft.Storage/storageAccounts/*/read", "Microsoft.Storage/storageAccounts/blobServices/containers/read", true},
		{"Microsoft.Storage/*/*/read", "Microsoft.Storage/storageAccounts/blobServices/read", true},
		{"Microsoft.Storage/stor*/read", "Microsoft.Storage/storageAccounts/read", true},
		{"a*b*c", "aXbXbXc", true},
		{"a*b*c", "aXbXbX", false},
		{"a*ab", "aab", true},
		{"a*ab", "ab", false},

		// A segment may be empty; a slash may not be made up.
		{"userAssignedIdentities/*/assign/action", "userAssignedIdentities/assign/action", true},
		{"userAssignedIdentities/*/assign/action", "userAssignedIdentities/x/assign/action", true},
		{"userAssignedIdentities/*/assign/action", "userAssignedIdentities/x/y/assign/action", true},
		{"userAssignedIdentities/*/assign/action", "userAssignedIdentities/xassign/action", false},
		{"userAssignedIdentities/*/assign/action", "userAssignedIdentitiesassign/action", false},
		{"a/*/*/read", "a/read", true},
		{"a/*/*/read", "a/b/read", true},
		{"a/*/b/*/c", "a/b/c", true},
		{"a/*/b/*/c", "a/b/b/b/c", true},
		{"a/*/b/*/c", "a/xb/c", false},
		{"a/*/", "a/", true},
		{"a/*", "a", false},
		{"a/x*/b", "a/b", false},
	} {
		if got := azure.Match(c.pattern, c.action); got != c.want {
			t.Errorf("Match(%q, %q) = %v", c.pattern, c.action, got)
		}
		if got := azure.Match(strings.ToUpper(c.pattern), strings.ToLower(c.action)); got != c.want {
			t.Errorf("in other case: Match(%q, %q) = %v", c.pattern, c.action, got)
		}
	}
}

// slowMatch is the definition: a star is any run, and between slashes also nothing, with one of the slashes.
func slowMatch(pattern, action string) bool {
	known := map[[2]int]bool{}
	var match func(p, a int) bool
	match = func(p, a int) bool {
		if got, ok := known[[2]int{p, a}]; ok {
			return got
		}
		var got bool
		switch {
		case p == len(pattern):
			got = a == len(action)
		case pattern[p] != '*':
			got = a < len(action) && pattern[p] == action[a] && match(p+1, a+1)
		default:
			between := p > 0 && pattern[p-1] == '/' && p+1 < len(pattern) && pattern[p+1] == '/'
			got = match(p+1, a) || a < len(action) && match(p, a+1) ||
				between && a > 0 && action[a-1] == '/' && match(p+2, a)
		}
		known[[2]int{p, a}] = got
		return got
	}
	return match(0, 0)
}

func FuzzMatch(f *testing.F) {
	for _, seed := range [][2]string{
		{"a/*/b", "a/b"}, {"*/a/*/*/b*", "x/a//b"}, {"/*/", "/"}, {"**", "ab"}, {"a/*/*/a", "a/a/a"}, {"/*/*/a", "/a/a"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, action string) {
		pattern, action = tiny(pattern), tiny(action)
		if got, want := azure.Match(pattern, action), slowMatch(pattern, action); got != want {
			t.Errorf("Match(%q, %q) = %v, want %v", pattern, action, got, want)
		}
	})
}

// tiny maps any text to a small alphabet, where most of what can go wrong happens.
func tiny(s string) string {
	var b strings.Builder
	for i := range min(len(s), 24) {
		b.WriteByte("a/*b/*"[s[i]%6])
	}
	return b.String()
}

func TestAllows(t *testing.T) {
	contributor := azure.Permissions{
		Actions:    []string{"*"},
		NotActions: []string{"Microsoft.Authorization/*/Write"},
	}
	grantor := azure.Permissions{Actions: []string{"Microsoft.Authorization/roleAssignments/write"}}
	const write = "Microsoft.Authorization/roleAssignments/write"
	if contributor.Allows(write) {
		t.Error("NotActions do not take away from their own block")
	}
	if !contributor.Allows("Microsoft.Authorization/roleAssignments/read") || !grantor.Allows(write) {
		t.Error("a block does not grant what it lists")
	}
	if u, _ := azure.Classify([]azure.Permissions{contributor, grantor}); u&azure.Escalate == 0 {
		t.Error("NotActions of one block deny what another block grants")
	}
	data := azure.Permissions{DataActions: []string{"Microsoft.X/*"}, NotDataActions: []string{"*/delete"}}
	if !data.AllowsData("Microsoft.X/y/read") || data.AllowsData("Microsoft.X/y/delete") || data.Allows("Microsoft.X/y/read") {
		t.Error("data actions are wrong")
	}
}
