package cli

import (
	"bytes"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/rules"
)

const rulesAbout = `Lists all rules: id, slug, kind, severity, profile, fixable.`

func listRules(*pflag.FlagSet) run {
	return func(s Streams, args []string) int {
		if len(args) > 0 {
			return wrong(s, fmt.Errorf("rules takes no arguments; 'rolecall explain %s' prints a rule's page", args[0]))
		}
		return write(s, ruleTable())
	}
}

// ruleTable lists the rules, one a line.
func ruleTable() []byte {
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
	return buf.Bytes()
}

func write(s Streams, b []byte) int {
	if _, err := s.Out.Write(b); err != nil {
		tell(s, notWritten(err).Error())
		return exitFailed
	}
	return exitClean
}
