package azure_test

import (
	"testing"

	"github.com/rolecall/rolecall/rules/azure"
)

func TestDangerousGraphPermission(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "RoleManagement.ReadWrite.Directory"},
		{"9E3F62CF-CA93-4989-B6CE-BF83C28F9FE8", "RoleManagement.ReadWrite.Directory"},
		{"rolemanagement.readwrite.directory", "RoleManagement.ReadWrite.Directory"},
		{"User.Read.All", ""},
		{"df021288-bdef-4463-88db-98f22de89214", ""}, // User.Read.All
	} {
		if p, _ := azure.DangerousGraphPermission(c.in); p.Name != c.want {
			t.Errorf("%s: got %q, want %q", c.in, p.Name, c.want)
		}
	}
	if p, ok := azure.DangerousGraphPermissionIn("filter(x, lambda('r', equals(lambdaVariables('r').value, 'Domain.ReadWrite.All')))[0].id"); !ok || p.Name != "Domain.ReadWrite.All" {
		t.Errorf("got %+v", p)
	}
	if p, ok := azure.DangerousGraphPermissionIn("filter(x, lambda('r', equals(lambdaVariables('r').value, 'Domain.Read.All')))[0].id"); ok {
		t.Errorf("got %+v", p)
	}
}
