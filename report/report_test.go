package report

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/golden"
)

// source is a file that places can be made in.
type source struct {
	name, text string
}

func read(t *testing.T, name string) source {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return source{"infra/" + name, string(b)}
}

// at returns the place of a token, with the lines around it.
func (s source) at(token, message string, around int) Place {
	start := strings.Index(s.text, token)
	if start < 0 {
		panic("no " + token)
	}
	p := Place{File: s.name, Start: start, End: start + len(token), Message: message}
	p.From, p.To = s.position(p.Start), s.position(p.End)
	lines := strings.Split(s.text, "\n")
	for n := max(1, p.From.Line-around); n <= min(len(lines), p.To.Line+around); n++ {
		p.Lines = append(p.Lines, Line{Number: n, Text: lines[n-1]})
	}
	return p
}

func (s source) position(offset int) Position {
	before := s.text[:offset]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return Position{
		Line:  strings.Count(before, "\n") + 1,
		Byte:  len(line) + 1,
		Rune:  utf8.RuneCountInString(line) + 1,
		UTF16: len(utf16.Encode([]rune(line))) + 1,
	}
}

func (s source) hash(p Place) string {
	return LineHashes([]byte(s.text), []int{p.From.Line})[p.From.Line]
}

func rulesOfTest() []*Rule {
	return []*Rule{{
		ID: "RA001", Slug: "escalating-role", Page: page(Page{
			Title:   "A role lets its holder raise its own rights.",
			Summary: "Whoever may write role assignments can give any role to anyone.",
			Help:    "# Escalating role\n\nUse a `narrower` role.", HelpText: "Escalating role\n\nUse a narrower role.",
		}),
		URL: "https://rolecall.dev/rules/RA001", Kind: Security, Severity: High, Profile: "default",
		Tags: []string{"role", "cwe-269"}, Fixable: true,
	}, {
		ID: "ID002", Slug: "unknown-identity-type", Page: page(Page{
			Title: "An identity has a type that does not exist", Summary: "Azure rejects the deployment.", Help: "# Type", HelpText: "Type",
		}),
		URL: "https://rolecall.dev/rules/ID002", Kind: Correctness, Severity: High, Profile: "default",
	}, {
		ID: "RA007", Slug: "role-id-of-wrong-type", Page: page(Page{
			Title: "A role id has a wrong type", Summary: "It names {something} else.", Help: "# Role id", HelpText: "Role id",
		}),
		URL:  "https://rolecall.dev/rules/RA007",
		Kind: Correctness, Severity: Medium, Profile: "default", Fixable: true,
	}, {
		ID: "SA003", Slug: "local-auth",
		Page: page(Page{Title: "Keys open the account", Summary: "Keys are open.", Help: "# Keys", HelpText: "Keys"}),
		URL:  "https://rolecall.dev/rules/SA003", Kind: Security, Severity: Info, Profile: "strict",
	}}
}

func page(p Page) func() Page { return func() Page { return p } }

// sample returns a report with at least one of everything.
func sample(t *testing.T) *Report {
	rules := rulesOfTest()
	main, small := read(t, "main.json"), read(t, "minified.json")
	r := &Report{Version: "1.2.3", TablesDate: "2026-01-31", Rules: rules}
	r.Findings = []Finding{
		escalation(rules[0], main), typo(rules[1], main), wrongType(rules[2], small), localAuth(rules[3], main),
	}
	Sort(r.Findings)
	r.Suppressed = []Suppressed{
		{Finding: localAuth(rules[3], main), By: ByComment, Reason: "the partner's agent\x1b[2J cannot sign in"},
		{Finding: typo(rules[1], main), By: ByBaseline},
	}
	r.Coverage = coverageOfTest(main)
	r.Problems = []Problem{
		{Kind: ProblemInput, File: "infra/broken file.json", Position: Position{3, 7, 7, 7},
			Message: "expected ',' or '}'", Hint: "close the object"},
		{Kind: ProblemInternal, Rule: "RA001", File: "infra/main.json", Message: "index out of range [3]"},
		{Kind: ProblemLimit, File: "infra/huge.json", Message: "more than 100000 resources"},
		{Kind: ProblemNote, File: "infra/notes.json", Message: "is no template"},
	}
	return r
}

func escalation(rule *Rule, src source) Finding {
	role := src.at(`"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', `+
		`'8e3af657-a8ff-443c-a75c-2fe8c4bcb635')]"`, "the role 'Owner' is chosen here", 0)
	use := src.at(`"[variables('owner')]"`, "", 1)
	edit := Edit{File: src.name, Start: role.Start, End: role.End, New: `"reader"`, From: role.From, To: role.To}
	return Finding{
		Rule: rule, Kind: Security, Severity: High, At: use, LineHash: src.hash(use),
		Message:  "'web' can give itself any role: it holds 'Owner' on the resource group",
		Related:  []Place{role, src.at(`"[reference('web', '2023-12-01', 'Full').identity.principalId]"`, "the holder [web]", 0)},
		Flow:     []Place{role, use},
		Resource: Resource{Type: "Microsoft.Authorization/roleAssignments", Name: "[guid(resourceGroup().id, 'web')]", Pointer: "/resources/0"},
		Chain:    []string{"main.bicep", "modules/access.bicep"}, Count: 3,
		Fixes: []Fix{
			{Message: "use the role 'Reader'", Edits: []Edit{edit}},
			{Message: "use the role 'Reader'", Edits: []Edit{edit}},
		},
		Fingerprint: "0123456789abcdef", Sets: []string{"dev.parameters.json", "prod.parameters.json"},
		Maybe: "parameters('team') is 'core'",
	}
}

func typo(rule *Rule, src source) Finding {
	at := src.at(`"SystemAsigned"`, "did you mean 'SystemAssigned'?", 0)
	return Finding{
		Rule: rule, Kind: Correctness, Severity: High, At: at, LineHash: src.hash(at), Fingerprint: "fedcba9876543210",
		Message:  "the identity of '日本語サイト' has the type 'SystemAsigned', which does not exist",
		Resource: Resource{Type: "Microsoft.Web/sites", Name: "日本語サイト", ID: "/subscriptions/‹subscription›/x"},
	}
}

func wrongType(rule *Rule, src source) Finding {
	at := src.at(`'Microsoft.Authorization/roleAssignments'`, "", 0)
	word := src.at("roleAssignments', 'b24", "", 0)
	word.End -= len("', 'b24")
	word.To = src.position(word.End)
	return Finding{
		Rule: rule, Severity: Medium, At: at, LineHash: src.hash(at), Fingerprint: "00ff",
		Message: "the role id of 'ra' has the type 'roleAssignments', must be 'roleDefinitions'",
		Fixes: []Fix{{Message: "write 'roleDefinitions'", Safe: true, Edits: []Edit{{
			File: src.name, Start: word.Start, End: word.End, New: "roleDefinitions", From: word.From, To: word.To,
		}}}},
	}
}

func localAuth(rule *Rule, src source) Finding {
	at := src.at(`"data"`, "", 0)
	return Finding{
		Rule: rule, Severity: Info, At: at, LineHash: src.hash(at), Fingerprint: "aa",
		Message: "keys open the storage account 'data'",
	}
}

func coverageOfTest(src source) Coverage {
	at := src.at(`"[guid(`, "", 0)
	return Coverage{
		Files: 12, Templates: 14, Units: 15, Covered: 1,
		Identities:  Tally{Total: 9, Decided: 9},
		Grants:      Tally{Total: 14, Decided: 11, Parameter: 2, Runtime: 1},
		Unsupported: []Unsupported{{Construct: "dateTimeAdd()", Count: 2, First: at}},
		Undecided: []Undecided{
			{Kind: KindGrant, State: StateParameter, Reason: "principalId is parameters('team')", At: at,
				Resource: Resource{Type: "Microsoft.Authorization/roleAssignments", Name: "ra"}},
			{Kind: KindIdentity, State: StateRuntime, At: at},
		},
	}
}

func write1(t *testing.T, f func(w *bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func text(t *testing.T, r *Report, o Options) string {
	return write1(t, func(w *bytes.Buffer) error { return Text(w, r, o) })
}

func sarifOf(t *testing.T, r *Report, o Options) string {
	return write1(t, func(w *bytes.Buffer) error { return SARIF(w, r, o) })
}

func jsonOf(t *testing.T, r *Report) string {
	return write1(t, func(w *bytes.Buffer) error { return JSON(w, r, Options{}) })
}

func TestGolden(t *testing.T) {
	r := sample(t)
	repo := &Repository{URI: "https://github.com/example/infra", Revision: strings.Repeat("ab", 20), Branch: "main"}
	golden.Check(t, "testdata/sample.txt", text(t, r, Options{}))
	golden.Check(t, "testdata/sample.verbose.txt", text(t, r, Options{Verbose: true, Width: 80}))
	golden.Check(t, "testdata/sample.color.txt", text(t, r, Options{Color: true, Hyperlinks: true}))
	golden.Check(t, "testdata/sample.problems.txt", write1(t, func(w *bytes.Buffer) error { return TextProblems(w, r, Options{}) }))
	golden.Check(t, "testdata/sample.json", jsonOf(t, r))
	golden.Check(t, "testdata/sample.sarif", sarifOf(t, r, Options{Category: "infra", Repository: repo}))
	for name, f := range map[string]func(io.Writer, *Report, Options) error{
		"github.txt": GitHub, "azure.txt": Azure, "gitlab.json": GitLab, "md": Markdown,
	} {
		o := Options{Repository: repo, Folds: []Fold{{"Who gets what", func(int) string { return "| a |\n|---|\n| b |" }}}}
		golden.Check(t, "testdata/sample."+name, write1(t, func(w *bytes.Buffer) error { return f(w, r, o) }))
	}
	golden.Check(t, "testdata/empty.json", jsonOf(t, &Report{}))
	golden.Check(t, "testdata/empty.sarif", sarifOf(t, &Report{Version: "1.2.3", Rules: r.Rules, Complete: true}, Options{Repository: repo}))
}

func TestSort(t *testing.T) {
	a, b := &Rule{ID: "A1"}, &Rule{ID: "B1"}
	want := []Finding{
		{Rule: b, At: Place{File: "a", Start: 1}},
		{Rule: a, At: Place{File: "a", Start: 2}, Message: "x"},
		{Rule: a, At: Place{File: "a", Start: 2}, Message: "y"},
		{Rule: b, At: Place{File: "a", Start: 2}},
		{Rule: a, At: Place{File: "b"}},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
