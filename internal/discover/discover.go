package discover

import (
	"cmp"
	"io/fs"
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/internal/tree"
)

// File is one file that was named or found.
type File struct {
	// Path is the slash path relative to the tree, symbolic links resolved.
	Path string
	// Kind is never Unknown, and NotTemplate only if Named.
	Kind Kind
	// Named says that the file itself was given, not a folder it lies in.
	Named bool
	// Size is the number of bytes.
	Size int64
	// CoveredBy is the Bicep source beside a template that was generated from
	// it, if that source is among the files too; else "". A Named file is not
	// covered.
	CoveredBy string
}

// Problem is a file or folder that could not be looked at.
type Problem struct {
	Path    string // slash path relative to the tree
	Message string // what is wrong, without the path
}

// Options narrow what is found in folders. Files given by name are always taken.
// The functions are called from several goroutines.
type Options struct {
	// Exclude lists patterns in the syntax of gitignore, relative to the top of
	// the tree. They come before all ignore files, so that "!name" includes
	// what those leave out.
	Exclude []string
	// NoIgnore turns ignore files off.
	NoIgnore bool
	// Leave tells of a file or folder whether it is left out, the folders above
	// it not looked at; nil leaves out none. It comes after Exclude, and before
	// the ignore files.
	Leave func(path string, dir bool) bool
	// Listed is told what is in each folder that is searched, before the folder's
	// files are judged; nil: nobody wants to know.
	Listed func(folder string, entries []fs.DirEntry)
}

// Walk looks at the given files and searches the given folders for templates,
// parameter files, policy definitions and Bicep. Relative paths are relative to
// the working directory.
//
// A file that was given is always reported, whatever it is. In a folder, names
// with another suffix than .json, .jsonc, .bicep and .bicepparam are passed
// over, as is what a .gitignore leaves out, .git and node_modules. Links to
// files are followed inside of the tree, links to folders are not.
//
// Files and problems are sorted by path and have no duplicates. An error means
// that a path does not exist or is not in the tree.
func Walk(t *tree.Tree, paths []string, o Options) (files []File, problems []Problem, err error) {
	w := newWalker(t, o)
	defer w.searches.Wait()
	for _, path := range paths {
		if err := w.given(path); err != nil {
			return nil, nil, err
		}
	}
	w.searches.Wait()
	return w.sortedFiles(), w.sortedProblems(), nil
}

func (w *walker) sortedFiles() []File {
	sort.Slice(w.files, func(i, j int) bool {
		a, b := w.files[i], w.files[j]
		// The named one of two comes first and stays.
		return cmp.Or(strings.Compare(a.Path, b.Path), compareBool(b.Named, a.Named), strings.Compare(b.CoveredBy, a.CoveredBy)) < 0
	})
	files := slices.CompactFunc(w.files, func(a, b File) bool { return a.Path == b.Path })
	settleCover(files)
	return files
}

func (w *walker) sortedProblems() []Problem {
	sort.Slice(w.problems, func(i, j int) bool {
		a, b := w.problems[i], w.problems[j]
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Message, b.Message)) < 0
	})
	return slices.Compact(w.problems)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
