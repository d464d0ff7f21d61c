package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Owner of 'web' (é, 日本)", "Owner of 'web' (é, 日本)"},
		{"escape sequence", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"hyperlink", "\x1b]8;;http://e.x\aclick", "␛]8;;http://e.x␇click"},
		{"C1 control", "a\u009b31mb", "a\ufffd31mb"},
		{"delete", "a\x7fb", "a␡b"},
		{"line breaks", "a\r\nb\tc\u2028d\u0085e", "a  b c\ufffdd\ufffde"},
		{"null", "a\x00b", "a␀b"},
		{"bidirectional override", "a\u202eb\u2066c\u200fd", "a\ufffdb\ufffdc\ufffdd"},
		{"tag characters", "a\U000e0041b", "a\ufffdb"},
		{"joiners stay", "👩\u200d💻", "👩\u200d💻"},
		{"ill-formed", "a\xffb", "a\ufffdb"},
		{"GitHub command", "::error::x", `\x3a:error::x`},
		{"GitHub command behind blanks", "\n \u00a0::set-output name=a::b", "  \u00a0\\x3a:set-output name=a::b"},
		{"colons inside stay", "a::b", "a::b"},
		{"old GitHub command", "a ##[add-mask]b", `a #\x23[add-mask]b`},
		{"Azure command", "x##vso[task.setvariable variable=a]b", `x#\x23vso[task.setvariable variable=a]b`},
		{"Azure command, upper case", "##VSO[a]", `#\x23VSO[a]`},
		{"TeamCity command", "##teamcity[a]", `#\x23teamcity[a]`},
		{"more hashes", "####[a]", `###\x23[a]`},
		{"heading stays", "## one [two]", "## one [two]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// hostile is what a pull request may put anywhere.
const hostile = "::error::a\n::error::b\r\x1b[2J ##vso[task.complete]##[error]\u202e`id`<img src=x>[x](1)](2){7}\u009bz"

// hostileReport has hostile text in every field that a template or file name can reach.
func hostileReport() *Report {
	at := Position{1, 1, 1, 1}
	place := Place{File: hostile, From: at, To: Position{1, 9, 9, 9}, End: 8, Message: hostile, Pointer: hostile,
		Lines: []Line{{Number: 1, Text: hostile}}}
	resource := Resource{hostile, hostile, hostile, hostile, hostile, hostile}
	rule := rulesOfTest()[0]
	return &Report{
		Version: "1.0.0", Rules: []*Rule{rule},
		Findings: []Finding{{
			Rule: rule, Severity: High, Message: hostile, At: place, Related: []Place{place}, Flow: []Place{place},
			Resource: resource, Chain: []string{hostile}, Sets: []string{hostile}, Maybe: hostile,
			Fixes: []Fix{{Message: hostile, Edits: []Edit{{File: hostile, New: hostile}}}},
		}},
		Coverage: Coverage{
			Files:       1,
			Undecided:   []Undecided{{Reason: hostile, At: place, Resource: resource}},
			Unsupported: []Unsupported{{Construct: hostile, First: place}},
		},
		Problems: []Problem{{Kind: ProblemInput, File: hostile, Message: hostile, Hint: hostile, Rule: hostile}},
	}
}

func TestHostileText(t *testing.T) {
	r := hostileReport()
	outputs := map[string]string{
		"text":     text(t, r, Options{Verbose: true}),
		"problems": write1(t, func(w *bytes.Buffer) error { return TextProblems(w, r, Options{}) }),
		"json":     jsonOf(t, r),
		"sarif":    sarifOf(t, r, Options{}),
	}
	for name, out := range outputs {
		t.Run(name, func(t *testing.T) {
			for _, bad := range []string{"\x1b", "\r", "\u009b", "\u202e", "##vso[", "##["} {
				if strings.Contains(out, bad) {
					t.Errorf("output contains %q:\n%s", bad, out)
				}
			}
			for line := range strings.Lines(out) {
				if strings.HasPrefix(strings.TrimSpace(line), ":") {
					t.Errorf("a line starts with a command: %q", line)
				}
			}
		})
	}
}

// Machines get every character back.
func TestHostileTextSurvivesInJSON(t *testing.T) {
	var doc jsonReport
	r := hostileReport()
	if err := json.Unmarshal([]byte(jsonOf(t, r)), &doc); err != nil {
		t.Fatal(err)
	}
	if got := doc.Findings[0].Message; got != hostile {
		t.Errorf("message is %q, want %q", got, hostile)
	}
	astral := "tag \U000e0041 ####"
	r.Findings[0].Message = astral
	if err := json.Unmarshal([]byte(jsonOf(t, r)), &doc); err != nil {
		t.Fatal(err)
	}
	if got := doc.Findings[0].Message; got != astral {
		t.Errorf("message is %q, want %q", got, astral)
	}
}

func FuzzClean(f *testing.F) {
	f.Add(hostile)
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, but cleaned again it is %q", s, got, again)
		}
		if strings.Contains(got, "##[") || strings.Contains(got, "##vso[") || strings.ContainsAny(got, "\x1b\r\n") ||
			strings.HasPrefix(strings.TrimSpace(got), ":") {
			t.Errorf("Clean(%q) = %q", s, got)
		}
	})
}
