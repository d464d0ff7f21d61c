// Package bicep lowers Bicep source to the template that the official compiler
// would make of it, as a tree whose nodes know where they stand in the source.
// It needs no knowledge of resource types, reads nothing by itself, and never
// writes a text that would have to be parsed again.
//
// What the compiler does: https://github.com/Azure/bicep
package bicep

import (
	"errors"
	"go/token"
	"path"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

// Files gives access to what Bicep files refer to. Paths are slash-separated
// and relative to the analysed tree. The same path yields the same answer as
// long as a [Program] is in use, and the very same tree.
type Files interface {
	// Bicep returns the text of a Bicep file and its base in the FileSet.
	Bicep(path string) (text string, base int, err error)
	// JSON returns a compiled template.
	JSON(path string) (template.Tree, error)
	// Bytes returns the content of any other file.
	Bytes(path string) ([]byte, error)
	// List returns the names of the files in a folder.
	List(dir string) ([]string, error)
	// Cached returns the compiled template of a module out of the module
	// cache, at a path such as br/registry/repository/tag$/main.json. The root
	// is the cacheRootDirectory of the configuration, "" if it has none.
	Cached(root, path string) (template.Tree, error)
}

// Problem is a syntax error of a file, or a reference to a file that is not
// there.
type Problem struct {
	Path string
	syntax.Error
}

// Program lowers the files of a unit. It belongs to one goroutine.
type Program struct {
	Problems    []Problem            // of all files that were read
	Unsupported []template.Construct // what is not part of the templates
	Deployed    []string             // the local files that modules deploy, each once

	files    Files
	models   map[string]*model
	configs  map[string]*config
	lowering map[*model]bool
	force    bool
	literal  bool
	size     int // nodes of all templates so far
}

// NewProgram returns a program over files.
func NewProgram(files Files) *Program {
	return &Program{files: files, models: map[string]*model{}, configs: map[string]*config{}, lowering: map[*model]bool{}}
}

// ForceSymbolic makes all templates use symbolic names, as the compiler's
// feature symbolicNameCodegen does.
func (p *Program) ForceSymbolic() { p.force = true }

// Literal leaves modules that cannot be seen into without a template, as they
// are written, where something could be said of what they deploy.
func (p *Program) Literal() { p.literal = true }

// errNoFile is the error for a path that leads out of the tree.
var errNoFile = errors.New("the path leads out of the analysed tree")

// Template returns the lowered template of a .bicep file.
func (p *Program) Template(file string) (template.Tree, error) {
	m, err := p.model(file)
	if err != nil {
		return nil, err
	}
	return p.lower(m), nil
}

// lower returns the template of a model, made once.
func (p *Program) lower(m *model) *Node {
	if m.tree == nil {
		p.lowering[m] = true
		m.tree = newEmitter(p, m).template()
		delete(p.lowering, m)
	}
	return m.tree
}

// deploys notes that a module deploys a file.
func (p *Program) deploys(file string) {
	if !slices.Contains(p.Deployed, file) {
		p.Deployed = append(p.Deployed, file)
	}
}

func (p *Program) unsupported(name string, at token.Pos) {
	c := template.Construct{Name: name, At: at}
	for _, u := range p.Unsupported {
		if u == c {
			return
		}
	}
	p.Unsupported = append(p.Unsupported, c)
}

// model returns the declarations of a file.
func (p *Program) model(file string) (*model, error) {
	file = path.Clean(file)
	if m, ok := p.models[file]; ok {
		return m, m.err
	}
	text, base, err := p.files.Bicep(file)
	m := &model{p: p, path: file, base: base, err: err}
	p.models[file] = m
	if err != nil {
		return m, err
	}
	m.file = syntax.Parse(text, strings.HasSuffix(strings.ToLower(file), ".bicepparam"))
	for _, e := range m.file.Errors {
		p.Problems = append(p.Problems, Problem{file, e})
	}
	m.declare()
	m.bind()
	return m, nil
}

// beside returns the path that a relative path of a file means.
func beside(file, rel string) (string, error) {
	out := path.Join(path.Dir(file), rel)
	if out == ".." || strings.HasPrefix(out, "../") || path.IsAbs(rel) {
		return "", errNoFile
	}
	return out, nil
}

func pos(i int32) token.Pos { return token.Pos(i) }
