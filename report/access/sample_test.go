package access

import (
	"fmt"

	"github.com/rolecall/rolecall/report"
)

// at makes a place in a file.
func at(file string, line, column int) report.Place {
	return report.Place{File: file, From: report.Position{Line: line, Byte: column, Rune: column, UTF16: column}}
}

// host makes a host in the resource group of the sample.
func host(kind, name string, line int) Host {
	return Host{Type: kind, Name: name, ID: resource(kind, name), At: at("main.json", line, 9)}
}

func resource(kind, name string) string {
	return "/subscriptions/‹subscription›/resourceGroups/rg-shop/providers/" + kind + "/" + name
}

// sample is an access of every kind of grant, as a shop with an API, a worker and a pipeline has it.
func sample() *Access {
	api := Principal{
		Kind: UserAssigned, Name: "id-api", Key: "id-api", Known: true,
		ID:    resource("Microsoft.ManagedIdentity/userAssignedIdentities", "id-api"),
		Hosts: []Host{host("Microsoft.App/containerApps", "ca-api", 40), host("Microsoft.App/jobs", "job-migrate", 80)},
	}
	worker := Principal{
		Kind: SystemAssigned, Name: "func-worker", Key: "func-worker", Known: true,
		ID: resource("Microsoft.Web/sites", "func-worker"), Hosts: []Host{host("Microsoft.Web/sites", "func-worker", 120)},
	}
	deploy := Principal{Kind: ServicePrincipal, Name: "6f1e0c52-3b0e-4a53-9d0e-0a6a4f0f7f11", Key: "sp", Known: true,
		ID: "6f1e0c52-3b0e-4a53-9d0e-0a6a4f0f7f11"}
	team := Principal{Kind: Group, Name: "‹parameter operatorsGroupId›", Key: "team"}
	idle := Principal{Kind: UserAssigned, Name: "id-spare", Key: "id-spare", Known: true,
		ID: resource("Microsoft.ManagedIdentity/userAssignedIdentities", "id-spare")}

	group := Scope{Level: "resource group", Name: "rg-shop", ID: "/subscriptions/‹subscription›/resourceGroups/rg-shop"}
	subscription := Scope{Level: "subscription", Name: "‹subscription›", ID: "/subscriptions/‹subscription›"}
	vault := Scope{Level: "resource", Type: "Microsoft.KeyVault/vaults", Name: "kv-shop", ID: resource("Microsoft.KeyVault/vaults", "kv-shop")}
	store := Scope{Level: "resource", Type: "Microsoft.Storage/storageAccounts", Name: "stshop", ID: resource("Microsoft.Storage/storageAccounts", "stshop")}
	cosmos := Scope{Level: "resource", Type: "Microsoft.DocumentDB/databaseAccounts", Name: "cosmos-shop", ID: resource("Microsoft.DocumentDB/databaseAccounts", "cosmos-shop")}

	const rbac = "Azure role"
	a := &Access{Version: "1.2.3", TablesDate: "2026-11-01", Complete: true}
	grant := func(plane string, p Principal, r Role, s Scope, line int) *Grant {
		a.Grants = append(a.Grants, Grant{
			Plane: plane, Principal: p, Role: r, Scope: s, At: at("main.json", line, 22), Root: "main.json",
			Resource: report.Resource{Type: "Microsoft.Authorization/roleAssignments", Name: fmt.Sprintf("ra-%d", line)},
		})
		return &a.Grants[len(a.Grants)-1]
	}
	grant(rbac, api, secretsUser(), vault, 210)
	grant(rbac, api, blobOwner(), store, 230).Condition =
		"((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})))"
	grant("Cosmos DB role", api, Role{Name: "Cosmos DB Built-in Data Contributor", ID: "00000000-0000-0000-0000-000000000002",
		Known: true, Power: PowerWriteData, Evidence: "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create"}, cosmos, 250)
	grant(rbac, worker, secretsUser(), vault, 270)
	grant(rbac, worker, contributor(), group, 290).Maybe = "parameters('environment') == 'dev'"
	g := grant(rbac, deploy, owner(), subscription, 12)
	g.At, g.Chain, g.Count, g.Sets = at("modules/pipeline.json", 12, 31), []string{"main.json", "modules/pipeline.json"}, 3, []string{"prod"}
	grant(rbac, team, reader(), group, 330)
	grant("Key Vault access policy", deploy, Role{Name: "secrets: all; keys: get", Known: true, Power: PowerCredential,
		Evidence: "secrets/all"}, vault, 350)
	grant(rbac, deploy, Role{Name: "‹parameter roleId›"}, store, 370)

	a.Identities = []Identity{
		{Principal: api, Declared: true, At: at("main.json", 20, 13)}, {Principal: worker, At: at("main.json", 121, 17)},
		{Principal: idle, Declared: true, At: at("main.json", 390, 13)},
	}
	a.Coverage = report.Coverage{Files: 3, Templates: 2, Units: 2,
		Grants:     report.Tally{Total: 12, Decided: 9, Parameter: 2, Runtime: 1},
		Identities: report.Tally{Total: 3, Decided: 3},
		Undecided: []report.Undecided{
			{Kind: report.KindGrant, State: report.StateParameter, Reason: "parameter 'operatorsGroupId' has no value", At: at("main.json", 330, 22),
				Resource: report.Resource{Type: "Microsoft.Authorization/roleAssignments", Name: "ra-330"}},
			{Kind: report.KindGrant, State: report.StateParameter, Reason: "parameter 'roleId' has no value", At: at("main.json", 370, 22)},
			{Kind: report.KindGrant, State: report.StateRuntime, Reason: "reference() of a resource outside of the template", At: at("main.json", 400, 22)},
		},
	}
	a.Problems = []report.Problem{{Kind: report.ProblemNote, File: "main.json", Position: report.Position{Line: 4, Byte: 5, Rune: 5},
		Message: "the template is deployed to a subscription", Hint: "name it with --subscription"}}
	return a
}

func secretsUser() Role {
	return Role{Name: "Key Vault Secrets User", ID: "4633458b-17de-408a-b874-0445c86b69e6", Known: true, Power: PowerCredential,
		Evidence: "Microsoft.KeyVault/vaults/secrets/getSecret/action", Permissions: []Permissions{{DataActions: []string{
			"Microsoft.KeyVault/vaults/secrets/getSecret/action", "Microsoft.KeyVault/vaults/secrets/readMetadata/action"}}}}
}

func blobOwner() Role {
	return Role{Name: "Storage Blob Data Owner", ID: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", Known: true, Power: PowerWriteData,
		Evidence: "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*", Permissions: []Permissions{{
			Actions:     []string{"Microsoft.Storage/storageAccounts/blobServices/containers/*"},
			DataActions: []string{"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"}}}}
}

func contributor() Role {
	return Role{Name: "Contributor", ID: "b24988ac-6180-42a0-ab88-20f7382dd24c", Known: true, Power: PowerBroad, Evidence: "*",
		Permissions: []Permissions{{Actions: []string{"*"}, NotActions: []string{"Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"}}}}
}

func owner() Role {
	return Role{Name: "Owner", ID: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", Known: true, Power: PowerEscalate, Evidence: "*",
		Permissions: []Permissions{{Actions: []string{"*"}}}}
}

func reader() Role {
	return Role{Name: "Reader", ID: "acdd72a7-3385-48ef-bd42-f606fba81ae7", Known: true, Power: PowerNone,
		Permissions: []Permissions{{Actions: []string{"*/read"}}}}
}

// many is an access of n grants.
func many(n int) *Access {
	a := &Access{Version: "1.2.3", TablesDate: "2026-11-01", Complete: true}
	roles := []Role{reader(), contributor(), owner(), secretsUser(), blobOwner()}
	for i := range n {
		name := fmt.Sprintf("id-%03d", i*7%(n/3+1))
		p := Principal{Kind: UserAssigned, Name: name, Key: name, Known: true, ID: resource("Microsoft.ManagedIdentity/userAssignedIdentities", name),
			Hosts: []Host{host("Microsoft.Web/sites", "app-"+name, i+1)}}
		s := Scope{Level: "resource", Type: "Microsoft.Storage/storageAccounts", Name: fmt.Sprintf("st%03d", i%(n/4+1))}
		s.ID = resource(s.Type, s.Name)
		a.Grants = append(a.Grants, Grant{Plane: "Azure role", Principal: p, Role: roles[i*3%17%len(roles)], Scope: s, Root: "main.json",
			At: at("main.json", 10*i+5, 20), Resource: report.Resource{Type: "Microsoft.Authorization/roleAssignments", Name: fmt.Sprint(i)}})
	}
	a.Coverage.Files, a.Coverage.Templates, a.Coverage.Units = 1, 1, 1
	a.Coverage.Grants = report.Tally{Total: n, Decided: n}
	return a
}

// hostile is what somebody might call things to break out of a format.
var hostile = []string{
	`</script><script>alert(1)</script>`, `<!--<script>`, `]]></title><img src=x onerror=alert(1)>`, `" onload="alert(1)`, `' x='`,
	`&lt;b&gt;`, "line\nbreak\r\n\ttab", "\x1b[31mred\x07", "\u202egnp.exe\u2066", "\u2028\u2029", "\ufffe\uffff\x00\xff", `{{.}} ${x} \u003c`,
	"javascript:alert(1)", "##vso[task.complete]", "長い名前のリソースが横に並ぶとどうなるか試すための名前です", "e\u0301\u0301\u0301\u0301 👩\u200d👩\u200d👧",
	string(make([]byte, 0)) + fmt.Sprint("long-", fmt.Sprintf("%0500d", 7)),
}

// attacked is an access in which each text is hostile.
func attacked() *Access {
	a := &Access{Version: hostile[0], TablesDate: hostile[3]}
	for i, x := range hostile {
		p := Principal{Kind: OtherPrincipal, Name: x, ID: x, Key: fmt.Sprint(i, x), Known: i%2 == 0,
			Hosts: []Host{{Type: x, Name: x, ID: x, At: at(x, 1, 1), Maybe: x}}}
		r := Role{Name: x, ID: x, Custom: true, Known: true, Power: Power(i % 9), Evidence: x,
			Permissions: []Permissions{{Actions: []string{x}, NotActions: []string{x}, DataActions: []string{x}, NotDataActions: []string{x}, Condition: x}}}
		a.Grants = append(a.Grants, Grant{Plane: x, Principal: p, Role: r, Scope: Scope{Level: x, Type: x, Name: x, ID: x}, Condition: x,
			At: at(x, i, i), Resource: report.Resource{Type: x, Name: x}, Chain: []string{x, x}, Root: x, Sets: []string{x}, Maybe: x, Count: i})
		a.Coverage.Undecided = append(a.Coverage.Undecided, report.Undecided{Kind: x, State: x, Reason: x, At: at(x, 1, 1), Resource: report.Resource{Type: x, Name: x}})
		a.Coverage.Unsupported = append(a.Coverage.Unsupported, report.Unsupported{Construct: x, Count: 2, First: at(x, 1, 1)})
		a.Problems = append(a.Problems, report.Problem{Kind: report.ProblemInput, File: x, Message: x, Hint: x, Rule: x})
	}
	return a
}
