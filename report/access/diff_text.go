package access

import (
	"io"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// DiffText writes changes for people: a line "file:line:column: kind: what" for each, the worst first, with details
// below, then what they amount to. Moves are shown only if [report.Options] asks for all.
func DiffText(w io.Writer, d *Diff, o report.Options) error {
	var b strings.Builder
	for i := range d.Changes {
		c := &d.Changes[i]
		if c.Kind == Moved && !o.Verbose {
			continue
		}
		head := o.Strong(report.Where(c.At.File, c.At.From)) + ": " + o.Level(c.Kind.level(), c.Kind.String()) + ": " +
			o.Strong(report.Clean(c.subject()))
		b.WriteString(o.Fit(head, "    ") + "\n")
		for _, s := range c.details() {
			b.WriteString(o.Fit("  "+o.Faint("=")+" "+report.Clean(s), "    ") + "\n")
		}
		b.WriteByte('\n')
	}
	if !o.Quiet {
		b.WriteString(o.Fit(o.Strong(report.Clean(d.headline())), "") + "\n")
		for _, s := range d.coverage() {
			b.WriteString(o.Fit(report.Clean(s), "") + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
