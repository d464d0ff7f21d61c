package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

const (
	reader      = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c"
)

// access derives the picture of a template with the members.
func access(t *testing.T, members string, files ...string) *facts.Access {
	t.Helper()
	all := ruletest.Files{"main.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", ` + members + `}`}
	var params []string
	for i := 0; i+1 < len(files); i += 2 {
		all[files[i]] = files[i+1]
		if strings.HasSuffix(files[i], ".parameters.json") {
			params = append(params, files[i])
		}
	}
	return facts.NewAccess(ruletest.Load(t, all, "main.json", params...))
}

// grant is a template with one role assignment whose properties are given.
func grant(properties, more string) string {
	return `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}, "allowed": {"type": "string", "allowedValues": ["` + reader + `", "` + contributor + `"]}, "def": {"type": "string", "defaultValue": "[parameters('p').x]"}, "s": {"type": "securestring"}},
		"variables": {"v0": "hahahahahahahahaha", "v1": "[concat(` + strings.TrimSuffix(strings.Repeat("variables('v0'), ", 60), ", ") + `)]", "v2": "[replace(variables('v1'), 'h', variables('v1'))]", "v3": "[concat(` + strings.TrimSuffix(strings.Repeat("variables('v2'), ", 60), ", ") + `)]"},
		"resources": [{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "ra", "properties": ` + properties + `}` + more + `]`
}

// TestGrantStates brings a role assignment into each state.
func TestGrantStates(t *testing.T) {
	role := func(expression string) string { return `{"roleDefinitionId": "` + expression + `"}` }
	id := func(inner string) string {
		return role("[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', " + inner + ")]")
	}
	for _, c := range []struct {
		name, properties string
		want             facts.State
		reason           string
	}{
		{"literal", role("/providers/Microsoft.Authorization/roleDefinitions/" + reader), facts.Decided, ""},
		{"built-in by id", id("'" + reader + "'"), facts.Decided, ""},
		{"built-in by name", role("[roleDefinitions('Reader').id]"), facts.Decided, ""},
		{"no role at all", role("Reader"), facts.Decided, ""},
		{"one of two", id("if(parameters('b'), '" + reader + "', '" + contributor + "')"), facts.Decided, ""},
		{"one of two allowed", id("parameters('allowed')"), facts.Decided, ""},
		{"parameter", id("parameters('p')"), facts.Parameter, "parameters('p')"},
		{"whole parameter", role("[parameters('p')]"), facts.Parameter, "parameters('p')"},
		{"one known, one not", id("if(parameters('b'), '" + reader + "', parameters('p'))"), facts.Parameter, "parameters('p')"},
		{"properties", `"[parameters('p')]"`, facts.Parameter, "parameters('p')"},
		{"fails with the defaults", role("[concat(parameters('def'), fail('no'))]"), facts.NotUnderstood, "no"},
		{"runtime", role("[reference('x').roleId]"), facts.Runtime, "reference('x').roleId"},
		{"runtime in the end", id("reference('x').roleId"), facts.Runtime, "reference('x').roleId"},
		{"time", id("uniqueString(deployment().name)"), facts.Runtime, ""},
		{"secret", id("parameters('s')"), facts.Parameter, "a secret"},
		{"function", id("frobnicate(1)"), facts.NotUnderstood, "frobnicate(1)"},
		{"role by a name nobody knows", role("[roleDefinitions('Emperor').id]"), facts.NotUnderstood, "Emperor"},
		{"failure", id("int('x')"), facts.NotUnderstood, ""},
		{"missing", `{}`, facts.NotUnderstood, "there is no roleDefinitionId"},
		{"limit", role("[variables('v3')]"), facts.Limit, ""},
	} {
		a := access(t, grant(c.properties, ""))
		if len(a.Coverage) != 1 {
			t.Errorf("%s: %d declarations", c.name, len(a.Coverage))
			continue
		}
		if d := a.Coverage[0]; d.State != c.want || !strings.Contains(d.Reason, c.reason) || (d.Reason == "") != (d.State == facts.Decided) || !d.Grant {
			t.Errorf("%s: state %d (%s), want %d (%s)", c.name, d.State, d.Reason, c.want, c.reason)
		}
	}
}

// TestIdentityStates brings an identity into each state.
func TestIdentityStates(t *testing.T) {
	for _, c := range []struct {
		resource string
		want     string
	}{
		{`"identity": {"type": "SystemAssigned"}`, "1 SystemAssigned"},
		{`"identity": {"type": "SystemAssigned, UserAssigned"}`, "1 SystemAssigned+UserAssigned"},
		{`"identity": {"type": "[if(parameters('b'), 'None', 'SystemAssigned')]"}`, "1 None|SystemAssigned"},
		{`"identity": "[if(parameters('b'), createObject('type', 'None'), null())]"`, "1 None"},
		{`"identity": {}`, "1"},
		{`"identity": {"type": "[parameters('p')]"}`, "3"},
		{`"identity": "[parameters('o')]"`, "3"},
		{`"identity": {"type": "[reference('x').type]"}`, "2"},
		{`"identity": {"type": "[frobnicate()]"}`, "5"},
		{`"identity": "[union(parameters('o'), createObject('type', 'SystemAssigned'))]"`, "1 SystemAssigned"},
		{`"identity": "[union(createObject('type', 'SystemAssigned'), parameters('o'))]"`, "3"},
		{`"identity": {"type": "SystemAssigned"}, "condition": false`, "0"},
		{`"identity": {"type": "SystemAssigned"}, "copy": {"name": "l", "count": 0}`, "0"},
		{`"identity": {"type": "SystemAssigned"}, "copy": {"name": "l", "count": 2}`, "1 SystemAssigned, 1 SystemAssigned"},
		{`"identity": null`, ""},
		{`"tags": {}`, ""},
	} {
		a := access(t, `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}, "o": {"type": "object"}}, "resources": [{"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "n", `+c.resource+`}]`)
		var got []string
		for _, d := range a.Coverage {
			text := fmt.Sprint(d.State)
			if (d.Reason == "") != (d.State == facts.Decided) || d.Grant {
				t.Errorf("%s: %+v", c.resource, d)
			}
			for _, id := range a.Identities {
				if id.Resource == d.Resource && d.State == facts.Decided {
					var kinds []string
					for _, k := range id.Kinds {
						kinds = append(kinds, strings.Join(k.Words, "+"))
					}
					text = strings.TrimSpace(text + " " + strings.Join(kinds, "|"))
				}
			}
			got = append(got, text)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.resource, s, c.want)
		}
	}
}

// TestRoles checks what a role id resolves to.
func TestRoles(t *testing.T) {
	custom := `, {"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "[guid('mine')]", "properties": {"roleName": "mine", "permissions": [{"actions": ["A.B/c/read"]}]}}`
	for _, c := range []struct{ id, want string }{
		{reader, "Reader known"},
		{strings.ToUpper(reader), "Reader known"},
		{"00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"},
		{"[roleDefinitions('contributor').id]", "Contributor known"},
		{"[roleDefinitions('Contributor').roleDefinitionId]", "Contributor known"},
		{"[guid('mine')]", "mine known"},
		{"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid('mine'))]", "mine known"},
		{"[guid('other')]", "2ff2b1b5"},
		{"[if(parameters('b'), '" + reader + "', '" + contributor + "')]", "Reader known when parameters('b'), Contributor known when not parameters('b')"},
		{"[parameters('allowed')]", "Reader known offered, Contributor known offered"},
		{"[if(parameters('b'), '" + reader + "', parameters('p'))]", "Reader known when parameters('b')"},
		{"[parameters('p')]", ""},
		{"no role", ""},
	} {
		a := access(t, grant(`{"roleDefinitionId": "`+c.id+`"}`, custom))
		var got []string
		for _, r := range a.Grants[0].Roles {
			text := r.Name()
			if r.Known {
				text += " known"
			}
			switch {
			case r.Offered:
				text += " offered"
			case len(r.When) > 0:
				text += " when " + r.When.String()
			}
			got = append(got, text)
		}
		if s := strings.Join(got, ", "); s != c.want && (c.want != "2ff2b1b5" || len(got) != 1 || strings.Contains(s, "known")) {
			t.Errorf("%s: got %q, want %q", c.id, s, c.want)
		}
	}
}

// TestExistingRoles checks roles that a template refers to by a resource.
func TestExistingRoles(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{contributor, "Contributor known"},
		{"5f2d7a38-6a6c-4b8e-9c1d-0f3e2a4b5c6d", "custom"},
	} {
		a := access(t, `"languageVersion": "2.0", "resources": {
			"role": {"existing": true, "type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "`+c.name+`"},
			"grant": {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "g", "properties": {
				"roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '`+c.name+`')]"}}}`)
		r := a.Grants[0].Roles[0]
		got := r.Name() + map[bool]string{true: " known"}[r.Known]
		if r.Custom != nil {
			got = "custom" + map[bool]string{true: " known"}[r.Known]
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPrincipals follows principal ids to the identities that they belong to.
func TestPrincipals(t *testing.T) {
	others := `, {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "1", "name": "uai"},
		{"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "site", "identity": {"type": "SystemAssigned"}},
		{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": {
			"resources": [{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "1", "name": "deep"}],
			"outputs": {"p": {"type": "string", "value": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'deep'), '1').principalId]"}}
		}}}`
	uai := "resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uai')"
	for _, c := range []struct{ principal, want string }{
		{"reference(" + uai + ", '1').principalId", "uai"},
		{"reference('uai').principalId", "uai"},
		{"reference('uai').clientId", "nobody"},
		{"reference(resourceId('Microsoft.Web/sites', 'site'), '1', 'Full').identity.principalId", "system of site"},
		{"reference('site', '1', 'full').identity.principalId", "system of site"},
		{"reference(concat(resourceId('Microsoft.Web/sites', 'site'), '/providers/Microsoft.ManagedIdentity/Identities/default'), '2018-11-30').principalId", "system of site"},
		{"reference(resourceId('Microsoft.Web/sites', 'absent'), '1', 'Full').identity.principalId", "outside system"},
		{"reference(resourceId('g', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'far'), '1').principalId", "outside"},
		{"reference('m').outputs.p.value", "deep"},
		{"if(parameters('b'), reference('uai').principalId, reference(" + uai + ", '1').principalId)", "uai"},
		{"if(parameters('b'), reference('uai').principalId, reference('m').outputs.p.value)", "nobody"},
		{"reference(resourceId('Microsoft.Web/sites', 'site'), '1', 'Full').identity.userAssignedIdentities['x'].principalId", "nobody"},
		{"reference('site').principalId", "nobody"},
		{"parameters('p')", "nobody"},
		{"deployer().objectId", "nobody"},
	} {
		a := access(t, grant(`{"roleDefinitionId": "`+reader+`", "principalId": "[`+c.principal+`]"}`, others))
		p := a.Grants[0].Principal
		got := "nobody"
		switch {
		case p.Resource != nil && p.System:
			got = "system of " + value.Show(p.Resource.Name())
		case p.Resource != nil:
			got = value.Show(p.Resource.Name())
		case p.Outside.Kind != value.Missing && p.System:
			got = "outside system"
		case p.Outside.Kind != value.Missing:
			got = "outside"
		}
		if got != c.want || p.IsIdentity() != (got != "nobody") {
			t.Errorf("%s: got %s, want %s", c.principal, got, c.want)
		}
	}
}

// TestDefinitions checks what is read of custom roles.
func TestDefinitions(t *testing.T) {
	for _, c := range []struct{ permissions, want string }{
		{`[{"actions": ["a/b", "c/d"], "notActions": ["a/x"], "dataActions": ["e/f"], "notDataActions": []}]`, "known a/b c/d !a/x data:e/f"},
		{`[{"actions": ["[concat('a', '/*')]"]}, {"actions": null, "dataActions": ["x"]}]`, "known a/* data:x"},
		{`[{"actions": "[if(parameters('b'), createArray('a'), createArray('b'))]"}]`, "known a when parameters('b') | known b when not parameters('b')"},
		{`[{"actions": ["a", "[parameters('p')]"]}]`, "open a"},
		{`"[parameters('p')]"`, "open"},
		{`[{"actions": "[concat(createArray('a'), parameters('l'))]"}]`, "open"},
		{`[]`, "known"},
	} {
		a := access(t, `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}, "l": {"type": "array"}}, "resources": [{"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "1", "name": "n", "properties": {"roleName": "r", "permissions": `+c.permissions+`}}]`)
		var got []string
		for _, d := range a.Definitions {
			text := "open"
			if d.Known {
				text = "known"
			}
			for _, x := range d.Actions {
				prefix := map[bool]string{true: "!"}[x.Not] + map[bool]string{true: "data:"}[x.Data]
				text += " " + prefix + x.Text
			}
			if len(d.When) > 0 {
				text += " when " + d.When.String()
			}
			got = append(got, text)
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.permissions, s, c.want)
		}
	}
}
