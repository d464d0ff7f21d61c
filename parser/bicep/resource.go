package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// resource is the declaration of a resource or a module.
type resource struct {
	m        *model
	sym      *symbol
	decl     syntax.Statement
	at       syntax.Name // the symbolic name
	module   *syntax.Module
	existing bool

	typ, version string
	space        string // before the type: the alias of an extension, or az
	loop         *syntax.For
	cond         syntax.Expr
	body         *syntax.Object

	outer       *resource   // the resource that the declaration is nested in
	parent      *resource   // that one, or what the parent property names
	parentIndex syntax.Expr // parent: collection[index]
	children    map[string]*resource
	nested      []*resource
	outputs     map[string]bool // of a module: which are secret
}

func (m *model) newResource(s *syntax.Resource, outer *resource) *resource {
	r := &resource{m: m, decl: s, at: s.Name, existing: s.Existing, outer: outer}
	r.sym = &symbol{kind: symResource, name: s.Name.Text, m: m, decl: s, res: r}
	r.typ, r.version, _ = strings.Cut(s.Type.Parts[0], "@")
	if space, typ, ok := strings.Cut(r.typ, ":"); ok {
		r.space, r.typ = space, typ
	}
	if outer != nil {
		r.parent = outer
		if !strings.Contains(r.typ, "/") {
			r.typ = outer.typ + "/" + r.typ
		}
		if r.version == "" {
			r.version = outer.version
		}
	}
	r.setBody(s.Body)
	if r.body != nil {
		for _, c := range r.body.Children {
			r.addChild(m.newResource(c, r))
		}
	}
	m.resources = append(m.resources, r)
	return r
}

func (r *resource) addChild(c *resource) {
	if r.children == nil {
		r.children = map[string]*resource{}
	}
	r.children[c.at.Text] = c
	r.nested = append(r.nested, c)
}

func (m *model) newModule(s *syntax.Module) *resource {
	r := &resource{m: m, decl: s, at: s.Name, module: s, typ: deploymentsType, version: deploymentsVersion}
	r.sym = &symbol{kind: symResource, name: s.Name.Text, m: m, decl: s, res: r}
	r.setBody(s.Body)
	m.resources = append(m.resources, r)
	return r
}

const (
	deploymentsType    = "Microsoft.Resources/deployments"
	deploymentsVersion = "2025-04-01"
)

func (r *resource) setBody(body syntax.Expr) {
	if l, ok := body.(*syntax.For); ok {
		r.loop = l
		body = l.Body
	}
	if c, ok := body.(*syntax.If); ok {
		r.cond = c.Cond
		body = c.Body
	}
	r.body, _ = body.(*syntax.Object)
}

// prop returns the value of a property of the body, nil if there is none.
func (r *resource) prop(name string) syntax.Expr {
	if i := r.body.Get(name); i != nil {
		return i.Value
	}
	return nil
}

// azure tells whether the resource is one of Azure's, not of an extension: it
// says so, or its version is a date.
func (r *resource) azure() bool {
	if r.space != "" {
		return r.space == "az"
	}
	v := r.version
	return len(v) >= 10 && v[4] == '-' && v[7] == '-' && v[0] >= '0' && v[0] <= '9'
}

// key is the symbolic name in the template.
func (r *resource) key() string {
	if r.outer != nil {
		return r.outer.key() + "::" + r.at.Text
	}
	return r.at.Text
}

// ancestors are the parents of r, the outermost first.
func (r *resource) ancestors() []*resource {
	var out []*resource
	for p, n := r, 0; p.parent != nil && n < 16; p, n = p.parent, n+1 {
		out = append([]*resource{p.parent}, out...)
	}
	return out
}

// linkParents resolves the parent properties.
func (m *model) linkParents() {
	for _, r := range m.resources {
		if r.module != nil || r.outer != nil {
			continue
		}
		e := syntax.Bare(r.prop("parent"))
		if i, ok := e.(*syntax.Index); ok {
			r.parentIndex = i.Index
			e = syntax.Bare(i.Base)
		}
		if p := m.declared(e); p != nil && p != r && !p.descends(r) {
			r.parent = p
		}
	}
}

func (r *resource) descends(from *resource) bool {
	for p, n := r, 0; p != nil && n < 64; p, n = p.parent, n+1 {
		if p == from {
			return true
		}
	}
	return false
}

// declared returns the resource that an expression of file level names.
func (m *model) declared(e syntax.Expr) *resource {
	switch e := e.(type) {
	case *syntax.Variable:
		if s := m.globals[e.Name]; s != nil {
			return s.res
		}
	case *syntax.Nested:
		if p := m.declared(syntax.Bare(e.Base)); p != nil {
			return p.children[e.Name.Text]
		}
	}
	return nil
}

// sortResources puts the resources in the compiler's order: nested ones first,
// inner scopes before outer, then the others, then modules.
func (m *model) sortResources() {
	var nested, top, modules []*resource
	var add func(r *resource)
	add = func(r *resource) {
		for _, c := range r.nested {
			add(c)
		}
		nested = append(nested, r.nested...)
	}
	for _, r := range m.resources {
		switch {
		case r.module != nil:
			modules = append(modules, r)
		case r.outer == nil:
			add(r)
			top = append(top, r)
		}
	}
	m.resources = append(append(nested, top...), modules...)
}
