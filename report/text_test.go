package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drawn returns the frame of the token in a line, without the gutter.
func drawn(t *testing.T, line Line, from, to, width int) []string {
	t.Helper()
	var b bytes.Buffer
	p := newPrinter(&b, Options{Width: width})
	p.frame(&Place{
		From: Position{Line: 1, Byte: from + 1}, To: Position{Line: 1, Byte: to + 1}, Lines: []Line{line},
	}, frame{gutter: 1, mark: '^'})
	if err := p.w.Flush(); err != nil {
		t.Fatal(err)
	}
	var out []string
	for l := range strings.Lines(b.String()) {
		if Columns(strings.TrimSuffix(l, "\n")) > width {
			t.Errorf("%q is wider than %d", l, width)
		}
		out = append(out, strings.TrimSuffix(l[min(len(l)-1, 4):], "\n"))
	}
	return out[1:]
}

func TestUnderline(t *testing.T) {
	for _, c := range []struct {
		name, line, token string
		want              []string
	}{
		{"ASCII", `  "a": "owner",`, `"owner"`, []string{`  "a": "owner",`, `       ^^^^^^^`}},
		{"tabs", "\t\"a\":\t\"owner\"", `"owner"`, []string{`    "a":    "owner"`, `            ^^^^^^^`}},
		{"tab within", "x: \"a\tb\"", "\"a\tb\"", []string{`x: "a   b"`, `   ^^^^^^^`}},
		{"wide before", `"日本": "owner"`, `"owner"`, []string{`"日本": "owner"`, `        ^^^^^^^`}},
		{"wide", `"a": "日本"`, `"日本"`, []string{`"a": "日本"`, `     ^^^^^^`}},
		{"combining", "\"e\u0301\": \"x\"", `"x"`, []string{"\"e\u0301\": \"x\"", `     ^^^`}},
		{"emoji sequence", "👩\u200d💻: \"x\"", `"x"`, []string{"👩\u200d💻: \"x\"", `    ^^^`}},
		{"escape", "\x1b[1m: \"x\"", `"x"`, []string{`␛[1m: "x"`, `      ^^^`}},
		{"bidirectional", "\u202e: \"x\"", `"x"`, []string{"\ufffd: \"x\"", `   ^^^`}},
		{"command", `##vso[a]: "x"`, `"x"`, []string{`#\x23vso[a]: "x"`, `             ^^^`}},
		{"byte order mark", "\ufeff{ x }", "x", []string{"\ufffd{ x }", "   ^"}},
		{"ill-formed", "\xff\xfe x", "x", []string{"\ufffd\ufffd x", "   ^"}},
		{"empty token", "a, b", "", []string{"a, b", "^"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := strings.Index(c.line, c.token)
			got := drawn(t, Line{Number: 1, Text: c.line}, at, at+len(c.token), 60)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnderlineAtEndOfLine(t *testing.T) {
	got := drawn(t, Line{Number: 1, Text: "ab"}, 2, 2, 60)
	if diff := cmp.Diff([]string{"ab", "  ^"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLongLines(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, c := range []struct {
		name     string
		line     Line
		from, to int
		want     []string
	}{
		{"fits", Line{1, x(36), 0, 0}, 0, 3, []string{x(36), "^^^"}},
		{"right", Line{1, x(37), 0, 0}, 0, 3, []string{x(35) + "…", "^^^"}},
		{"left", Line{1, x(97) + "abc", 0, 0}, 97, 100, []string{"…" + x(15) + "abc", strings.Repeat(" ", 16) + "^^^"}},
		{"both", Line{1, x(500) + "abc" + x(1e6), 0, 0}, 500, 503,
			[]string{"…" + x(15) + "abc" + x(16) + "…", strings.Repeat(" ", 16) + "^^^"}},
		{"token too long", Line{1, x(100) + strings.Repeat("a", 500), 0, 0}, 100, 600,
			[]string{"…" + x(6) + strings.Repeat("a", 28) + "…", strings.Repeat(" ", 7) + strings.Repeat("^", 28)}},
		{"cut before", Line{1, "xabcx", 1000, 1000}, 1001, 1004, []string{"…xabcx…", "  ^^^"}},
		{"wide", Line{1, strings.Repeat("日", 200) + "abc" + strings.Repeat("本", 200), 0, 0}, 600, 603,
			[]string{"…" + strings.Repeat("日", 7) + "abc" + strings.Repeat("本", 8) + "…", strings.Repeat(" ", 15) + "^^^"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, drawn(t, c.line, c.from, c.to, 40)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzFrame(f *testing.F) {
	f.Add("a\tb日\x1b", 1, 3, 40)
	f.Fuzz(func(t *testing.T, s string, from, to, width int) {
		if strings.Contains(s, "\n") {
			t.Skip()
		}
		place := Place{From: Position{Line: 1, Byte: from}, To: Position{Line: 1, Byte: to}, Lines: []Line{{1, s, 0, 0}}}
		r := &Report{Findings: []Finding{{Rule: &Rule{ID: "X1"}, Severity: High, At: place}}}
		out := text(t, r, Options{Width: width})
		if strings.ContainsAny(out, "\x1b\r") || strings.Contains(out, "##[") {
			t.Errorf("hostile: %q", out)
		}
	})
}

func TestNoFindings(t *testing.T) {
	r := &Report{Complete: true, Coverage: Coverage{
		Files: 1, Identities: Tally{Total: 1, Decided: 1}, Grants: Tally{Total: 3, Decided: 1, NotDeployed: 1, Limit: 1},
	}}
	want := "no findings in 1 file; 1 of 3 role grants decided, 1 not deployed, 1 beyond a limit; 1 of 1 identity decided\n"
	if got := text(t, r, Options{}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := text(t, r, Options{Quiet: true}); got != "" {
		t.Errorf("quiet: %q", got)
	}
	if got := text(t, &Report{Complete: true}, Options{}); got != "no templates found\n" {
		t.Errorf("nothing read: %q", got)
	}
}

type fullDisk struct{}

var errFull = errors.New("full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	r := sample(t)
	for _, err := range []error{
		Text(fullDisk{}, r, Options{}), TextProblems(fullDisk{}, r, Options{}),
		JSON(fullDisk{}, r, Options{}), SARIF(fullDisk{}, r, Options{}),
	} {
		if !errors.Is(err, errFull) {
			t.Errorf("got error %v", err)
		}
	}
}

func TestSuppressedSentence(t *testing.T) {
	by := func(kinds ...string) []Suppressed {
		var out []Suppressed
		for _, k := range kinds {
			out = append(out, Suppressed{By: k})
		}
		return out
	}
	for _, c := range []struct {
		list []Suppressed
		want string
	}{
		{by(ByComment), "1 finding suppressed: 1 by a comment"},
		{by(ByBaseline, ByComment, ByMetadata, ByComment, ByConfiguration),
			"5 findings suppressed: 2 by comments, 1 by metadata, 1 by the configuration, 1 by the baseline"},
	} {
		if got := suppressedSentence(c.list); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
