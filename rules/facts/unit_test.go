package facts_test

import (
	"errors"
	"go/token"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules/facts"
)

const schema = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"`

// TestLoad reads units that have all that they need, or lack something.
func TestLoad(t *testing.T) {
	const params = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"p": {"value": "x"}}}`
	linked := `{` + schema + `, "parameters": {"p": {"type": "string"}}, "resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "n", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "sub/other.json"}}}]}`
	for _, c := range []struct {
		name, root string
		params     []string
		files      ruletest.Files
		err        string
		used       string
	}{
		{"template", "m.json", nil, ruletest.Files{"m.json": `{` + schema + `, "resources": []}`}, "", ""},
		{"parameters", "m.json", []string{"p.json"}, ruletest.Files{"m.json": linked, "p.json": params, "sub/other.json": `{` + schema + `, "resources": []}`}, "", "p.json sub/other.json"},
		{"linked template that is missing", "m.json", nil, ruletest.Files{"m.json": linked}, "", ""},
		{"linked template that is empty", "m.json", nil, ruletest.Files{"m.json": linked, "sub/other.json": ""}, "", "sub/other.json"},
		{"no file", "m.json", nil, ruletest.Files{}, "m.json: file does not exist", ""},
		{"no parameter file", "m.json", []string{"p.json"}, ruletest.Files{"m.json": linked}, "p.json: file does not exist", ""},
		{"broken parameter file", "m.json", []string{"p.json"}, ruletest.Files{"m.json": linked, "p.json": `{"parameters": }`}, "p.json: ", ""},
		{"another document", "m.json", nil, ruletest.Files{"m.json": `{"a": 1}`}, "m.json: no template, parameter file or policy definition", ""},
		{"a parameter file", "m.json", nil, ruletest.Files{"m.json": params}, "m.json: no template, parameter file or policy definition", ""},
		{"broken template", "m.json", nil, ruletest.Files{"m.json": `{` + schema + `, "resources": [}`}, "m.json: ", ""},
		{"broken document", "m.json", nil, ruletest.Files{"m.json": `{"a": }`}, "m.json: ", ""},
		{"policy", "m.json", nil, ruletest.Files{"m.json": `{"properties": {"policyRule": {"if": {"field": "type", "equals": "x"}, "then": {"effect": "deny"}}}}`}, "", ""},
	} {
		u, err := facts.Load(facts.Options{Root: c.root, Parameters: c.params}, c.files.Read)
		if c.err == "" && (err != nil || u == nil || u.Deployment == nil) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if c.err != "" {
			if err == nil || !strings.HasPrefix(err.Error(), c.err) {
				t.Errorf("%s: the error is %v, want %s", c.name, err, c.err)
			}
			if errors.Is(err, facts.ErrNoTemplate) != strings.Contains(c.err, "no template") {
				t.Errorf("%s: the error is of the wrong kind: %v", c.name, err)
			}
			continue
		}
		if used := strings.Join(u.Uses(), " "); used != c.used {
			t.Errorf("%s: it uses %q, want %q", c.name, used, c.used)
		}
		if len(u.Inputs()) != len(u.Files) || u.Inputs()[0] != u.Files[0] {
			t.Errorf("%s: the inputs are not the files", c.name)
		}
		for _, f := range u.Files {
			if first, last := token.Pos(f.Base), token.Pos(f.Base+len(f.Text)); u.File(first) != f || u.File(last) != f || u.Source(first) != f || u.Source(last) != f {
				t.Errorf("%s: %s is not found by its positions", c.name, f.Name)
			}
		}
		if last := u.Files[len(u.Files)-1]; u.File(token.NoPos) != nil || u.File(token.Pos(last.Base+len(last.Text)+1)) != nil {
			t.Errorf("%s: a file is found where none is", c.name)
		}
	}
}

// TestBrokenTemplate: what stands before an error is evaluated.
func TestBrokenTemplate(t *testing.T) {
	text := `{` + schema + `, "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x"}], "outputs": {]}`
	u, err := facts.Load(facts.Options{Root: "m.json"}, ruletest.Files{"m.json": text}.Read)
	var bad *facts.InputError
	if !errors.As(err, &bad) || bad.Path != "m.json" || bad.File == nil || bad.Offset != strings.Index(text, "]}") && bad.Offset != strings.LastIndex(text, "]") {
		t.Fatalf("the error is %+v", err)
	}
	if u == nil || len(u.Deployment.Resources) != 1 {
		t.Error("what stands before the error is lost")
	}
}

// TestScrub leaves out of a text what is hidden, also what was cut short.
func TestScrub(t *testing.T) {
	files := []string{"a.parameters.json", `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"S": {"value": "Pa55-argument"}, "plain": {"value": "Pl4in-argument"}}}`}
	a := access(t, `"parameters": {"s": {"type": "securestring", "defaultValue": "Pa55-default", "allowedValues": ["Pa55-default", "Pa55-argument"]}, "plain": {"type": "string", "defaultValue": "Pl4in-default"},
			"o": {"type": "secureObject", "defaultValue": {"a": "Pa55-member", "b": ["Pa55-element"], "c": 1}}, "e": {"type": "secureObject", "defaultValue": {}}, "short": {"type": "securestring", "defaultValue": "a1b2"}},
		"resources": [{"type": "Microsoft.Sql/servers", "apiVersion": "1", "name": "s", "properties": {"administratorLoginPassword": "Pa55-written"}}]`, files...)
	h := facts.NewHidden(a)
	for told, want := range map[string]string{
		"Pa55-default":                 "‹secret›",
		"x Pa55-argument y":            "x ‹secret› y",
		"Pa55-member Pa55-element":     "‹secret› ‹secret›",
		"Pa55-written":                 "‹secret›",
		"Pl4in-argument Pl4in-default": "Pl4in-argument Pl4in-default",
		"a1b2":                         "a1b2", // too short to be hidden everywhere
		"x Pa55-d…":                    "x ‹secret›…",
		"x Pa55-defaul…y":              "x ‹secret›…y",
		"x Pa55-…":                     "x Pa55-…", // too little of it
		"Pa55-a… and Pa55-w…":          "‹secret›… and ‹secret›…",
		"AccountKey=q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=;Pwd": "AccountKey=‹secret›;Pwd",
		"": "",
	} {
		if got := h.Scrub(told); got != want {
			t.Errorf("%q is told as %q, want %q", told, got, want)
		}
	}
	for _, f := range a.Unit.Files {
		shown := h.Blank(f, 0, len(f.Text))
		if len(shown) != len(f.Text) {
			t.Errorf("%s: %d bytes of %d are shown", f.Name, len(shown), len(f.Text))
		}
		for _, hidden := range []string{"Pa55-default", "Pa55-argument", "Pa55-member", "Pa55-element", "Pa55-written", "a1b2"} {
			if strings.Contains(shown, hidden) {
				t.Errorf("%s: %s is shown", f.Name, hidden)
			}
			if at := strings.Index(f.Text, hidden); at >= 0 {
				if part := h.Blank(f, at+1, at+3); part != "**" {
					t.Errorf("%s: of %s %q is shown", f.Name, hidden, part)
				}
				if part := h.Blank(f, at-2, at+1); !strings.HasSuffix(part, "*") {
					t.Errorf("%s: the start of %s is shown: %q", f.Name, hidden, part)
				}
			}
		}
		for _, plain := range []string{"Pl4in-", "Schema", "schema", `"type"`} {
			if strings.Contains(f.Text, plain) && !strings.Contains(shown, plain) {
				t.Errorf("%s: %s is hidden", f.Name, plain)
			}
		}
	}
}
