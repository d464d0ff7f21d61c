package tree

import (
	"io/fs"
	"sort"
)

// Folder is one folder of the tree, held open: its files are opened without
// walking down from the top again. A symbolic link in it is followed only if it
// stays in the folder; [Tree.Resolve] is for the others.
type Folder struct {
	root Root
}

// Folder opens a folder of the tree.
func (t *Tree) Folder(rel string) (*Folder, error) {
	f, err := t.top.Folder(rel)
	if err != nil {
		return nil, t.explain(rel, err)
	}
	return f, nil
}

// Folder opens a folder below f.
func (f *Folder) Folder(name string) (*Folder, error) {
	root, err := f.root.OpenRoot(name)
	if err != nil {
		return nil, failure(name, err)
	}
	return &Folder{root: root}, nil
}

// Entries lists the folder, sorted by name.
func (f *Folder) Entries() ([]fs.DirEntry, error) {
	dir, err := f.root.Open(".")
	if err != nil {
		return nil, failure(".", err)
	}
	defer dir.Close()
	list, ok := dir.(fs.ReadDirFile)
	if !ok {
		return nil, failure(".", fs.ErrInvalid)
	}
	entries, err := list.ReadDir(-1)
	if err != nil {
		return nil, failure(".", err)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	return entries, nil
}

// Stat describes what name is, symbolic links followed.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	info, err := f.root.Stat(name)
	if err != nil {
		return nil, failure(name, err)
	}
	return info, nil
}

// Close releases the folder.
func (f *Folder) Close() error { return f.root.Close() }
