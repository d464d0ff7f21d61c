package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func markdownReport(t *testing.T, r *Report, o Options) string {
	return write1(t, func(w *bytes.Buffer) error { return Markdown(w, r, o) })
}

func TestEscapeMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"Owner of 'web' (é, 日本), a-b 1.2": "Owner of 'web' (é, 日本), a-b 1.2",
		"a|b":                             "a&#124;b",
		"`id` *b* _c_ ~d~":                "&#096;id&#096; &#042;b&#042; &#095;c&#095; &#126;d&#126;",
		`a\|b`:                            "a&#092;&#124;b",
		"<img src=x> &amp;":               "&lt;img src=x&gt; &amp;amp;",
		"[x](y) ![z](w)":                  "&#091;x&#093;(y) &#033;&#091;z&#093;(w)",
		"@you #12":                        "&#064;&#8203;you &#035;&#8203;12",
		"https://e.x www.e.x":             "https&#058;//e.x www&#046;e.x",
		"- a":                             "&#045; a",
		" 12. a-b.c":                      " 12&#046; a-b.c",
		"$x$":                             "&#036;x&#036;",
		"a\n# b":                          "a &#035;&#8203; b",
	} {
		if got := EscapeMarkdown(in); got != want {
			t.Errorf("EscapeMarkdown(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkdownLinks(t *testing.T) {
	for uri, want := range map[string]string{
		"https://github.com/o/r":      "https://github.com/o/r/blob/0a1b/a%20%28b%29.json#L3",
		"https://gitlab.example/o/r":  "https://gitlab.example/o/r/blob/0a1b/a%20%28b%29.json#L3",
		"https://example.com/o/r":     "",
		"https://github.com/o)](x/r":  "https://github.com/o%29%5D%28x/r/blob/0a1b/a%20%28b%29.json#L3",
		"javascript:alert(1)//github": "",
	} {
		out := markdownReport(t, one(High, "m", onLine("a (b).json", 3, 5, 9)), Options{Repository: &Repository{URI: uri, Revision: "0a1b"}})
		_, rest, linked := strings.Cut(out, "[a (b).json:3:5](")
		got, _, _ := strings.Cut(rest, ")")
		if linked != (want != "") || got != want {
			t.Errorf("%s: link %q, want %q", uri, got, want)
		}
	}
}

// TestMarkdownFits holds that the page fits into a comment, whatever is in it.
func TestMarkdownFits(t *testing.T) {
	r := &Report{}
	rule := &Rule{ID: "RA001", Slug: "escalating-role", URL: "https://rolecall.dev/rules/RA001"}
	for i := range 30_000 {
		at := onLine(strings.Repeat("[d]/", 60)+fmt.Sprint(i)+".json", 1, 1, 2)
		r.Findings = append(r.Findings, Finding{Rule: rule, Severity: Severity(i % 4), Message: strings.Repeat("|@", 2000), At: at})
		r.Problems = append(r.Problems, Problem{Kind: ProblemInput, File: at.File, Message: strings.Repeat("<", 2000)})
	}
	text := func(n int) func(int) string { return func(int) string { return strings.Repeat("a", n) } }
	full := func(room int) string { return strings.Repeat("b", room) }
	folds := []Fold{{"small", text(1000)}, {"large", text(60_000)}, {"full", full}, {"last", full}}
	out := markdownReport(t, r, Options{Folds: folds, Repository: &Repository{URI: "https://github.com/o/r", Revision: "0a"}})
	if n := utf8.RuneCountInString(out); n >= 65_536 {
		t.Errorf("%d characters", n)
	}
	for _, want := range []string{
		"7500 errors, 15000 warnings, 7500 notes", "… and 29995 more", "<summary>small</summary>", "<summary>full</summary>", "<summary>last</summary>",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(out, "<summary>large</summary>") {
		t.Error("a fold that does not fit is shown")
	}
	if strings.Contains(out, "| warning |") {
		t.Error("a warning is shown before all errors are")
	}
}

func TestMarkdownCapsRows(t *testing.T) {
	r := &Report{Complete: true}
	for range 60 {
		r.Findings = append(r.Findings, Finding{Rule: &Rule{ID: "RA001"}, Message: "m"})
	}
	out := markdownReport(t, r, Options{})
	if n := strings.Count(out, "\n| note |"); n != 50 || !strings.Contains(out, "… and 10 more") {
		t.Errorf("%d rows in:\n%s", n, out)
	}
}

func TestMarkdownOfNothing(t *testing.T) {
	out := markdownReport(t, &Report{Complete: true, Coverage: Coverage{Files: 2}}, Options{})
	if want := "## rolecall\n\n**No findings** in 2 files\n\nno role assignments or identities declared\n\n"; out != want {
		t.Errorf("got %q, want %q", out, want)
	}
}
