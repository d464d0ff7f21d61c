package fix

import (
	"bytes"
	"errors"
	"hash/maphash"
	"maps"
	"slices"
	"sync"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// Files are the files of a run with the edits made so far, which stand in
// memory only. They may be read from several goroutines.
type Files struct {
	read   func(name string) ([]byte, error)
	mu     sync.Mutex
	seed   maphash.Seed
	seen   map[string]uint64 // hashes of what was read: fixes hold for that only
	edited map[string]tree.Change
}

// NewFiles returns the files that read reads.
func NewFiles(read func(name string) ([]byte, error)) *Files {
	return &Files{read: read, seed: maphash.MakeSeed(), seen: map[string]uint64{}, edited: map[string]tree.Change{}}
}

var errChanged = errors.New("it was changed by something else meanwhile")

// Read returns what a file holds after the edits.
func (f *Files) Read(name string) ([]byte, error) {
	raw, _, err := f.text(name)
	return raw, err
}

// text is Read, and tells whether the file still holds what it held when it
// was first read.
func (f *Files) text(name string) (raw []byte, same bool, err error) {
	f.mu.Lock()
	c, ok := f.edited[name]
	f.mu.Unlock()
	if ok {
		return c.New, true, nil
	}
	if raw, err = f.read(name); err != nil {
		return nil, false, err
	}
	hash := maphash.Bytes(f.seed, raw)
	f.mu.Lock()
	defer f.mu.Unlock()
	if before, ok := f.seen[name]; ok {
		return raw, before == hash, nil
	}
	f.seen[name] = hash
	return raw, true, nil
}

// edit makes edits of several files, all or none. What it returns takes them
// back.
func (f *Files) edit(edits map[string][]report.Edit) (undo func(), err error) {
	before := maps.Clone(f.edited)
	undo = func() {
		f.mu.Lock()
		f.edited = before
		f.mu.Unlock()
	}
	for _, name := range slices.Sorted(maps.Keys(edits)) {
		if err := f.editOne(name, edits[name]); err != nil {
			undo()
			return nil, err
		}
	}
	return undo, nil
}

func (f *Files) editOne(name string, edits []report.Edit) error {
	raw, same, err := f.text(name)
	if err != nil {
		return err
	}
	if !same {
		return errChanged
	}
	now, err := Apply(raw, edits)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := f.edited[name]
	if !ok {
		c = tree.Change{Path: name, Old: raw}
	}
	c.New = now
	f.edited[name] = c
	return nil
}

// Changes are the files that hold something else than before, by name.
func (f *Files) Changes() []tree.Change {
	var out []tree.Change
	for _, name := range slices.Sorted(maps.Keys(f.edited)) {
		if c := f.edited[name]; !bytes.Equal(c.Old, c.New) {
			out = append(out, c)
		}
	}
	return out
}

// reset takes all edits back.
func (f *Files) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.edited = map[string]tree.Change{}
}
