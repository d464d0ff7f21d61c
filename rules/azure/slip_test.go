package azure

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestGUIDs holds the form of GUIDs, digit by digit.
func TestGUIDs(t *testing.T) {
	const guid = "01234567-89ab-cdef-ABCD-EF0123456789"
	if !IsGUID(guid) {
		t.Fatal("a GUID is none")
	}
	for i := range guid {
		for _, c := range "/:`g@G- " {
			if bad := guid[:i] + string(c) + guid[i+1:]; bad != guid && IsGUID(bad) {
				t.Errorf("%s is a GUID", bad)
			}
		}
	}
	for _, digit := range "09afAF" {
		if !IsGUID(strings.Replace(guid, "0", string(digit), 1)) {
			t.Errorf("a GUID with %c is none", digit)
		}
	}
	for _, bad := range []string{"", guid[1:], guid + "0"} {
		if IsGUID(bad) {
			t.Errorf("%q is a GUID", bad)
		}
	}
	if r, d := NearestRole(strings.Repeat("f", 8) + "-ffff-ffff-ffff-" + strings.Repeat("f", 12)); d < 20 || d > guidDigits || r.ID == "" {
		t.Errorf("%s is %d digits away from no role", r.ID, d)
	}
}

// TestSlips compares words that are one slip of the hand apart.
func TestSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"accounts", "accounts", false},
		{"accounts", "ACCOUNTS", false},
		{"accounts", "acounts", true},
		{"accounts", "accountss", true},
		{"accounts", "xaccounts", true},
		{"accounts", "ccounts", true},
		{"accounts", "accoumts", true},
		{"accounts", "accountx", true},
		{"accounts", "xccounts", true},
		{"accounts", "accuonts", true},
		{"accounts", "caccounts", true},
		{"accounts", "accounst", true},
		{"accounts", "cacounts", true},
		{"accounts", "accoumtz", false},
		{"accounts", "acconuts", true},
		{"accounts", "accnouts", false}, // moved by two
		{"accounts", "accouns", true},
		{"accounts", "accoun", false},
		{"accounts", "acountss", false},
		{"ab", "ba", true},
		{"ab", "ca", false},
		{"", "a", true},
		{"", "", false},
		{"", "ab", false},
	} {
		if got := oneSlip(c.a, c.b); got != c.want {
			t.Errorf("oneSlip(%q, %q) = %v", c.a, c.b, got)
		}
		if got := oneSlip(c.b, c.a); got != c.want {
			t.Errorf("oneSlip(%q, %q) = %v", c.b, c.a, got)
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"server", "servex", true},
		{"server", "serve", false}, // too short
		{"servers", "server", true},
		{"servers", "sarvers", false}, // the head is seldom mistaken
		{"servers", "serbers", true},
		{"SERVERS", "serbers", true},
	} {
		if got := alike(c.a, c.b); got != c.want {
			t.Errorf("alike(%q, %q) = %v", c.a, c.b, got)
		}
	}
	if !sameButDigits("v1beta2", "V11beta") || sameButDigits("v1", "w1") || !plural("Key", "keys") || !plural("keys", "KEY") || plural("key", "keyz") {
		t.Error("digits or plurals are wrong")
	}
	if got := distinct([]string{"b", "B", "a", "b"}); !slices.Equal(got, []string{"a", "B"}) {
		t.Errorf("distinct names are %q", got)
	}
}

// TestKnownPaths tells what is known by its beginning.
func TestKnownPaths(t *testing.T) {
	for path, want := range map[string]bool{
		"Microsoft.Storage":                          true,
		"microsoft.storage/storageaccounts":          true,
		"Microsoft.Storage/storageAccount":           false,
		"Microsoft.Storage/storageAccounts/listKeys": true,
		"Microsoft.Stor":                             false,
		"Contoso":                                    false,
		"":                                           false,
		"Microsoft.Storage/storageAccounts/listKeys/action":   false, // nothing is below it
		"Microsoft.Storage/storageAccounts/blobServices/x":    false,
		"Microsoft.Authorization/roleManagementPolicies":      true,
		"Microsoft.Authorization/roleManagementPoliciesOther": false,
	} {
		if got := IsKnownPath(path); got != want {
			t.Errorf("IsKnownPath(%q) = %v", path, got)
		}
	}
	for operation, want := range map[string]bool{
		"a/read": true, "a/WRITE": true, "a/delete": true, "a/Action": true, "read": true, "a/reads": false, "a/": false, "": false, "a/read/b": false,
	} {
		if got := EndsInVerb(operation); got != want {
			t.Errorf("EndsInVerb(%q) = %v", operation, got)
		}
	}
}

// TestNearlyBuiltIn holds what is nearly a built-in role.
func TestNearlyBuiltIn(t *testing.T) {
	if current(RoleDefinition{Name: "A"}) || current(RoleDefinition{Known: true, Name: "A (Deprecated)"}) || current(RoleDefinition{Known: true, Name: "Legacy A"}) ||
		current(RoleDefinition{Known: true, Blocks: []Permissions{{}, {Condition: true}}}) || !current(RoleDefinition{Known: true, Name: "A", Blocks: []Permissions{{}}}) {
		t.Error("roles out of date, or bound, are taken for ones to recommend")
	}
	if n := patternCount([]Permissions{{Actions: []string{"a", "b"}, NotActions: []string{"x"}}, {DataActions: []string{"c"}, NotDataActions: []string{"y"}}}); n != 3 {
		t.Errorf("%d patterns", n)
	}
	rest, extra := split([]Permissions{
		{Actions: []string{"A/b/read", "A/c/read", "A/*"}, NotActions: []string{"A/x"}, DataActions: []string{"A/d/read", "A/e/read"}, NotDataActions: []string{"A/y"}},
	}, []Permissions{{Actions: []string{"A/b/*"}, DataActions: []string{"A/d/*"}}})
	want := []Permissions{{Actions: []string{"A/b/read"}, NotActions: []string{"A/x"}, DataActions: []string{"A/d/read"}, NotDataActions: []string{"A/y"}}}
	if fmt.Sprint(rest) != fmt.Sprint(want) || !slices.Equal(extra, []string{"A/c/read", "A/*", "A/e/read"}) {
		t.Errorf("got %v and %q", rest, extra)
	}
	for _, c := range []struct {
		inner Permissions
		want  bool
	}{
		{Permissions{DataActions: []string{"A/d/read"}}, true},
		{Permissions{DataActions: []string{"A/d/keys/read"}}, false},
		{Permissions{DataActions: []string{"A/d/*"}, NotDataActions: []string{"A/d/keys/*"}}, true},
		{Permissions{DataActions: []string{"A/d/*"}, NotActions: []string{"A/d/keys/*"}}, false},
		{Permissions{DataActions: []string{"B/d/read"}, NotDataActions: []string{"B/*"}}, true},
		{Permissions{Actions: []string{"A/d/read"}}, false},
		{Permissions{Actions: []string{"A/d/read"}, NotActions: []string{"*"}}, true},
	} {
		outer := []Permissions{{DataActions: []string{"A/d/*"}, NotDataActions: []string{"A/d/keys/*"}}}
		if got := Covers(outer, []Permissions{c.inner}); got != c.want {
			t.Errorf("%+v is covered: %v", c.inner, got)
		}
	}
}
