package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/baseline"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// baselineFlags are the flags of check about findings that were there before.
type baselineFlags struct {
	file   string
	update bool
}

func (f *baselineFlags) set(fs *pflag.FlagSet) {
	fs.StringVar(&f.file, "baseline", "", "leave out the findings that `FILE` holds: they were there before")
	fs.BoolVar(&f.update, "update-baseline", false, "write the findings of this run to the baseline")
	valued(fs, files, "baseline")
}

// check holds the flags together with the others.
func (f baselineFlags) check(all checkFlags) error {
	switch {
	case f.update && all.only:
		return errors.New("--update-baseline takes all files: leave out --only")
	case f.update && all.fixing.wanted():
		return errors.New("--update-baseline goes without --fix and --diff: fix first")
	}
	return nil
}

// ledgers are the baselines of a run: that of the command line for everything,
// or those that the configurations name, by their paths.
type ledgers struct {
	c    *checking
	open map[string]*ledger
	errs []error
}

// ledger is one baseline.
type ledger struct {
	path  string // as it is told
	old   *baseline.Baseline
	write func([]byte) error
}

// of returns the baseline for a file; nil if there is none, or if it cannot be
// read.
func (l *ledgers) of(file string) *ledger {
	path, read, write := l.c.f.baseline.file, tree.Read, l.c.s.writeFile
	if path == "" {
		c := l.c.options.Configs.For(file)
		if c == nil || c.Baseline == "" {
			return nil
		}
		path, read, write = c.Baseline, l.c.tree.ReadFile, l.c.writeInTree
	}
	if have, ok := l.open[path]; ok {
		return have
	}
	b := &ledger{path: path, write: func(data []byte) error { return write(path, data) }}
	if err := b.read(read, l.c.f.baseline.update); err != nil {
		l.errs = append(l.errs, err)
		b = nil
	}
	l.open[path] = b
	return b
}

// writeInTree writes a file that a configuration names.
func (c *checking) writeInTree(rel string, data []byte) error {
	return c.s.uninterrupted(func(context.Context) error { return c.tree.WriteFile(rel, data) })
}

func (b *ledger) read(read func(string) ([]byte, error), update bool) error {
	raw, err := read(b.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && update:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no baseline %s; --update-baseline writes it", b.path)
	case err != nil:
		return fmt.Errorf("the baseline %s cannot be read: %s", b.path, reason(err))
	}
	b.old, err = baseline.Parse(b.path, raw)
	return err
}

// openBaselines reads the baselines of the files that were found.
func (c *checking) openBaselines() error {
	c.ledgers = &ledgers{c: c, open: map[string]*ledger{}}
	for _, f := range c.options.Files {
		c.ledgers.of(f.Path)
	}
	if err := c.ledgers.err(); err != nil {
		return err
	}
	if c.f.baseline.update && len(c.ledgers.all()) == 0 {
		return errors.New("--update-baseline needs a baseline: name one with --baseline FILE, or in rolecall.json")
	}
	if !c.f.baseline.update {
		c.options.Known = func(f *report.Finding) bool {
			b := c.ledgers.of(f.At.File)
			return b != nil && b.old.Has(f)
		}
	}
	return nil
}

func (l *ledgers) err() error {
	if len(l.errs) == 0 {
		return nil
	}
	return errors.Join(l.errs...)
}

// all are the baselines by their paths.
func (l *ledgers) all() []*ledger {
	var out []*ledger
	for _, b := range l.open {
		if b != nil {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b *ledger) int { return strings.Compare(a.path, b.path) })
	return out
}

// gone are the entries whose findings are surely no longer there.
func (c *checking) gone(b *ledger, r *report.Report, a *driver.Analysis) []baseline.Entry {
	found := map[string]bool{}
	for i := range r.Findings {
		found[r.Findings[i].Fingerprint] = true
	}
	for i := range r.Suppressed {
		if s := &r.Suppressed[i]; s.By == report.ByBaseline {
			found[s.Fingerprint] = true
		}
	}
	sure := a.Sure()
	return slices.DeleteFunc(b.old.Entries(), func(e baseline.Entry) bool {
		return found[e.Fingerprint] || c.tree.Exists(e.File) && !sure(e.Rule, e.File, b.old.Profile)
	})
}

// keepBaselines writes the baselines anew if that was asked for, else it notes
// what is no longer found.
func (c *checking) keepBaselines(r *report.Report, a *driver.Analysis) error {
	if c.f.baseline.update {
		return c.updateBaselines(r, a)
	}
	c.tellGone(r, a)
	return nil
}

// tellGone notes the entries that can be removed.
func (c *checking) tellGone(r *report.Report, a *driver.Analysis) {
	for _, b := range c.ledgers.all() {
		if n := len(c.gone(b, r, a)); n > 0 {
			is := "entries of the baseline are"
			if n == 1 {
				is = "entry of the baseline is"
			}
			r.Problems = append(r.Problems, report.Problem{
				Kind: report.ProblemNote, File: b.path,
				Message: fmt.Sprintf("%d %s no longer found", n, is), Hint: "--update-baseline removes what is gone",
			})
		}
	}
}

// updateBaselines writes the findings to their baselines, which from then on
// suppress them. Entries stay of what this run could not judge.
func (c *checking) updateBaselines(r *report.Report, a *driver.Analysis) error {
	entries := map[*ledger][]baseline.Entry{}
	for _, b := range c.ledgers.all() {
		gone := c.gone(b, r, a)
		entries[b] = slices.DeleteFunc(b.old.Entries(), func(e baseline.Entry) bool { return slices.Contains(gone, e) })
	}
	var left []report.Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		b := c.ledgers.of(f.At.File)
		if b == nil {
			left = append(left, *f)
			continue
		}
		entries[b] = append(entries[b], baseline.EntryOf(f))
		r.Suppressed = append(r.Suppressed, report.Suppressed{Finding: *f, By: report.ByBaseline})
	}
	for _, b := range c.ledgers.all() {
		profile := a.Profile()
		if b.old != nil {
			profile = max(profile, b.old.Profile)
		}
		if err := b.write(baseline.New(profile, entries[b]).Bytes()); err != nil {
			return fmt.Errorf("the baseline %s cannot be written: %s", b.path, reason(err))
		}
	}
	r.Findings = left
	report.SortSuppressed(r.Suppressed)
	return nil
}
