package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// module is the module whose packages are mutated.
type module struct {
	ctx     context.Context
	root    string
	tests   []string      // patterns of the packages whose tests are run
	timeout time.Duration // for the tests of one package
}

// pkg is a package that is mutated.
type pkg struct {
	path     string
	files    []*sourceFile
	mutants  []mutant
	importer types.Importer
	tests    []string // the packages whose tests depend on it, the nearest first
}

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles, Deps           []string
}

// goCommand runs the go command at the root of the module.
func (m *module) goCommand(args ...string) ([]byte, error) {
	c := exec.CommandContext(m.ctx, "go", args...)
	c.Dir = m.root
	out, err := c.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		err = fmt.Errorf("go %s: %w\n%s%s", strings.Join(args, " "), err, exit.Stderr, out)
	}
	return out, err
}

// list runs `go list`.
func (m *module) list(args ...string) ([]listed, error) {
	out, err := m.goCommand(append([]string{"list", "-json=ImportPath,Dir,Export,GoFiles,Deps"}, args...)...)
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); err == nil; {
		var l listed
		if err = d.Decode(&l); err == nil {
			all = append(all, l)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return all, err
}

// packages reads the packages that the patterns name.
func (m *module) packages(patterns []string) ([]*pkg, error) {
	named, err := m.list(patterns...)
	if err != nil {
		return nil, err
	}
	deps, err := m.list(append([]string{"-export", "-deps"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	tests, err := m.list(append([]string{"-test"}, m.tests...)...)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, d := range deps {
		exports[d.ImportPath] = d.Export
	}
	var out []*pkg
	for _, l := range named {
		p := &pkg{path: l.ImportPath, tests: dependents(l.ImportPath, tests)}
		if err := p.read(m.root, l, exports); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// dependents returns the packages whose tests depend on a package: its own
// first, then those that need the fewest others.
func dependents(path string, tests []listed) []string {
	var found []listed
	for _, t := range tests {
		depends := func(d string) bool { d, _, _ = strings.Cut(d, " "); return d == path }
		if strings.HasSuffix(t.ImportPath, ".test") && slices.ContainsFunc(t.Deps, depends) {
			t.ImportPath = strings.TrimSuffix(t.ImportPath, ".test")
			found = append(found, t)
		}
	}
	distance := func(l listed) int {
		if l.ImportPath == path {
			return 0
		}
		return len(l.Deps)
	}
	slices.SortFunc(found, func(a, b listed) int {
		return cmp.Or(cmp.Compare(distance(a), distance(b)), cmp.Compare(a.ImportPath, b.ImportPath))
	})
	var out []string
	for _, f := range found {
		out = append(out, f.ImportPath)
	}
	return out
}

// read parses the files of a package and finds their mutants.
func (p *pkg) read(root string, l listed, exports map[string]string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	p.importer = importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, name := range l.GoFiles {
		full := filepath.Join(l.Dir, name)
		text, err := os.ReadFile(full)
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(fset, full, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, full)
		if err != nil {
			return err
		}
		f := &sourceFile{name: filepath.ToSlash(rel), text: text, tree: tree, fset: fset}
		p.files = append(p.files, f)
		p.mutants = append(p.mutants, f.mutants()...)
	}
	return nil
}

// compiles says whether the package still does with a mutant.
func (p *pkg) compiles(x mutant) bool {
	var trees []*ast.File
	for _, f := range p.files {
		tree := f.tree
		if f == x.file {
			var err error
			tree, err = parser.ParseFile(f.fset, f.name, x.apply(), parser.SkipObjectResolution)
			if err != nil {
				return false
			}
		}
		trees = append(trees, tree)
	}
	config := types.Config{Importer: p.importer}
	_, err := config.Check(p.path, x.file.fset, trees, nil)
	return err == nil
}
