package config

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/rules"
)

func readSchema(t *testing.T) ([]byte, *jsonschema.Schema) {
	t.Helper()
	raw, err := os.ReadFile("../../docs/rolecall.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rolecall.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("rolecall.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return raw, schema
}

// plain is a tree in the types of encoding/json, without comments.
func plain(n source.Node) any {
	switch n.Kind() {
	case source.Object:
		out := map[string]any{}
		for key, v := range n.Members() {
			out[key.Text()] = plain(v)
		}
		return out
	case source.Array:
		out := []any{}
		for e := range n.Elements() {
			out = append(out, plain(e))
		}
		return out
	case source.String:
		return n.Text()
	case source.Number:
		return json.Number(n.Source())
	case source.Null:
		return nil
	}
	return n.Kind() == source.True
}

// TestSchemaJudgesAlike holds that what the parser takes is valid by the
// schema, and that what one refuses the other does.
func TestSchemaJudgesAlike(t *testing.T) {
	_, schema := readSchema(t)
	for _, text := range goodConfigs {
		if _, err := Parse("rolecall.json", []byte(text), noFiles); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
		if err := schema.Validate(plain(source.Parse("", []byte(text)).Root())); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
	}
	for _, c := range badConfigs {
		if err := schema.Validate(plain(source.Parse("", []byte(c.text)).Root())); (err != nil) != c.schema {
			t.Errorf("%s\nby the schema: %v", c.text, err)
		}
	}
}

// TestSchemaHasSameKeys compares the keys of each object, by what the parser
// says of one that is unknown.
func TestSchemaHasSameKeys(t *testing.T) {
	raw, _ := readSchema(t)
	for _, c := range []struct{ text, path string }{
		{`{"zzzzzz": 1}`, "properties"},
		{`{"place": {"zzzzzz": 1}}`, "properties.place.properties"},
		{`{"overrides": [{"zzzzzz": 1}]}`, "properties.overrides.items.properties"},
		{`{"ignore": [{"zzzzzz": 1}]}`, "properties.ignore.items.properties"},
		{`{"deny": [{"zzzzzz": 1}]}`, "properties.deny.items.properties"},
		{`{"roles": [{"name": "", "roleName": "", "permissions": [{"zzzzzz": 1}]}]}`, "properties.roles.items.anyOf.1.properties.permissions.items.properties"},
	} {
		var want []string
		gjson.GetBytes(raw, c.path).ForEach(func(key, _ gjson.Result) bool {
			want = append(want, key.String())
			return true
		})
		slices.Sort(want)
		_, err := Parse("rolecall.json", []byte(c.text), noFiles)
		var all Errors
		if !errors.As(err, &all) {
			t.Fatalf("%s: %v", c.text, err)
		}
		told := ""
		for _, e := range all {
			if _, after, ok := strings.Cut(e.Message, "; it has "); ok {
				told = after
			}
		}
		if diff := cmp.Diff(list(want), told); diff != "" {
			t.Errorf("%s: keys of the schema (-), of the parser (+):\n%s", c.path, diff)
		}
	}
}

// TestSchemaHasSameWords compares the words to choose from.
func TestSchemaHasSameWords(t *testing.T) {
	raw, _ := readSchema(t)
	for path, want := range map[string][]string{
		"properties.failOn.enum":                   FailOnWords,
		"properties.deny.items.properties.at.enum": LevelWords,
		"$defs.profile.enum":                       ProfileWords,
		"$defs.rules.additionalProperties.enum":    SeverityWords,
	} {
		var got []string
		for _, v := range gjson.GetBytes(raw, path).Array() {
			got = append(got, v.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
	named := map[string]bool{}
	for _, v := range gjson.GetBytes(raw, "$defs.rule.enum").Array() {
		named[v.String()] = true
		if _, err := names.Rules(v.String()); err != nil {
			t.Error(err)
		}
	}
	for _, r := range rules.All() {
		if !named[r.Name] || !named[r.Slug] {
			t.Errorf("the schema lacks %s %s", r.Name, r.Slug)
		}
	}
}
