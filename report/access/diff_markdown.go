package access

import (
	"io"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// DiffMarkdown writes changes in GitHub flavoured Markdown, for a comment on a pull request: what they amount to, a
// table of those that widen access, the worst first, and the others folded. What there is no room for is counted. Text
// of others is escaped.
func DiffMarkdown(w io.Writer, d *Diff, o report.Options) error {
	var b strings.Builder
	b.WriteString("## rolecall: " + d.verdict() + "\n\n")
	b.WriteString(report.EscapeMarkdown(d.headline()) + "\n\n")
	for _, s := range d.coverage() {
		b.WriteString(report.EscapeMarkdown(s) + "\n\n")
	}
	var worse, other []string
	for i := range d.Changes {
		switch c := &d.Changes[i]; {
		case c.Kind.Widens():
			worse = append(worse, diffRow(c))
		case c.Kind != Moved || o.Verbose:
			other = append(other, diffRow(c))
		}
	}
	diffTable(&b, worse)
	if len(other) > 0 {
		b.WriteString("<details><summary>" + report.Plural(len(other), "change that does", "changes that do") + " not widen access</summary>\n\n")
		diffTable(&b, other)
		b.WriteString("</details>\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func diffTable(b *strings.Builder, rows []string) {
	if len(rows) == 0 {
		return
	}
	b.WriteString("| change | what | details | where |\n|---|---|---|---|\n")
	for i, row := range rows {
		if b.Len()+len(row) > maxMarkdown {
			b.WriteString("\n… and " + report.Plural(len(rows)-i, "change", "changes") + " more, for which there is no room here\n\n")
			return
		}
		b.WriteString(row)
	}
	b.WriteByte('\n')
}

func diffRow(c *Change) string {
	return "| " + strings.Join([]string{
		c.Kind.String(), cell(c.subject()), cellLines(c.details()), cell(report.Where(c.At.File, c.At.From)),
	}, " | ") + " |\n"
}
