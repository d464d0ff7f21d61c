package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/markdown"
	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/rules"
)

const explainAbout = `Prints the page of a rule, named by its id or slug, or those of a family (RA): what it
finds, why that matters, examples, and how to mend it. On a terminal the page is
laid out; elsewhere it is Markdown.`

// pagesBase is what links between the pages are relative to.
const pagesBase = "https://github.com/rolecall/rolecall/blob/main/docs/rules/"

func explain(fs *pflag.FlagSet) run {
	var color string
	raw := fs.Bool("raw", false, "print Markdown, also on a terminal")
	choose(fs, &color, "color", "auto", []string{"auto", "always", "never"}, "`WHEN` to use colours, with which the page is laid out")
	return func(s Streams, args []string) int {
		if len(args) != 1 {
			return wrong(s, fmt.Errorf("explain takes the id or slug of one rule, such as RA001, or a family, such as RA"))
		}
		found, err := names.Rules(args[0])
		if err != nil {
			return wrong(s, err)
		}
		pages := make([]string, len(found))
		for i, r := range found {
			pages[i] = rulePage(r)
		}
		text := strings.Join(pages, "\n")
		o := markdown.Options{Width: width(s.Out), Color: colored(color, s.Out), Base: pagesBase}
		if _, seen := terminal(s.Out); !*raw && (seen || o.Color) {
			o.Hyperlinks = o.Color && linked(s.Out)
			text = markdown.Terminal(text, o)
		}
		return write(s, []byte(text))
	}
}

// rulePage is the page of a rule as Markdown, under its names.
func rulePage(r *rules.Rule) string {
	return fmt.Sprintf("%s %s\n\n%s", r.Name, r.Slug, r.Page().Markdown)
}
