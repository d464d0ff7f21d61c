package azure_test

import (
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestCoversPattern(t *testing.T) {
	for _, c := range []struct {
		outer, inner   string
		covers, shares bool
	}{
		{"*", "Microsoft.Storage/*", true, true},
		{"Microsoft.Storage/*", "*", false, true},
		{"*/read", "Microsoft.Storage/storageAccounts/read", true, true},
		{"*/read", "Microsoft.Storage/*/read", true, true},
		{"*/read", "Microsoft.Storage/*", false, true},
		{"*/read", "Microsoft.Storage/storageAccounts/write", false, false},
		{"Microsoft.Storage/*/read", "Microsoft.Storage/*/write", false, false},
		{"Microsoft.Storage/*/read", "microsoft.storage/storageaccounts/*/read", true, true},
		{"Microsoft.Storage/*", "Microsoft.StorageCache/*", false, false},
		{"Microsoft.Authorization/*/write", "Microsoft.Authorization/roleAssignments/*", false, true},
		{"a/x*/b", "a/*/b", false, true},
		{"a/*b", "a/*/b", true, true},
		{"a/b*", "a/*/b", false, true}, // a/b is in both, a/x/b is not
		{"a/b", "a/*/b", false, true},
		{"a/b", "a/*/c", false, false},
		{"", "", true, true},
	} {
		if got := azure.CoversPattern(c.outer, c.inner); got != c.covers {
			t.Errorf("CoversPattern(%q, %q) = %v", c.outer, c.inner, got)
		}
		if got := azure.Overlap(c.outer, c.inner); got != c.shares {
			t.Errorf("Overlap(%q, %q) = %v", c.outer, c.inner, got)
		}
	}
}

// texts are all texts of the letters up to a length.
func texts(letters string, length int) []string {
	out := []string{""}
	for from := 0; length > 0; length-- {
		to := len(out)
		for _, s := range out[from:to] {
			for _, c := range letters {
				out = append(out, s+string(c))
			}
		}
		from = to
	}
	return out
}

// TestPatternsAgainstMatch compares short patterns by all short operations that they cover.
func TestPatternsAgainstMatch(t *testing.T) {
	patterns, operations := texts("a/*", 5), texts("ab/", 6)
	covered := make([][]bool, len(patterns))
	for i, p := range patterns {
		covered[i] = make([]bool, len(operations))
		for k, op := range operations {
			covered[i][k] = azure.Match(p, op)
		}
	}
	for i := range patterns {
		for j := range patterns {
			within, common := true, false
			for k := range operations {
				within = within && (covered[i][k] || !covered[j][k])
				common = common || covered[i][k] && covered[j][k]
			}
			if azure.CoversPattern(patterns[i], patterns[j]) && !within {
				t.Fatalf("%q does not cover %q", patterns[i], patterns[j])
			}
			if common && !azure.Overlap(patterns[i], patterns[j]) {
				t.Fatalf("%q and %q overlap", patterns[i], patterns[j])
			}
		}
	}
}

func TestCovers(t *testing.T) {
	role := func(name string) []azure.Permissions {
		r, ok := azure.RoleByName(name)
		if !ok {
			t.Fatalf("no role %q", name)
		}
		return r.Blocks
	}
	for _, c := range []struct {
		outer, inner string
		want         bool
	}{
		{"Owner", "Contributor", true},
		{"Contributor", "Owner", false},
		{"Contributor", "Contributor", true},
		{"Contributor", "Storage Account Contributor", true},
		{"Contributor", "User Access Administrator", false},
		{"Owner", "Storage Blob Data Reader", false},
		{"Storage Blob Data Owner", "Storage Blob Data Contributor", true},
		{"Storage Blob Data Contributor", "Storage Blob Data Reader", true},
		{"Storage Blob Data Reader", "Storage Blob Data Contributor", false},
		{"Reader", "Key Vault Reader", false},
		{"AcrPush", "AcrPull", true},
		{"Network Contributor", "Reader", false},
	} {
		if got := azure.Covers(role(c.outer), role(c.inner)); got != c.want {
			t.Errorf("%s covers %s: %v", c.outer, c.inner, got)
		}
	}
	actions := func(list ...string) azure.Permissions { return azure.Permissions{Actions: list} }
	without := azure.Permissions{Actions: []string{"A/*"}, NotActions: []string{"A/keys/*"}}
	bound := azure.Permissions{Actions: []string{"*"}, Condition: true}
	for _, c := range []struct {
		name         string
		outer, inner azure.Permissions
		want         bool
	}{
		{"carved", without, actions("A/b/read"), true},
		{"carved out", without, actions("A/keys/read"), false},
		{"carved out of part", without, actions("A/*/read"), false},
		{"carved out of both", without, azure.Permissions{Actions: []string{"A/*/read"}, NotActions: []string{"A/keys/*"}}, true},
		{"nothing left", actions(), azure.Permissions{Actions: []string{"A/b/read"}, NotActions: []string{"A/*"}}, true},
		{"condition of the outer", bound, actions("A/b/read"), false},
		{"condition of the inner", actions("*"), bound, true},
		{"data is another list", actions("*"), azure.Permissions{DataActions: []string{"A/b/read"}}, false},
		{"together only", actions("A/b/read", "A/b/write"), actions("A/b/*"), false},
	} {
		if got := azure.Covers([]azure.Permissions{c.outer}, []azure.Permissions{c.inner}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
