// Package cli is the command line.
package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/rolecall/rolecall/report"
)

// Exit codes, the same in every format.
const (
	exitClean    = 0
	exitFindings = 1   // findings at or above --fail-on
	exitUsage    = 2   // wrong usage or configuration
	exitFailed   = 3   // something could not be analysed, or written
	exitSignal   = 128 // and the number of the signal that ended the program
)

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Main runs the program and returns its exit code.
func Main(args []string, s Streams) (code int) {
	out := &outlet{Writer: s.Out}
	s.Out = out
	defer func() {
		if p := recover(); p != nil {
			code = defect(s, p)
		}
		if out.err != nil && code < exitUsage { // else it was told
			tell(s, notWritten(out.err).Error())
			code = exitFailed
		}
	}()
	return dispatch(args, s)
}

// dispatch runs the command that the arguments name, which is check if they do
// not.
func dispatch(args []string, s Streams) int {
	name, rest := "check", args
	if len(args) > 0 {
		switch args[0] {
		case completer:
			return complete(s, args[1:])
		case "--version", "-V":
			name, rest = "version", args[1:]
		case "--help", "-h":
			name, rest = "help", args[1:]
		default:
			if _, ok := commandNamed(args[0]); ok {
				name, rest = args[0], args[1:]
			} else if near := nearestCommand(args[0]); near != "" && !exists(args[0]) {
				return wrong(s, fmt.Errorf("there is no command or file %q; did you mean %q?", args[0], near))
			}
		}
	}
	c, _ := commandNamed(name)
	return c.start(s, rest)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// wrong tells a usage error, or all of several.
func wrong(s Streams, err error) int {
	for _, e := range single(err) {
		tell(s, e.Error())
	}
	return exitUsage
}

// single takes apart an error that is several.
func single(err error) []error {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range several.Unwrap() {
		all = append(all, single(e)...)
	}
	return all
}

// tell writes a message to standard error. It may hold names of files, which
// others chose.
func tell(s Streams, message string) {
	fmt.Fprintf(s.Err, "rolecall: %s\n", report.Clean(message))
}
