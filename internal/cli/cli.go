// Package cli is the command line.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/report"
)

// Exit codes, the same in every format.
const (
	exitClean    = 0
	exitFindings = 1 // findings at or above --fail-on
	exitUsage    = 2 // wrong usage or configuration
	exitFailed   = 3 // something could not be analysed
)

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

type command struct {
	name, args, short string
	run               func(s Streams, args []string) int
}

func commands() []command {
	return []command{
		{"check", "[flags] [PATH …]", "lint files or folders; \"-\" reads standard input; no PATH means \".\"", check},
		{"explain", "RULE", "print the page of a rule", explain},
		{"rules", "", "list all rules", listRules},
		{"expand", "[flags] FILE", "print what would be deployed, as JSON", expand},
		{"eval", "[flags] [EXPR]", "evaluate template expressions", evaluate},
	}
}

// Main runs the program and returns its exit code.
func Main(args []string, s Streams) int {
	if len(args) > 0 {
		switch args[0] {
		case "--version", "-V", "version":
			fmt.Fprintln(s.Out, versionLine())
			return exitClean
		case "--help", "-h", "help":
			usage(s.Out)
			return exitClean
		}
		for _, c := range commands() {
			if args[0] == c.name {
				return c.run(s, args[1:])
			}
		}
		if known := similar(args[0]); known != "" && !exists(args[0]) {
			return wrong(s, fmt.Errorf("there is no command or file %q; did you mean %q?", args[0], known))
		}
	}
	return check(s, args)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// similar returns the command that a word seems to mean.
func similar(word string) string {
	best, at := "", 3
	for _, c := range commands() {
		if d := distance(word, c.name); len(word) > 2 && d < at {
			best, at = c.name, d
		}
	}
	return best
}

func usage(w io.Writer) {
	fmt.Fprint(w, `rolecall checks Azure templates before anything is deployed: does every workload
have a managed identity, declared correctly, and what may each identity do?

usage:
`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  rolecall %-8s %-18s %s\n", c.name, c.args, c.short)
	}
	fmt.Fprint(w, `
"rolecall PATH" is short for "rolecall check PATH". "rolecall COMMAND --help" tells
the flags of a command, "rolecall --version" the version and the date of the tables.

exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage,
3 something could not be analysed
`)
}

// wrong tells a usage error.
func wrong(s Streams, err error) int {
	tell(s, err.Error())
	return exitUsage
}

// tell writes a message to standard error. It may hold names of files, which
// others chose.
func tell(s Streams, message string) {
	fmt.Fprintf(s.Err, "rolecall: %s\n", report.Clean(message))
}

// parse reads the flags of a command; done if there is nothing left to do.
func parse(s Streams, fs *pflag.FlagSet, about string, args []string) (code int, done bool) {
	fs.SetOutput(io.Discard)
	fs.SortFlags = false
	err := fs.Parse(args)
	switch {
	case err == nil:
		return 0, false
	case errors.Is(err, pflag.ErrHelp):
		fmt.Fprintf(s.Out, "%s\n\nflags:\n%s", about, fs.FlagUsages())
		return exitClean, true
	}
	return wrong(s, fmt.Errorf("%w; see 'rolecall %s --help'", err, fs.Name())), true
}
