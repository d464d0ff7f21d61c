package discover

import (
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/rolecall/rolecall/internal/tree"
)

// Pairs finds the parameter files of templates. It lists each folder once and
// leaves out the same files as [Walk], so that a template has the same
// parameter files whether it was named or found. It may be used by several
// goroutines.
type Pairs struct {
	tree    *tree.Tree
	mu      sync.Mutex
	ignores *ignores
	folders map[string][]string // names that may be of parameter files, sorted
}

// NewPairs takes the options of the search.
func NewPairs(t *tree.Tree, o Options) *Pairs {
	quiet := func(string, error) {} // Walk has told it
	return &Pairs{tree: t, ignores: newIgnores(o, quiet), folders: map[string][]string{}}
}

// Of returns the paths of the parameter files beside a template, sorted. JSON
// counts only if it says that it is a parameter file. A folder that cannot be
// listed has none.
func (p *Pairs) Of(template string) []string {
	folder, name := parent(template), path.Base(template)
	var paths []string
	for _, sibling := range ParameterNames(name, p.siblings(folder)) {
		paths = append(paths, join(folder, sibling))
	}
	return paths
}

// Listed takes note of what is in a folder, see [Options]: one without any name of
// a parameter file need not be listed again.
func (p *Pairs) Listed(folder string, entries []fs.DirEntry) {
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return mayBeParameters(e.Name()) }) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.folders[folder] = nil
}

func (p *Pairs) siblings(folder string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	names, ok := p.folders[folder]
	if !ok {
		names = p.list(folder)
		p.folders[folder] = names
	}
	return names
}

func (p *Pairs) list(rel string) []string {
	folder, err := p.tree.Folder(rel)
	if err != nil {
		return nil
	}
	defer folder.Close()
	entries, _ := folder.Entries()
	var names []string
	var buf []byte
	for _, entry := range entries {
		if !p.candidate(rel, entry) {
			continue
		}
		if buf == nil {
			buf = make([]byte, HeadSize)
		}
		if p.isParameters(join(rel, entry.Name()), buf) {
			names = append(names, entry.Name())
		}
	}
	return names
}

// candidate judges a file by its name.
func (p *Pairs) candidate(rel string, entry fs.DirEntry) bool {
	name := entry.Name()
	if !mayBeParameters(name) || entry.IsDir() {
		return false
	}
	return !p.ignores.ignored(p.ignores.at(p.tree, rel), join(rel, name), false)
}

// isParameters judges a file by its text.
func (p *Pairs) isParameters(rel string, buf []byte) bool {
	f, _, err := examine(p.tree, rel, rel, buf)
	return err == nil && (f.Kind == Parameters || f.Kind == BicepParam)
}
