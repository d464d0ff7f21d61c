package markdown

import (
	"os"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/docs"
	"github.com/rolecall/rolecall/internal/golden"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

func TestTerminal(t *testing.T) {
	page, err := os.ReadFile("testdata/page.md")
	if err != nil {
		t.Fatal(err)
	}
	const base = "https://example.com/rules/"
	for name, o := range map[string]Options{
		"plain.txt":  {Width: 50, Base: base},
		"color.txt":  {Width: 50, Color: true, Base: base},
		"links.txt":  {Width: 70, Color: true, Hyperlinks: true, Base: base},
		"narrow.txt": {Width: 1, Base: base},
	} {
		got := Terminal(string(page), o)
		golden.Check(t, "testdata/"+name, got)
	}
}

// TestPages holds that no mark of Markdown is left in any page of a rule, and
// that lines fit.
func TestPages(t *testing.T) {
	for _, r := range rules.All() {
		page, _ := docs.Rule(r.Name)
		code := false
		for line := range strings.Lines(Terminal(page.Markdown, Options{Width: 60, Color: true})) {
			line = strings.TrimSuffix(line, "\n")
			text := strings.TrimLeft(line, " ")
			code = strings.HasPrefix(line, "    ")
			if code {
				continue
			}
			for _, mark := range []string{"](", "```", "**", "|---"} {
				if strings.Contains(text, mark) {
					t.Errorf("%s: %q in %q", r.Name, mark, line)
				}
			}
			if report.VisibleColumns(line) > 60 && !strings.Contains(line, "://") {
				t.Errorf("%s: %q is too wide", r.Name, line)
			}
		}
	}
}

func FuzzTerminal(f *testing.F) {
	f.Add("# a\n\n- b `c`\n  d [e](f)\n\n| g |\n|---|\n| h |\n\n```json\n{}\n```\n*i* **j**")
	f.Add("|")
	f.Add("```")
	f.Fuzz(func(t *testing.T, page string) {
		Terminal(page, Options{Width: 50, Color: true})
	})
}
