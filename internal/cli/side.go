package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rolecall/rolecall/internal/revision"
	"github.com/rolecall/rolecall/report"
)

// side is one of the two states that diff compares.
type side struct {
	name string // in words
	kind sideKind
	text string // the revision or path

	analysis   *analysis
	missing    []string // paths that are not there
	submodules []string // folders whose files a revision does not hold
	notes      []report.Problem
	closers    []func() error
}

type sideKind uint8

const (
	revisionSide sideKind = iota
	workTreeSide
	pathSide
)

// sidesNamed returns what the arguments of diff mean: OLD and NEW, A..B, A...B,
// or OLD alone, which is compared with the work tree.
func sidesNamed(work string, args []string) (old, fresh *side, err error) {
	if len(args) == 1 && !exists(args[0]) && strings.Contains(args[0], "..") && !isPath(args[0]) {
		return rangeOf(work, args[0])
	}
	if len(args) < 1 || len(args) > 2 {
		return nil, nil, errors.New("diff takes OLD and NEW, each a git revision, a folder or a file; see 'rolecall diff --help'")
	}
	if old, err = sideNamed(work, args[0]); err != nil {
		return nil, nil, err
	}
	if len(args) == 2 {
		fresh, err = sideNamed(work, args[1])
		return old, fresh, err
	}
	if old.kind != revisionSide {
		return nil, nil, fmt.Errorf("%q is a path, and diff needs two of them; only a revision can be compared with the work tree", args[0])
	}
	return old, &side{name: "the work tree", kind: workTreeSide}, nil
}

// rangeOf reads A..B and A...B as git does; what is left out is HEAD.
func rangeOf(work, text string) (old, fresh *side, err error) {
	a, b, sinceBase := strings.Cut(text, "...")
	if !sinceBase {
		a, b, _ = strings.Cut(text, "..")
	}
	if a == "" {
		a = "HEAD"
	}
	if b == "" {
		b = "HEAD"
	}
	old, fresh = &side{name: a, text: a}, &side{name: b, text: b}
	for _, s := range []*side{old, fresh} {
		if _, err := revision.Resolve(work, s.text); err != nil {
			return nil, nil, err
		}
	}
	if sinceBase {
		if old.text, err = revision.MergeBase(work, a, b); err != nil {
			return nil, nil, err
		}
		old.name = "where " + b + " left " + a
	}
	return old, fresh, nil
}

// isPath reports whether an argument can only be a path.
func isPath(arg string) bool {
	slash := filepath.ToSlash(arg)
	return filepath.IsAbs(arg) || slash == "." || slash == ".." || strings.HasPrefix(slash, "./") || strings.HasPrefix(slash, "../")
}

// sideNamed decides whether an argument is a revision or a path. What may be
// both is an error.
func sideNamed(work, arg string) (*side, error) {
	path := &side{name: arg, kind: pathSide, text: arg}
	if isPath(arg) {
		return path, nil
	}
	_, err := revision.Resolve(work, arg)
	var none revision.None
	switch {
	case err == nil && exists(arg):
		return nil, fmt.Errorf("%q is a revision and a path; write %q for the path, or a longer name of the revision, such as %q", arg, "./"+arg, "heads/"+arg)
	case err == nil:
		return &side{name: arg, text: arg}, nil
	case exists(arg):
		return path, nil
	case errors.As(err, &none):
		return nil, fmt.Errorf("%w, and no such file or folder", err)
	}
	return nil, err
}
