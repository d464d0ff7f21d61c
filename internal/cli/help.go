package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/report"
)

const (
	helpWidth = 100 // columns of help where there is no terminal, and at most
	maxNames  = 28  // columns for the name of a flag; longer ones stand on a line of their own

	narrowHelp   = 64 // columns below which there is no room for names and usage side by side
	writtenWidth = 88 // columns of the longest line of the texts
	leastHelp    = 40
)

const helpAbout = `Tells what a command does, and its flags. Without a command it lists all of them.`

func help(*pflag.FlagSet) run {
	return func(s Streams, args []string) int {
		switch len(args) {
		case 0:
			overview(s.Out)
			return exitClean
		case 1:
			c, ok := commandNamed(args[0])
			if !ok {
				return wrong(s, unknownCommand(args[0]))
			}
			c.help(s)
			return exitClean
		}
		return wrong(s, fmt.Errorf("help takes one command"))
	}
}

func unknownCommand(word string) error {
	if near := nearestCommand(word); near != "" {
		return fmt.Errorf("there is no command %q; did you mean %q?", word, near)
	}
	return fmt.Errorf("there is no command %q; 'rolecall help' lists them", word)
}

// overview lists the commands.
func overview(w io.Writer) {
	fmt.Fprint(w, `rolecall checks Azure templates before anything is deployed: does every workload
have a managed identity, declared correctly, and what may each identity do?

usage:
  rolecall COMMAND [flags] …
  rolecall [flags] [PATH …]     short for 'rolecall check'
`)
	heading, columns := "", 0
	for _, c := range commands() {
		columns = max(columns, len([]rune(c.name+" "+c.args)))
	}
	for _, c := range commands() {
		if c.group != heading {
			heading = c.group
			fmt.Fprintf(w, "\n%s:\n", heading)
		}
		fmt.Fprintf(w, "  %-*s  %s\n", columns, c.name+" "+c.args, c.short)
	}
	fmt.Fprint(w, `
'rolecall help COMMAND' tells the flags of a command.

exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage,
3 something could not be analysed
`)
}

// help tells what a command does, and its flags by their headings.
func (c command) help(s Streams) {
	fs, _ := c.flags()
	columns := width(s.Out)
	if columns <= 0 || columns > helpWidth {
		columns = helpWidth
	}
	columns = max(columns, leastHelp)
	fmt.Fprintf(s.Out, "%s\n\n%s\n", report.Flow("usage: "+c.usage(fs), columns, "  "), paragraphs(c.about, columns))
	var headings []string
	flags := map[string][]*pflag.Flag{}
	fs.VisitAll(func(f *pflag.Flag) {
		heading := "flags"
		if g := f.Annotations[grouped]; len(g) > 0 {
			heading = g[0]
		}
		if flags[heading] == nil {
			headings = append(headings, heading)
		}
		flags[heading] = append(flags[heading], f)
	})
	for _, h := range headings {
		fmt.Fprintf(s.Out, "\n%s:\n", h)
		for _, f := range flags[h] {
			fmt.Fprint(s.Out, flagHelp(f, columns))
		}
	}
}

// usage is how a command is written.
func (c command) usage(fs *pflag.FlagSet) string {
	parts := []string{"rolecall", c.name}
	if fs.HasFlags() {
		parts = append(parts, "[flags]")
	}
	if c.args != "" {
		parts = append(parts, c.args)
	}
	return strings.Join(parts, " ")
}

// flagHelp tells of a flag in one line or more, so that it fits the columns.
func flagHelp(f *pflag.Flag, columns int) string {
	value, usage := pflag.UnquoteUsage(f)
	name := "      --" + f.Name
	if f.Shorthand != "" {
		name = "  -" + f.Shorthand + ", --" + f.Name
	}
	if f.Value.Type() != "bool" {
		name += " " + strings.ToUpper(value)
	}
	if d := f.DefValue; d != "" && d != "[]" && d != "false" && d != "0" {
		usage += " (default " + d + ")"
	}
	names := maxNames
	if columns < narrowHelp {
		names = 8 // the usage stands below
	}
	lines := strings.Split(report.Flow(usage, columns-names-2, ""), "\n")
	margin := strings.Repeat(" ", names+2)
	if len(name) > names {
		lines = append([]string{name}, lines...)
	} else {
		lines[0] = name + margin[len(name):] + lines[0]
	}
	return lines[0] + "\n" + indented(lines[1:], margin)
}

// paragraphs breaks text anew for a terminal that is narrower than it is
// written. Lists and examples, which are indented, stay.
func paragraphs(text string, columns int) string {
	if columns >= writtenWidth {
		return text
	}
	parts := strings.Split(text, "\n\n")
	for i, p := range parts {
		if !strings.HasPrefix(p, " ") {
			parts[i] = report.Flow(strings.ReplaceAll(p, "\n", " "), columns, "")
		}
	}
	return strings.Join(parts, "\n\n")
}

func indented(lines []string, margin string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(margin + l + "\n")
	}
	return b.String()
}
