package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/fix"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// fixFlags are the flags of check that mend what it finds.
type fixFlags struct{ fix, unsafe, diff bool }

func (f *fixFlags) set(fs *pflag.FlagSet) {
	fs.BoolVar(&f.fix, "fix", false, "mend what has a safe fix, in the files under the PATHs, and report what is left")
	fs.BoolVar(&f.unsafe, "unsafe-fixes", false, "with --fix or --diff: also fixes whose result needs a look")
	fs.BoolVar(&f.diff, "diff", false, "change nothing, but print what --fix would do, as a unified diff; exit 1 if that is something")
}

// wanted tells whether fixes are to be made, or shown.
func (f fixFlags) wanted() bool { return f.fix || f.diff }

// check holds the flags together with the others.
func (f fixFlags) check(all checkFlags, paths []string) error {
	switch {
	case f.unsafe && !f.wanted():
		return errors.New("--unsafe-fixes goes with --fix or --diff")
	case f.diff && (all.format != "text" || len(all.write) > 0):
		return errors.New("--diff prints a diff in place of findings; leave out --format and --write")
	case f.fix && !f.diff && slices.Contains(paths, "-"):
		return errors.New("--fix cannot change standard input; name a file, or use --diff")
	}
	return nil
}

// fix mends what was found and writes it, or shows it as a diff; then it tells
// what is left. stop ends the progress line.
func (c *checking) fix(paths []string, stop func()) int {
	original := c.options.Read
	files := fix.NewFiles(original)
	c.options.Read = files.Read
	a := driver.Analyse(c.options)
	c.judged = a
	judge := func(edited []string) *report.Report {
		a.Again(edited)
		return a.Report()
	}
	done := fix.Run(fix.Options{Files: files, Judge: judge, Allow: c.allow(paths), Unsafe: c.f.fixing.unsafe})
	stop()
	if err := c.settled(); err != nil {
		return wrong(c.s, err)
	}
	c.finish(done.Report)
	if c.f.fixing.diff {
		return c.showDiff(done, func(file string, after bool) []byte {
			if after {
				return a.Blank(file, files.Read)
			}
			return a.Blank(file, original)
		})
	}
	if err := c.replace(done.Changes); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			tell(c.s, line)
		}
		return exitFailed
	}
	c.tellGone(done.Report, a)
	return c.tell(done.Report)
}

// replace writes the files. An interrupt does not come between.
func (c *checking) replace(changes []tree.Change) error {
	return c.s.uninterrupted(func(ctx context.Context) error { return c.tree.Replace(ctx, changes) })
}

// showDiff prints what would be changed in place of the findings.
func (c *checking) showDiff(done fix.Result, blank func(file string, after bool) []byte) int {
	text, exact, err := fix.Diff(done.Changes, blank)
	done.Report.Fixing.Dry = true
	if !exact {
		done.Report.Problems = append(done.Report.Problems, report.Problem{
			Kind: report.ProblemNote, Message: "the diff is no patch: it leaves out secrets or control characters", Hint: "use --fix",
		})
	}
	o := report.Options{Color: colored(c.f.color, c.s.Err)}
	err = errors.Join(err, report.TextProblems(c.s.Err, done.Report, o))
	if s := report.FixSentence(done.Report); s != "" && !c.f.quiet {
		fmt.Fprintln(c.s.Err, s)
	}
	if err := errors.Join(err, c.s.put(c.f.output, text)); err != nil {
		tell(c.s, err.Error())
		return exitFailed
	}
	switch {
	case c.f.exitZero:
		return exitClean
	case !done.Report.Complete:
		return exitFailed
	case len(done.Changes) > 0:
		return exitFindings
	}
	return exitClean
}

// allow tells which files may be edited: those that were found under the given
// paths, and can be written unless it is only for a diff.
func (c *checking) allow(paths []string) func(file string) error {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	input := ""
	var under []string
	for _, p := range paths {
		if p == "-" {
			input = path.Clean(c.f.stdinName)
		} else if rel, err := c.tree.Rel(p); err == nil {
			if real, err := c.tree.Resolve(rel); err == nil {
				under = append(under, real)
			}
		}
	}
	found := map[string]bool{}
	for _, f := range c.options.Files {
		found[f.Path] = true
	}
	return func(file string) error {
		within := func(p string) bool { return p == "." || p == file || strings.HasPrefix(file, p+"/") }
		switch {
		case file != input && !(found[file] && slices.ContainsFunc(under, within)):
			return fix.Declined("it is not among the files that were named or found")
		case c.f.fixing.diff:
			return nil
		}
		return c.tree.Writable(file)
	}
}
