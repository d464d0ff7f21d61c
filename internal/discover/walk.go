package discover

import (
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/rolecall/rolecall/internal/tree"
)

// walker collects what one call of Walk finds.
type walker struct {
	tree     *tree.Tree
	ignores  *ignores
	listed   func(folder string, entries []fs.DirEntry)
	buf      []byte         // for the head of one file
	spare    chan []byte    // the same for others, each of whom may search a folder at the same time
	searches sync.WaitGroup // those that do

	mu       sync.Mutex
	visited  map[string]bool // folders
	files    []File
	problems []Problem
}

func newWalker(t *tree.Tree, o Options) *walker {
	others := runtime.GOMAXPROCS(0) - 1
	w := &walker{tree: t, visited: map[string]bool{}, buf: make([]byte, HeadSize), listed: o.Listed, spare: make(chan []byte, others)}
	for range others {
		w.spare <- make([]byte, HeadSize)
	}
	w.ignores = newIgnores(o, w.problem)
	return w
}

func (w *walker) problem(path string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.problems = append(w.problems, Problem{Path: path, Message: tree.Text(err)})
}

// given takes one path of the command line.
func (w *walker) given(path string) error {
	if path == "" {
		return errors.New(`a path is empty; write "." for the working directory`)
	}
	rel, err := w.tree.Rel(path)
	if err != nil {
		return err
	}
	rel, err = w.tree.Resolve(rel)
	if err != nil {
		return err
	}
	info, err := w.tree.Stat(rel)
	if err != nil {
		return err
	}
	if info.IsDir() {
		w.top(rel)
		return nil
	}
	w.named(rel)
	return nil
}

// named takes a file that was given by its name.
func (w *walker) named(rel string) {
	f, _, err := examine(w.tree, rel, rel, w.buf)
	if err != nil {
		w.problem(rel, err)
		return
	}
	f.Named = true
	w.found(f)
}

// top searches a folder that was given by its name.
func (w *walker) top(rel string) {
	folder, err := w.tree.Folder(rel)
	if err != nil {
		w.problem(rel, err)
		return
	}
	defer folder.Close()
	var above *level
	if rel != "." {
		above = w.ignores.at(w.tree, parent(rel))
	}
	w.search(folder, rel, above, w.buf)
}

// visit notes that a folder is searched; false if it was before.
func (w *walker) visit(rel string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.visited[rel] {
		return false
	}
	w.visited[rel] = true
	return true
}

// search goes through one folder; above are the ignore files of those above, and
// buf is for heads.
func (w *walker) search(folder *tree.Folder, rel string, above *level, buf []byte) {
	if !w.visit(rel) {
		return
	}
	entries, err := folder.Entries()
	if err != nil {
		w.problem(rel, err)
	} else if w.listed != nil {
		w.listed(rel, entries)
	}
	s := &search{walker: w, folder: folder, rel: rel, entries: entries, level: above, buf: buf}
	if s.has(ignoreFile) && !w.ignores.off {
		data, err := folder.ReadFile(ignoreFile)
		s.level = w.ignores.push(above, rel, data, err)
	}
	for _, entry := range entries {
		s.entry(entry)
	}
}

// search is one folder while it is gone through.
type search struct {
	*walker
	folder  *tree.Folder
	rel     string
	entries []fs.DirEntry // sorted by name
	level   *level
	buf     []byte
}

func (s *search) has(name string) bool {
	_, ok := slices.BinarySearchFunc(s.entries, name, func(e fs.DirEntry, name string) int {
		return strings.Compare(e.Name(), name)
	})
	return ok
}

func (s *search) entry(entry fs.DirEntry) {
	name := entry.Name()
	switch {
	case entry.IsDir():
		s.subfolder(name)
	case !wanted(name):
	case entry.Type().IsRegular():
		s.file(name)
	case entry.Type()&fs.ModeSymlink != 0:
		s.link(name)
	}
}

// wanted looks at the suffix.
func wanted(name string) bool {
	_, f := splitName(name)
	return f != otherFormat
}

func (s *search) subfolder(name string) {
	if name == ".git" || name == "node_modules" {
		return
	}
	rel := join(s.rel, name)
	if s.ignores.ignored(s.level, rel, true) {
		return
	}
	folder, err := s.folder.Folder(name)
	if err != nil {
		s.problem(rel, err)
		return
	}
	below := func(buf []byte) {
		defer folder.Close()
		s.search(folder, rel, s.level, buf)
	}
	select {
	case buf := <-s.spare:
		s.searches.Go(func() {
			below(buf)
			s.spare <- buf
		})
	default:
		below(s.buf)
	}
}

func (s *search) file(name string) {
	rel := join(s.rel, name)
	if s.ignores.ignored(s.level, rel, false) {
		return
	}
	f, head, err := examine(s.folder, name, rel, s.buf)
	if err != nil {
		s.problem(rel, err)
		return
	}
	if f.Kind == Template {
		f.CoveredBy = s.source(name, head)
	}
	s.found(f)
}

// source returns the Bicep file beside a template that was generated from it.
func (s *search) source(name string, head []byte) string {
	stem, _ := splitName(name)
	if source := stem + ".bicep"; s.has(source) && generatedByBicep(head) {
		return join(s.rel, source)
	}
	return ""
}

// link follows a symbolic link to a file.
func (s *search) link(name string) {
	rel := join(s.rel, name)
	if s.ignores.ignored(s.level, rel, false) {
		return
	}
	target, err := s.tree.Resolve(rel)
	if err != nil {
		s.problem(rel, err)
		return
	}
	info, err := s.tree.Stat(target)
	if err != nil {
		s.problem(rel, err)
		return
	}
	if info.IsDir() {
		return
	}
	f, _, err := examine(s.tree, target, target, s.buf)
	if err != nil {
		s.problem(rel, err)
		return
	}
	s.found(f)
}

func (w *walker) found(f File) {
	if f.Kind == NotTemplate && !f.Named {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files = append(w.files, f)
}

// parent is the folder that a path lies in.
func parent(rel string) string {
	if i := strings.LastIndexByte(rel, '/'); i >= 0 {
		return rel[:i]
	}
	return "."
}
