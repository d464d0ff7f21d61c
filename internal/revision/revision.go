// Package revision reads the files of a revision from the object store of its
// git repository. The work tree, the index and the references are not touched,
// and nothing is fetched: it runs only rev-parse, merge-base, ls-tree and
// cat-file.
package revision

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/internal/tree"
)

// Revision is the files of one commit, as a tree at the place of the work tree.
type Revision struct {
	Tree       *tree.Tree
	Commit     string   // its whole hash
	Submodules []string // folders that are repositories of their own, whose files are not here
	objects    *objects
}

// Open reads the list of the files that a revision has below the folder of
// work. A revision is whatever git calls one: a branch, a tag, a hash, HEAD~2.
func Open(work *tree.Tree, name string) (*Revision, error) {
	commit, err := Resolve(work.Dir(), name)
	if err != nil {
		return nil, err
	}
	list, err := output(work.Dir(), "ls-tree", "-r", "-z", "-l", commit)
	if err != nil {
		return nil, fmt.Errorf("the revision %q cannot be read: %w", name, err)
	}
	o := newObjects(work.Dir())
	f := newFiles(o)
	r := &Revision{Commit: commit, objects: o}
	for line := range bytes.SplitSeq(list, []byte{0}) {
		if len(line) > 0 {
			if err := f.add(string(line)); err != nil {
				return nil, fmt.Errorf("the revision %q cannot be read: %w", name, err)
			}
		}
	}
	r.Submodules = f.submodules
	r.Tree = work.At(root{files: f, at: "."})
	return r, nil
}

// Close ends the process that reads the files.
func (r *Revision) Close() error { return r.objects.close() }

// None is the error of a name that is no revision.
type None struct{ text string }

func (e None) Error() string { return e.text }

// Resolve returns the hash of the commit that a name stands for in the
// repository of a folder. The error is [None] if it stands for none, also
// outside of a repository.
func Resolve(dir, name string) (string, error) {
	if name == "" || strings.HasPrefix(name, "-") {
		return "", None{fmt.Sprintf("%q cannot be a revision", name)}
	}
	// No name begins with "-" here, so none can be an option; git before 2.30
	// does not know --end-of-options in rev-parse.
	out, err := output(dir, "rev-parse", "--verify", name+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	var refused errGit
	if !errors.As(err, &refused) {
		return "", err
	}
	if strings.Contains(refused.reason, "not a git repository") {
		return "", None{fmt.Sprintf("%q cannot be a revision: this is not a git repository", name)}
	}
	if strings.Contains(refused.reason, "ownership") {
		return "", err
	}
	return "", None{fmt.Sprintf("there is no revision %q%s", name, shallow(dir))}
}

// shallow is a hint for a repository that was cloned in part, as build agents
// do.
func shallow(dir string) string {
	out, err := output(dir, "rev-parse", "--is-shallow-repository")
	if err == nil && strings.TrimSpace(string(out)) == "true" {
		return "; this is a shallow clone: fetch it first, or clone with the whole history (fetch-depth: 0)"
	}
	return ""
}

// MergeBase returns the commit at which the histories of two revisions part.
func MergeBase(dir, a, b string) (string, error) {
	var hashes [2]string
	for i, name := range []string{a, b} {
		commit, err := Resolve(dir, name)
		if err != nil {
			return "", err
		}
		hashes[i] = commit
	}
	out, err := output(dir, "merge-base", hashes[0], hashes[1])
	if err != nil {
		return "", fmt.Errorf("%q and %q have no commit in common%s", a, b, shallow(dir))
	}
	return strings.TrimSpace(string(out)), nil
}
