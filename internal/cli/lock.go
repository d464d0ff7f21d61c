package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/compare"
	"github.com/rolecall/rolecall/internal/lock"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

const lockAbout = `Writes who gets what where into a file, to be reviewed and kept with the templates;
or with --check, holds the templates to that file: exit code 1 if access is, or may
be, wider than it says, with what and where. Less access is fine.

The file is rolecall.lock.json in the folder that holds the PATHs; no PATH means ".".
Grants that wait for a parameter or that cannot be decided are part of it: a new one
counts as wider. Use the same flags to write it and to check.`

type lockFlags struct {
	sources
	changes
	check bool
	file  string
}

func (f *lockFlags) set(fs *pflag.FlagSet) {
	group(fs, "lock", func(fs *pflag.FlagSet) {
		fs.BoolVar(&f.check, "check", false, "hold the templates to the file, write nothing")
		fs.StringVar(&f.file, "file", "", "the `FILE` to write or to hold to; default: "+lock.FileName+" beside the PATHs")
		valued(fs, files, "file")
	})
	group(fs, "output of --check", func(fs *pflag.FlagSet) { f.changes.set(fs) })
	f.sources.set(fs)
}

func lockAccess(fs *pflag.FlagSet) run {
	var f lockFlags
	f.set(fs)
	return func(s Streams, paths []string) int {
		if f.file == "" {
			folder, err := folderOf(paths)
			if err != nil {
				return wrong(s, err)
			}
			f.file = filepath.Join(folder, lock.FileName)
			if info, err := os.Lstat(f.file); err == nil && info.Mode()&os.ModeSymlink != 0 {
				return wrong(s, fmt.Errorf("%s is a symbolic link, which only --file follows", f.file))
			}
		}
		found, err := f.sources.find(s, paths)
		if err != nil {
			return wrong(s, err)
		}
		defer found.tree.Close()
		if f.check {
			return f.hold(s, found)
		}
		return f.write(s, found)
	}
}

// name is what the lock file is called in messages: by its path in the tree.
func (f *lockFlags) name(a *analysis) string {
	if rel, err := a.tree.Rel(f.file); err == nil {
		return rel
	}
	return f.file
}

// write writes the lock file, unless something could not be analysed.
func (f *lockFlags) write(s Streams, found *analysis) int {
	a, r := found.access()
	if err := report.TextProblems(s.Err, r, report.Options{Color: colored(f.color, s.Err)}); err != nil {
		tell(s, err.Error())
		return exitFailed
	}
	name := f.name(found)
	if !a.Complete {
		tell(s, name+" was not written, since not everything could be analysed")
		return exitFailed
	}
	text := lock.Write(a)
	told := report.Plural(len(a.Grants), "grant", "grants") + "; " + a.Coverage.Sentence()
	if before, err := tree.Read(f.file); err == nil && bytes.Equal(before, text) {
		tell(s, name+" is up to date: "+told)
		return exitClean
	}
	if err := s.writeFile(f.file, text); err != nil {
		tell(s, name+" could not be written: "+reason(err))
		return exitFailed
	}
	tell(s, name+" was written: "+told)
	return exitClean
}

// hold compares the access with the lock file.
func (f *lockFlags) hold(s Streams, found *analysis) int {
	name := f.name(found)
	locked, err := f.read(name)
	if err != nil {
		return wrong(s, err)
	}
	a, _ := found.access()
	d := compare.Access(locked, a)
	d.Old, d.New = name, "the templates"
	if err := f.changes.write(s, d); err != nil {
		tell(s, err.Error())
		return exitFailed
	}
	switch {
	case !d.Complete:
		tell(s, "the access cannot be held to "+name+", since not everything could be analysed")
		return exitFailed
	case d.Widens():
		tell(s, "access is wider than "+name+" says; if that is meant, run 'rolecall lock' and have the file reviewed")
		return exitFindings
	case d.Count(model.Narrowed)+d.Count(model.Removed) > 0:
		tell(s, "access is narrower than "+name+" says; run 'rolecall lock' to tighten it")
	}
	return exitClean
}

// read reads the lock file.
func (f *lockFlags) read(name string) (*model.Access, error) {
	text, err := tree.Read(f.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no lock file %s; 'rolecall lock' writes it", name)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %s", name, reason(err))
	}
	return lock.Read(name, text)
}
