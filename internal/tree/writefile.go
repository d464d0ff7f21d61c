package tree

import (
	"errors"
	"io/fs"
)

// WriteFile writes a file of the tree, a new one or in place of an old one. It
// is written to a temporary file that takes its name, so that nobody ever reads
// half of it.
func (t *Tree) WriteFile(rel string, content []byte) error {
	d, ok := t.top.root.(disk)
	if !ok {
		return errors.New("only files of the disk can be written")
	}
	mode, err := t.mode(rel)
	if errors.Is(err, fs.ErrNotExist) {
		mode, err = 0o644, nil
	}
	if err != nil {
		return err
	}
	w := &writer{tree: t, root: d.Root, rename: d.Rename}
	defer w.clean()
	temp, err := w.temporary(rel, content, mode)
	if temp != "" {
		w.ready = append(w.ready, prepared{temp: temp, change: Change{Path: rel}})
	}
	if err != nil {
		return err
	}
	return w.commit()
}
