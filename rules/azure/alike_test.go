package azure_test

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestNearestBuiltIn(t *testing.T) {
	role := func(name string) azure.Permissions {
		r, ok := azure.RoleByName(name)
		if !ok {
			t.Fatalf("no role %q", name)
		}
		return r.Blocks[0]
	}
	plus := func(p azure.Permissions, actions ...string) azure.Permissions {
		p.Actions = append(slices.Clone(p.Actions), actions...)
		return p
	}
	for _, c := range []struct {
		name string
		p    azure.Permissions
		want string
		more int
	}{
		{"the same", role("AcrPull"), "AcrPull", 0},
		{"the same, said otherwise", azure.Permissions{Actions: []string{"*/read", "Microsoft.Web/sites/read"}}, "Reader", 0},
		{"two more", plus(role("Virtual Machine Contributor"), "Microsoft.Web/sites/restart/action", "Microsoft.Web/sites/stop/action"), "Virtual Machine Contributor", 2},
		{"three more", plus(role("Virtual Machine Contributor"), "Microsoft.Web/sites/restart/action", "Microsoft.Web/sites/stop/action", "Microsoft.Web/sites/start/action"), "", 0},
		{"a wildcard more", plus(role("Virtual Machine Contributor"), "Microsoft.Web/*"), "", 0},
		{"one more than a small role", plus(role("AcrPull"), "Microsoft.Web/sites/restart/action"), "", 0},
		{"less", azure.Permissions{Actions: []string{"Microsoft.Compute/virtualMachines/restart/action"}}, "", 0},
		{"bound", azure.Permissions{Actions: []string{"*/read"}, Condition: true}, "", 0},
		{"nothing", azure.Permissions{}, "", 0},
	} {
		r, more, ok := azure.NearestBuiltIn([]azure.Permissions{c.p})
		if r.Name != c.want || len(more) != c.more || ok != (c.want != "") {
			t.Errorf("%s: %q, %q, %v", c.name, r.Name, more, ok)
		}
	}
}
