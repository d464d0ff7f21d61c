package azure

import "testing"

// TestServices holds the table to the roles and resource types that there are.
func TestServices(t *testing.T) {
	for i, s := range services {
		if _, ok := ResourceType(s.Type); !ok {
			t.Errorf("%s is no resource type", s.Type)
		}
		if i > 0 && compareFold(services[i-1].Type, s.Type) > 0 {
			t.Errorf("%s is not in order", s.Type)
		}
		keyless, _ := KeylessRole(s.Type)
		for _, name := range []string{s.Role, s.Writer} {
			role, ok := RoleByName(name)
			if name != "" && ok == keyless.Native {
				t.Errorf("%s: the role %q is built in: %v", s.Type, name, ok)
			}
			if target, one := TargetType(role.Blocks); one && !equalFold(target, s.Type) {
				t.Errorf("%q is for %q, not for %s", name, target, s.Type)
			}
		}
	}
	if s, ok := ServiceOf("microsoft.storage/StorageAccounts"); !ok || s.Domain != ".blob.core.windows.net" {
		t.Errorf("ServiceOf: %v", s)
	}
	if _, ok := ServiceOf("Microsoft.Web/sites"); ok {
		t.Error("a site is no such service")
	}
}
