package report

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is the official one, with the formats of addresses asserted.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open("testdata/sarif-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSARIFSchema(t *testing.T) {
	s := schema(t)
	for name, r := range map[string]*Report{
		"sample": sample(t), "zero": {}, "hostile": hostileReport(),
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(sarifOf(t, r, Options{})))
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(doc); err != nil {
				t.Errorf("%#v", err)
			}
		})
	}
}

// object walks down a decoded document.
func object(doc any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			doc = doc.(map[string]any)[p]
		case int:
			doc = doc.([]any)[p]
		}
	}
	return doc
}

func decodeSARIF(t *testing.T, r *Report, o Options) any {
	t.Helper()
	return runOf(t, sarifOf(t, r, o))
}

// runOf returns the run of a log.
func runOf(t *testing.T, log string) any {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(log), &doc); err != nil {
		t.Fatal(err)
	}
	return object(doc, "runs", 0)
}

func TestSARIFSecuritySeverity(t *testing.T) {
	r := &Report{}
	for _, kind := range []Kind{Security, Correctness} {
		for s := Info; s <= High; s++ {
			r.Rules = append(r.Rules, &Rule{ID: fmt.Sprintf("RA%d", len(r.Rules)), Slug: "a-rule", Kind: kind, Severity: s})
		}
	}
	run := decodeSARIF(t, r, Options{})
	var got []any
	for i := range r.Rules {
		got = append(got, object(run, "tool", "driver", "rules", i, "properties", "security-severity"))
	}
	want := []any{nil, "3.5", "6.5", "9.0", nil, nil, nil, nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSARIFNeverNull(t *testing.T) {
	out := sarifOf(t, &Report{}, Options{})
	for _, want := range []string{`"results": []`, `"rules": []`, `"executionSuccessful": true`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, out := range []string{out, sarifOf(t, sample(t), Options{}), jsonOf(t, &Report{}), jsonOf(t, sample(t))} {
		if strings.Contains(out, "null") {
			t.Errorf("a null in:\n%s", out)
		}
	}
	if out := jsonOf(t, &Report{}); !strings.Contains(out, `"findings": []`) || !strings.Contains(out, `"errors": []`) {
		t.Error(out)
	}
}

func TestSARIFRun(t *testing.T) {
	r := sample(t)
	run := decodeSARIF(t, r, Options{})
	if object(run, "automationDetails") != nil || object(run, "versionControlProvenance") != nil {
		t.Error("details that nobody gave")
	}
	if object(run, "invocations", 0, "executionSuccessful") != false {
		t.Error("an internal error must count as unsuccessful")
	}
	r.Problems = r.Problems[:1]
	if run := decodeSARIF(t, r, Options{}); object(run, "invocations", 0, "executionSuccessful") != true {
		t.Error("a broken input must not count as unsuccessful")
	}
	for _, category := range []string{"a", "a/"} {
		if id := object(decodeSARIF(t, r, Options{Category: category}), "automationDetails", "id"); id != "a/" {
			t.Errorf("category %q: id %q", category, id)
		}
	}
}

func TestSARIFLimits(t *testing.T) {
	rule := &Rule{ID: "RA001", Slug: "x", Page: page(Page{Title: strings.Repeat("é", 2000)}), Tags: strings.Fields("a b c d e f g h i j k l a")}
	places := make([]Place, 150)
	run := decodeSARIF(t, &Report{Findings: []Finding{
		{Rule: rule, Severity: Info, Message: "m"},
		{Rule: rule, Severity: High, Message: strings.Repeat("é", 3000), Related: places, Flow: places},
	}}, Options{})
	first := object(run, "results", 0) // the worst
	got := []int{
		len(object(first, "relatedLocations").([]any)),
		len(object(first, "codeFlows", 0, "threadFlows", 0, "locations").([]any)),
		len([]rune(object(first, "message", "text").(string))),
		len([]rune(object(run, "tool", "driver", "rules", 0, "shortDescription", "text").(string))),
		len(object(run, "tool", "driver", "rules", 0, "properties", "tags").([]any)),
	}
	if diff := cmp.Diff([]int{100, 50, 1000, 1024, 10}, got); diff != "" {
		t.Error(diff)
	}
}

func TestSARIFMessage(t *testing.T) {
	for _, c := range []struct {
		f    Finding
		want string
	}{
		{Finding{Message: "a `b` [c](1) <d>"}, "a 'b' [c] (1) ‹d›"},
		{Finding{Message: "[format('{0} {x} {}', 1)]"}, "[format('{{0}} {x} {}', 1)]"},
		{Finding{Message: "m", Maybe: "c", Count: 2}, "m (only if c) (in 2 copies)"},
		{Finding{Message: "m", Related: []Place{{Message: `x[0]\y`}, {File: "a.json", From: Position{Line: 3}}}},
			`m: see [x\[0\]\\y](1), [a.json:3](2)`},
	} {
		m := resultMessage(&c.f)
		if *m.Text != c.want {
			t.Errorf("message of %q is %q, want %q", c.f.Message, *m.Text, c.want)
		}
	}
}

func TestEncodePath(t *testing.T) {
	for in, want := range map[string]string{
		"infra/main.json":     "infra/main.json",
		"a b/c:d/#é?%.json":   "a%20b/c%3Ad/%23%C3%A9%3F%25.json",
		"x[1]/\n.json":        "x%5B1%5D/%0A.json",
		"a-b_c.d~e/(f)@g,h+i": "a-b_c.d~e/(f)@g,h+i",
	} {
		if got := encodePath(in); got != want {
			t.Errorf("encodePath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPascal(t *testing.T) {
	form := regexp.MustCompile(`^(\p{Lu}[\p{Ll}\p{Nd}]+)*$`)
	for in, want := range map[string]string{
		"escalating-role": "EscalatingRole",
		"a-role":          "Arole",
		"role-x":          "Rolex",
		"api-2022-old":    "Api2022Old",
		"2-roles":         "No2Roles",
		"RBAC-Role":       "RbacRole",
		"a-b-c":           "Abc",
		"x--y2":           "Xy2",
		"x":               "x", // no rule is named so
		"":                "",
	} {
		got := pascal(in)
		if got != want {
			t.Errorf("pascal(%q) = %q, want %q", in, got, want)
		}
		if len(in) > 1 && !form.MatchString(got) {
			t.Errorf("pascal(%q) = %q, which the format forbids", in, got)
		}
	}
}

func TestSnippetOfCutLine(t *testing.T) {
	p := Place{From: Position{1, 11, 11, 11}, To: Position{1, 15, 15, 15}, Lines: []Line{{1, "xxabcdyy", 8, 3}}}
	if got, ok := snippet(&p); !ok || got != "abcd" {
		t.Errorf("snippet is %q, %v", got, ok)
	}
	if c := contextRegion(&p); *c.StartColumn != 9 || *c.EndColumn != 17 || *c.Snippet.Text != "xxabcdyy" {
		t.Errorf("context is %d to %d, %q", *c.StartColumn, *c.EndColumn, *c.Snippet.Text)
	}
	p.Lines[0] = Line{1, "xxab", 8, 7}
	if got, _ := snippet(&p); got != "ab…" {
		t.Errorf("snippet of half a token is %q", got)
	}
	if c := contextRegion(&p); c.StartColumn != nil || c.EndColumn != nil || *c.StartLine != 1 || *c.Snippet.Text != "ab…" {
		t.Errorf("context of half a token is %+v", c)
	}
	long := strings.Repeat("é", maxSnippet)
	p.Lines[0] = Line{1, long, 10, 0}
	p.To = Position{1, 11 + len(long), 11, 11}
	if got, _ := snippet(&p); got != long[:maxSnippet]+"…" {
		t.Errorf("snippet of a long token has %d bytes", len(got))
	}
}
