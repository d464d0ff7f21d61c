package revision

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// files is the list of the files of a revision.
type files struct {
	objects    *objects
	nodes      map[string]*node // by path; "." is the top
	submodules []string
}

func newFiles(o *objects) *files {
	return &files{objects: o, nodes: map[string]*node{".": {name: ".", mode: fs.ModeDir | 0o755}}}
}

// node is a file, folder, symbolic link or submodule. It describes itself, as
// [fs.FileInfo] and [fs.DirEntry].
type node struct {
	name    string
	mode    fs.FileMode
	size    int64
	hash    string
	lost    bool          // its object is not in the repository
	entries []fs.DirEntry // of a folder
}

func (n *node) Name() string               { return n.name }
func (n *node) Size() int64                { return n.size }
func (n *node) Mode() fs.FileMode          { return n.mode }
func (n *node) ModTime() time.Time         { return time.Time{} }
func (n *node) IsDir() bool                { return n.mode.IsDir() }
func (n *node) Sys() any                   { return nil }
func (n *node) Type() fs.FileMode          { return n.mode.Type() }
func (n *node) Info() (fs.FileInfo, error) { return n, nil }

// modeOf reads a mode of git. A submodule is irregular.
// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
func modeOf(s string) (mode fs.FileMode, ok bool) {
	switch s {
	case "100644", "100664":
		return 0o644, true
	case "100755":
		return 0o755, true
	case "120000":
		return fs.ModeSymlink | 0o777, true
	case "160000":
		return fs.ModeIrregular, true
	}
	return 0, false
}

// add takes a line of ls-tree: "mode type hash size", a tab, the path. A path
// that no work tree could have is left out.
func (f *files) add(line string) error {
	head, name, ok := strings.Cut(line, "\t")
	fields := strings.Fields(head)
	if !ok || len(fields) != 4 {
		return fmt.Errorf("git ls-tree answered %q", line)
	}
	mode, ok := modeOf(fields[0])
	if !ok {
		return fmt.Errorf("git ls-tree answered with the unknown mode %s", fields[0])
	}
	if !fs.ValidPath(name) || name == "." || f.nodes[name] != nil {
		return nil
	}
	n := &node{name: path.Base(name), mode: mode, hash: fields[2]}
	if mode == fs.ModeIrregular {
		f.submodules = append(f.submodules, name)
	} else if size, err := strconv.ParseInt(fields[3], 10, 64); err == nil {
		n.size = size
	} else {
		n.lost = true // "BAD" stands for the size of what is not there
	}
	f.put(name, n)
	return nil
}

// put adds a node and the folders above it.
func (f *files) put(name string, n *node) {
	f.nodes[name] = n
	dir := path.Dir(name)
	up := f.nodes[dir]
	if up == nil {
		up = &node{name: path.Base(dir), mode: fs.ModeDir | 0o755}
		f.put(dir, up)
	}
	up.entries = append(up.entries, n)
}
