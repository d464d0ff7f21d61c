package bicep

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// linker brings into a template what it imports, and what that needs.
type linker struct {
	e       *emitter
	names   map[*symbol]string // of symbols of other files
	files   map[*model]int
	trees   map[template.Tree]int
	foreign map[foreign]string
	loop    loopName // of the variable that is being copied
	queue   []func()
}

func (l *linker) init(e *emitter) {
	*l = linker{e: e, names: map[*symbol]string{}, files: map[*model]int{}, trees: map[template.Tree]int{}, foreign: map[foreign]string{}}
	for _, s := range e.m.order {
		if s.kind == symImport {
			if t := e.p.resolve(s); t != nil && l.names[t] == "" {
				l.names[t] = s.name
				l.enqueue(t, s.name)
			}
		}
	}
}

// resolve follows imports to the declaration; nil if it is not in a Bicep file.
func (p *Program) resolve(s *symbol) *symbol {
	for n := 0; s != nil && s.kind == symImport && n < 32; n++ {
		src := p.source(s.m, s.imp.From)
		if src.model == nil {
			return nil
		}
		s = src.model.globals[s.their]
	}
	if s != nil && s.kind == symImport {
		return nil
	}
	return s
}

func (l *linker) enqueue(s *symbol, name string) {
	l.queue = append(l.queue, func() {
		switch s.kind {
		case symVar:
			if l.e.alone {
				return // its value stands where it is used
			}
			loops := l.e.top().array()
			l.e.variable(s, name, loops)
			l.addLoops(loops)
		case symType:
			l.define(s, name)
		case symFunc:
			space, own := "__bicep", name
			if i := strings.LastIndexByte(name, '.'); i >= 0 && strings.HasPrefix(name, "_") {
				space, own = name[:i], name[i+1:]
			}
			l.e.function(s, space, own)
		}
	})
}

func (l *linker) addLoops(loops *Node) {
	if len(loops.members) == 0 {
		return
	}
	if c, ok := l.e.variables.get("copy").(*Node); ok {
		c.members = append(c.members, loops.members...)
		return
	}
	l.e.variables.add("copy", loops)
}

// flush writes what has been asked for, and what that asks for in turn.
func (l *linker) flush() {
	for len(l.queue) > 0 {
		f := l.queue[0]
		l.queue = l.queue[1:]
		l.e.guard(l.e.top(), f)
	}
}

// name is the name in this template of a symbol of any file.
func (l *linker) name(s *symbol) string {
	if s.m == l.e.m {
		return s.name
	}
	if n, ok := l.names[s]; ok {
		return n
	}
	n := l.prefix(s.m) + s.name
	l.names[s] = n
	l.enqueue(s, n)
	return n
}

func (l *linker) prefix(m *model) string {
	i, ok := l.files[m]
	if !ok {
		i = len(l.files) + len(l.trees) + 1
		l.files[m] = i
	}
	return "_" + itoa(int64(i)) + "."
}

// define writes a type.
func (l *linker) define(s *symbol, name string) {
	d, ok := s.decl.(*syntax.TypeDecl)
	if !ok {
		return
	}
	n := s.m.place(d).object()
	l.e.typed(n, s.m, d.Value, d.Decorators)
	l.e.definitions.addAt(name, s.m.place(d.Name), n)
}

// typeName is the name of the definition of a type.
func (l *linker) typeName(s *symbol) string {
	if s.kind != symImport {
		return l.name(s)
	}
	if t := l.e.p.resolve(s); t != nil {
		return l.name(t)
	}
	if src := l.e.p.source(s.m, s.imp.From); src.tree != nil {
		return l.compiled(src.tree, symType, s.their, l.alias(s))
	}
	return ""
}

// alias is the name that a named import has in this template, "" if it is not
// this template's import.
func (l *linker) alias(s *symbol) string {
	if s.m == l.e.m {
		return s.name
	}
	return ""
}

func (l *linker) spaceType(s *symbol, name string) string {
	src := l.e.p.source(s.m, s.imp.From)
	switch {
	case src.model != nil && src.model.globals[name] != nil:
		return l.typeName(src.model.globals[name])
	case src.tree != nil:
		return l.compiled(src.tree, symType, name, "")
	}
	return ""
}

// named writes an import that names a symbol of a compiled template.
func (l *linker) named(s *symbol) {
	src := l.e.p.source(s.m, s.imp.From)
	switch {
	case src.tree != nil:
		l.compiled(src.tree, kindIn(src.tree, s.their), s.their, s.name)
	case src.tree == nil && src.model == nil && !errors.Is(src.err, fs.ErrNotExist):
		l.e.p.unsupported(strings.Replace(src.why, "a module", "an import", 1), l.e.m.place(s.imp.From).start)
	}
}

// kindIn is the kind of an exported symbol of a compiled template.
func kindIn(t template.Tree, name string) symKind {
	switch {
	case template.Path(t, "definitions", name) != nil:
		return symType
	case slices.ContainsFunc(template.New(t).Functions, func(f *template.Function) bool { return f.Name == "__bicep."+name }):
		return symFunc
	}
	return symVar
}

// linkedVar is a variable of another file.
func (e *emitter) linkedVar(s *symbol, at place) *expr.Node {
	return at.call("variables", at.lit(e.links.name(s)))
}

// importedVar is a variable that is imported by its name.
func (c *conv) importedVar(s *symbol, at place) *expr.Node {
	e := c.e
	if t := e.p.resolve(s); t != nil {
		return c.exported(t, at)
	}
	if src := e.p.source(s.m, s.imp.From); src.tree != nil {
		return at.call("variables", at.lit(e.links.compiled(src.tree, symVar, s.their, e.links.alias(s))))
	}
	e.p.unsupported("an import that cannot be had", at.start)
	return at.call("variables", at.lit(s.name))
}

// exported is the value of a symbol of another file, of which only variables
// have one.
func (c *conv) exported(s *symbol, at place) *expr.Node {
	if s.kind != symVar {
		return c.noValue(s.name, at)
	}
	return c.use(s, at)
}

// functionName is the name by which the template calls a function of its own.
func (e *emitter) functionName(s *symbol, at place) string {
	if t := e.p.resolve(s); t != nil {
		return functionText(e.links.name(t))
	}
	if src := e.p.source(s.m, s.imp.From); src.tree != nil {
		return functionText(e.links.compiled(src.tree, symFunc, s.their, e.links.alias(s)))
	}
	e.p.unsupported("an import that cannot be had", at.start)
	return "__bicep." + s.name
}

// spaceFunction is a function of a wildcard import.
func (e *emitter) spaceFunction(s *symbol, name string, at place) string {
	switch src := e.p.source(s.m, s.imp.From); {
	case src.model != nil && src.model.globals[name] != nil:
		return e.functionName(src.model.globals[name], at)
	case src.tree != nil:
		return functionText(e.links.compiled(src.tree, symFunc, name, ""))
	}
	e.p.unsupported("an import that cannot be had", at.start)
	return s.name + "." + name
}

// spaceMember is a variable of a wildcard import, nil if base is none.
func (c *conv) spaceMember(base syntax.Expr, name string, at place) *expr.Node {
	v, ok := syntax.Bare(base).(*syntax.Variable)
	if !ok {
		return nil
	}
	s := c.m.uses[v]
	if s == nil || s.kind != symSpace {
		return nil
	}
	src := c.e.p.source(s.m, s.imp.From)
	switch {
	case src.model != nil && src.model.globals[name] != nil:
		t := src.model.globals[name]
		if t.kind == symImport {
			return c.importedVar(t, at)
		}
		return c.exported(t, at)
	case src.tree != nil:
		return at.call("variables", at.lit(c.e.links.compiled(src.tree, symVar, name, "")))
	}
	c.e.p.unsupported("an import that cannot be had", at.start)
	return at.null()
}
