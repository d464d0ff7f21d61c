package facts_test

import (
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// TestSource reads a unit as another driver gives its files: the root first,
// parameter files and linked templates behind it.
func TestSource(t *testing.T) {
	const link = `, "resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "n", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "other.json"}}}]`
	files := ruletest.Files{
		"m.json":     `{` + schema + `, "parameters": {"p": {"type": "string"}}` + link + `, "outputs": {"p": {"type": "string", "value": "[parameters('p')]"}}}`,
		"p.json":     `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "parameters": {"p": {"value": "given"}}}`,
		"other.json": `{` + schema + `, "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "x"}]}`,
		"a.json":     `{"a": 1}`,
	}
	for _, c := range []struct{ files, err, output, resources string }{
		{"", "the pass has no files", "", ""},
		{"a.json", "a.json: no template, parameter file or policy definition", "", ""},
		{"m.json", "", "‹parameters('p')›", "n"},
		{"m.json p.json", "", "given", "n"},
		{"m.json other.json", "", "‹parameters('p')›", "n x"},
		{"m.json other.json p.json", "", "given", "n x"},
		{"m.json none.json", "none.json: file does not exist", "", ""},
	} {
		pass := &analysis.Pass{Analyzer: facts.Source, Fset: token.NewFileSet(), OtherFiles: strings.Fields(c.files), ReadFile: files.Read}
		result, err := facts.Source.Run(pass)
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%q: the error is %v, want %s", c.files, err, c.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.files, err)
			continue
		}
		u := result.(*facts.Unit)
		var names []string
		for _, r := range u.Deployment.Resources {
			names = append(names, value.Show(r.Name()))
		}
		v, _ := u.Deployment.Root.Output("p")
		if got := strings.Join(names, " "); got != c.resources || value.Show(v) != c.output {
			t.Errorf("%q: got %s and %q", c.files, value.Show(v), got)
		}
		if p := u.Fset.Position(token.Pos(u.Files[0].Base + 5)); p.Filename != "m.json" || p.Line != 1 || p.Column != 6 {
			t.Errorf("%q: the position is %v", c.files, p)
		}
		of, err := facts.Accesses.Run(&analysis.Pass{ResultOf: map[*analysis.Analyzer]any{facts.Source: u}})
		if a, ok := of.(*facts.Access); err != nil || !ok || a.Unit != u {
			t.Errorf("%q: the access is %v, %v", c.files, of, err)
		}
	}
}
