package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

type checkFlags struct {
	sources
	format, profile, failOn, output string
	color, category                 string
	selected, ignored, write        []string
	profileGiven, failOnGiven       bool
	exitZero, verbose, quiet        bool
	fixing                          fixFlags
	baseline                        baselineFlags
}

func (f *checkFlags) set(fs *pflag.FlagSet) {
	group(fs, "what to look for", f.setRules)
	group(fs, "what to look for", f.baseline.set)
	group(fs, "fixing", f.fixing.set)
	group(fs, "output", f.setOutput)
	group(fs, "files", func(fs *pflag.FlagSet) {
		fs.BoolVar(&f.only, "only", false, "search all of the tree, and tell what concerns the PATHs (for pre-commit)")
	})
	f.sources.set(fs)
}

func (f *checkFlags) setRules(fs *pflag.FlagSet) {
	choose(fs, &f.profile, "profile", "default", []string{"default", "strict", "pedantic"}, "the rules to run, by `PROFILE`")
	fs.StringSliceVar(&f.selected, "select", nil, "run only these `RULES`, by id, slug or family (RA), whatever their profile")
	fs.StringSliceVar(&f.ignored, "ignore", nil, "leave out these `RULES`")
	choose(fs, &f.failOn, "fail-on", "warning", []string{"error", "warning", "note", "never"},
		"exit 1 for findings of this `LEVEL` or above")
	fs.BoolVar(&f.exitZero, "exit-zero", false, "exit 0 whatever is found")
	valued(fs, ruleIDs, "select", "ignore")
}

func (f *checkFlags) setOutput(fs *pflag.FlagSet) {
	choose(fs, &f.format, "format", "text", formatNames(), "output `FORMAT`")
	fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	fs.StringArrayVar(&f.write, "write", nil, "write a further format to a file, as `FORMAT=FILE`; may be repeated")
	choose(fs, &f.color, "color", "auto", []string{"auto", "always", "never"}, "`WHEN` to use colours")
	fs.StringVar(&f.category, "category", "", "SARIF: tells this analysis from others of the same commit by `NAME`")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "list what could not be decided, and what is suppressed")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "findings only, no summary")
	valued(fs, files, "output")
	valued(fs, formatFiles, "write")
}

const checkAbout = `Checks templates for missing and malformed managed identities and for roles that
are broader than they need to be. Folders are searched for templates; "-" reads
one from standard input; no PATH means ".".`

func check(fs *pflag.FlagSet) run {
	var f checkFlags
	f.set(fs)
	return func(s Streams, paths []string) int {
		f.profileGiven, f.failOnGiven = fs.Changed("profile"), fs.Changed("fail-on")
		c, err := f.prepare(s, paths)
		if err != nil {
			return wrong(s, err)
		}
		defer c.tree.Close()
		return c.run(paths)
	}
}

// checking is a check that is ready to run.
type checking struct {
	*analysis
	f       checkFlags
	outputs []output
	ledgers *ledgers
}

func (f checkFlags) prepare(s Streams, paths []string) (*checking, error) {
	c := &checking{f: f}
	err := errors.Join(f.fixing.check(f, paths), f.baseline.check(f))
	if err != nil {
		return nil, err
	}
	if c.outputs, err = f.outputs(); err != nil {
		return nil, err
	}
	run, selected, err := selection(f.selected, f.ignored)
	if err != nil {
		return nil, err
	}
	profile, ok := rules.ProfileNamed(f.profile)
	if !ok {
		return nil, fmt.Errorf("there is no profile %q; use default, strict or pedantic", f.profile)
	}
	if c.analysis, err = f.sources.find(s, paths); err != nil {
		return nil, err
	}
	c.options.Rules, c.options.Selected, c.options.Profile = run, selected, profile
	c.options.ProfileWins = f.profileGiven
	c.options.Hashes = anyOf(c.outputs, func(f format) bool { return f.hashes })
	if err := c.openBaselines(); err != nil {
		c.tree.Close()
		return nil, err
	}
	return c, nil
}

func (c *checking) run(paths []string) int {
	frugal()
	stop := c.progress(c.f.quiet)
	if c.f.fixing.wanted() {
		return c.fix(paths, stop)
	}
	a := driver.Analyse(c.options)
	r := a.Report()
	stop()
	if err := c.settled(); err != nil {
		return wrong(c.s, err)
	}
	if err := c.keepBaselines(r, a); err != nil {
		tell(c.s, err.Error())
		return exitFailed
	}
	c.finish(r)
	return c.tell(r)
}

// settled is what is wrong with configurations and baselines of modules, which
// only the analysis comes upon.
func (c *checking) settled() error {
	return errors.Join(c.options.Configs.Err(), c.ledgers.err())
}

// tell writes the report and returns the exit code.
func (c *checking) tell(r *report.Report) int {
	if err := c.write(r); err != nil {
		tell(c.s, err.Error())
		return exitFailed
	}
	return c.exit(r)
}

// write writes all outputs, and what could not be analysed to standard error.
func (c *checking) write(r *report.Report) error {
	o := report.Options{
		Color: colored(c.f.color, c.s.Out), Width: width(c.s.Out),
		Verbose: c.f.verbose, Quiet: c.f.quiet, Category: c.f.category,
	}
	o.Hyperlinks = o.Color && linked(c.s.Out)
	if anyOf(c.outputs, func(f format) bool { return f.repository }) {
		o.Repository = repository(c.tree)
	}
	if anyOf(c.outputs, func(f format) bool { return f.access }) {
		o.Folds = c.folds()
	}
	problems := o
	problems.Color, problems.Width = colored(c.f.color, c.s.Err), width(c.s.Err)
	if err := report.TextProblems(c.s.Err, r, problems); err != nil {
		return err
	}
	for _, out := range c.outputs {
		if err := c.writeOutput(out, r, o); err != nil {
			return err
		}
	}
	return nil
}
