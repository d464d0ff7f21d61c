package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

type checkFlags struct {
	inputs
	format, profile, failOn, output string
	color, stdinName, category      string
	selected, ignored, exclude      []string
	jobs                            int
	exitZero, verbose, quiet        bool
	noIgnore                        bool
}

func (f *checkFlags) set(fs *pflag.FlagSet) {
	fs.StringVar(&f.format, "format", "text", "output `FORMAT`: text, json or sarif")
	fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	fs.StringVar(&f.profile, "profile", "default", "the rules to run: `PROFILE` default, strict or pedantic")
	fs.StringSliceVar(&f.selected, "select", nil, "run only these `RULES`, by id, slug or family (RA), whatever their profile")
	fs.StringSliceVar(&f.ignored, "ignore", nil, "leave out these `RULES`")
	fs.StringVar(&f.failOn, "fail-on", "warning", "exit 1 for findings of this `LEVEL` or above: error, warning, note or never")
	fs.BoolVar(&f.exitZero, "exit-zero", false, "exit 0 whatever is found")
	fs.StringSliceVar(&f.exclude, "exclude", nil, "leave out files that match these `GLOBS` (as in .gitignore)")
	fs.BoolVar(&f.noIgnore, "no-ignore", false, "search files that .gitignore leaves out")
	f.inputs.set(fs)
	fs.StringVar(&f.stdinName, "stdin-filename", "stdin.json", "what standard input is called, given as `NAME`")
	fs.StringVar(&f.color, "color", "auto", "colours: `WHEN` auto, always or never")
	fs.StringVar(&f.category, "category", "", "SARIF: tells this analysis from others of the same commit by `NAME`")
	fs.IntVarP(&f.jobs, "jobs", "j", 0, "units to analyse at once; 0 means one for each core")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "list what could not be decided")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "findings only, no summary")
}

const checkAbout = `usage: rolecall check [flags] [PATH …]

Checks templates for missing and malformed managed identities and for roles that
are broader than they need to be. Folders are searched for templates; "-" reads
one from standard input; no PATH means ".".`

func check(s Streams, args []string) int {
	var f checkFlags
	fs := pflag.NewFlagSet("check", pflag.ContinueOnError)
	f.set(fs)
	if code, done := parse(s, fs, checkAbout, args); done {
		return code
	}
	c, err := f.prepare(s, fs.Args())
	if err != nil {
		return wrong(s, err)
	}
	defer c.tree.Close()
	return c.run()
}

// checking is a check that is ready to run.
type checking struct {
	f        checkFlags
	s        Streams
	tree     *tree.Tree
	options  driver.Options
	problems []report.Problem
	failOn   report.Severity
	never    bool
}

func (f checkFlags) prepare(s Streams, paths []string) (*checking, error) {
	if !slices.Contains([]string{"text", "json", "sarif"}, f.format) {
		return nil, fmt.Errorf("there is no format %q; use text, json or sarif", f.format)
	}
	if !slices.Contains([]string{"auto", "always", "never"}, f.color) {
		return nil, fmt.Errorf("--color takes auto, always or never, not %q", f.color)
	}
	c := &checking{f: f, s: s}
	var err error
	if c.failOn, c.never, err = levelNamed(f.failOn); err != nil {
		return nil, err
	}
	if c.options.Rules, c.options.Selected, err = selection(f.selected, f.ignored); err != nil {
		return nil, err
	}
	var ok bool
	if c.options.Profile, ok = rules.ProfileNamed(f.profile); !ok {
		return nil, fmt.Errorf("there is no profile %q; use default, strict or pedantic", f.profile)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if c.tree, err = f.inputs.open(paths); err != nil {
		return nil, err
	}
	if err = c.inputs(paths); err != nil {
		c.tree.Close()
	}
	return c, err
}

// inputs finds the files, and what they are evaluated for.
func (c *checking) inputs(paths []string) error {
	read := c.tree.ReadFile
	var found []string
	for _, p := range paths {
		if p != "-" {
			found = append(found, p)
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(c.s.In, tree.MaxFile+1))
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		name := path.Clean(c.f.stdinName)
		kind := discover.Classify(name, raw)
		if kind == discover.Unknown {
			kind = discover.Template
		}
		c.options.Files = append(c.options.Files, discover.File{Path: name, Kind: kind, Named: true, Size: int64(len(raw))})
		plain := read
		read = func(p string) ([]byte, error) {
			if p == name {
				return raw, nil
			}
			return plain(p)
		}
	}
	if len(found) > 0 {
		o := discover.Options{Exclude: c.f.exclude, NoIgnore: c.f.noIgnore}
		files, problems, err := discover.Walk(c.tree, found, o)
		if err != nil {
			return err
		}
		c.options.Files = append(c.options.Files, files...)
		for _, p := range problems {
			c.problems = append(c.problems, report.Problem{Kind: report.ProblemInput, File: p.Path, Message: p.Message})
		}
		if !c.f.noParameterFiles {
			c.options.Pairs = discover.NewPairs(c.tree, o).Of
		}
	}
	c.options.Read = read
	c.options.Hashes = c.f.format == "sarif"
	c.options.Jobs = c.f.jobs
	if c.options.Jobs == 0 {
		c.options.Jobs = runtime.GOMAXPROCS(0)
	}
	var err error
	c.options.Place, c.options.Parameters, err = c.f.inputs.place(c.tree)
	return err
}

func (c *checking) run() int {
	frugal()
	stop := c.progress()
	r := driver.Run(c.options)
	stop()
	r.Version = version()
	r.Problems = append(c.problems, r.Problems...)
	r.Complete = r.Complete && len(c.problems) == 0
	c.notes(r)
	if err := c.write(r); err != nil {
		tell(c.s, err.Error())
		return exitFailed
	}
	return c.exit(r)
}

// frugal sets the garbage collector for many short-lived units: to collect
// less often than usual, but to stay small. GOGC and GOMEMLIMIT win.
func frugal() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(64 << 20)
	}
}

// notes adds what a person should know of the files that were not analysed.
func (c *checking) notes(r *report.Report) {
	bicep, named := 0, false
	for _, f := range c.options.Files {
		switch {
		case f.Kind == discover.Bicep || f.Kind == discover.BicepParam:
			bicep++
			named = named || f.Named
		case f.Named && (f.Kind == discover.NotTemplate || f.Kind == discover.Parameters):
			p := driver.NoTemplate(f.Path, c.options.Read)
			r.Complete = r.Complete && p.Kind == report.ProblemNote
			r.Problems = append(r.Problems, p)
		}
	}
	if bicep > 0 {
		p := report.Problem{
			Kind: report.ProblemNote, Message: fmt.Sprintf("%d Bicep files were not read: this version reads JSON only", bicep),
			Hint: "run 'bicep build' and check the JSON that it writes",
		}
		if named {
			p.Kind, r.Complete = report.ProblemInput, false
		}
		r.Problems = append(r.Problems, p)
	}
	if r.Coverage.Templates == 0 && r.Complete && bicep == 0 {
		r.Problems = append(r.Problems, report.Problem{Kind: report.ProblemNote, Message: "no templates were found"})
	}
}

func (c *checking) write(r *report.Report) error {
	var buf bytes.Buffer
	o := report.Options{
		Color: c.f.output == "" && colored(c.f.color, c.s.Out), Width: width(c.s.Out),
		Verbose: c.f.verbose, Quiet: c.f.quiet, Category: c.f.category,
	}
	var err error
	switch c.f.format {
	case "json":
		err = report.JSON(&buf, r, o)
	case "sarif":
		o.Repository = repository(c.tree)
		err = report.SARIF(&buf, r, o)
	default:
		err = report.Text(&buf, r, o)
	}
	if err != nil {
		return err
	}
	o.Color = colored(c.f.color, c.s.Err)
	if err := report.TextProblems(c.s.Err, r, o); err != nil {
		return err
	}
	if c.f.output != "" {
		return writeFile(c.f.output, buf.Bytes())
	}
	if _, err := c.s.Out.Write(buf.Bytes()); err != nil {
		return fmt.Errorf("the output could not be written: %w", err)
	}
	return nil
}

// writeFile writes by a temporary file, so that there is never half an
// output.
func writeFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, 0o644) // a device or pipe, such as /dev/stdout
	}
	tmp := name + ".tmp"
	if err := os.WriteFile(tmp, data, 0o644); err != nil {
		return err
	}
	if err := os.Rename(tmp, name); err != nil {
		os.Remove(tmp)
		return err
	}
	return nil
}

func (c *checking) exit(r *report.Report) int {
	if c.f.exitZero {
		return exitClean
	}
	if !r.Complete {
		return exitFailed
	}
	if c.never {
		return exitClean
	}
	for _, f := range r.Findings {
		if f.Severity >= c.failOn {
			return exitFindings
		}
	}
	return exitClean
}

func levelNamed(name string) (at report.Severity, never bool, err error) {
	switch name {
	case "error":
		return report.High, false, nil
	case "warning":
		return report.Low, false, nil
	case "note":
		return report.Info, false, nil
	case "never":
		return 0, true, nil
	}
	return 0, false, fmt.Errorf("--fail-on takes error, warning, note or never, not %q", name)
}
