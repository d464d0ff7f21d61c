package front

import (
	"errors"
	"path/filepath"
	"sync"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/parser/source"
)

// maxShared bounds the text in bytes of the modules that a library keeps: the
// published modules that the whole public registry uses have 22 MB, and most
// files use the same few. What goes beyond is read again.
const maxShared = 8 << 20

// library reads compiled modules from module caches, each once for all files of
// a run. It may be used by many goroutines.
type library struct {
	mu      sync.Mutex
	roots   map[string]*tree.Tree // module caches by their folders
	modules map[string]*source.File
	failed  map[string]error // why modules cannot be had
	size    int              // of the text of modules
}

func newLibrary() *library {
	return &library{roots: map[string]*tree.Tree{}, modules: map[string]*source.File{}, failed: map[string]error{}}
}

var errNoCache = errors.New("there is no module cache")

// module returns a file of the module cache in a folder, and reads nothing
// outside of that. The file has no place in any FileSet.
func (l *library) module(root, name string) (*source.File, error) {
	if root == "" {
		return nil, errNoCache
	}
	key := root + "\x00" + name
	l.mu.Lock()
	f, err := l.modules[key], l.failed[key]
	l.mu.Unlock()
	if f != nil || err != nil {
		return f, err
	}
	f, err = l.read(root, name)
	l.keep(key, f, err)
	return f, err
}

func (l *library) read(root, name string) (*source.File, error) {
	t, err := l.root(root)
	if err != nil {
		return nil, err
	}
	raw, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return source.Parse(name, raw), nil
}

func (l *library) keep(key string, f *source.File, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err != nil:
		l.failed[key] = err
	case l.modules[key] == nil && l.size+len(f.Text) <= maxShared:
		l.modules[key] = f
		l.size += len(f.Text)
	}
}

// root opens a module cache once.
func (l *library) root(dir string) (*tree.Tree, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.roots[dir]; t != nil {
		return t, nil
	}
	t, err := tree.Open(filepath.Clean(dir))
	if err == nil {
		l.roots[dir] = t
	}
	return t, err
}
