package tree

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes a file of the tree, a new one or in place of an old one. It
// is written to a temporary file that takes its name, so that nobody ever reads
// half of it.
func (t *Tree) WriteFile(rel string, content []byte) error {
	d, ok := t.top.root.(disk)
	if !ok {
		return errors.New("only files of the disk can be written")
	}
	if _, err := t.mode(rel); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return Put(d.Root, rel, content)
}

// Put writes a file below root as [Tree.WriteFile] does, in place of whatever has
// the name: a file, whose mode it keeps, or a link, which it does not follow.
func Put(root *os.Root, rel string, content []byte) error {
	mode := fs.FileMode(0)
	if info, err := root.Lstat(filepath.FromSlash(rel)); err == nil && info.Mode().IsRegular() {
		mode = info.Mode().Perm()
	}
	w := &writer{root: root, rename: root.Rename}
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
