package cli

import (
	"bytes"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/rules"
)

func listRules(s Streams, args []string) int {
	fs := pflag.NewFlagSet("rules", pflag.ContinueOnError)
	if code, done := parse(s, fs, "usage: rolecall rules\n\nLists all rules: id, slug, kind, severity, profile, fixable.", args); done {
		return code
	}
	if fs.NArg() > 0 {
		return wrong(s, fmt.Errorf("rules takes no arguments; 'rolecall explain %s' prints a rule's page", fs.Arg(0)))
	}
	var buf bytes.Buffer
	w := tabwriter.NewWriter(&buf, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSLUG\tKIND\tSEVERITY\tPROFILE\tFIXABLE")
	for _, r := range rules.All() {
		d := driver.Describe(r)
		fixable := ""
		if r.Fixable {
			fixable = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Name, r.Slug, d.Kind, d.Severity, d.Profile, fixable)
	}
	w.Flush()
	return write(s, buf.Bytes())
}

func explain(s Streams, args []string) int {
	fs := pflag.NewFlagSet("explain", pflag.ContinueOnError)
	if code, done := parse(s, fs, "usage: rolecall explain RULE\n\nPrints the page of a rule, named by its id or slug.", args); done {
		return code
	}
	if fs.NArg() != 1 {
		return wrong(s, fmt.Errorf("explain takes the id or slug of one rule, such as RA001"))
	}
	found, err := named(fs.Arg(0))
	if err != nil {
		return wrong(s, err)
	}
	var buf bytes.Buffer
	for i, r := range found {
		if i > 0 {
			buf.WriteString("\n")
		}
		fmt.Fprintf(&buf, "%s %s\n\n%s", r.Name, r.Slug, r.Page().Markdown)
	}
	return write(s, buf.Bytes())
}

func write(s Streams, b []byte) int {
	if _, err := s.Out.Write(b); err != nil {
		tell(s, "the output could not be written: "+err.Error())
		return exitFailed
	}
	return exitClean
}
