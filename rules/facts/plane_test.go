package facts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

var readPlanes = []facts.Plane{
	facts.PIMActive, facts.PIMEligible, facts.Lighthouse, facts.LighthouseEligible, facts.ManagedApplication,
	facts.KeyVaultPolicy, facts.Redis, facts.OtherPlane,
}

// tell writes a grant in one line: where it stands, who gets what where, when.
func tell(g *facts.Grant) string {
	var what []string
	for _, role := range g.Roles {
		what = append(what, role.Name()+map[bool]string{true: " offered"}[role.Offered])
	}
	if g.Rights.Kind != value.Missing {
		what = append(what, string(value.AppendJSON(nil, g.Rights)))
	}
	who := "nobody"
	switch {
	case g.Principal.Resource != nil:
		who = value.Show(g.Principal.Resource.Name())
	case g.Principal.Value.Kind != value.Missing:
		who = value.Show(g.Principal.Value)
	}
	scope := value.Show(g.Scope)
	text := fmt.Sprintf("%s: %s -> %s at %s", g.Plane, who, strings.Join(what, " or "), g.Level)
	if i := strings.LastIndex(scope, "/"); i >= 0 {
		text += " " + scope[i+1:]
	}
	if len(g.When) > 0 {
		text += " when " + g.When.String()
	}
	return strings.Join(strings.Fields(text+" "+g.Path), " ")
}

// TestGrantsOnPlanes reads the grants of one resource after the other.
func TestGrantsOnPlanes(t *testing.T) {
	head := `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}, "list": {"type": "array"}, "two": {"type": "string", "allowedValues": ["AdminRemove", "SelfDeactivate"]}},
		"variables": {"reader": {"principalId": "me", "roleDefinitionId": "` + reader + `"}},
		"resources": [{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "1", "name": "uai"}, `
	resource := func(typ, name, properties string) string {
		return `{"type": "` + typ + `", "apiVersion": "1", "name": "` + name + `", "properties": ` + properties + `}`
	}
	pim := func(typ, more string) string {
		return resource("Microsoft.Authorization/"+typ, "r", `{"principalId": "me", "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '`+contributor+`')]"`+more+`}`)
	}
	delegation := func(properties string) string {
		return resource("Microsoft.ManagedServices/registrationDefinitions", "def", properties)
	}
	const active, eligible = "roleAssignmentScheduleRequests", "roleEligibilityScheduleRequests"
	for _, c := range []struct {
		name, resources string
		want            []string
	}{
		{"active request", pim(active, `, "requestType": "AdminAssign", "condition": "x"`), []string{"active PIM request: me -> Contributor at a resource group ‹resourceGroup().name›"}},
		{"eligible request", pim(eligible, `, "requestType": "[parameters('p')]"`), []string{"eligible PIM request: me -> Contributor at a resource group ‹resourceGroup().name›"}},
		{"request that removes", pim(active, `, "requestType": "adminRemove"`), nil},
		{"request that removes anyway", pim(active, `, "requestType": "[parameters('two')]"`), nil},
		{"request that is not deployed", pim(active, ``) + `, ` + strings.Replace(pim(active, ``), `"name"`, `"condition": false, "name"`, 1), []string{"active PIM request: me -> Contributor at a resource group ‹resourceGroup().name›"}},

		{"delegation", delegation(`{"authorizations": [{"principalId": "me", "roleDefinitionId": "` + contributor + `"}, "[variables('reader')]"]}`), []string{
			"Lighthouse authorization: me -> Contributor at an unknown scope properties.authorizations",
			"Lighthouse authorization: me -> Reader at an unknown scope properties.authorizations",
		}},
		{"delegation of a group", delegation(`{"authorizations": ["[variables('reader')]"]}`) + `, ` +
			resource("Microsoft.ManagedServices/registrationAssignments", "a", `{"registrationDefinitionId": "[resourceId('Microsoft.ManagedServices/registrationDefinitions/', 'DEF')]"}`), []string{
			"Lighthouse authorization: me -> Reader at a resource group ‹resourceGroup().name› properties.authorizations",
		}},
		{"assignment of another", delegation(`{"authorizations": ["[variables('reader')]"]}`) + `, ` +
			resource("Microsoft.ManagedServices/registrationAssignments", "a", `{"registrationDefinitionId": "[resourceId('Microsoft.ManagedServices/registrationDefinitions', 'other')]"}`), []string{
			"Lighthouse authorization: me -> Reader at an unknown scope properties.authorizations",
		}},
		{"choice of lists", delegation(`{"eligibleAuthorizations": "[if(parameters('b'), createArray(variables('reader')), parameters('list'))]"}`), []string{
			"eligible Lighthouse authorization: me -> Reader at an unknown scope when parameters('b') properties.eligibleAuthorizations",
		}},
		{"open list", delegation(`{"authorizations": "[concat(createArray(variables('reader')), parameters('list'))]"}`), []string{
			"Lighthouse authorization: me -> Reader at an unknown scope properties.authorizations",
		}},
		{"unknown list", delegation(`{"authorizations": "[parameters('list')]"}`), nil},
		{"unknown role", delegation(`{"authorizations": [{"principalId": "me", "roleDefinitionId": "[parameters('p')]"}]}`), []string{
			"Lighthouse authorization: me -> at an unknown scope properties.authorizations",
		}},

		{"publisher", resource("Microsoft.Solutions/applicationDefinitions", "def", `{"authorizations": [{"principalId": "me", "roleDefinitionId": "`+reader+`"}]}`) + `, ` +
			resource("Microsoft.Solutions/applications", "app", `{"applicationDefinitionId": "[resourceId('Microsoft.Solutions/applicationDefinitions', 'def')]", "managedResourceGroupId": "[concat(subscription().id, '/resourceGroups/rg-app')]"}`), []string{
			"managed application: me -> Reader at a resource group rg-app properties.authorizations",
		}},
		{"publisher without an instance", resource("Microsoft.Solutions/applicationDefinitions", "def", `{"authorizations": [{"principalId": "me", "roleDefinitionId": "`+reader+`"}]}`), []string{
			"managed application: me -> Reader at a resource group properties.authorizations",
		}},

		{"vault", resource("Microsoft.KeyVault/vaults", "kv", `{"accessPolicies": [{"objectId": "[reference('uai').principalId]", "permissions": {"keys": ["get"]}}, {"objectId": "[parameters('p')]"}]}`), []string{
			`Key Vault access policy: uai -> {"keys":["get"]} at a resource kv properties.accessPolicies`,
			"Key Vault access policy: ‹parameters('p')› -> at a resource kv properties.accessPolicies",
		}},
		{"vault, added", resource("Microsoft.KeyVault/vaults/accessPolicies", "kv/Add", `{"accessPolicies": [{"objectId": "me", "permissions": {"keys": ["get"]}}]}`), []string{
			`Key Vault access policy: me -> {"keys":["get"]} at a resource kv properties.accessPolicies`,
		}},
		{"vault, replaced", resource("Microsoft.KeyVault/vaults/accessPolicies", "[concat(parameters('p'), '/replace')]", `{"accessPolicies": [{"objectId": "me"}]}`), []string{
			"Key Vault access policy: me -> at a resource ‹parameters('p')› properties.accessPolicies",
		}},
		{"vault, removed", resource("Microsoft.KeyVault/vaults/accessPolicies", "kv/remove", `{"accessPolicies": [{"objectId": "me"}]}`), nil},
		{"vault, unknown change", resource("Microsoft.KeyVault/vaults/accessPolicies", "[concat('kv/', parameters('p'))]", `{"accessPolicies": [{"objectId": "me"}]}`), nil},

		{"cache", resource("Microsoft.Cache/redis/accessPolicyAssignments", "cache/a", `{"accessPolicyName": "Data Owner", "objectId": "[reference('uai').principalId]"}`), []string{
			`Redis access policy: uai -> "Data Owner" at a resource cache`,
		}},
		{"managed cache", resource("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments", "cache/default/a", `{"accessPolicyName": "default", "accessString": "+@read ~*", "user": {"objectId": "me"}}`), []string{
			`Redis access policy: me -> "+@read ~*" at a resource default`,
		}},
		{"managed cache without a string", resource("Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments", "cache/default/a", `{"accessPolicyName": "default", "user": {"objectId": "me"}}`), []string{
			`Redis access policy: me -> "default" at a resource default`,
		}},

		{"environments", resource("Microsoft.DevCenter/projects/environmentTypes", "p/dev", `{"creatorRoleAssignment": {"roles": {"`+contributor+`": {}}}, "userRoleAssignments": {"someone": {"roles": {"`+reader+`": {}}}}}`), []string{
			"other: nobody -> Contributor at a resource group properties.creatorRoleAssignment.roles",
			"other: someone -> Reader at a resource group properties.userRoleAssignments",
		}},
	} {
		a := access(t, head+c.resources+`]`)
		var got []string
		for g := range a.GrantsOn(readPlanes...) {
			got = append(got, tell(g))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestGrantMembers checks what a grant keeps of its entry.
func TestGrantMembers(t *testing.T) {
	a := access(t, `"resources": [{"type": "Microsoft.Authorization/roleAssignmentScheduleRequests", "apiVersion": "1", "name": "r", "properties": {
		"principalId": "me", "roleDefinitionId": "`+reader+`", "condition": "c", "requestType": "AdminAssign"}}]`)
	for g := range a.GrantsOn(facts.PIMActive) {
		if s, _ := g.Condition.Str(); s != "c" {
			t.Errorf("the condition is %q", s)
		}
		if s, _ := g.Entry.Get("requestType").Str(); s != "AdminAssign" {
			t.Errorf("the entry is %s", value.Show(g.Entry))
		}
		if !g.RoleID.At.IsValid() {
			t.Error("the role has no place")
		}
	}
}
