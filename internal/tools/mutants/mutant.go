package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A family is a sort of mistake.
type family int

const (
	condition family = iota
	dropped
	constant
	families // how many there are
)

// mutant is one mistake: bytes of a file that are replaced.
type mutant struct {
	file         *sourceFile
	line, column int
	start, end   int // offsets in the file
	with         string
	what         string // "'<' becomes '<='"
	family       family
	where        string // the function or the declaration that it stands in
}

func (m mutant) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.file.name, m.line, m.column, m.what)
}

// apply returns the text of the file with the mistake in it.
func (m mutant) apply() []byte {
	text := m.file.text
	return []byte(string(text[:m.start]) + m.with + string(text[m.end:]))
}

// sourceFile is a file that is mutated.
type sourceFile struct {
	name string // relative to the root of the module, with slashes
	text []byte
	tree *ast.File
	fset *token.FileSet

	where   string
	found   []mutant
	skipped map[ast.Node]bool // what is not mutated
}

// mutants returns all mutants of the file, in the order of the text.
func (f *sourceFile) mutants() []mutant {
	if ast.IsGenerated(f.tree) {
		return nil
	}
	f.skipped = map[ast.Node]bool{}
	for _, d := range f.tree.Decls {
		f.where = declared(d)
		ast.Inspect(d, f.visit)
	}
	return f.found
}

// declared names a declaration.
func declared(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil && len(d.Recv.List) == 1 {
			return strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*") + "." + d.Name.Name
		}
		return d.Name.Name
	case *ast.GenDecl:
		if len(d.Specs) > 0 {
			switch s := d.Specs[0].(type) {
			case *ast.ValueSpec:
				return s.Names[0].Name
			case *ast.TypeSpec:
				return s.Name.Name
			}
		}
	}
	return ""
}

// replace notes that the text of a node, or a part of it, becomes another.
func (f *sourceFile) replace(fam family, from, to token.Pos, with, what string) {
	p := f.fset.Position(from)
	f.found = append(f.found, mutant{
		file: f, line: p.Line, column: p.Column,
		start: p.Offset, end: f.fset.Position(to).Offset,
		with: with, what: what, family: fam, where: f.where,
	})
}

// quote returns the text between two positions as it is shown: on one line,
// and not too long.
func (f *sourceFile) quote(from, to token.Pos) string {
	s := strings.Join(strings.Fields(f.between(from, to)), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return "'" + s + "'"
}

func (f *sourceFile) between(from, to token.Pos) string {
	return string(f.text[f.fset.Position(from).Offset:f.fset.Position(to).Offset])
}
