package rules_test

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rolecall/rolecall/internal/golden"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// besides are the pairs of rules that may speak of one place, with the reason.
var besides = map[string]string{
	"CR006 CR010": "a password that is written out is one thing, that there is one at all another",
	"RA001 RA006": "the role is one thing, the form of its id another",
	"RA002 RA006": "the role is one thing, the form of its id another",
	"RA001 RA014": "roles of two copies of a loop",
	"RA008 RA020": "a principalType and a dependency are missing: only the type of the resource is there to show",
	"RA010 RA016": "principals of two copies of a loop",
	"RA013 RA014": "what a name depends on, and that two names stand for the same assignment",
	"PP008 UA009": "who shares an identity, and what waits for it",
	"RA019 UA009": "the identity and its role, which both must be waited for",
	"PP005 PP007": "two ways from one role to more, each with a mend of its own",
	"PP007 RA014": "what a role leads to, and that another one makes it needless",
	"CR002 CR013": "whether keys are accepted, and how long what they sign may hold: only the type is there to show",
	"RD003 RD006": "what a pattern allows, and that a custom role may not have it",
	"RD004 RD006": "what a pattern allows, and that a custom role may not have it",
	"RD001 RD003": "roles of two copies of a loop",
}

// TestOverlap holds that of one token no two rules speak: what precedence.go
// lists keeps them apart. All that is told of the archives stands in
// testdata/findings.
func TestOverlap(t *testing.T) {
	names, err := filepath.Glob("../testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := ruletest.Files{}
		for _, f := range txtar.Parse(data).Files {
			files[f.Name] = string(f.Data)
		}
		rule, _, _ := strings.Cut(filepath.Base(name), ".")
		var told strings.Builder
		for _, root := range slices.Sorted(maps.Keys(files)) {
			if isRoot(root) {
				u, findings := oneVoice(t, filepath.Base(name), files, root)
				inFull(&told, u, root, rule, findings)
			}
		}
		golden.Check(t, filepath.Join("testdata", "findings", rule+".txt"), told.String())
	}
	for _, r := range rules.All() {
		for _, x := range append(ruletest.Examples(r.Page(), "Bad"), ruletest.Examples(r.Page(), "Good")...) {
			oneVoice(t, r.Name+".md", ruletest.Files{x.Name: x.Text}, x.Name)
		}
	}
}

// isRoot tells whether a file of an archive is a template that is checked on
// its own.
func isRoot(name string) bool {
	if strings.Contains(name, "/") || strings.HasSuffix(name, ".parameters.json") {
		return false
	}
	return strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".bicep")
}

// oneVoice reports pairs of findings of different rules at the very same range.
func oneVoice(t *testing.T, where string, files ruletest.Files, root string) (*facts.Unit, []rules.Finding) {
	t.Helper()
	u := ruletest.Load(t, files, root, parametersOf(files, root)...)
	at := map[[2]int32][]rules.Finding{}
	findings := ruletest.Run(t, u, rules.All())
	for _, f := range findings {
		place := [2]int32{f.At.Start, f.At.End}
		for _, other := range at[place] {
			if !mayMeet(other, f) {
				file := u.File(f.At.Pos())
				line := file.Position(int(f.At.Start) - file.Base).Line
				t.Errorf("%s, %s:%d: two rules speak of one token:\n%s %s\n%s %s", where, file.Name, line,
					other.Rule.Name, other.Message, f.Rule.Name, f.Message)
			}
		}
		at[place] = append(at[place], f)
	}
	return u, findings
}

// mayMeet tells whether two findings may stand at one place: of one rule, of a
// pair with a reason, or because what is missing can only be shown at the type
// of the resource, where one is about its identity and one about what it takes
// besides.
func mayMeet(a, b rules.Finding) bool {
	missing := a.Resource != nil && a.At == rules.Head(a.Resource)
	return a.Rule == b.Rule || besides[a.Rule.Name+" "+b.Rule.Name] != "" || besides[b.Rule.Name+" "+a.Rule.Name] != "" ||
		missing && (aboutIdentity(a) && aboutCredentials(b) || aboutIdentity(b) && aboutCredentials(a))
}

func aboutIdentity(f rules.Finding) bool {
	return strings.HasPrefix(f.Rule.Name, "ID") || strings.HasPrefix(f.Rule.Name, "UA")
}

func aboutCredentials(f rules.Finding) bool { return strings.HasPrefix(f.Rule.Name, "CR") }

// parametersOf is the parameter file of a template of an archive, if it has one.
func parametersOf(files ruletest.Files, root string) []string {
	if name := strings.TrimSuffix(root, path.Ext(root)) + ".parameters.json"; files[name] != "" {
		return []string{name}
	}
	return nil
}
