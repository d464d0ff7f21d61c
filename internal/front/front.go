// Package front reads files that are not JSON: it gives the Bicep front end
// what it asks for, and hands its templates to the facts.
package front

import (
	"errors"
	"fmt"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/bicep/edit"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/rules/facts"
)

// IsBicep tells whether a file is Bicep source, by its name.
func IsBicep(name string) bool { return strings.EqualFold(path.Ext(name), ".bicep") }

// IsParameters tells whether a file is a Bicep parameter file, by its name.
func IsParameters(name string) bool { return strings.EqualFold(path.Ext(name), ".bicepparam") }

// Front reads the Bicep files of a tree.
type Front struct {
	tree    *tree.Tree
	cache   string   // the folder of the module cache, "" if there is none
	missing sync.Map // paths of configurations that are not there
	library *library
	literal bool // see SetLiteral
}

// New returns a front end for the files of a tree. Modules of registries are
// read from where the official tools keep them, ~/.bicep; nothing is ever
// downloaded.
func New(t *tree.Tree) *Front {
	f := &Front{tree: t, library: newLibrary()}
	if home, err := os.UserHomeDir(); err == nil {
		f.cache = filepath.Join(home, ".bicep")
	}
	return f
}

// SetCache reads modules of registries from another folder.
func (f *Front) SetCache(dir string) { f.cache = dir }

// SetLiteral lowers what is written, and nothing that is only known of a module
// which cannot be seen into.
func (f *Front) SetLiteral() { f.literal = true }

// Lower implements [facts.Front].
func (f *Front) Lower(name string, read facts.Reader, fset *token.FileSet) (*facts.Lowered, error) {
	if !IsBicep(name) && !IsParameters(name) {
		return nil, nil
	}
	s := &session{f: f, read: read, fset: fset, files: map[string]*template.File{}, trees: map[string]template.Tree{}, editors: map[*template.File]*edit.File{}}
	prog := bicep.NewProgram(s)
	if f.literal {
		prog.Literal()
	}
	lower := prog.Template
	if IsParameters(name) {
		lower = prog.Parameters
	}
	t, err := lower(name)
	if err != nil {
		return nil, err
	}
	layout, origins, err := bicep.Layout(t, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &facts.Lowered{
		File: layout, Sources: s.order, Origin: s.origins(origins), Elsewhere: origins.Elsewhere,
		Deploys: prog.Deployed, Unsupported: prog.Unsupported, Errors: s.errors(prog), Editor: s.editor,
	}, nil
}

// Using returns the template that a Bicep parameter file is for; false if
// that is none of the tree.
func (f *Front) Using(name string, read facts.Reader) (string, bool) {
	s := &session{f: f, read: read, fset: token.NewFileSet(), files: map[string]*template.File{}}
	return bicep.NewProgram(s).Using(name)
}

// session serves one program.
type session struct {
	f       *Front
	read    facts.Reader
	fset    *token.FileSet
	files   map[string]*template.File
	order   []*template.File
	trees   map[string]template.Tree // compiled templates: they are told apart by these
	broken  []*facts.InputError      // compiled templates with a syntax error
	editors map[*template.File]*edit.File
}

// origins finds where the layout of a template comes from.
func (s *session) origins(m *bicep.Map) func(start, end int) (from, to token.Pos) {
	return func(start, end int) (from, to token.Pos) { return m.Origin(start, end, s.written) }
}

// written is what stands between two positions, "" if that is in no file.
func (s *session) written(from, to token.Pos) string {
	for _, f := range s.order {
		if start, end := int(from)-f.Base, int(to)-f.Base; start >= 0 && start <= end && end <= len(f.Text) {
			return f.Text[start:end]
		}
	}
	return ""
}

// editor edits the Bicep file that a position lies in. It counts in bytes of the
// text, which are not those of a file in UTF-16.
func (s *session) editor(pos token.Pos) facts.Editor {
	for _, f := range s.order {
		offset := int(pos) - f.Base
		if offset < 0 || offset > len(f.Text) {
			continue
		}
		if !IsBicep(f.Name) && !IsParameters(f.Name) || f.Encoding == source.UTF16LE || f.Encoding == source.UTF16BE {
			return nil
		}
		if s.editors[f] == nil {
			s.editors[f] = edit.New(f.Text, f.Base, IsParameters(f.Name))
		}
		return s.editors[f]
	}
	return nil
}

// errors are the syntax errors of the files of a program, compiled ones first.
func (s *session) errors(prog *bicep.Program) []*facts.InputError {
	out := s.broken
	for _, p := range prog.Problems {
		out = append(out, &facts.InputError{Path: p.Path, File: s.files[p.Path].File, Offset: int(p.Start), Message: p.Message})
	}
	return out
}

func (s *session) keep(name string, f *template.File) *template.File {
	f.Base = s.fset.AddFile(name, -1, len(f.Text)).Base()
	s.files[name] = f
	s.order = append(s.order, f)
	return f
}

// Bicep implements [bicep.Files].
func (s *session) Bicep(name string) (string, int, error) {
	raw, err := s.read(name)
	if err != nil {
		return "", 0, err
	}
	f := s.keep(name, template.NewFile(source.NewText(name, raw)))
	return f.Text, f.Base, nil
}

// JSON implements [bicep.Files].
func (s *session) JSON(name string) (template.Tree, error) {
	if t, ok := s.trees[name]; ok {
		return t, nil
	}
	f := s.files[name]
	if f == nil {
		raw, err := s.read(name)
		if err != nil {
			return nil, err
		}
		f = s.keep(name, template.NewFile(source.Parse(name, raw)))
	}
	if len(f.Errors) > 0 {
		e := f.Errors[0]
		broken := &facts.InputError{Path: name, File: f.File, Offset: e.Offset, Message: e.Message}
		if !slices.ContainsFunc(s.broken, func(b *facts.InputError) bool { return b.Path == name }) {
			s.broken = append(s.broken, broken)
		}
		return nil, broken
	}
	t := f.Tree()
	s.trees[name] = t
	return t, nil
}

// Bytes implements [bicep.Files]. Configurations are asked for in each folder
// again, and most folders have none.
func (s *session) Bytes(name string) ([]byte, error) {
	if path.Base(name) != bicep.ConfigName {
		return s.read(name)
	}
	if _, ok := s.f.missing.Load(name); ok {
		return nil, errNoConfig
	}
	if s.f.tree != nil && !s.f.tree.Exists(name) {
		s.f.missing.Store(name, true)
		return nil, errNoConfig
	}
	return s.read(name)
}

var errNoConfig = errors.New("there is no such configuration")

// List implements [bicep.Files].
func (s *session) List(dir string) ([]string, error) {
	folder, err := s.f.tree.Folder(dir)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	entries, err := folder.Entries()
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			out = append(out, e.Name())
		}
	}
	return out, err
}

// Cached implements [bicep.Files].
func (s *session) Cached(root, name string) (template.Tree, error) {
	if !filepath.IsAbs(root) {
		root = s.f.cache
	}
	key := root + "\x00" + name
	if t, ok := s.trees[key]; ok {
		return t, nil
	}
	f, err := s.f.library.module(root, name)
	if err != nil {
		return nil, err
	}
	if len(f.Errors) > 0 {
		return nil, errors.New(f.Errors[0].Message)
	}
	t := template.NewFile(f).Tree()
	s.trees[key] = t
	return t, nil
}
