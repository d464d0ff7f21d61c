package revision

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/rolecall/rolecall/internal/tree"
)

// root is a folder of a revision, as a [tree.Root].
type root struct {
	*files
	at string
}

func (r root) Lstat(name string) (fs.FileInfo, error) {
	n := r.nodes[path.Join(r.at, name)]
	if n == nil {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

func (r root) Stat(name string) (fs.FileInfo, error) {
	n, _, err := r.find(name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func (r root) Readlink(name string) (string, error) { return r.link(path.Join(r.at, name)) }

func (r root) OpenRoot(name string) (tree.Root, error) {
	n, at, err := r.find(name)
	if err != nil {
		return nil, err
	}
	if !n.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return root{files: r.files, at: at}, nil
}

func (r root) Open(name string) (fs.File, error) {
	n, _, err := r.find(name)
	if err == nil && n.lost {
		err = lost(n.hash)
	}
	if err != nil {
		return nil, err
	}
	return &file{node: n, objects: r.objects}, nil
}

func (r root) Close() error { return nil }

// find follows the symbolic links of a name. They may lead anywhere in the
// revision.
func (r root) find(name string) (*node, string, error) {
	at, err := tree.Follow(path.Join(r.at, name), r.link)
	if err != nil {
		return nil, "", err
	}
	return r.nodes[at], at, nil
}

// maxTarget is the length in bytes of the longest path that Linux takes.
const maxTarget = 4096

// link returns the target of a symbolic link, "" for anything else.
func (f *files) link(at string) (string, error) {
	n := f.nodes[at]
	if n == nil {
		return "", &fs.PathError{Op: "open", Path: at, Err: fs.ErrNotExist}
	}
	if n.mode&fs.ModeSymlink == 0 {
		return "", nil
	}
	if n.size > maxTarget {
		return "", &fs.PathError{Op: "readlink", Path: at, Err: fs.ErrInvalid}
	}
	target, err := f.objects.read(n.hash)
	return string(target), err
}

// lfsPointer is what the objects begin with that stand for files kept elsewhere.
// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
var lfsPointer = []byte("version https://git-lfs.github.com/spec/")

var errLFS = errors.New("it is kept in Git LFS, and not in the repository")

// file is an open file or folder. Its bytes are read when the first of them is
// asked for.
type file struct {
	node    *node
	objects *objects
	data    io.Reader
}

func (f *file) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *file) Close() error               { return nil }
func (f *file) ReadDir(int) ([]fs.DirEntry, error) {
	return append([]fs.DirEntry(nil), f.node.entries...), nil
}

func (f *file) Read(p []byte) (int, error) {
	if f.data == nil {
		data, err := f.objects.read(f.node.hash)
		if err == nil && bytes.HasPrefix(data, lfsPointer) {
			err = errLFS
		}
		if err != nil {
			return 0, err
		}
		f.data = bytes.NewReader(data)
	}
	return f.data.Read(p)
}
