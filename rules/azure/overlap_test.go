package azure_test

import (
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"*/listKeys/action", "Microsoft.Storage/storageAccounts/*", true},
		{"*/listkeys/action", "Microsoft.Storage/storageAccounts/listKeys/action", true},
		{"*/listKeys/action", "Microsoft.Storage/storageAccounts/read", false},
		{"*/listKeys/action", "*/read", false},
		{"*", "a/b", true},
		{"a/*", "b/*", false},
		{"a*c", "ab*", true},
		{"", "*", true},
		{"", "a", false},
		{"a*b*c", "a*d*c", true},
		{"*a", "*b", false},
	} {
		if got := azure.Overlap(c.a, c.b); got != c.want {
			t.Errorf("Overlap(%q, %q) = %v", c.a, c.b, got)
		}
		if azure.Overlap(c.b, c.a) != c.want {
			t.Errorf("Overlap(%q, %q) differs the other way round", c.a, c.b)
		}
	}
}
