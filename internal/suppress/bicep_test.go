package suppress

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/parser/source"
)

// TestBicepScope shows what each directive of a Bicep file acts on.
func TestBicepScope(t *testing.T) {
	const resource = "resource a 'A.B/c@1' = {\n  name: 'x'\n}\n"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"comment above", "// rolecall:ignore RA001 x\n" + resource + "var b = 1\n", []string{"[RA001] x: resource a 'A.B/c@1' = {\n  name: 'x'\n}"}},
		{"comment behind", "var b = 1 // rolecall:ignore RA001 x\nvar c = 2\n", []string{"[RA001] x: var b = 1 // rolecall:ignore RA001 x"}},
		{"next line", "#disable-next-line RA001 // why\nvar b = 1\nvar c = 2\n", []string{"[RA001] why: var b = 1"}},
		{"next line, without a reason", "#disable-next-line no-unused-vars broad-role\n" + resource, []string{"[broad-role] : resource a 'A.B/c@1' = {\n  name: 'x'\n}"}},
		{"codes of the language", "#disable-next-line no-unused-vars\nvar b = 1\n", nil},
		{"to the end", "var a = 1\n#disable-diagnostics CR // why\nvar b = 1\n", []string{"[CR] why: #disable-diagnostics CR // why\nvar b = 1\n"}},
		{"restored", "#disable-diagnostics CR\nvar b = 1\n#restore-diagnostics CR\nvar c = 1\n", []string{"[CR] : #disable-diagnostics CR\nvar b = 1\n"}},
		{"in a string", "var b = '// rolecall:ignore RA001 x'\n", nil},
		{"nothing follows", "var b = 1\n// rolecall:ignore RA001 x\n", []string{"[RA001] x! nothing follows that the suppression could act on: "}},
	} {
		f := source.NewText("a.bicep", []byte(c.text))
		var got []string
		for _, d := range Directives(f) {
			got = append(got, show(d)+": "+f.Text[d.Scope.Start:min(d.Scope.End, len(f.Text))])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (- wanted)\n%s", c.name, diff)
		}
	}
}
