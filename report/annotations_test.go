package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func linesOf(t *testing.T, f func(io.Writer, *Report, Options) error, r *Report) []string {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, r, Options{}); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

// one returns a report of one finding.
func one(severity Severity, message string, at Place) *Report {
	return &Report{Findings: []Finding{{
		Rule: &Rule{ID: "RA001", Slug: "escalating-role"}, Severity: severity, Message: message, At: at,
	}}}
}

func onLine(file string, line, from, to int) Place {
	return Place{File: file, From: Position{line, from, from, from}, To: Position{line, to, to, to}}
}

func TestGitHub(t *testing.T) {
	two := onLine("a.json", 3, 5, 9)
	two.To.Line = 4
	for _, c := range []struct {
		name string
		r    *Report
		want string
	}{
		{"error", one(High, "it's", onLine("a.json", 3, 5, 9)),
			"::error file=a.json,line=3,endLine=3,col=5,endColumn=9,title=RA001 escalating-role::it's"},
		{"warning", one(Low, "m", onLine("a.json", 3, 5, 9)),
			"::warning file=a.json,line=3,endLine=3,col=5,endColumn=9,title=RA001 escalating-role::m"},
		{"notice without columns", one(Info, "m", two),
			"::notice file=a.json,line=3,endLine=4,title=RA001 escalating-role::m"},
		{"escapes", one(High, "50%, a: b\r\n::error::c%0A", onLine("a,b:c%\n.json", 1, 1, 2)),
			"::error file=a%2Cb%3Ac%25 .json,line=1,endLine=1,col=1,endColumn=2,title=RA001 escalating-role::50%25, a: b  ::error::c%250A"},
		{"problem", &Report{Problems: []Problem{{Kind: ProblemInput, File: "a.json", Message: "no value", Hint: "give one"}}},
			"::error file=a.json,title=rolecall::no value: give one"},
		{"problem without a file", &Report{Problems: []Problem{{Kind: ProblemNote, Message: "no templates were found"}}},
			"::notice title=rolecall::no templates were found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, linesOf(t, GitHub, c.r)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGitHubLength(t *testing.T) {
	line := linesOf(t, GitHub, one(High, strings.Repeat("é", 9000), Place{}))[0]
	_, text, _ := strings.Cut(line[2:], "::")
	if n := len([]rune(text)); n != maxAnnotation {
		t.Errorf("%d characters, want %d", n, maxAnnotation)
	}
}

func TestAzure(t *testing.T) {
	for _, c := range []struct {
		name string
		r    *Report
		want string
	}{
		{"error", one(High, "it's", onLine("a.json", 3, 5, 9)),
			"##vso[task.logissue type=error;sourcepath=a.json;linenumber=3;columnnumber=5;code=RA001]it's"},
		{"warning", one(Medium, "m", onLine("a.json", 3, 5, 9)),
			"##vso[task.logissue type=warning;sourcepath=a.json;linenumber=3;columnnumber=5;code=RA001]m"},
		{"note", one(Info, "##vso[task.complete]m", onLine("a.json", 3, 5, 9)),
			`a.json:3:5: note: #\x23vso[task.complete]m [RA001 escalating-role]`},
		{"escapes", one(High, "50%, [a];\r\n##vso[b]%AZP25", onLine("a;b]c%.json", 1, 1, 2)),
			`##vso[task.logissue type=error;sourcepath=a%3Bb%5Dc%AZP25.json;linenumber=1;columnnumber=1;code=RA001]` +
				`50%AZP25, [a%5D%3B  #\x23vso[b%5D%AZP25AZP25`},
		{"problem", &Report{Problems: []Problem{{Kind: ProblemInternal, Rule: "RA001", Message: "broken"}}},
			"##vso[task.logissue type=error]internal error in rule RA001: broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.want}, linesOf(t, Azure, c.r)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// many returns a report with 12 errors after 11 warnings and 2 notes.
func many() *Report {
	r := &Report{}
	rule := &Rule{ID: "RA001"}
	add := func(n int, s Severity) {
		for i := range n {
			file := fmt.Sprintf("%s%02d.json", s, i)
			r.Findings = append(r.Findings, Finding{Rule: rule, Severity: s, Message: "m", At: onLine(file, 1, 1, 2)})
		}
	}
	add(2, Info)
	add(11, Medium)
	add(12, High)
	return r
}

func TestAnnotationsAreCapped(t *testing.T) {
	for name, c := range map[string]struct {
		write   func(io.Writer, *Report, Options) error
		prefix  string
		service string
		extra   int // lines before the last that are no commands
	}{
		"github": {GitHub, "::", "GitHub", 3},
		"azure":  {Azure, "##vso[", "Azure Pipelines", 5},
	} {
		t.Run(name, func(t *testing.T) {
			lines := linesOf(t, c.write, many())
			commands := 0
			for _, l := range lines {
				if strings.HasPrefix(l, c.prefix) {
					commands++
				}
			}
			if want := len(lines) - 1 - c.extra; commands != want {
				t.Errorf("%d commands, want %d", commands, want)
			}
			if !strings.Contains(lines[0], "high00.json") || !strings.Contains(lines[commands], "high10.json:1:1: error: m [RA001]") {
				t.Errorf("the worst do not come first: %q", lines)
			}
			want := "2 errors, 1 warning more stand in the lines above only: " + c.service + " keeps 10 annotations of each level"
			if last := lines[len(lines)-1]; last != want {
				t.Errorf("last line %q, want %q", last, want)
			}
		})
	}
}

func TestNoAnnotations(t *testing.T) {
	for _, f := range []func(io.Writer, *Report, Options) error{GitHub, Azure} {
		if got := linesOf(t, f, &Report{}); len(got) != 1 || got[0] != "" {
			t.Errorf("%q of an empty report", got)
		}
	}
}
