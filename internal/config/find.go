package config

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Finder finds the configuration of files. It reads each folder's once and may
// be used by several goroutines. A nil *Finder finds none.
type Finder struct {
	read  Reader
	fixed *Config

	mu      sync.Mutex
	folders map[string]*Config // the one that holds in the folder; nil if there is none
	errs    map[string]Errors  // by folder
}

// NewFinder returns a finder that looks in the folder of a file and those
// above.
func NewFinder(read Reader) *Finder {
	return &Finder{read: read, folders: map[string]*Config{}, errs: map[string]Errors{}}
}

// Fixed returns a finder for which one file holds for everything. Its patterns
// are relative to the top of the analysed tree, and the files that it names to
// its own folder if that lies in the tree, else to the top of it too.
func Fixed(name, folder string, raw []byte, read Reader) (*Finder, error) {
	c, err := origin{name: name, dir: ".", files: folder, read: read}.parse(raw)
	if err != nil {
		return nil, err
	}
	return &Finder{fixed: c}, nil
}

// For returns the configuration that holds for a file or folder: the nearest
// one above it. It is nil if there is none, or if it is wrong; see Err. What is
// called by a name outside of the tree, as standard input may be, counts as
// standing at its top.
func (f *Finder) For(file string) *Config {
	switch {
	case f == nil:
		return nil
	case f.fixed != nil:
		return f.fixed
	}
	folder := path.Dir(file)
	if !filepath.IsLocal(folder) {
		folder = "."
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.in(folder)
}

// Listed takes note of what is in a folder, those above it being listed before:
// one without a configuration need not be looked at again. Names count without
// regard to case, as they may on disk.
func (f *Finder) Listed(folder string, entries []fs.DirEntry) {
	if f == nil || f.fixed != nil || slices.ContainsFunc(entries, named) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.folders[folder]; ok {
		return
	}
	f.folders[folder] = nil
	if folder != "." {
		f.folders[folder] = f.in(path.Dir(folder))
	}
}

// named tells whether an entry may be a configuration.
func named(e fs.DirEntry) bool {
	return strings.EqualFold(e.Name(), FileName) || strings.EqualFold(e.Name(), HiddenName)
}

// in returns what holds in a folder.
func (f *Finder) in(folder string) *Config {
	if c, ok := f.folders[folder]; ok {
		return c
	}
	c, found := f.own(folder)
	if !found && folder != "." {
		c = f.in(path.Dir(folder))
	}
	f.folders[folder] = c
	return c
}

// own reads the configuration of a folder itself; found is also true of one
// that is wrong.
func (f *Finder) own(folder string) (c *Config, found bool) {
	var errs Errors
	for _, name := range []string{FileName, HiddenName} {
		full := path.Join(folder, name)
		raw, err := f.read(full)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if found {
			errs = append(errs, &Error{File: full, Message: "the folder has a " + FileName + " too; remove one of them"})
			continue
		}
		found = true
		if err != nil {
			errs = append(errs, &Error{File: full, Message: problem(full, err)})
			continue
		}
		var wrong Errors
		if c, err = Parse(full, raw, f.read); errors.As(err, &wrong) {
			errs = append(errs, wrong...)
		}
	}
	if len(errs) > 0 {
		f.errs[folder] = errs
		return nil, true
	}
	return c, found
}

// Err returns what is wrong with the configurations that were looked at:
// Errors, or nil.
func (f *Finder) Err() error {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var all Errors
	for _, errs := range f.errs {
		all = append(all, errs...)
	}
	if len(all) == 0 {
		return nil
	}
	all.sort()
	return all
}

// All returns the configurations that were looked at, by the paths of their
// files.
func (f *Finder) All() []*Config {
	switch {
	case f == nil:
		return nil
	case f.fixed != nil:
		return []*Config{f.fixed}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	byPath := map[string]*Config{}
	for _, c := range f.folders {
		if c != nil {
			byPath[c.Path] = c
		}
	}
	out := make([]*Config, 0, len(byPath))
	for _, name := range slices.Sorted(maps.Keys(byPath)) {
		out = append(out, byPath[name])
	}
	return out
}
