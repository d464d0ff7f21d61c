package tree

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Change is the new content of a file that was read before.
type Change struct {
	Path     string
	Old, New []byte
}

// Replace writes new contents: of all files, or of none. Each is written to a
// temporary file beside the old one, which then takes its name, so that nobody
// ever reads half a file. A file whose content is no longer Old is an error.
// Once ctx is done nothing more is begun, but what is half done is finished.
func (t *Tree) Replace(ctx context.Context, changes []Change) error {
	d, ok := t.top.root.(disk)
	if !ok {
		return errors.New("only files of the disk can be written")
	}
	w := &writer{tree: t, root: d.Root, rename: d.Rename}
	defer w.clean()
	for _, c := range changes {
		if err := w.prepare(c); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return errors.New("interrupted; no file was changed")
		}
	}
	for _, c := range changes {
		if err := t.unchanged(c); err != nil {
			return err
		}
	}
	return w.commit()
}

// Writable tells why a file may not be replaced: it is reached through a
// symbolic link, is none, or is read-only.
func (t *Tree) Writable(rel string) error {
	_, err := t.mode(rel)
	return err
}

// mode is the mode of a file that may be replaced.
func (t *Tree) mode(rel string) (fs.FileMode, error) {
	real, err := t.Resolve(rel)
	if err != nil {
		return 0, err
	}
	if real != path.Clean(rel) {
		return 0, &Error{Path: rel, Text: "is not written through a symbolic link; name the file itself: " + quote(real)}
	}
	info, err := t.Stat(rel)
	switch {
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, notFile(rel, info.Mode())
	case info.Mode().Perm()&0o200 == 0:
		return 0, &Error{Path: rel, Text: "may not be written: it is read-only", Err: fs.ErrPermission}
	}
	return info.Mode().Perm(), nil
}

// unchanged compares a file with what it held when it was read.
func (t *Tree) unchanged(c Change) error {
	now, err := t.ReadFile(c.Path)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.Old) {
		return &Error{Path: c.Path, Text: "was changed by something else meanwhile; no file was changed, run it again"}
	}
	return nil
}

// writer replaces files. Names are in the form of the operating system.
type writer struct {
	tree   *Tree
	root   *os.Root
	rename func(from, to string) error
	ready  []prepared
}

type prepared struct {
	change Change
	mode   fs.FileMode
	temp   string // "" once it has taken the place of the file
}

// prepare writes the new content to a temporary file.
func (w *writer) prepare(c Change) error {
	mode, err := w.tree.mode(c.Path)
	if err != nil {
		return err
	}
	temp, err := w.temporary(c.Path, c.New, mode)
	if temp != "" {
		w.ready = append(w.ready, prepared{c, mode, temp})
	}
	return err
}

// temporary writes a new file beside another one, for which a mode of 0 is that
// of any new file. It returns its name also if writing to it fails.
func (w *writer) temporary(rel string, content []byte, mode fs.FileMode) (name string, err error) {
	file, name, err := w.create(filepath.Dir(filepath.FromSlash(rel)), cmp.Or(mode&0o600, 0o666))
	if err != nil {
		return "", notWritten(rel, err)
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil && mode != 0 {
		err = w.root.Chmod(name, mode)
	}
	return name, notWritten(rel, err)
}

// create makes a file with a name that is not taken.
func (w *writer) create(dir string, mode fs.FileMode) (file *os.File, name string, err error) {
	for i := range 1000 {
		name = filepath.Join(dir, fmt.Sprintf(".rolecall-%d.tmp", i))
		file, err = w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return file, name, err
}

// commit gives the temporary files the names of the old ones.
func (w *writer) commit() error {
	for i := range w.ready {
		p := &w.ready[i]
		if err := w.rename(p.temp, filepath.FromSlash(p.change.Path)); err != nil {
			return errors.Join(notWritten(p.change.Path, err), w.rollBack(w.ready[:i]))
		}
		p.temp = ""
	}
	return nil
}

// rollBack puts the old contents back.
func (w *writer) rollBack(done []prepared) error {
	var errs []error
	for i := range done {
		p := &done[i]
		temp, err := w.temporary(p.change.Path, p.change.Old, p.mode)
		p.temp = temp
		if err == nil {
			err = w.rename(temp, filepath.FromSlash(p.change.Path))
		}
		if err == nil {
			p.temp = ""
			continue
		}
		errs = append(errs, &Error{Path: p.change.Path, Text: "holds the new text; the old one could not be put back: " + reason(err), Err: err})
	}
	return errors.Join(errs...)
}

// clean removes the temporary files that are left.
func (w *writer) clean() {
	for _, p := range w.ready {
		if p.temp != "" {
			w.root.Remove(p.temp)
		}
	}
}

func notWritten(rel string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrPermission):
		return &Error{Path: rel, Text: "may not be written: permission denied", Err: err}
	}
	return &Error{Path: rel, Text: "cannot be written: " + reason(err), Err: err}
}
