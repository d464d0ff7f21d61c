package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFlow(t *testing.T) {
	red, link := "\x1b[1;31m", linkStart+"https://e.x\x1b\\"
	for _, c := range []struct {
		name, in string
		columns  int
		want     string
	}{
		{"fits", "one two", 7, "one two"},
		{"breaks", "one two three", 8, "one two\n  three"},
		{"margin counts", "one two three", 7, "one two\n  three"},
		{"several blanks stay", "one  two", 20, "one  two"},
		{"long word", "abcdefghij", 4, "abcd\n  ef\n  gh\n  ij"},
		{"path", "see modules/access/main.json", 14, "see\n  modules/\n  access/\n  main.json"},
		{"address", "see (https://example.com/a/b) for", 10, "see\n  (https://example.com/a/b)\n  for"},
		{"wide characters", "日本 日本", 7, "日本\n  日本"},
		{"combining", "e\u0301e\u0301 e\u0301", 4, "e\u0301e\u0301 e\u0301"},
		{"style", red + "one two" + styleEnd + " x", 3, red + "one" + styleEnd + "\n  " + red + "t" + styleEnd + "\n  " + red + "w" + styleEnd + "\n  " + red + "o" + styleEnd + "\n  x"},
		{"style goes on", red + "one two three" + styleEnd, 8, red + "one two" + styleEnd + "\n  " + red + "three" + styleEnd},
		{"link goes on", link + "one two" + linkEnd + " end", 5, link + "one" + linkEnd + "\n  " + link + "two" + linkEnd + "\n  end"},
		{"command", "one ::error::x", 9, "one\n  \\x3a:error\n  \\x3a:x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Flow(c.in, c.columns, "  ")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFlowOfCells(t *testing.T) {
	for _, c := range []struct {
		in      string
		columns int
		want    string
	}{
		{"", 8, ""},
		{"two words", 8, "two|words"},
		{"infra/modules/access.json:12:3", 14, "infra/modules/|access.json:|12:3"},
		{"landing-zones/delegated-resources", 14, "landing-zones/|delegated-|resources"},
		{"名前名前", 5, "名前|名前"},
		{"名", 1, "名"},
		{"a  b", 2, "a |b"},
	} {
		if got := strings.ReplaceAll(Flow(c.in, c.columns, ""), "\n", "|"); got != c.want {
			t.Errorf("%q in %d columns is %q, want %q", c.in, c.columns, got, c.want)
		}
	}
}

// FuzzFlow holds that nothing is lost and that lines fit.
func FuzzFlow(f *testing.F) {
	f.Add("the identity 'x' can", 10)
	f.Add("/a/b/c \x1b[1mbold\x1b[0m text", 5)
	f.Fuzz(func(t *testing.T, s string, columns int) {
		columns = 4 + max(columns, -columns)%100
		if columns < 4 {
			columns = 4
		}
		s = strings.ReplaceAll(Clean(s), "://", "")
		letters := func(s string) string { return strings.NewReplacer(" ", "", "\n", "", `\x3a`, ":").Replace(s) }
		got := Flow(s, columns, " ")
		if letters(got) != letters(s) {
			t.Fatalf("%q became %q", s, got)
		}
		for line := range strings.Lines(got) {
			if n := Columns(strings.TrimSuffix(line, "\n")); n > columns+3 {
				t.Fatalf("%q is wider than %d", line, columns)
			}
		}
	})
}
