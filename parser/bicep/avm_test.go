package bicep

import "testing"

func TestVerifiedModule(t *testing.T) {
	for cached, want := range map[string]string{
		"br/mcr.microsoft.com/bicep$avm$res$key-vault$vault/0.13.0$/main.json":            "avm.res.key-vault/vault",
		"br/mcr.microsoft.com/bicep$avm$res$key-vault$vault/sha256#aa/main.json":          "avm.res.key-vault/vault",
		"br/mcr.microsoft.com/bicep$avm$res$resources$deployment-script/1$/main.json":     "avm.res.resources/deployment-script",
		"br/mcr.microsoft.com/bicep$avm$res$managed-identity$x/1$/main.json":              "avm.res.managed-identity/x",
		"br/mcr.microsoft.com/bicep$avm$res$sql$server$database/1$/main.json":             "avm.res.sql.server/database",
		"br/mcr.microsoft.com/bicep$avm$res$alone/1$/main.json":                           "",
		"br/mcr.microsoft.com/bicep$avm$res$resources$resource-group/1$/main.json":        "",
		"br/mcr.microsoft.com/bicep$avm$res$management$service-group/1$/main.json":        "",
		"br/mcr.microsoft.com/bicep$avm$res$authorization$role-assignment$s/1$/main.json": "",
		"br/mcr.microsoft.com/bicep$avm$ptn$key-vault$vault/1$/main.json":                 "",
		"br/reports.azurecr.io/bicep$avm$res$key-vault$vault/1$/main.json":                "",
	} {
		if got := verifiedModule(cached); got != want {
			t.Errorf("%s is %q, want %q", cached, got, want)
		}
	}
}
