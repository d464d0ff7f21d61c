package tree

import (
	"errors"
	"os"
	"path/filepath"
)

// Read reads a file that the user named, wherever it is. As in a tree it must
// be a regular file of at most [MaxFile] bytes: a device or a pipe may have no
// end.
func Read(name string) ([]byte, error) {
	t, base, err := beside(name)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	data, err := t.top.ReadFile(base)
	return data, named(err, name)
}

// Write writes a file that the user named, wherever it is: a new one or in place
// of an old one, which keeps its mode, as a symbolic link to it stays one. Nobody
// ever reads half of it, see [Tree.WriteFile]. What is no regular file, as
// /dev/stdout, is written to as it is.
func Write(name string, content []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, content, 0o644)
	}
	t, base, err := beside(name)
	if err != nil {
		return err
	}
	defer t.Close()
	return named(t.WriteFile(base, content), name)
}

// beside opens the folder of a file, symbolic links resolved, and says what the
// file is called there.
func beside(name string) (*Tree, string, error) {
	real := name
	if target, err := filepath.EvalSymlinks(name); err == nil {
		real = target
	}
	t, err := Open(filepath.Dir(real))
	return t, filepath.Base(real), named(err, name)
}

// named gives an error the path that the user wrote.
func named(err error, name string) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	return &Error{Path: name, Text: e.Text, Err: e.Err}
}
