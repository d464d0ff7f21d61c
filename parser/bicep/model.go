package bicep

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// model is what a file declares.
type model struct {
	p    *Program
	path string
	base int
	err  error
	file *syntax.File
	tree *Node

	weight int // nodes of its template, with those in it

	target    string // the targetScope
	globals   map[string]*symbol
	order     []*symbol // globals in the order of the source
	uses      map[*syntax.Variable]*symbol
	resources []*resource // all of them, in the order that the compiler writes
	outputs   []*syntax.Output
	metadata  []*syntax.Metadata
	asserts   []*syntax.Assert
	inlined   map[*symbol]int8
	deps      map[*symbol][]dependency
	lambdas   map[*symbol]*syntax.Call // the call whose argument a lambda is
	extended  *model                   // what a parameter file extends
}

type symKind uint8

const (
	symParam symKind = iota
	symVar
	symResource // modules too
	symFunc
	symType
	symImport   // one imported symbol
	symSpace    // a wildcard import
	symProvider // an extension
	symItem     // a loop's item
	symCounter  // a loop's index
	symLambda   // a lambda's parameter
	symArgument // a function's parameter
)

// symbol is a name that can be referred to.
type symbol struct {
	kind  symKind
	name  string
	m     *model
	decl  syntax.Statement
	value syntax.Expr // of a variable
	res   *resource
	loop  *syntax.For // of an item or a counter
	imp   *syntax.Import
	their string // the name of an imported symbol where it comes from
}

func (m *model) pos(off int32) token.Pos { return token.Pos(m.base + int(off)) }

func (m *model) place(n syntax.Node) place {
	r := n.Range()
	return place{m.pos(r.Start), m.pos(r.End)}
}

// from returns the place of a declaration from its name on, without its
// decorators.
func (m *model) from(name syntax.Name, n syntax.Node) place {
	return place{m.pos(name.Start), m.pos(n.Range().End)}
}

// declare collects the declarations of the file.
func (m *model) declare() {
	m.target = "resourceGroup"
	m.globals = map[string]*symbol{}
	m.inlined, m.deps = map[*symbol]int8{}, map[*symbol][]dependency{}
	m.lambdas = map[*symbol]*syntax.Call{}
	for _, s := range m.file.Statements {
		m.statement(s)
	}
	m.linkParents()
	m.sortResources()
}

func (m *model) statement(s syntax.Statement) {
	switch s := s.(type) {
	case *syntax.TargetScope:
		if v, ok := syntax.Plain(s.Value); ok {
			m.target = v
		}
	case *syntax.Metadata:
		m.metadata = append(m.metadata, s)
	case *syntax.Param:
		m.global(&symbol{kind: symParam, name: s.Name.Text, decl: s, value: s.Value})
	case *syntax.Var:
		m.global(&symbol{kind: symVar, name: s.Name.Text, decl: s, value: s.Value})
	case *syntax.TypeDecl:
		m.global(&symbol{kind: symType, name: s.Name.Text, decl: s})
	case *syntax.Func:
		m.global(&symbol{kind: symFunc, name: s.Name.Text, decl: s})
	case *syntax.Resource:
		r := m.newResource(s, nil)
		m.global(r.sym)
	case *syntax.Module:
		if !s.Test {
			r := m.newModule(s)
			m.global(r.sym)
		}
	case *syntax.Output:
		m.outputs = append(m.outputs, s)
	case *syntax.Assert:
		m.asserts = append(m.asserts, s)
	case *syntax.Import:
		m.imported(s)
	case *syntax.Extension:
		name := specName(s)
		if s.As != nil {
			name = s.As.Text
		}
		m.global(&symbol{kind: symProvider, name: name, decl: s})
	}
}

func (m *model) imported(s *syntax.Import) {
	if s.As != nil {
		m.global(&symbol{kind: symSpace, name: s.As.Text, decl: s, imp: s})
	}
	for _, i := range s.Items {
		m.global(&symbol{kind: symImport, name: i.As.Text, decl: s, imp: s, their: i.Name.Text})
	}
}

// global adds a symbol; of a repeated name the first one holds.
func (m *model) global(s *symbol) {
	s.m = m
	m.order = append(m.order, s)
	if m.globals[s.name] == nil {
		m.globals[s.name] = s
	}
}

// specName is the name of an extension: without its version.
func specName(s *syntax.Extension) string {
	spec := s.Spec.Parts[0]
	for i := range len(spec) {
		if spec[i] == '@' {
			return spec[:i]
		}
	}
	return spec
}

// decorator returns the decorator called name, nil if there is none.
func decorator(list []*syntax.Decorator, name string) *syntax.Call {
	for _, d := range list {
		if d.Call.Name.Text == name {
			return d.Call
		}
	}
	return nil
}
