package compare_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/internal/compare"
	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/lock"
	"github.com/rolecall/rolecall/internal/ruletest"
	model "github.com/rolecall/rolecall/report/access"
)

// Role definitions by their GUIDs.
const (
	owner         = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
	contributor   = "b24988ac-6180-42a0-ab88-20f7382dd24c"
	reader        = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	blobReader    = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
	blobWriter    = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
	secretsUser   = "4633458b-17de-408a-b874-0445c86b69e6"
	someone       = "11111111-2222-4333-8444-555555555555"
	someoneElse   = "99999999-2222-4333-8444-555555555555"
	schema        = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	parameterFile = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", `
)

// template is a template with the resources.
func template(resources ...string) string {
	return "{" + schema + `"resources": [` + strings.Join(resources, ", ") + "]}"
}

// withParameter is a template with a parameter x.
func withParameter(parameter string, resources ...string) string {
	return "{" + schema + `"parameters": {"x": ` + parameter + `}, "resources": [` + strings.Join(resources, ", ") + "]}"
}

// grant is a role assignment; more are further members of the resource, each
// with a comma behind it.
func grant(principal, role, more string) string { return conditional(principal, role, "", more) }

// conditional is a role assignment with further properties.
func conditional(principal, role, properties, more string) string {
	return `{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('` + role + `')]", ` + more +
		`"properties": {"principalType": "ServicePrincipal", "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '` + role + `')]", ` +
		properties + `"principalId": "` + principal + `"}}`
}

const (
	identity = `{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "id-app", "location": "westeurope"}`
	itsID    = "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-app'), '2023-01-31').principalId]"
)

func site(name, more string) string {
	return `{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "` + name + `", "location": "westeurope", ` + more +
		`"identity": {"type": "UserAssigned", "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-app')]": {}}}, "properties": {}}`
}

func credential(subject string) string {
	return `{"type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "apiVersion": "2025-01-31-preview", "name": "id-app/ci",
		"properties": {"issuer": "https://token.actions.githubusercontent.com", "audiences": ["api://AzureADTokenExchange"], ` + subject + `}}`
}

func customRole(actions string) string {
	return `{"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "` + secretsUser[:34] + `00",
		"properties": {"roleName": "Deployer", "type": "CustomRole", "assignableScopes": ["[resourceGroup().id]"], "permissions": [` + actions + `]}}`
}

func vault(permissions string, more string) string {
	return `{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv", "location": "westeurope", "properties": {"tenantId": "[subscription().tenantId]", ` +
		more + `"sku": {"family": "A", "name": "standard"}, "accessPolicies": [{"tenantId": "[subscription().tenantId]", "objectId": "` + someone + `", "permissions": ` + permissions + `}]}}`
}

// accessOf evaluates files. Those in folders are modules.
func accessOf(t testing.TB, files ruletest.Files) *model.Access {
	t.Helper()
	o := driver.Options{Read: files.Read, Jobs: 1, Pairs: func(f string) []string {
		set := strings.TrimSuffix(f, ".json") + ".parameters.json"
		if _, ok := files[set]; ok {
			return []string{set}
		}
		return nil
	}}
	for name := range files {
		if !strings.Contains(name, "/") && !strings.HasSuffix(name, ".parameters.json") {
			o.Files = append(o.Files, discover.File{Path: name, Kind: discover.Template})
		}
	}
	a, _ := access.Of(o)
	for _, p := range a.Problems {
		t.Errorf("%s: %s", p.File, p.Message)
	}
	return a
}

// told writes changes in lines.
func told(d *model.Diff) []string {
	var out []string
	for _, c := range d.Changes {
		line := c.Kind.String() + ": "
		switch g := c.Grant(); {
		case c.Declared != nil:
			line += c.Declared.Explain()
		case g != nil:
			line += c.Principal.Name + ", " + g.Role.Name + ", " + g.Scope.Label()
		default:
			line += c.Principal.Name
		}
		out = append(out, strings.Join(append([]string{line}, c.Reasons...), "; "))
	}
	return out
}

func files(main string) ruletest.Files { return ruletest.Files{"main.json": main} }

// TestKinds has a case for each way in which access changes. The other
// direction is compared, too.
func TestKinds(t *testing.T) {
	const optional = `"condition": "[parameters('x')]", `
	for _, c := range []struct {
		name      string
		old, new  string
		want      []string
		backwards []string
	}{
		{
			"a new grant", template(), template(grant(someone, owner, "")),
			[]string{"added: "}, []string{"removed: "},
		},
		{
			"a role with more permissions", template(grant(someone, reader, "")), template(grant(someone, contributor, "")),
			[]string{"widened: 'Contributor' allows more than 'Reader': *"}, []string{"narrowed: 'Reader' allows less than 'Contributor', or not all of *"},
		},
		{
			"a role with other permissions", template(grant(someone, blobReader, "")), template(grant(someone, secretsUser, "")),
			[]string{"widened: 'Key Vault Secrets User' allows more; allows less"}, []string{"widened: allows more; allows less"},
		},
		{
			"a role that is not known", template(grant(someone, reader, "")), template(grant(someone, someoneElse, "")),
			[]string{"not comparable: the role was 'Reader' and is '" + someoneElse + "'"}, []string{"not comparable: "},
		},
		{
			"a wider scope", template(grant(someone, reader, `"scope": "Microsoft.Storage/storageAccounts/st", `)), template(grant(someone, reader, "")),
			[]string{"widened: the scope was storageAccounts st and is the resource group, which holds it"}, []string{"narrowed: the scope was the resource group and is storageAccounts st within it"},
		},
		{
			"another scope", template(grant(someone, reader, `"scope": "Microsoft.Storage/storageAccounts/a", `)), template(grant(someone, reader, `"scope": "Microsoft.Storage/storageAccounts/b", `)),
			[]string{"added: ", "removed: "}, []string{"added: ", "removed: "},
		},
		{
			"another principal", template(grant(someone, reader, "")), template(grant(someoneElse, reader, "")),
			[]string{"added: " + someoneElse, "removed: " + someone}, []string{"added: " + someone, "removed: " + someoneElse},
		},
		{
			"a condition that is gone", template(conditional(someone, owner, `"condition": "@Resource[a] StringEquals 'b'", "conditionVersion": "2.0", `, "")), template(grant(someone, owner, "")),
			[]string{"widened: its condition is gone: @Resource[a] StringEquals 'b'"}, []string{"narrowed: it has a condition now"},
		},
		{
			"another condition", template(conditional(someone, owner, `"condition": "@Resource[a] StringEquals 'b'", `, "")), template(conditional(someone, owner, `"condition": "@Resource[a] StringEquals 'c'", `, "")),
			[]string{"not comparable: its condition is another one"}, []string{"not comparable: its condition"},
		},
		{
			"a condition that is written in another way", template(conditional(someone, owner, `"condition": "(a  b)", `, "")), template(conditional(someone, owner, `"condition": "(a\n\tb)", `, "")),
			nil, nil,
		},
		{
			"a deployment that is no longer conditional", withParameter(`{"type": "bool"}`, grant(someone, owner, optional)), withParameter(`{"type": "bool"}`, grant(someone, owner, "")),
			[]string{"widened: it is always deployed, no longer only if"}, []string{"narrowed: it is deployed only if"},
		},
		{
			"a deployment with another condition", withParameter(`{"type": "bool"}`, grant(someone, owner, optional)), withParameter(`{"type": "bool"}`, grant(someone, owner, `"condition": "[not(parameters('x'))]", `)),
			[]string{"not comparable: it is deployed if"}, []string{"not comparable: it is deployed if"},
		},
		{
			"a grant that is not deployed by default", withParameter(`{"type": "bool", "defaultValue": false}`, grant(someone, owner, optional)), withParameter(`{"type": "bool", "defaultValue": true}`, grant(someone, owner, optional)),
			[]string{"added: "}, []string{"removed: "},
		},
		{
			"a principal that is known no longer", withParameter(`{"type": "string", "defaultValue": "`+someone+`"}`, grant("[parameters('x')]", owner, "")), withParameter(`{"type": "string"}`, grant("[parameters('x')]", owner, "")),
			[]string{"not known: it is not known who it is for, and was before: " + someone + " as 'Owner'"}, []string{"now known: it was not known who it is for before"},
		},
		{
			"a further principal that is not known", template(), withParameter(`{"type": "string"}`, grant("[parameters('x')]", owner, "")),
			[]string{"not known: it is not known who it is for"}, []string{"removed: "},
		},
		{
			"a role for a principal that is not known", withParameter(`{"type": "string"}`, grant("[parameters('x')]", reader, "")), withParameter(`{"type": "string"}`, grant("[parameters('x')]", owner, "")),
			[]string{"widened: 'Owner' allows more than 'Reader'"}, []string{"narrowed: "},
		},
		{
			"a new host", template(identity, site("a", ""), grant(itsID, reader, "")), template(identity, site("a", ""), site("b", ""), grant(itsID, reader, "")),
			[]string{"widened: 'sites b' runs with it now"}, []string{"narrowed: 'sites b' no longer runs with it"},
		},
		{
			"a host of an identity that was there", template(), template(site("a", "")),
			[]string{"widened: 'sites a' runs with it now"}, nil,
		},
		{
			"a new identity that is granted nothing", template(), template(identity, site("a", "")),
			nil, nil,
		},
		{
			"a host that is no longer conditional", withParameter(`{"type": "bool"}`, identity, site("a", optional)), withParameter(`{"type": "bool"}`, identity, site("a", "")),
			[]string{"widened: 'sites a' always runs with it"}, []string{"narrowed: 'sites a' runs with it only if"},
		},
		{
			"an eligible assignment that is active", template(eligible("Eligibility")), template(eligible("Assignment")),
			[]string{"widened: it is active at once"}, []string{"narrowed: it is only eligible"},
		},
		{
			"a subject that matches more", template(identity, credential(`"subject": "repo:o/r:ref:refs/heads/main"`)),
			template(identity, credential(`"claimsMatchingExpression": {"languageVersion": 1, "value": "claims['sub'] matches 'repo:o/r:*'"}`)),
			[]string{"widened: the subject was 'repo:o/r:ref:refs/heads/main' and is"}, []string{"narrowed: the subject was"},
		},
		{
			"another subject", template(identity, credential(`"subject": "repo:o/r:ref:refs/heads/main"`)), template(identity, credential(`"subject": "repo:o/other:ref:refs/heads/main"`)),
			[]string{"added: repo:o/other", "removed: repo:o/r"}, []string{"added: repo:o/r", "removed: repo:o/other"},
		},
		{
			"a custom role that allows more", template(customRole(`{"actions": ["Microsoft.Web/sites/read"]}`), custom()), template(customRole(`{"actions": ["Microsoft.Web/sites/*"]}`), custom()),
			[]string{"widened: 'Deployer' allows more than before: Microsoft.Web/sites/*"}, []string{"narrowed: "},
		},
		{
			"a custom role with an exception less", template(customRole(`{"actions": ["*"], "notActions": ["Microsoft.Authorization/*/write"]}`), custom()), template(customRole(`{"actions": ["*"]}`), custom()),
			[]string{"widened: 'Deployer' allows more than before"}, []string{"narrowed: "},
		},
		{
			"a custom role in another order", template(customRole(`{"actions": ["a/b/read", "a/c/read"]}`), custom()), template(customRole(`{"actions": ["a/c/READ", "a/b/read"]}`), custom()),
			nil, nil,
		},
		{
			"a custom role that is written in another way", template(customRole(`{"actions": ["a/*"]}`), custom()), template(customRole(`{"actions": ["a/*", "a/b/read"]}`), custom()),
			[]string{"restated: 'Deployer' allows no more and no less than before"}, []string{"restated: "},
		},
		{
			"an access policy with more rights", template(vault(`{"secrets": ["get"]}`, "")), template(vault(`{"secrets": ["all"], "keys": ["get"]}`, "")),
			[]string{"widened: 'keys: get; secrets: all' allows more than 'secrets: get': keys/get, secrets/*"}, []string{"narrowed: "},
		},
		{
			"an access policy that takes effect", template(vault(`{"secrets": ["get"]}`, `"enableRbacAuthorization": true, `)), template(vault(`{"secrets": ["get"]}`, "")),
			[]string{"widened: it takes effect"}, []string{"narrowed: it has no effect"},
		},
		{
			"a role that another one covers", template(grant(someone, contributor, "")), template(grant(someone, contributor, ""), grant(someone, reader, "")),
			[]string{"restated: it adds nothing to 'Contributor'"}, []string{"restated: it is gone, and allowed by 'Contributor'"},
		},
		{
			"a role that is split", template(grant(someone, contributor, "")), template(grant(someone, reader, ""), grant(someone, "de139f84-1756-47ae-9be6-808fbbe84772", "")),
			[]string{"restated: ", "narrowed: "}, []string{"widened: ", "restated: "},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, fresh := accessOf(t, files(c.old)), accessOf(t, files(c.new))
			expect(t, compare.Access(old, fresh), c.want)
			expect(t, compare.Access(fresh, old), c.backwards)
			expect(t, compare.Access(old, old), nil)
			expect(t, compare.Access(fresh, fresh), nil)
		})
	}
}

// expect holds changes to what is wanted: the kind, and texts that they hold.
func expect(t *testing.T, d *model.Diff, want []string) {
	t.Helper()
	got := told(d)
	ok := len(got) == len(want)
	for i := 0; ok && i < len(got); i++ {
		kind, texts, _ := strings.Cut(want[i], ": ")
		ok = strings.HasPrefix(got[i], kind+": ")
		for _, text := range strings.Split(texts, "; ") {
			ok = ok && strings.Contains(got[i], text)
		}
	}
	if !ok {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func custom() string {
	return strings.Replace(grant(someone, secretsUser[:34]+"00", ""), "[subscriptionResourceId(", "[resourceId(", 1)
}

func eligible(word string) string {
	return `{"type": "Microsoft.Authorization/role` + word + `ScheduleRequests", "apiVersion": "2022-04-01-preview", "name": "[guid('x')]",
		"properties": {"principalId": "` + someone + `", "requestType": "AdminAssign", "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '` + owner + `')]",
		"scheduleInfo": {"expiration": {"type": "NoExpiration"}}}}`
}

// TestMoves holds that a grant is the same wherever it is written.
func TestMoves(t *testing.T) {
	module := `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "modules/grants.json"}}}`
	here := ruletest.Files{"main.json": template(grant(someone, reader, ""))}
	there := ruletest.Files{"main.json": template(module), "modules/grants.json": template("{}", grant(someone, reader, ""))}
	there["modules/grants.json"] = template(grant(someone, reader, ""))
	renamed := ruletest.Files{"other.json": template(grant(someone, reader, ""))}
	twice := ruletest.Files{"main.json": template(grant(someone, reader, "")), "other.json": template(grant(someone, reader, ""))}
	expect(t, compare.Access(accessOf(t, here), accessOf(t, there)), nil)
	expect(t, compare.Access(accessOf(t, here), accessOf(t, renamed)), []string{"moved: it was made by main.json"})
	// Another template may be deployed to another subscription.
	expect(t, compare.Access(accessOf(t, here), accessOf(t, twice)), []string{"added: "})
	expect(t, compare.Access(accessOf(t, twice), accessOf(t, here)), []string{"removed: "})

	at := `"scope": "/subscriptions/` + someone + `", `
	tenant := strings.Replace(template(grant(someone, reader, at)), "2019-04-01/deploymentTemplate", "2019-08-01/tenantDeploymentTemplate", 1)
	expect(t, compare.Access(accessOf(t, files(tenant)), accessOf(t, ruletest.Files{"main.json": tenant, "other.json": tenant})), nil)
}

// TestSets compares parameter sets.
func TestSets(t *testing.T) {
	main := withParameter(`{"type": "bool", "defaultValue": false}`, grant(someone, owner, `"condition": "[parameters('x')]", `))
	set := func(on string) string { return "{" + parameterFile + `"parameters": {"x": {"value": ` + on + `}}}` }
	some := ruletest.Files{"main.json": main, "main.parameters.json": set("true")}
	all := ruletest.Files{"main.json": strings.Replace(main, "false", "true", 1), "main.parameters.json": set("true")}
	expect(t, compare.Access(accessOf(t, some), accessOf(t, all)), []string{"widened: it holds with every set of parameters, before with main.parameters.json"})
	expect(t, compare.Access(accessOf(t, all), accessOf(t, some)), []string{"narrowed: it holds with main.parameters.json"})
}

// TestWorstFirst holds the order of changes, and what is counted.
func TestWorstFirst(t *testing.T) {
	old := accessOf(t, files(template(grant(someone, owner, ""), grant(someoneElse, reader, ""), grant("22222222-2222-4333-8444-555555555555", reader, ""))))
	fresh := accessOf(t, files(template(grant(someoneElse, contributor, ""), grant("33333333-2222-4333-8444-555555555555", reader, ""),
		grant("44444444-2222-4333-8444-555555555555", owner, ""), grant("22222222-2222-4333-8444-555555555555", reader, ""))))
	d := compare.Access(old, fresh)
	expect(t, d, []string{"added: 44444444", "added: 33333333", "widened: " + someoneElse, "removed: " + someone})
	if !d.Widens() || d.Same != 1 || d.Count(model.Added) != 2 {
		t.Errorf("widens %v, %d the same, %d added", d.Widens(), d.Same, d.Count(model.Added))
	}
	if diff := cmp.Diff("main.json", d.Changes[0].At.File); diff != "" || d.Changes[0].At.From.Line != 1 {
		t.Error(diff)
	}
	if back := compare.Access(fresh, old); !back.Widens() {
		t.Error("a new owner widens access")
	}
	if gone := compare.Access(fresh, accessOf(t, files(template()))); gone.Widens() {
		t.Error("without any grant, access is not wider")
	}
}

// TestWrittenAlike tells principals apart that are written alike: a call of
// which the arguments are long, and parts that are new on each deployment.
func TestWrittenAlike(t *testing.T) {
	long := strings.Repeat("x", 80)
	named := func(names ...string) string {
		var resources []string
		for _, name := range names {
			resources = append(resources,
				`{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "[`+name+`]", "location": "westeurope"}`,
				grant("[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', "+name+")).principalId]", owner, ""))
		}
		return "{" + schema + `"parameters": {"a": {"type": "string", "defaultValue": "[newGuid()]"}, "b": {"type": "string", "defaultValue": "[newGuid()]"}}, "resources": [` +
			strings.Join(resources, ", ") + "]}"
	}
	for _, c := range []struct{ a, b string }{
		{"concat('id-', uniqueString(resourceGroup().id, '" + long + "1'))", "concat('id-', uniqueString(resourceGroup().id, '" + long + "2'))"},
		{"concat('id-', parameters('a'))", "concat('id-', parameters('b'))"},
	} {
		one, both := accessOf(t, files(named(c.a))), accessOf(t, files(named(c.a, c.b)))
		if one.Grants[0].Principal.Name != both.Grants[1].Principal.Name {
			t.Errorf("%s and %s are not written alike", one.Grants[0].Principal.Name, both.Grants[1].Principal.Name)
		}
		expect(t, compare.Access(one, both), []string{"added: Owner"})
		expect(t, compare.Access(both, one), []string{"removed: Owner"})
		expect(t, compare.Access(both, accessOf(t, files(named(c.b, c.a)))), nil)
		locked, err := lock.Read("f", lock.Write(one))
		if err != nil {
			t.Fatal(err)
		}
		expect(t, compare.Access(locked, one), nil)
		expect(t, compare.Access(locked, both), []string{"added: Owner"})
		if locked, err = lock.Read("f", lock.Write(both)); err != nil {
			t.Fatal(err)
		}
		expect(t, compare.Access(locked, both), nil)
		expect(t, compare.Access(locked, one), []string{"removed: Owner"})
	}
}

// TestLongConditions tells conditions apart that are shown without the
// arguments of their calls.
func TestLongConditions(t *testing.T) {
	on := func(tail string) string {
		return withParameter(`{"type": "string"}`, grant(someone, owner, `"condition": "[equals(parameters('x'), '`+strings.Repeat("x", 200)+tail+`')]", `))
	}
	expect(t, compare.Access(accessOf(t, files(on("1"))), accessOf(t, files(on("2")))), []string{"not comparable: it is deployed if"})
}
