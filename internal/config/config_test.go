package config

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/azure"
)

func noFiles(path string) ([]byte, error) { return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist) }

// texts are files by their paths.
type texts map[string]string

func (f texts) read(path string) ([]byte, error) {
	if s, ok := f[path]; ok {
		return []byte(s), nil
	}
	return noFiles(path)
}

const (
	someone = "11111111-2222-3333-4444-555555555555"
	ownRole = "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee"
)

var goodConfigs = []string{
	`{}`,
	`// all of it
	{
	  "$schema": "./schema.json",
	  "profile": "strict", "failOn": "never",
	  "rules": {"RA001": "off", "broad-role": "high", "CR": "info"},
	  "overrides": [{"paths": ["test/"], "rules": {"RA": "low"}}, {"paths": ["*.sandbox.json"], "profile": "pedantic"},],
	  "ignore": [{"rule": "CR", "paths": ["legacy/"], "reason": "goes away"}, {"rule": ["RA001", "broad-role"], "paths": ["a.json"], "reason": "x"}],
	  "exclude": ["build/", "!build/main.json"],
	  "parameters": {"name": "x", "count": 3, "tags": {"a": [true, null]}},
	  "place": {"tenant": "` + someone + `", "subscription": "` + someone + `", "resourceGroup": "g", "managementGroup": "m", "location": "l", "cloud": "AzureCloud"},
	  "principals": ["` + someone + `"], "tenants": ["` + someone + `"],
	  "issuers": ["https://token.actions.githubusercontent.com"],
	  "deny": [{"action": "*"}, {"action": "*/listKeys/action", "at": "resourceGroup"}, {"role": "Owner", "at": "tenant"}],
	  "roles": [{"name": "` + ownRole + `", "roleName": "Ours", "roleType": "CustomRole",
	    "permissions": [{"actions": ["*/read"], "notActions": [], "dataActions": null, "condition": null, "conditionVersion": null}]}]
	}`,
}

// badConfigs have one error each. Of some, which no schema can see, schema is
// false.
var badConfigs = []struct {
	text, err string
	schema    bool
}{
	{`[]`, `1:1: the configuration is an object, not an array`, true},
	{`{"profle": "strict"}`, `1:2: there is no key "profle" in the configuration; did you mean "profile"?`, true},
	{`{"profile": "stric"}`, `1:13: "profile" is not "stric"; did you mean "strict"?`, true},
	{`{"profile": 3}`, `1:13: "profile" is a string, not a number`, true},
	{`{"failOn": "high"}`, `1:12: "failOn" is error, warning, note or never, not "high"`, true},
	{`{"failOn": " "}`, `1:12: "failOn" is empty`, true},
	{`{"failOn": true}`, `1:12: "failOn" is a string, not true`, true},
	{"{\n  \"rules\": {\"RA0001\": \"off\"}\n}", `2:13: there is no rule "RA0001"; did you mean RA001?`, true},
	{`{"rules": {"RA001": "warning"}}`, `1:21: what a rule is set to is off, info, low, medium or high, not "warning"`, true},
	{`{"rules": {"RA001": "off", "escalating-role": "low"}}`, `1:28: "escalating-role" names a rule that is set already: RA001 escalating-role`, false},
	{`{"rules": {"RA": "nothing"}}`, `1:18: what a rule is set to is off, info, low, medium or high, not "nothing"`, true},
	{`{"rules": {}, "rules": {}}`, `1:15: the key "rules" stands here twice; remove one`, false},
	{`{"overrides": {}}`, `1:15: "overrides" is an array, not an object`, true},
	{`{"overrides": [{"rules": {}}]}`, `1:16: an override needs the key "paths"`, true},
	{`{"overrides": [{"paths": []}]}`, `1:16: an override needs the key "rules" or "profile", else it changes nothing`, true},
	{`{"ignore": [{"rule": "CR", "paths": ["a"]}]}`, `1:13: an entry of "ignore" needs the key "reason"`, true},
	{`{"ignore": [{"rule": "CR", "paths": ["a"], "reason": " "}]}`, `1:54: "reason" is empty`, true},
	{`{"ignore": [{"rule": [], "paths": ["a"], "reason": "x"}]}`, `1:22: "rule" is empty: name a rule`, true},
	{`{"ignore": [{"rule": ["CR", "RA1"], "paths": ["a"], "reason": "x"}]}`, `1:29: there is no rule "RA1"; did you mean RA001?`, true},
	{`{"exclude": "build"}`, `1:13: "exclude" is an array, not a string`, true},
	{`{"exclude": ["../build"]}`, `1:14: the pattern "../build" matches nothing: patterns are relative to the folder of the configuration, without "./" or "../"`, false},
	{`{"exclude": ["a[b", "!", "ok"]}`, `1:14: the pattern "a[b" matches nothing: it is none in the syntax of .gitignore
rolecall.json:1:21: the pattern "!" matches nothing: it is none in the syntax of .gitignore`, false},
	{`{"exclude": [1]}`, `1:14: an entry of "exclude" is a string, not a number`, true},
	{`{"parameters": []}`, `1:16: "parameters" is an object, not an array`, true},
	{`{"parameters": {"a": 1, "A": 2}}`, `1:25: the parameter "A" stands here twice: the case of letters does not count`, false},
	{`{"place": {"tenent": "x"}}`, `1:12: there is no key "tenent" in "place"; did you mean "tenant"?`, true},
	{`{"place": {"tenant": "contoso.com"}}`, `1:22: "contoso.com" is no id: "tenant" is a GUID, such as 00000000-0000-0000-0000-000000000000`, true},
	{`{"principals": ["someone"]}`, `1:17: "someone" is no id: an entry of "principals" is a GUID, such as 00000000-0000-0000-0000-000000000000`, true},
	{`{"issuers": ["http://x"]}`, `1:14: "http://x" is no issuer: an entry of "issuers" is an address that begins with https://`, true},
	{`{"deny": [{"at": "tenant"}]}`, `1:11: an entry of "deny" has either the key "action" or the key "role"`, true},
	{`{"deny": [{"action": "*", "role": "Owner"}]}`, `1:11: an entry of "deny" has either the key "action" or the key "role"`, true},
	{`{"deny": [{"action": "delete"}]}`, `1:22: "delete" is no operation; write one such as "Microsoft.Authorization/roleAssignments/write", with * for any part`, true},
	{`{"deny": [{"role": "Ownr"}]}`, `1:20: there is no role "Ownr"; did you mean "Owner"?`, false},
	{`{"deny": [{"role": "Our very own"}]}`, `1:20: there is no built-in role "Our very own" and none in "roles"; name it by its GUID`, false},
	{`{"deny": [{"role": "Owner", "at": "group"}]}`, `1:35: "at" is resource, resourceGroup, subscription, managementGroup or tenant, not "group"`, true},
	{`{"roles": ["roles.json"]}`, `1:12: there is no file "roles.json"; write it with 'az role definition list --custom-role-only'`, false},
	{`{"roles": ["../roles.json"]}`, `1:12: an entry of "roles" "../roles.json" leads out of the analysed tree; write a path with slashes, relative to the folder of the configuration`, false},
	{`{"roles": ["/etc/roles.json"]}`, `1:12: an entry of "roles" "/etc/roles.json" leads out of the analysed tree; write a path with slashes, relative to the folder of the configuration`, false},
	{`{"roles": [{"roleName": "x"}]}`, `1:12: a role needs the keys "name" (its GUID), "roleName" and "permissions", as 'az role definition list' prints them`, true},
	{`{"roles": [{"name": "x", "roleName": "x", "permissions": []}]}`, `1:21: "name" of a role is its GUID; its display name is "roleName"`, true},
	{`{"roles": [{"name": "` + ownRole + `", "roleName": "x", "permissions": [{"action": []}]}]}`, `1:95: there is no key "action" in a block of permissions; did you mean "actions"?`, true},
}

func TestErrors(t *testing.T) {
	for _, c := range badConfigs {
		_, err := Parse("rolecall.json", []byte(c.text), noFiles)
		if err == nil || err.Error() != "rolecall.json:"+c.err {
			t.Errorf("%s\n got %v\nwant rolecall.json:%s", c.text, err, c.err)
		}
	}
	for text, want := range map[string]string{
		"":      "rolecall.json:1:1: the file is empty",
		"{\n 1": "rolecall.json:2:2: ",
	} {
		if _, err := Parse("rolecall.json", []byte(text), noFiles); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func parse(t *testing.T, name, text string, files texts) *Config {
	t.Helper()
	c, err := Parse(name, []byte(text), files.read)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRules(t *testing.T) {
	c := parse(t, "infra/rolecall.json", `{
	  "profile": "strict",
	  "rules": {"RA001": "off", "RA": "low", "ID001": "high"},
	  "overrides": [
	    {"paths": ["test/"], "rules": {"RA": "off", "RA002": "medium"}, "profile": "default"},
	    {"paths": ["test/deep/*.json"], "rules": {"RA001": "info"}}
	  ]
	}`, nil)
	for _, q := range []struct{ file, id, want string }{
		{"infra/main.json", "RA001", "off"}, {"infra/main.json", "RA002", "low"}, {"infra/main.json", "ID001", "high"},
		{"infra/main.json", "ID002", "unset"},
		{"infra/test/main.json", "RA001", "off"}, {"infra/test/main.json", "RA002", "medium"}, {"infra/test/main.json", "ID001", "high"},
		{"infra/test/deep/a.json", "RA001", "info"}, {"infra/test/deep/a.json", "RA003", "off"},
		{"test/main.json", "RA002", "low"}, // of another folder, with --config
	} {
		got := "unset"
		if s, ok := c.Rule(q.id, q.file); ok {
			got = s.Severity.String()
			if s.Off {
				got = "off"
			}
		}
		if got != q.want {
			t.Errorf("%s in %s: %s, want %s", q.id, q.file, got, q.want)
		}
	}
	for file, want := range map[string]rules.Profile{"infra/main.json": rules.Strict, "infra/test/a.json": rules.Default} {
		if got, ok := c.Profile(file); !ok || got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
	var none *Config
	if _, ok := none.Profile("x"); ok || none.Excludes("x", false) {
		t.Error("no configuration settles something")
	}
}

func TestPlace(t *testing.T) {
	c := parse(t, "rolecall.json", `{"place": {"tenant": "`+someone+`", "location": "westeurope"}, "parameters": {"Name": "x"}}`, nil)
	got := c.Place(eval.Config{Location: "norway"})
	if got.Tenant != someone || got.Location != "norway" {
		t.Errorf("got %+v", got)
	}
	if s, _ := got.Unknown["name"].Str(); s != "x" {
		t.Errorf("the parameter is %q", s)
	}
}

func TestFacts(t *testing.T) {
	c := parse(t, "a/rolecall.json", `{
	  "roles": ["roles/ours.json"],
	  "deny": [{"role": "ours"}, {"role": "Owner", "at": "subscription"}],
	}`, texts{"a/roles/ours.json": `[{"name": "` + ownRole + `", "roleName": "Ours", "permissions": [{"actions": ["*"]}]}]`})
	f := c.Facts()
	id := strings.ToLower(ownRole)
	if r, ok := f.Role(ownRole, azure.RoleByID); !ok || r.Name != "Ours" || !r.Known || r.Blocks[0].Actions[0] != "*" {
		t.Errorf("the role is %+v", r)
	}
	if f.Denied[0].Role != id || f.Denied[0].Level != resourceid.Resource {
		t.Errorf("denied: %+v", f.Denied[0])
	}
	if f.Denied[1].Name != "Owner" || f.Denied[1].Level != resourceid.Subscription {
		t.Errorf("denied: %+v", f.Denied[1])
	}
	if diff := cmp.Diff([]string{"a/roles/ours.json"}, c.Files); diff != "" {
		t.Error(diff)
	}
	_, err := Parse("rolecall.json", []byte(`{"roles": ["r.json"]}`), texts{"r.json": "[\n{}]"}.read)
	if want := `r.json:2:1: a role needs the keys`; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestFinder(t *testing.T) {
	f := NewFinder(texts{
		"rolecall.json":         `{"failOn": "error"}`,
		"infra/.rolecall.json":  `{}`,
		"both/rolecall.json":    `{}`,
		"both/.rolecall.json":   `{}`,
		"broken/.rolecall.json": `{"x": 1}`,
	}.read)
	for file, want := range map[string]string{
		"main.json": "rolecall.json", "infra/main.json": "infra/.rolecall.json", "infra/a/b/main.json": "infra/.rolecall.json",
		"other/main.json": "rolecall.json", "infra": "rolecall.json",
		"/outside/main.json": "rolecall.json", "../main.json": "rolecall.json", "infra/../infra/main.json": "infra/.rolecall.json",
	} {
		if c := f.For(file); c == nil || c.Path != want {
			t.Errorf("%s: %v, want %s", file, c, want)
		}
	}
	if err := f.Err(); err != nil {
		t.Error(err)
	}
	f.For("both/x/main.json")
	f.For("broken/main.json")
	want := "both/.rolecall.json: the folder has a rolecall.json too; remove one of them\n" +
		`broken/.rolecall.json:1:2: there is no key "x" in the configuration; it has `
	if err := f.Err(); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	var all Errors
	if !errors.As(f.Err(), &all) || len(all) != 2 || len(all.Unwrap()) != 2 {
		t.Errorf("errors: %v", all)
	}
}

func TestFinderListed(t *testing.T) {
	reads := 0
	files := texts{"rolecall.json": `{}`, "b/rolecall.json": `{}`}
	f := NewFinder(func(path string) ([]byte, error) {
		reads++
		return files.read(path)
	})
	list := func(folder string, names ...string) {
		dir := fstest.MapFS{}
		for _, name := range names {
			dir[name] = &fstest.MapFile{}
		}
		entries, err := dir.ReadDir(".")
		if err != nil {
			t.Fatal(err)
		}
		f.Listed(folder, entries)
	}
	list(".", "rolecall.json", "main.json")
	list("a", "main.json")
	list("a/x")
	list("b", "ROLECALL.JSON")
	for file, want := range map[string]string{
		"main.json": "rolecall.json", "a/main.json": "rolecall.json", "a/x/main.json": "rolecall.json", "b/main.json": "b/rolecall.json",
	} {
		if c := f.For(file); c == nil || c.Path != want {
			t.Errorf("%s: %v, want %s", file, c, want)
		}
	}
	if reads != 4 {
		t.Errorf("%d reads, want two names in each of two folders", reads)
	}
	var none *Finder
	none.Listed(".", nil)
}

func TestFixed(t *testing.T) {
	f, err := Fixed("../ci.json", "ci", []byte(`{"exclude": ["x/"], "roles": ["r.json"]}`), texts{"ci/r.json": "[]"}.read)
	if err != nil {
		t.Fatal(err)
	}
	if !f.For("any/where.json").Excludes("x", true) || f.Err() != nil || len(f.All()) != 1 {
		t.Error("the configuration does not hold everywhere")
	}
	if _, err := Fixed("../ci.json", ".", []byte(`{`), noFiles); err == nil || !strings.HasPrefix(err.Error(), "../ci.json:1:2:") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range goodConfigs {
		f.Add(text)
	}
	for _, c := range badConfigs {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse("a/rolecall.json", []byte(text), noFiles)
		if (c == nil) == (err == nil) {
			t.Fatalf("%v, %v", c, err)
		}
		c.Rule("RA001", "a/b.json")
		c.Profile("a/b.json")
		c.Excludes("a/b", true)
		var all Errors
		if err != nil && (!errors.As(err, &all) || all[0].File != "a/rolecall.json") {
			t.Errorf("an error without a place: %v", err)
		}
	})
}
