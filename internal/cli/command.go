package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/names"
)

// command describes a command once: help, errors and completions read it.
type command struct {
	name, args string
	short      string // one line, for the list of commands
	about      string // what its help says before the flags
	group      string // the heading it stands under
	takes      kind   // what its arguments are

	// setup declares the flags and returns what runs once they are read.
	setup func(*pflag.FlagSet) run
}

// run is a command whose flags are read. It returns the exit code.
type run func(s Streams, args []string) int

// kind says what a value of a flag or an argument is, for completions.
type kind string

// The kinds of values.
const (
	nothing      kind = ""
	files        kind = "files"
	folders      kind = "folders"
	ruleIDs      kind = "rules"
	commandNames kind = "commands"
	formatFiles  kind = "formats" // FORMAT=FILE
	shellWords   kind = "shells"
)

// flags returns a new set of the command's flags, and what runs with it.
func (c command) flags() (*pflag.FlagSet, run) {
	fs := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.SortFlags = false
	return fs, c.setup(fs)
}

// start reads the flags and runs the command.
func (c command) start(s Streams, args []string) int {
	fs, run := c.flags()
	err := fs.Parse(args)
	switch {
	case err == nil:
		return run(s, fs.Args())
	case errors.Is(err, pflag.ErrHelp):
		c.help(s)
		return exitClean
	}
	return wrong(s, c.worded(fs, err))
}

// worded puts an error of the flags into our words.
func (c command) worded(fs *pflag.FlagSet, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		var own *choiceError
		if errors.As(value.Unwrap(), &own) {
			return own
		}
	}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var flags []string
		fs.VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
		if near := names.Nearest(unknown.GetSpecifiedName(), flags...); near != "" {
			return fmt.Errorf("%w; did you mean --%s?", err, near)
		}
	}
	return fmt.Errorf("%w; see 'rolecall %s --help'", err, c.name)
}

// The annotations of flags.
const (
	grouped = "group"  // the heading of help that the flag stands under
	takes   = "takes"  // the kind of its value
	words   = "values" // the values there are
)

// group declares flags that stand under a heading of help.
func group(fs *pflag.FlagSet, heading string, declare func(*pflag.FlagSet)) {
	sub := pflag.NewFlagSet("", pflag.ContinueOnError)
	sub.SortFlags = false
	declare(sub)
	sub.VisitAll(func(f *pflag.Flag) {
		annotate(f, grouped, heading)
		fs.AddFlag(f)
	})
}

func annotate(f *pflag.Flag, key string, values ...string) {
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[key] = values
}

// valued says of what kind the values of declared flags are.
func valued(fs *pflag.FlagSet, k kind, names ...string) {
	for _, name := range names {
		annotate(fs.Lookup(name), takes, string(k))
	}
}
