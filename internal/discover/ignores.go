package discover

import (
	"errors"
	"io/fs"
	"path"

	"github.com/rolecall/rolecall/internal/discover/ignore"
	"github.com/rolecall/rolecall/internal/tree"
)

// ignoreFile is the name of the files with patterns in each folder.
const ignoreFile = ".gitignore"

// level is the ignore file of one folder and, by up, those above it.
type level struct {
	up     *level
	folder string // of the file; "." for the top
	list   ignore.List
}

// ignores decides which files are left out.
type ignores struct {
	exclude ignore.List
	leave   func(path string, dir bool) bool
	off     bool // ignore files are not read
	levels  map[string]*level
	problem func(path string, err error)
}

func newIgnores(o Options, problem func(path string, err error)) *ignores {
	return &ignores{
		exclude: ignore.Globs(o.Exclude),
		leave:   o.Leave,
		off:     o.NoIgnore,
		levels:  map[string]*level{},
		problem: problem,
	}
}

// ignored judges one file or folder of the folder of a level, not those above.
// Options.Exclude decides first, then Options.Leave, then the nearest ignore file with a pattern
// that matches.
func (g *ignores) ignored(l *level, name string, dir bool) bool {
	decision := g.exclude.Decide(name, dir)
	if decision == ignore.Undecided && g.leave != nil && g.leave(name, dir) {
		return true
	}
	for ; decision == ignore.Undecided && l != nil; l = l.up {
		decision = l.list.Decide(within(name, l.folder), dir)
	}
	return decision == ignore.Ignored
}

// within returns the path relative to a folder that it lies in.
func within(name, folder string) string {
	if folder == "." {
		return name
	}
	return name[len(folder)+1:]
}

// at returns the ignore files that hold in a folder, its own included.
func (g *ignores) at(t *tree.Tree, folder string) *level {
	if g.off {
		return nil
	}
	if l, ok := g.levels[folder]; ok {
		return l
	}
	var up *level
	if folder != "." {
		up = g.at(t, path.Dir(folder))
	}
	data, err := t.ReadFile(join(folder, ignoreFile))
	l := g.push(up, folder, data, err)
	g.levels[folder] = l
	return l
}

// push adds the ignore file of a folder, read as data or not at all.
func (g *ignores) push(up *level, folder string, data []byte, err error) *level {
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			g.problem(join(folder, ignoreFile), err)
		}
		return up
	}
	return &level{up: up, folder: folder, list: ignore.Parse(string(data))}
}

// join is path.Join for a name in a folder, "." being the top.
func join(folder, name string) string {
	if folder == "." {
		return name
	}
	return folder + "/" + name
}
