// Package docs embeds the pages of the rules: the single source of their
// prose, printed by the explain command and sent along as SARIF help.
package docs

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"
)

// packed is the archive of the pages, written by go generate. Most runs show
// no page, so the pages are unpacked when the first is asked for: that takes
// milliseconds.
//
//go:embed pages.txtar.gz
var packed []byte

var unpacked = sync.OnceValue(func() *txtar.Archive {
	a, err := Unpack(packed)
	if err != nil {
		panic("docs: the embedded pages cannot be read: " + err.Error())
	}
	return a
})

// Page is the documentation of a rule.
type Page struct {
	Title    string // a few words, no final period
	Summary  string // the first paragraph, as Markdown
	Markdown string // the whole page
}

// Rule returns the page of the rule with the id.
func Rule(id string) (Page, bool) {
	for _, f := range unpacked().Files {
		if f.Name == id+".md" {
			return Read(string(f.Data)), true
		}
	}
	return Page{}, false
}

// Read finds the parts of a page.
func Read(markdown string) Page {
	p := Page{Markdown: markdown}
	head, rest, _ := strings.Cut(strings.TrimSpace(markdown), "\n")
	p.Title = strings.TrimSpace(strings.TrimPrefix(head, "#"))
	p.Summary, _, _ = strings.Cut(strings.TrimSpace(rest), "\n\n")
	p.Summary = strings.ReplaceAll(p.Summary, "\n", " ")
	return p
}

// Unpack reads an archive of pages: txtar, under gzip.
func Unpack(packed []byte) (*txtar.Archive, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	text := bytes.NewBuffer(make([]byte, 0, 8*len(packed))) // prose shrinks to an eighth
	if _, err := text.ReadFrom(z); err != nil {
		return nil, err
	}
	return txtar.Parse(text.Bytes()), nil
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
