// Package docs embeds the pages of the rules: the single source of their
// prose, printed by the explain command and sent along as SARIF help.
package docs

import (
	"embed"
	"strings"
)

//go:embed rules/*.md
var pages embed.FS

// Page is the documentation of a rule.
type Page struct {
	Title    string // a few words, no final period
	Summary  string // the first paragraph, as Markdown
	Markdown string // the whole page
}

// Rule returns the page of the rule with the id.
func Rule(id string) (Page, bool) {
	b, err := pages.ReadFile("rules/" + id + ".md")
	if err != nil {
		return Page{}, false
	}
	text := strings.ReplaceAll(string(b), "\r\n", "\n")
	p := Page{Markdown: text}
	head, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	p.Title = strings.TrimSpace(strings.TrimPrefix(head, "#"))
	p.Summary, _, _ = strings.Cut(strings.TrimSpace(rest), "\n\n")
	p.Summary = strings.ReplaceAll(p.Summary, "\n", " ")
	return p, true
}

// Section returns the text below the heading "## name", "" if the page has
// none.
func (p Page) Section(name string) string {
	_, rest, ok := strings.Cut(p.Markdown, "\n## "+name+"\n")
	if !ok {
		return ""
	}
	body, _, _ := strings.Cut(rest, "\n## ")
	return strings.TrimSpace(body)
}
