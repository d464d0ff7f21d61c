package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/cli"
)

// TestProblemMatcher: docs/ci/problem-matcher.json reads each error and
// warning in what check prints as text, as JSON tells them, and nothing else.
func TestProblemMatcher(t *testing.T) {
	t.Chdir("../..")
	pattern := readMatcher(t, "docs/ci/problem-matcher.json")
	var want []string
	for _, f := range checkJSON(t, "testdata/demo") {
		if f.Level != "note" {
			want = append(want, f.Level+" "+f.Rule+" "+f.File+" "+f.Message)
		}
	}
	var got []string
	for line := range strings.Lines(checkOutput(t, "text", "testdata/demo")) {
		if m := pattern.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			got = append(got, m[4]+" "+m[6]+" "+m[1]+" "+m[5])
		}
	}
	if len(want) == 0 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("matched:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, line := range []string{
		"a.json:1:2: note: all is well [ID003 identity-missing]", "testdata/demo/main.json:12:3", "no findings in 1 file",
	} {
		if pattern.MatchString(line) {
			t.Errorf("%q is matched", line)
		}
	}
}

// readMatcher reads the one pattern of a matcher, and holds its groups to the
// order that the test reads them in.
func readMatcher(t *testing.T, file string) *regexp.Regexp {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type pattern struct {
		Regexp                                      string
		File, Line, Column, Severity, Message, Code int
	}
	var doc struct {
		ProblemMatcher []struct{ Pattern []pattern }
	}
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	p := doc.ProblemMatcher[0].Pattern[0]
	if want := (pattern{p.Regexp, 1, 2, 3, 4, 5, 6}); p != want {
		t.Fatalf("the groups are %+v", p)
	}
	return regexp.MustCompile(p.Regexp)
}

type found struct{ Rule, Level, File, Message string }

func checkJSON(t *testing.T, path string) []found {
	t.Helper()
	var doc struct{ Findings []found }
	if err := json.Unmarshal([]byte(checkOutput(t, "json", path)), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Findings
}

func checkOutput(t *testing.T, format, path string) string {
	t.Helper()
	var out strings.Builder
	s := cli.Streams{In: strings.NewReader(""), Out: &out, Err: os.Stderr}
	if code := cli.Main([]string{"check", "--color", "never", "--format", format, path}, s); code != 1 {
		t.Fatalf("exit code %d, want 1", code)
	}
	return out.String()
}
