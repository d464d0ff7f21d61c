package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/internal/revision"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
	model "github.com/rolecall/rolecall/report/access"
)

// open finds the templates of a side. The paths narrow a revision and the work
// tree; a side that is a path is that path.
func (s *side) open(streams Streams, f sources, paths []string) error {
	at := "."
	if s.kind == pathSide {
		at, paths = s.text, []string{s.text}
	}
	t, err := f.inputs.open([]string{at})
	if err != nil {
		return err
	}
	s.closers = append(s.closers, t.Close)
	if s.kind == revisionSide {
		if t, err = s.revision(t); err != nil {
			return err
		}
		f.params = s.present(t, f.params)
	}
	if paths, err = s.there(t, paths); err != nil {
		return err
	}
	if s.analysis, err = f.findIn(streams, t, paths); err != nil {
		return s.wrong(err)
	}
	return nil
}

// wrong says of errors that they are about this side.
func (s *side) wrong(err error) error {
	all := []error{err}
	var several config.Errors
	if errors.As(err, &several) {
		all = several.Unwrap()
	}
	for i := range all {
		all[i] = fmt.Errorf("%w (in %s)", all[i], s.name)
	}
	return errors.Join(all...)
}

// revision opens the revision at the place of a work tree.
func (s *side) revision(work *tree.Tree) (*tree.Tree, error) {
	r, err := revision.Open(work, s.text)
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, r.Close)
	s.submodules = r.Submodules
	if len(r.Submodules) > 0 {
		s.note("the files of submodules are left out: " + strings.Join(r.Submodules, ", "))
	}
	return r.Tree, nil
}

// there returns those of the paths that the tree has, and keeps the others in
// mind.
func (s *side) there(t *tree.Tree, paths []string) (found []string, err error) {
	for _, p := range paths {
		rel, err := t.Rel(p)
		if err != nil {
			return nil, err
		}
		if _, err := t.Resolve(rel); errors.Is(err, fs.ErrNotExist) {
			s.missing = append(s.missing, p)
			s.note(p + " is not there")
			continue
		}
		found = append(found, p)
	}
	return found, nil
}

// present returns the parameters without the files that a revision does not
// have yet, or no longer.
func (s *side) present(t *tree.Tree, params []string) (found []string) {
	for _, p := range params {
		name, _, ok := strings.Cut(p, "=")
		rel, err := t.Rel(p)
		if (!ok || strings.ContainsAny(name, `/\`)) && err == nil && !t.Exists(rel) && exists(p) {
			s.note("the parameter file " + p + " is not there, and left out")
			continue
		}
		found = append(found, p)
	}
	return found
}

func (s *side) note(message string) {
	s.notes = append(s.notes, report.Problem{Kind: report.ProblemNote, Message: message})
}

// access reads who gets what where on the side. Problems name it.
func (s *side) access() *model.Access {
	a, _ := s.analysis.access()
	a.Problems = append(s.notes, a.Problems...)
	for i := range a.Problems {
		a.Problems[i].Message += " (in " + s.name + ")"
	}
	return a
}

func (s *side) close() {
	for _, c := range s.closers {
		c()
	}
}

// leaveOut returns patterns for folders, as --exclude takes them.
func leaveOut(folders []string) []string {
	var out []string
	escape := strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, " ", `\ `)
	for _, f := range folders {
		out = append(out, "/"+escape.Replace(filepath.ToSlash(f)))
	}
	return out
}
