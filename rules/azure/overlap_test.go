package azure_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		p, q string
		want bool
	}{
		{"a/read", "A/Read", true},
		{"a/read", "a/write", false},
		{"*", "a/write", true},
		{"*", "*", true},
		{"*/read", "a/*", true},
		{"*/read", "a/*/write", false},
		{"Microsoft.Compute/*", "Microsoft.Authorization/*/write", false},
		{"Microsoft.Compute/*/read", "Microsoft.Compute/virtualMachines/*", true},
		{"Microsoft.Compute/disks/*", "Microsoft.Compute/virtualMachines/*", false},
		{"Microsoft.*/read", "Microsoft.Compute/*", true},
		{"a*b", "*c", false},
		{"a*b*", "*c", true},
		{"x/*/assign/action", "x/assign/action", true},
		{"x/assign/action", "x/*/assign/action", true},
		{"x/*/assign/action", "x/assign/*", true},
		{"xassign", "x/*/assign", false},
		{"", "", true},
		{"", "*", true},
		{"", "a", false},
	} {
		if got := azure.Overlap(c.p, c.q); got != c.want {
			t.Errorf("Overlap(%q, %q) = %v", c.p, c.q, got)
		}
		if got := azure.Overlap(c.q, c.p); got != c.want {
			t.Errorf("the other way round: Overlap(%q, %q) = %v", c.q, c.p, got)
		}
	}
}

// FuzzOverlap: what two patterns match, they overlap in.
func FuzzOverlap(f *testing.F) {
	for _, seed := range [][3]string{{"a/*/b", "*", "a/b"}, {"*/a", "b*", "b/a"}, {"/*/", "//", "//"}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, p, q, action string) {
		p, q, action = tiny(p), tiny(q), strings.ReplaceAll(tiny(action), "*", "x")
		if azure.Match(p, action) && azure.Match(q, action) && !azure.Overlap(p, q) {
			t.Errorf("%q and %q both match %q and do not overlap", p, q, action)
		}
	})
}
