package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

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
	judged  *driver.Analysis // once it ran
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
	if anyOf(c.outputs, func(f format) bool { return f.access }) {
		c.options.Also = access.Also
	}
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
	c.judged = driver.Analyse(c.options)
	r := c.judged.Report()
	stop()
	if err := c.settled(); err != nil {
		return wrong(c.s, err)
	}
	if err := c.keepBaselines(r, c.judged); err != nil {
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
	if c.options.Also != nil {
		o.Folds = c.folds(r)
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
