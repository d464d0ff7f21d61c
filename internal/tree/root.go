package tree

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Root is a folder that a [Tree] reads from: one on disk, or one of a
// revision in git. It follows symbolic links, none of which leads out of it.
// Names are slash paths relative to it.
type Root interface {
	// Open opens a file, or a folder that implements [fs.ReadDirFile].
	Open(name string) (fs.File, error)
	// OpenRoot returns a folder below this one.
	OpenRoot(name string) (Root, error)
	// Stat and Lstat describe a file; Lstat does not follow a link.
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	// Readlink returns the target of a symbolic link.
	Readlink(name string) (string, error)
	Close() error
}

// At returns a tree at the same place, the files of which are those of root.
func (t *Tree) At(root Root) *Tree {
	return &Tree{top: &Folder{root: root}, given: t.given, dir: t.dir}
}

// disk is a folder on disk.
type disk struct{ *os.Root }

func (d disk) Open(name string) (fs.File, error) {
	return d.OpenFile(filepath.FromSlash(name), openFlags, 0)
}

func (d disk) OpenRoot(name string) (Root, error) {
	root, err := d.Root.OpenRoot(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	return disk{root}, nil
}

func (d disk) Stat(name string) (fs.FileInfo, error)  { return d.Root.Stat(filepath.FromSlash(name)) }
func (d disk) Lstat(name string) (fs.FileInfo, error) { return d.Root.Lstat(filepath.FromSlash(name)) }
func (d disk) Readlink(name string) (string, error) {
	target, err := d.Root.Readlink(filepath.FromSlash(name))
	return filepath.ToSlash(target), err
}
