package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// TestRolesOfTheTenant grants a role that only the settings know, directly and
// through a condition that lets it be assigned.
func TestRolesOfTheTenant(t *testing.T) {
	const ours = "2f9d2a43-58f8-4f0e-93ad-8b1d3b2c6e70"
	own := map[string]azure.RoleDefinition{ours: {ID: ours, Name: "Ours", Known: true, Blocks: []azure.Permissions{{Actions: []string{"*"}}}}}
	files := ruletest.Files{"main.json": `{"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
		"parameters": {"p": {"type": "string"}}, "resources": [
		{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "a", "properties": {"principalId": "[parameters('p')]",
			"roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '` + ours + `')]"}},
		{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "b", "properties": {"principalId": "[parameters('p')]",
			"roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'f58310d9-a9f6-439a-9e8d-f62e7b41a168')]", "conditionVersion": "2.0",
			"condition": "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {` + ours + `})) AND (!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {` + ours + `}))"}}]}`}
	for _, c := range []struct {
		settings facts.Settings
		want     []string
	}{
		{facts.Settings{}, []string{"RA004: the condition says which roles", "RA007: '" + ours + "' is no built-in role"}},
		{facts.Settings{Roles: own}, []string{"RA001: the principal of parameters('p') can give itself any role on a subscription: 'Ours'", "RA004: the condition lets the principal of parameters('p') assign 'Ours'"}},
	} {
		u, err := facts.Load(facts.Options{Root: "main.json", Settings: c.settings}, files.Read)
		if err != nil {
			t.Fatal(err)
		}
		run := []*rules.Rule{rules.Find("RA001"), rules.Find("RA004"), rules.Find("RA007")}
		var got []string
		for _, f := range ruletest.Run(t, u, run) {
			got = append(got, f.Rule.Name+": "+f.Message)
		}
		for i := range max(len(got), len(c.want)) {
			if i >= len(got) || i >= len(c.want) || !strings.HasPrefix(got[i], c.want[i]) {
				t.Errorf("got %q, want %q", got, c.want)
				break
			}
		}
	}
}

// TestSettings judges grants by settings that say who is known and what is
// forbidden.
func TestSettings(t *testing.T) {
	const principal = "0f9d2a43-58f8-4f0e-93ad-8b1d3b2c6e70"
	const tenant = "1f9d2a43-58f8-4f0e-93ad-8b1d3b2c6e70"
	template := func(role string) string {
		return `{"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#", "resources": [
			{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "g", "properties": {
				"principalId": "` + principal + `", "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '` + role + `')]"}},
			{"type": "Microsoft.ManagedServices/registrationDefinitions", "apiVersion": "2022-10-01", "name": "l", "properties": {"managedByTenantId": "` + tenant + `", "authorizations": []}},
			{"type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "apiVersion": "2023-01-31", "name": "i/build", "properties": {
				"issuer": "https://token.actions.githubusercontent.com/contoso", "subject": "repo:contoso/app:ref:refs/heads/main", "audiences": ["api://AzureADTokenExchange"]}}]}`
	}
	const ours = "2f9d2a43-58f8-4f0e-93ad-8b1d3b2c6e70"
	own := map[string]azure.RoleDefinition{ours: {ID: ours, Name: "Ours", Known: true, Blocks: []azure.Permissions{{Actions: []string{"Microsoft.Storage/*"}}}}}
	const reader, accountContributor = "acdd72a7-3385-48ef-bd42-f606fba81ae7", "17d1049b-9a84-46fb-8f53-869881c3d3ab"
	keys := func(l resourceid.Level) []facts.Denied {
		return []facts.Denied{{Action: "*/listKeys/action", Level: l}}
	}
	for _, c := range []struct {
		name     string
		role     string
		settings facts.Settings
		want     string
	}{
		{"no settings", accountContributor, facts.Settings{}, ""},
		{"known principal", reader, facts.Settings{Principals: []string{strings.ToUpper(principal)}}, ""},
		{"unknown principal", reader, facts.Settings{Principals: []string{tenant}}, "external: the principal '" + principal + "' is not on the list of known principals"},
		{"known tenant", reader, facts.Settings{Tenants: []string{tenant}}, ""},
		{"unknown tenant", reader, facts.Settings{Tenants: []string{principal}}, "external: access is delegated to the tenant '" + tenant + "', which is not on the list of known tenants"},
		{"denied", accountContributor, facts.Settings{Denied: keys(resourceid.Subscription)}, "denied: the principal '" + principal + "' gets '*/listKeys/action' by 'Storage Account Contributor' on a subscription, which the settings forbid"},
		{"denied on wider scopes only", accountContributor, facts.Settings{Denied: keys(resourceid.ManagementGroup)}, ""},
		{"denied role", reader, facts.Settings{Denied: []facts.Denied{{Role: reader, Name: "Reader", Level: resourceid.Resource}}}, "denied: the principal '" + principal + "' gets the role 'Reader' on a subscription, which the settings forbid"},
		{"denied by a role of the tenant", ours, facts.Settings{Denied: keys(resourceid.Resource), Roles: own}, "denied: the principal '" + principal + "' gets '*/listKeys/action' by 'Ours' on a subscription, which the settings forbid"},
		{"role that nobody knows", ours, facts.Settings{Denied: keys(resourceid.Resource)}, ""},
		{"known issuer", reader, facts.Settings{Issuers: []string{"https://gitlab.com", "https://token.actions.githubusercontent.com"}}, ""},
		{"issuer of another owner", reader, facts.Settings{Issuers: []string{"https://token.actions.githubusercontent.com/fabrikam"}}, "external: tokens of 'https://token.actions.githubusercontent.com/contoso' sign in, which is not on the list of known issuers"},
		{"issuer that begins alike", reader, facts.Settings{Issuers: []string{"https://token.actions.githubusercontent.com/cont"}}, "external: tokens of 'https://token.actions.githubusercontent.com/contoso' sign in, which is not on the list of known issuers"},
		{"role without the action", reader, facts.Settings{Denied: keys(resourceid.Resource)}, ""},
	} {
		files := ruletest.Files{"main.json": template(c.role)}
		u, err := facts.Load(facts.Options{Root: "main.json", Settings: c.settings}, files.Read)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range ruletest.Run(t, u, []*rules.Rule{rules.Find("GP014")}) {
			got = append(got, fmt.Sprintf("%s: %s", f.Grade.Name, f.Message))
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}
