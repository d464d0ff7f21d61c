// Package tree is the analysed tree: the one folder that may be read, files
// and symbolic links included. Every path of the package is a slash path
// relative to that folder.
package tree

import (
	"errors"
	"os"
	"path/filepath"
)

// Tree is the analysed tree. All reading goes through a [Root], so neither
// ".." nor a symbolic link leads out of it.
type Tree struct {
	top   *Folder
	quick quick
	given string // absolute, as the caller named it
	dir   string // absolute, symbolic links resolved
}

// Open takes the folder root as the analysed tree.
func Open(root string) (*Tree, error) {
	given, err := filepath.Abs(root)
	if err != nil {
		return nil, failure(root, err)
	}
	dir, err := filepath.EvalSymlinks(given)
	if err != nil {
		return nil, failure(root, err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, failure(root, err)
	}
	if !info.IsDir() {
		return nil, &Error{Path: root, Text: "is a file; the root of the analysed tree must be a folder"}
	}
	opened, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failure(root, err)
	}
	return &Tree{top: &Folder{root: disk{opened}}, quick: newQuick(opened), given: given, dir: dir}, nil
}

// Dir is the absolute path of the tree, in the form of the operating system
// and with symbolic links resolved.
func (t *Tree) Dir() string { return t.dir }

// Close releases the tree. Folders opened from it stay usable.
func (t *Tree) Close() error { return errors.Join(t.quick.close(), t.top.Close()) }
