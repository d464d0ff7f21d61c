package driver_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/report"
)

// assignment is a role assignment of the role that an expression yields.
func assignment(role, more string) string {
	return `{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "ra", "properties": {"roleDefinitionId": "` + role + `"}` + more + `}`
}

func counts(t report.Tally) string {
	return fmt.Sprintf("%d: %d decided, %d parameter, %d not deployed, %d runtime, %d not understood, %d limit", t.Total, t.Decided, t.Parameter, t.NotDeployed, t.Runtime, t.NotUnderstood, t.Limit)
}

// TestCoverage counts declarations in each state.
func TestCoverage(t *testing.T) {
	const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	main := head + `"parameters": {"p": {"type": "string"}, "role": {"type": "string", "defaultValue": ""}},
		"variables": {"v": "[padLeft('x', 4000000, 'x')]"},
		"resources": [` + strings.Join([]string{
		assignment(reader, ""), assignment(reader, `, "copy": {"name": "l", "count": 3}`), assignment("[parameters('p')]", ""), assignment(reader, `, "condition": false`),
		assignment("[reference('x').y]", ""), assignment("[frobnicate()]", ""), assignment("[concat(variables('v'), variables('v'))]", ""),
		assignment("[if(equals(copyIndex(), 1), parameters('p'), '"+reader+"')]", `, "copy": {"name": "m", "count": 2}`),
		`{"type": "Microsoft.Web/sites", "apiVersion": "2022-09-01", "name": "a", "identity": {"type": "SystemAssigned"}}`,
		`{"type": "Microsoft.Web/sites", "apiVersion": "2022-09-01", "name": "b", "identity": {"type": "[parameters('p')]"}}`,
		`{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "c"}`,
	}, ",\n") + `]}`
	r := run(driver.Options{}, ruletest.Files{"main.json": main}, "main.json")
	if got, want := counts(r.Coverage.Grants), "8: 2 decided, 2 parameter, 1 not deployed, 1 runtime, 1 not understood, 1 limit"; got != want {
		t.Errorf("grants: got %s, want %s", got, want)
	}
	if got, want := counts(r.Coverage.Identities), "3: 2 decided, 1 parameter, 0 not deployed, 0 runtime, 0 not understood, 0 limit"; got != want {
		t.Errorf("identities: got %s, want %s", got, want)
	}
	if n := len(r.Coverage.Undecided); n != 7 {
		t.Errorf("%d undecided declarations are listed, want 7", n)
	}
	for _, u := range r.Coverage.Undecided {
		if u.At.File != "main.json" || u.At.From.Line < 4 || u.State == "" || u.Reason == "" {
			t.Errorf("undecided: %+v", u)
		}
	}
	if len(r.Coverage.Unsupported) != 1 || r.Coverage.Unsupported[0].Construct != "the function frobnicate()" || r.Coverage.Unsupported[0].Count != 1 {
		t.Errorf("not understood: %+v", r.Coverage.Unsupported)
	}
}

// TestCoverageOfSets checks that a declaration is decided if one parameter
// set of its template decides it, and that the worst of several templates
// counts.
func TestCoverageOfSets(t *testing.T) {
	const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	main := head + `"parameters": {"role": {"type": "string"}}, "resources": [` + assignment("[parameters('role')]", "") + `]}`
	files := ruletest.Files{"main.json": main, "main.parameters.json": file + `{"role": {"value": "` + reader + `"}}}`}
	pairs := func(string) []string { return []string{"main.parameters.json"} }
	if got := counts(run(driver.Options{Pairs: pairs}, files, "main.json").Coverage.Grants); !strings.HasPrefix(got, "1: 1 decided") {
		t.Errorf("one set decides: %s", got)
	}
	if got := counts(run(driver.Options{}, files, "main.json").Coverage.Grants); !strings.HasPrefix(got, "1: 0 decided, 1 parameter") {
		t.Errorf("the defaults decide nothing: %s", got)
	}
	use := func(role string) string {
		return head + `"parameters": {"q": {"type": "string"}}, "resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "main.json"}, "parameters": {"role": {"value": "` + role + `"}}}}]}`
	}
	files["good.json"], files["open.json"] = use(reader), use("[parameters('q')]")
	if got := counts(run(driver.Options{}, files, "good.json", "open.json", "main.json").Coverage.Grants); !strings.HasPrefix(got, "1: 0 decided, 1 parameter") {
		t.Errorf("one of two templates decides: %s", got)
	}
	if got := counts(run(driver.Options{}, files, "good.json", "main.json").Coverage.Grants); !strings.HasPrefix(got, "1: 1 decided") {
		t.Errorf("the module is judged through the template that uses it: %s", got)
	}
}

// TestNoSecrets checks that no part of a report holds a secret, also when the
// line that a finding stands on does.
func TestNoSecrets(t *testing.T) {
	const secret = "hunter2"
	one := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\n", ""), "\t", "") }
	module := one(head + `"parameters": {"s": {"type": "securestring"}, "o": {"type": "secureObject", "defaultValue": {"k": "hunter2"}}}, "resources": [` + resource(`"x": "light", "s": "[parameters('s')]"`, "") + `]}`)
	main := one(head + `"parameters": {"s": {"type": "securestring", "defaultValue": "hunter2"}, "t": {"type": "secureString", "defaultValue": "[concat('hunter2', 'x')]"}, "g": {"type": "securestring"}},
		"resources": [
			{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('s')]", "properties": {"x": "[if(equals(parameters('g'), 'u'), 'light', 'grave')]"}},
			{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "m", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"s": {"value": "hunter2"}}, "template": ` + strings.TrimSpace(module) + `}},
			{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "l", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "module.json"}, "parameters": {"s": {"value": "hunter2"}}}},
			` + assignment("[parameters('s')]", "") + `, ` + assignment("[int(parameters('s'))]", "") + `, ` + assignment("[createObject('a', 1)[parameters('s')]]", "") + `
		]}`)
	files := ruletest.Files{"main.json": main, "module.json": module, "main.parameters.json": one(file + `{"g": {"value": "hunter2"}}}`)}
	r := run(driver.Options{Pairs: func(string) []string { return []string{"main.parameters.json"} }, Hashes: true}, files, "main.json")
	if len(r.Findings) == 0 || len(r.Coverage.Undecided) == 0 {
		t.Fatalf("%d findings, %d undecided", len(r.Findings), len(r.Coverage.Undecided))
	}
	seen := map[string]bool{}
	for _, f := range r.Findings {
		for _, at := range f.Related {
			seen[at.File] = true
		}
	}
	if !seen["main.json"] || !seen["main.parameters.json"] {
		t.Errorf("no finding relates to the files that hold secrets, only to %v", seen)
	}
	for _, part := range []any{r.Findings, r.Coverage, r.Problems} {
		b, err := json.Marshal(part)
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.Index(string(b), secret); i >= 0 {
			t.Errorf("the report tells the secret: %s", b[max(0, i-300):min(len(b), i+40)])
		}
	}
}

// TestNoCredentials checks that credentials that are written out are blanked
// out in lines: what has the shape of one, and the passwords of resources, in
// their property or in a variable.
func TestNoCredentials(t *testing.T) {
	const key, password = "q7Zr0V1mJ8xTnB4uWc2KpYdEhL5sGf9aOiXoRk3vQtM=", "Tr0ub4dor3"
	server := `{"type": "Microsoft.Sql/servers", "apiVersion": "2021-11-01", "name": "s", "properties": {"administratorLoginPassword": "` + password + `"}}`
	other := strings.Replace(server, password, "[variables('p')]", 1)
	main := strings.ReplaceAll(head+`"variables": {"c": "SharedAccessKeyName=a;SharedAccessKey=`+key+`;", "p": "`+password+`"}, "resources": [`+
		resource(`"x": "light", "c": "[variables('c')]"`, "")+`, `+server+`, `+other+`]}`, "\n", "")
	r := run(driver.Options{}, ruletest.Files{"main.json": main}, "main.json")
	b, err := json.Marshal(r.Findings)
	if err != nil || len(r.Findings) == 0 {
		t.Fatalf("%d findings: %v", len(r.Findings), err)
	}
	for _, secret := range []string{key, password} {
		if strings.Contains(string(b), secret) {
			t.Errorf("the report tells %s", secret)
		}
	}
}
