package cli

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/discover/ignore"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/front"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// sources are the flags of commands that search folders: which files are
// analysed, and what they are evaluated for.
type sources struct {
	inputs
	exclude   []string
	noIgnore  bool
	stdinName string
	jobs      int
	timeout   time.Duration
	only      bool // the paths are a filter, and all of the tree is searched
}

func (f *sources) set(fs *pflag.FlagSet) {
	group(fs, "files", func(fs *pflag.FlagSet) {
		fs.StringSliceVar(&f.exclude, "exclude", nil, "leave out files that match these `GLOBS` (as in .gitignore)")
		fs.BoolVar(&f.noIgnore, "no-ignore", false, "search files that .gitignore leaves out")
		fs.StringVar(&f.stdinName, "stdin-filename", "stdin.json", "what standard input is called, given as `NAME`")
		fs.IntVarP(&f.jobs, "jobs", "j", 0, "`NUMBER` of units to analyse at once; 0 means one for each core")
		fs.DurationVar(&f.timeout, "timeout", 2*time.Minute, "give a template up after this `TIME`, such as 90s or 5m; 0 means never")
	})
	f.inputs.set(fs)
}

// analysis is what was found, ready for the driver.
type analysis struct {
	s        Streams
	tree     *tree.Tree
	options  driver.Options
	problems []report.Problem
}

// find opens the tree for the paths, finds the files, and what they are
// evaluated for. No path means ".". The tree is the caller's to close.
func (f sources) find(s Streams, paths []string) (*analysis, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	t, err := f.inputs.open(paths)
	if err != nil {
		return nil, err
	}
	a, err := f.findIn(s, t, paths)
	if err != nil {
		t.Close()
	}
	return a, err
}

// findIn is find in a tree that is open already.
func (f sources) findIn(s Streams, t *tree.Tree, paths []string) (*analysis, error) {
	a := &analysis{s: s, tree: t}
	if err := a.inputs(f, paths); err != nil {
		return nil, err
	}
	return a, nil
}

func (a *analysis) inputs(f sources, paths []string) error {
	if f.jobs < 0 {
		return fmt.Errorf("--jobs takes 1 or more, or 0 for one on each core, not %d", f.jobs)
	}
	for _, g := range f.exclude {
		if !ignore.Valid(g) {
			return fmt.Errorf("--exclude takes patterns in the syntax of .gitignore, which %q is not", g)
		}
	}
	a.options.Read = a.tree.ReadFile
	fr := front.New(a.tree)
	a.options.Front = fr.Lower
	a.options.Using = func(params string) (string, bool) { return fr.Using(params, a.options.Read) }
	if f.timeout < 0 {
		return fmt.Errorf("--timeout takes a time of more than 0, or 0 for none, not %v", f.timeout)
	}
	a.options.Timeout = f.timeout
	a.options.Jobs = f.jobs
	if f.jobs == 0 {
		a.options.Jobs = runtime.GOMAXPROCS(0)
	}
	var err error
	if a.options.Configs, err = f.finder(a.tree, a.options.Read); err != nil {
		return err
	}
	search := paths
	if f.only {
		search = []string{a.tree.Dir()}
	}
	var found []string
	for _, p := range search {
		if p != "-" {
			found = append(found, p)
		} else if err := a.standardInput(path.Clean(f.stdinName)); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		if err := a.walk(f, found); err != nil {
			return err
		}
	}
	for _, file := range a.options.Files {
		a.options.Configs.For(file.Path)
	}
	if err := a.options.Configs.Err(); err != nil {
		return err
	}
	if f.only {
		if err := a.narrow(paths); err != nil {
			return err
		}
	}
	a.options.Place, a.options.Parameters, err = f.inputs.place(a.tree)
	return err
}

// standardInput makes what is read there a file of the tree.
func (a *analysis) standardInput(name string) error {
	raw, err := io.ReadAll(io.LimitReader(a.s.In, tree.MaxFile+1))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	if len(raw) > tree.MaxFile {
		return fmt.Errorf("standard input is larger than the %d MiB that are read", tree.MaxFile>>20)
	}
	kind := discover.Classify(name, raw)
	if kind == discover.Unknown {
		kind = discover.Template
	}
	a.options.Files = append(a.options.Files, discover.File{Path: name, Kind: kind, Named: true, Size: int64(len(raw))})
	plain := a.options.Read
	a.options.Read = func(p string) ([]byte, error) {
		if p == name {
			return raw, nil
		}
		return plain(p)
	}
	return nil
}

func (a *analysis) walk(f sources, paths []string) error {
	leave := func(path string, dir bool) bool { return a.options.Configs.For(path).Excludes(path, dir) }
	o := discover.Options{Exclude: f.exclude, NoIgnore: f.noIgnore, Leave: leave}
	pairs := discover.NewPairs(a.tree, o)
	o.Listed = func(folder string, entries []fs.DirEntry) {
		a.options.Configs.Listed(folder, entries)
		pairs.Listed(folder, entries)
	}
	files, problems, err := discover.Walk(a.tree, paths, o)
	if err != nil {
		return err
	}
	a.options.Files = append(a.options.Files, files...)
	a.options.Whole = len(f.exclude)+len(problems) == 0 && slices.ContainsFunc(paths, func(p string) bool {
		rel, err := a.tree.Rel(p)
		return err == nil && rel == "."
	})
	for _, p := range problems {
		a.problems = append(a.problems, report.Problem{Kind: report.ProblemInput, File: p.Path, Message: p.Message})
	}
	if !f.noParameterFiles {
		a.options.Pairs = pairs.Of
	}
	return nil
}

// finish adds to a report what the driver does not know.
func (a *analysis) finish(r *report.Report) {
	r.Version = version()
	r.Problems = append(a.problems, r.Problems...)
	r.Complete = r.Complete && len(a.problems) == 0
	a.notes(r)
}

// notes adds what a person should know of the files that were not analysed.
func (a *analysis) notes(r *report.Report) {
	for _, f := range a.options.Files {
		if a.asked(f.Path) && f.Named && (f.Kind == discover.NotTemplate || f.Kind == discover.Parameters) {
			p := driver.NoTemplate(f.Path, a.options.Read)
			r.Complete = r.Complete && p.Kind == report.ProblemNote
			r.Problems = append(r.Problems, p)
		}
	}
	if r.Coverage.Templates == 0 && r.Complete && a.options.Only == nil {
		r.Problems = append(r.Problems, report.Problem{Kind: report.ProblemNote, Message: "no templates were found"})
	}
}
