// Package facts derives from an evaluated deployment what many rules need,
// computed once for each unit: the identities, who holds which role where,
// and how much of that could be decided. Facts are silent; rules talk.
package facts

import (
	"errors"
	"fmt"
	"go/token"
	"path"
	"path/filepath"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/rules/azure"
)

// Unit is what go/analysis calls a package: a root document with one set of
// parameter values, and everything it pulls in.
type Unit struct {
	Fset       *token.FileSet
	Files      []*template.File // the root first, then parameter files, then what evaluation pulled in
	Sources    []*template.File // what was turned into some of the Files, see Front
	Errors     []*InputError    // syntax errors in Sources, which cost their statements only
	Deployment *eval.Deployment
	Settings   Settings
	Limit      *eval.LimitError // the unit was too large to be evaluated; Deployment is incomplete

	lowered map[*template.File]*Lowered
	tables  *azure.Tables
}

// Options say what a unit is made of. Paths are slash-separated and relative
// to the analysed tree.
type Options struct {
	Root       string
	Parameters []string    // parameter files, the last one wins
	Place      eval.Config // where it is deployed to, and values for parameters
	Settings   Settings
	Lines      bool    // tell the FileSet about lines, which our driver does not need
	Front      Front   // reads files that are not JSON; may be nil
	Memory     *Memory // that files are read into; may be nil
}

// Reader returns the content of a file of the analysed tree.
type Reader func(path string) ([]byte, error)

// InputError says that a file of a unit cannot be analysed.
type InputError struct {
	Path    string
	File    *source.File // nil if it cannot be read
	Offset  int
	Message string
}

func (e *InputError) Error() string { return e.Path + ": " + e.Message }

// ErrNoTemplate is wrapped by the error for a document that is no template.
var ErrNoTemplate = errors.New("no template, parameter file or policy definition")

// Load reads and evaluates a unit. Of a document with a syntax error the part
// before it is evaluated; the error is returned beside the unit.
func Load(o Options, read Reader) (*Unit, error) {
	l := &loader{u: &Unit{Fset: token.NewFileSet(), Settings: o.Settings}, read: bounded(read), front: o.Front, lines: o.Lines, docs: map[string]loaded{}, memory: o.Memory}
	l.u.tables = l.memory.reset()
	var u *Unit
	var err error
	if limit := eval.Within(func() { u, err = l.unit(o) }); limit != nil {
		errors.As(limit, &l.u.Limit)
		return l.u, nil
	}
	return u, err
}

// maxBytes is how much of all its files a unit may read; one file may have 64 MiB.
// Positions in all of them together must fit in 31 bits.
const maxBytes = 512 << 20

// bounded reads files until they are too much for a unit, which ends it.
func bounded(read Reader) Reader {
	total := 0
	return func(name string) ([]byte, error) {
		raw, err := read(name)
		if total += len(raw); total > maxBytes {
			panic(&eval.LimitError{Message: "the files that it pulls in have more than 512 MiB"})
		}
		return raw, err
	}
}

type loader struct {
	u     *Unit
	read  Reader
	front Front
	lines bool
	docs  map[string]loaded

	memory *Memory
}

type loaded struct {
	file *template.File
	err  error
}

func (l *loader) unit(o Options) (*Unit, error) {
	root, err := l.file(o.Root)
	if root == nil {
		return nil, err
	}
	kind := template.KindOf(root.Tree())
	if kind == template.NotTemplate || kind == template.Parameters {
		if err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", o.Root, ErrNoTemplate)
	}
	cfg := o.Place
	cfg.Path, cfg.Loader = o.Root, l
	for _, p := range o.Parameters {
		f, perr := l.file(p)
		if perr != nil {
			return nil, perr
		}
		cfg.Arguments = append(cfg.Arguments, template.NewParameterFile(f.Tree()).Arguments...)
	}
	dep, derr := eval.Deploy(root.Tree(), kind, cfg)
	l.u.Deployment = dep
	for _, f := range l.u.Files {
		if r := l.u.lowered[f]; r != nil {
			dep.Unsupported = append(dep.Unsupported, r.Unsupported...)
		}
	}
	errors.As(derr, &l.u.Limit)
	return l.u, err
}

// file reads a JSON file once and gives it a place in the FileSet. With a
// syntax error, both the file and the error are returned.
func (l *loader) file(name string) (*template.File, error) {
	name = path.Clean(name)
	if d, ok := l.docs[name]; ok {
		return d.file, d.err
	}
	f, err := l.open(name)
	if err != nil {
		l.docs[name] = loaded{nil, err}
		return nil, err
	}
	tf := l.u.Fset.AddFile(name, -1, len(f.Text))
	if l.lines {
		tf.SetLinesForContent([]byte(f.Text))
	}
	f.Base = tf.Base()
	l.u.Files = append(l.u.Files, f)
	if len(f.Errors) > 0 {
		e := f.Errors[0]
		err = &InputError{Path: name, File: f.File, Offset: e.Offset, Message: e.Message}
	}
	l.docs[name] = loaded{f, err}
	return f, err
}

// open reads a file as JSON, unless a front end knows its language.
func (l *loader) open(name string) (*template.File, error) {
	if l.front != nil {
		if r, err := l.front(name, l.read, l.u.Fset); r != nil || err != nil {
			if err != nil {
				return nil, err
			}
			l.u.keep(r)
			return r.File, nil
		}
	}
	raw, err := l.read(name)
	if err != nil {
		return nil, err
	}
	return l.memory.parse(name, raw), nil
}

// Load implements [template.Loader].
func (l *loader) Load(name string) (template.Document, error) {
	f, err := l.file(name)
	if err != nil {
		return template.Document{}, err
	}
	if f.Tree() == nil {
		return template.Document{}, fmt.Errorf("%s is empty", name)
	}
	return template.Document{Path: name, Tree: f.Tree()}, nil
}

// File returns the file of the unit that the position stands in.
func (u *Unit) File(pos token.Pos) *template.File {
	for _, f := range u.Files {
		if int(pos) >= f.Base && int(pos) <= f.Base+len(f.Text) {
			return f
		}
	}
	return nil
}

// Role finds a role by the GUID of its definition: a built-in one, or one of
// the tenant's own.
func (u *Unit) Role(guid string) (azure.RoleDefinition, bool) {
	return u.Settings.Role(guid, u.tables.Role)
}

// Source is the analyzer that provides the unit of a pass. Our driver seeds
// its result; under another driver it reads the files of the pass, the root
// being the first of them.
var Source = &analysis.Analyzer{
	Name:       "source",
	Doc:        "reads and evaluates the template of the pass",
	Run:        runSource,
	ResultType: reflect.TypeFor[*Unit](),
}

func runSource(pass *analysis.Pass) (any, error) {
	if len(pass.OtherFiles) == 0 {
		return nil, errors.New("the pass has no files")
	}
	names := make(map[string]string, len(pass.OtherFiles))
	o := Options{Root: filepath.ToSlash(pass.OtherFiles[0]), Lines: true}
	read := func(name string) ([]byte, error) {
		if own, ok := names[name]; ok {
			return pass.ReadFile(own)
		}
		return nil, fmt.Errorf("%s is no file of the unit", name)
	}
	for _, f := range pass.OtherFiles {
		names[path.Clean(filepath.ToSlash(f))] = f
	}
	l := &loader{u: &Unit{Fset: pass.Fset, tables: &azure.Tables{}}, read: read, lines: true, docs: map[string]loaded{}}
	for _, f := range pass.OtherFiles[1:] {
		raw, err := pass.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if template.KindOf(template.NewFile(source.Parse(f, raw)).Tree()) == template.Parameters {
			o.Parameters = append(o.Parameters, filepath.ToSlash(f))
		}
	}
	u, err := l.unit(o)
	if u == nil {
		return nil, err
	}
	return u, nil
}
