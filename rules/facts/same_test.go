package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// TestSamePrincipal compares principals of each form with each other.
func TestSamePrincipal(t *testing.T) {
	const uai = "Microsoft.ManagedIdentity/userAssignedIdentities"
	a := access(t, `"parameters": {"p": {"type": "string"}}, "resources": [
		{"type": "`+uai+`", "apiVersion": "1", "name": "a"},
		{"type": "`+uai+`", "apiVersion": "1", "name": "A", "condition": "[equals(parameters('p'), '')]"},
		{"type": "`+uai+`", "apiVersion": "1", "name": "b"},
		{"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "a"},
		{"type": "`+uai+`", "apiVersion": "1", "name": "[parameters('p')]"}]`)
	r := a.Unit.Deployment.Resources
	unknown := r[4].Name()
	text := value.OfString
	principals := map[string]facts.Principal{
		"a":            {Resource: r[0]},
		"a again":      {Resource: r[1]},
		"b":            {Resource: r[2]},
		"site":         {Resource: r[3]},
		"system":       {Resource: r[3], System: true},
		"unknown":      {Resource: r[4]},
		"a outside":    {Outside: r[0].ID()},
		"site outside": {Outside: r[3].ID(), System: true},
		"b outside":    {Outside: r[2].ID()},
		"x outside":    {Outside: text("/subscriptions/s/x"), Value: text("x")},
		"x":            {Value: text("x")},
		"X":            {Value: text("X")},
		"y":            {Value: text("y")},
		"p":            {Value: unknown},
		"nothing":      {},
	}
	want := map[string]value.Tri{
		"a / a": value.Yes, "a / a again": value.Yes, "a again / a again": value.Yes, "b / b": value.Yes,
		"a / site": value.No, "a again / site": value.No, "b / site": value.No, "site / unknown": value.No,
		"site / site": value.Yes, "system / system": value.Yes, "unknown / unknown": value.Yes,
		"site / system": value.No, "a / system": value.No, "a again / system": value.No, "b / system": value.No, "system / unknown": value.No,
		"a / a outside": value.Yes, "a again / a outside": value.Yes, "b / b outside": value.Yes, "site outside / system": value.Yes,
		"a / site outside": value.No, "a again / site outside": value.No, "b / site outside": value.No, "site / site outside": value.No,
		"site outside / unknown": value.No, "a outside / system": value.No, "b outside / system": value.No, "system / x outside": value.No,
		"a outside / site outside": value.No, "b outside / site outside": value.No, "site outside / x outside": value.No,
		"a outside / a outside": value.Yes, "b outside / b outside": value.Yes, "site outside / site outside": value.Yes, "x outside / x outside": value.Yes,
		"x / x": value.Yes, "X / X": value.Yes, "y / y": value.Yes, "p / p": value.Yes, "x / y": value.No, "X / y": value.No, "X / x": value.No,
	}
	for n, p := range principals {
		for m, q := range principals {
			key := n + " / " + m
			if n > m {
				key = m + " / " + n
			}
			w, told := want[key]
			if !told {
				w = value.Maybe
			}
			if got := facts.SamePrincipal(p, q); got != w {
				t.Errorf("%s and %s: got %v, want %v", n, m, got, w)
			}
		}
	}
}

// TestSites reads the settings of sites, also those of their config children.
func TestSites(t *testing.T) {
	site := func(more string) string {
		return `{"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "app"` + more + `}`
	}
	config := func(name, properties string) string {
		return `, {"type": "Microsoft.Web/sites/config", "apiVersion": "1", "name": "` + name + `", "properties": ` + properties + `}`
	}
	inSite := func(settings string) string {
		return site(`, "properties": {"siteConfig": {"appSettings": ` + settings + `}}`)
	}
	for _, c := range []struct{ name, resources, want string }{
		{"none", site(""), "exactly"},
		{"settings", inSite(`[{"name": "a", "value": "1"}, {"name": "b", "value": null}]`), "a=1 exactly"},
		{"connection strings", site(`, "properties": {"siteConfig": {"connectionStrings": [{"name": "c", "connectionString": "x", "value": "y"}]}}`), "c=x exactly"},
		{"unknown name", inSite(`[{"name": "[parameters('p')]", "value": "1"}]`), "=1 and more"},
		{"unknown list", inSite(`"[parameters('l')]"`), "and more"},
		{"open list", inSite(`"[concat(createArray(createObject('name', 'a', 'value', '1')), parameters('l'))]"`), "a=1 and more"},
		{"unknown element", inSite(`["[parameters('p')]", {"name": "a", "value": "1"}]`), "a=1 and more"},
		{"choice", inSite(`[{"name": "a", "value": "[if(parameters('b'), '1', '2')]"}]`), "a=1 when parameters('b') a=2 when not parameters('b') exactly"},
		{"offered value", inSite(`[{"name": "a", "value": "[parameters('two')]"}]`), "exactly"},
		{"choice of lists", inSite(`"[if(parameters('b'), createArray(createObject('name', 'a', 'value', '1')), createArray())]"`), "a=1 when parameters('b') exactly"},
		{"child", site("") + config("app/appsettings", `{"a": "1"}`), "a=1 on app/appsettings exactly"},
		{"child in other case", site("") + config("APP/AppSettings", `{"a": "1"}`), "a=1 on APP/AppSettings exactly"},
		{"child of another", site("") + config("other/appsettings", `{"a": "1"}`), "exactly"},
		{"connection strings of a child", site("") + config("app/connectionstrings", `{"a": {"value": "1", "type": "Custom"}}`), "a=1 on app/connectionstrings exactly"},
		{"child with settings in lists", site("") + config("app/web", `{"appSettings": [{"name": "a", "value": "1"}], "connectionStrings": [{"name": "c", "connectionString": "x"}]}`), "a=1 on app/web c=x on app/web web=app/web exactly"},
		{"child of no concern", site("") + config("app/logs", `{"a": "1"}`), "exactly"},
		{"child of unknown name", site("") + config("[concat('app/', parameters('p'))]", `{"a": "1"}`), "and more"},
		{"open child", site("") + config("app/appsettings", `"[union(parameters('o'), createObject('a', '1'))]"`), "a=1 on app/appsettings and more"},
		{"unknown child", site("") + config("app/appsettings", `"[parameters('o')]"`), "and more"},
		{"never together", site(`, "condition": "[parameters('b')]"`) + strings.Replace(config("app/appsettings", `{"a": "1"}`), `"name"`, `"condition": "[not(parameters('b'))]", "name"`, 1), "exactly"},
		{"existing", "", "no site"},
		{"not deployed", site(`, "condition": false`), "no site"},
	} {
		a := access(t, `"parameters": {"p": {"type": "string"}, "b": {"type": "bool"}, "l": {"type": "array"}, "o": {"type": "object"}, "two": {"type": "string", "allowedValues": ["1", "2"]}}, "resources": [`+strings.TrimPrefix(c.resources, ", ")+`]`)
		got := "no site"
		for i, s := range a.Sites() {
			if i == 0 {
				got = ""
			}
			got += toldOf(s)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func toldOf(s *facts.Site) string {
	var b strings.Builder
	for _, one := range s.Settings {
		fmt.Fprintf(&b, "%s=%s ", one.Name, value.Show(one.Value))
		if one.On != s.Host {
			fmt.Fprintf(&b, "on %s ", value.Show(one.On.Name()))
		}
		if len(one.When) > 0 {
			fmt.Fprintf(&b, "when %s ", one.When)
		}
	}
	for _, w := range s.Web {
		fmt.Fprintf(&b, "web=%s ", value.Show(w.Name()))
	}
	return b.String() + map[bool]string{true: "exactly", false: "and more"}[s.Exact]
}

// TestSettingNames finds settings by their names.
func TestSettingNames(t *testing.T) {
	a := access(t, `"parameters": {"p": {"type": "string"}}, "resources": [{"type": "Microsoft.Web/sites", "apiVersion": "1", "name": "app", "properties": {"siteConfig": {"appSettings": [
		{"name": "Full", "value": "x"}, {"name": "Empty", "value": ""}, {"name": "Open", "value": "[parameters('p')]"}]}}}]`)
	s := a.Sites()[0]
	if !s.Has("FULL") || s.Has("empty") || !s.Has("open") || s.Has("other") || s.Has("") {
		t.Errorf("the settings are %s", toldOf(s))
	}
	for name, want := range map[string]bool{
		"X__accountName": true, "x__BLOBSERVICEURI": true, "__queueServiceUri": true, "a__tableServiceUri": true,
		"accountName": false, "X__accountName2": false, "": false, "X__fileServiceUri": false,
	} {
		if got := facts.IsStorageConnection(name); got != want {
			t.Errorf("%q names a storage account: %v", name, got)
		}
	}
	for word, want := range map[string]bool{
		"system": true, "SYSTEM": true, "systemassigned": true, "[system]": true, "SystemAssignedIdentity": true, "": false, "systems": false, "user": false,
	} {
		if got := facts.NamesSystem(word); got != want {
			t.Errorf("%q is the system-assigned identity: %v", word, got)
		}
	}
}

// TestDatabaseAdmins: who administers each kind of server.
func TestDatabaseAdmins(t *testing.T) {
	for _, row := range rows(`
		Microsoft.Sql/servers | properties.administrators.sid | r
		Microsoft.Sql/managedInstances | properties.administrators.sid | r
		Microsoft.Sql/servers/administrators | properties.sid | r
		Microsoft.Sql/managedInstances/administrators | properties.sid | r
		Microsoft.Synapse/workspaces/administrators | properties.sid | r
		Microsoft.Synapse/workspaces/sqlAdministrators | properties.sid | r
		Microsoft.DBforMySQL/flexibleServers/administrators | properties.sid | r`) {
		a := holding(t, row[0], row[1], `"me"`, "")
		var got []string
		for g := range a.GrantsOn(facts.DatabaseAdmin) {
			got = append(got, tell(g))
		}
		if want := "database administrator: me -> at a resource r"; strings.Join(got, ", ") != want {
			t.Errorf("%s: got %q", row[0], got)
		}
		for g := range a.GrantsOn(facts.DatabaseAdmin) {
			if owner := strings.Count(value.Show(g.Scope), "/r"); !strings.HasSuffix(value.Show(g.Scope), "/r") || strings.Contains(value.Show(g.Scope), "dministrators") || owner == 0 {
				t.Errorf("%s: the scope is %s", row[0], value.Show(g.Scope))
			}
		}
	}
	a := access(t, `"resources": [{"type": "Microsoft.DBforPostgreSQL/flexibleServers/administrators", "apiVersion": "1", "name": "db/me", "properties": {"sid": "other"}},
		{"type": "Microsoft.Sql/servers", "apiVersion": "1", "name": "none", "properties": {"administrators": null}}]`)
	for g := range a.GrantsOn(facts.DatabaseAdmin) {
		if got := tell(g); got != "database administrator: me -> at a resource db" {
			t.Errorf("got %q", got)
		}
	}
}

// TestPlaneNames are those that people read.
func TestPlaneNames(t *testing.T) {
	var names []string
	for p := facts.RBAC; p <= facts.OtherPlane; p++ {
		names = append(names, p.String())
	}
	const want = "Azure role, active PIM request, eligible PIM request, Lighthouse authorization, eligible Lighthouse authorization, managed application, policy remediation, Key Vault access policy, Cosmos DB role, Kusto role, Redis access policy, database administrator, Microsoft Graph permission, federated credential, other"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("got %s", got)
	}
}

// TestStatesOfExisting: what is only named, or not deployed, is no grant.
func TestStatesOfExisting(t *testing.T) {
	a := access(t, grant(`{"roleDefinitionId": "`+reader+`", "principalId": "me"}`, `, {"condition": false, "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "1", "name": "rb", "properties": {"principalId": "[fail('no')]"}}`))
	if len(a.Grants) != 2 || a.Grants[1].Resource.State != eval.NotDeployed || a.Coverage[1].Reason != "not deployed with these values" || a.Coverage[1].State != facts.NotDeployed {
		t.Errorf("got %+v", a.Coverage)
	}
	for g := range a.GrantsOn(facts.RBAC) {
		if value.Show(g.Resource.Name()) != "ra" {
			t.Error("what is not deployed grants")
		}
	}
}
