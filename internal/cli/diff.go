package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/compare"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

const diffAbout = `Tells how access changes from OLD to NEW: which grants are added, removed, wider or
narrower, and in what. Each is a git revision, a folder or a file; OLD alone is
compared with the work tree, A..B and A...B mean what they mean to git. Revisions
are read from the object store, with the configuration and the parameter files that
they hold; the work tree is not touched. PATHs narrow revisions; the default is ".".

Whatever is not sure counts as wider: what is not known, or cannot be
compared. The exit code is 0 unless --fail-on asks for another one.`

// diffFormats are the formats of changes.
var diffFormats = []struct {
	name  string
	write func(io.Writer, *model.Diff, report.Options) error
}{
	{"text", model.DiffText},
	{"markdown", model.DiffMarkdown},
	{"json", model.DiffJSON},
}

// changes are the flags that say how changes are written.
type changes struct {
	format, output, color string
	verbose, quiet        bool
}

func (f *changes) set(fs *pflag.FlagSet) {
	var names []string
	for _, format := range diffFormats {
		names = append(names, format.name)
	}
	choose(fs, &f.format, "format", "text", names, "output `FORMAT`")
	fs.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	choose(fs, &f.color, "color", "auto", []string{"auto", "always", "never"}, "`WHEN` to use colours")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "list grants that only moved, too")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "changes only, no summary")
	valued(fs, files, "output")
}

// write writes changes, and what could not be analysed to standard error.
func (f *changes) write(s Streams, d *model.Diff) error {
	o := report.Options{Color: colored(f.color, s.Err), Width: width(s.Err), Verbose: f.verbose, Quiet: f.quiet}
	if err := report.TextProblems(s.Err, &report.Report{Problems: d.Problems}, o); err != nil {
		return err
	}
	o.Color, o.Width = f.output == "" && colored(f.color, s.Out), 0
	if f.output == "" {
		o.Width = width(s.Out)
	}
	var buf bytes.Buffer
	for _, format := range diffFormats {
		if format.name == f.format {
			if err := format.write(&buf, d, o); err != nil {
				return err
			}
		}
	}
	return s.put(f.output, buf.Bytes())
}

type diffFlags struct {
	sources
	changes
	failOn string
}

func (f *diffFlags) set(fs *pflag.FlagSet) {
	group(fs, "output", func(fs *pflag.FlagSet) {
		f.changes.set(fs)
		choose(fs, &f.failOn, "fail-on", "never", []string{"widened", "any", "never"}, "exit 1 for such `CHANGES`")
	})
	f.sources.set(fs)
}

func diff(fs *pflag.FlagSet) run {
	var f diffFlags
	f.set(fs)
	return func(s Streams, args []string) int {
		var paths []string
		if dash := fs.ArgsLenAtDash(); dash >= 0 {
			args, paths = args[:dash], args[dash:]
		}
		d, err := f.compare(s, args, paths)
		if err != nil {
			return wrong(s, err)
		}
		if err := f.write(s, d); err != nil {
			tell(s, err.Error())
			return exitFailed
		}
		return f.exit(d)
	}
}

// compare reads both sides and compares them.
func (f *diffFlags) compare(s Streams, args, paths []string) (*model.Diff, error) {
	work, err := f.workTree()
	if err != nil {
		return nil, err
	}
	old, fresh, err := sidesNamed(work, args)
	if err != nil {
		return nil, err
	}
	defer old.close()
	defer fresh.close()
	if paths, err = narrowed(old, fresh, paths); err != nil {
		return nil, err
	}
	if err := old.open(s, f.sources, paths); err != nil {
		return nil, err
	}
	later := f.sources
	if fresh.kind == workTreeSide {
		later.exclude = slices.Concat(f.exclude, leaveOut(old.submodules))
	}
	if err := fresh.open(s, later, paths); err != nil {
		return nil, err
	}
	for _, p := range old.missing {
		if slices.Contains(fresh.missing, p) {
			return nil, fmt.Errorf("%s: there is no such file or folder in %s, nor in %s", p, old.name, fresh.name)
		}
	}
	d := compare.Access(old.access(), fresh.access())
	d.Old, d.New = old.name, fresh.name
	return d, nil
}

// workTree is the folder that revisions are looked up in.
func (f *diffFlags) workTree() (string, error) {
	t, err := f.inputs.open([]string{"."})
	if err != nil {
		return "", err
	}
	defer t.Close()
	return t.Dir(), nil
}

// narrowed returns the paths to which revisions are narrowed: those that are
// given, else the path of the other side.
func narrowed(old, fresh *side, paths []string) ([]string, error) {
	beside := []string{"."}
	for _, s := range []*side{old, fresh} {
		if s.kind == pathSide {
			beside = []string{s.text}
		}
	}
	switch {
	case len(paths) == 0:
		return beside, nil
	case old.kind == pathSide || fresh.kind == pathSide:
		return nil, errors.New("PATHs behind -- narrow two revisions; a folder or file is compared as it is")
	}
	return paths, nil
}

// exit is the exit code that the changes deserve.
func (f *diffFlags) exit(d *model.Diff) int {
	switch {
	case !d.Complete:
		return exitFailed
	case f.failOn == "widened" && d.Widens(), f.failOn == "any" && len(d.Changes) > d.Count(model.Moved):
		return exitFindings
	}
	return exitClean
}
