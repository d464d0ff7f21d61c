package bicep

import "github.com/rolecall/rolecall/parser/bicep/syntax"

// symbolic tells whether the template of the model has symbolic names: the
// older form cannot say everything.
func (p *Program) symbolic(m *model) bool {
	c := p.config(m.path)
	if p.force || c.features["symbolicNameCodegen"] || c.features["resourceInfoCodegen"] || c.features["moduleExtensionConfigs"] ||
		c.features["testFramework"] || len(m.asserts) > 0 {
		return true
	}
	for _, s := range m.file.Statements {
		if m.needsSymbols(s) {
			return true
		}
	}
	for _, o := range m.outputs {
		if m.secure(o.Decorators, o.Type) {
			return true
		}
	}
	for _, r := range m.resources {
		if p.resourceNeedsSymbols(r) {
			return true
		}
	}
	return m.usesCollections()
}

// languageVersion is that of a template with symbolic names.
func (p *Program) languageVersion(m *model) string {
	c := p.config(m.path)
	if c.features["moduleExtensionConfigs"] {
		return "2.2-experimental"
	}
	for _, name := range [...]string{"assertions", "testFramework", "waitUntil", "patch", "userDefinedConstraints", "localDeploy"} {
		if c.features[name] {
			return "2.1-experimental"
		}
	}
	for _, r := range m.resources {
		if decorator(r.decl.Decorated(), "nullIfNotFound") != nil {
			return "2.1-experimental"
		}
	}
	if m.usesThis() {
		return "2.1-experimental"
	}
	return "2.0"
}

// usesThis tells whether a resource asks for what it replaces.
func (m *model) usesThis() bool {
	found := false
	for _, r := range m.resources {
		if r.body == nil {
			continue
		}
		syntax.Inspect(r.body, func(x syntax.Expr) bool {
			v, ok := x.(*syntax.Variable)
			found = found || ok && v.Name == "this" && m.uses[v] == nil
			return !found
		})
	}
	return found
}

func (m *model) needsSymbols(s syntax.Statement) bool {
	switch s := s.(type) {
	case *syntax.TypeDecl, *syntax.Func, *syntax.Import, *syntax.Extension:
		return true
	case *syntax.Var:
		return s.Type != nil
	case *syntax.Param:
		return rich(s.Type)
	case *syntax.Output:
		return rich(s.Type)
	}
	return false
}

// rich tells whether a type says more than the old kinds of parameter.
func rich(t syntax.Type) bool {
	switch t.(type) {
	case nil, *syntax.TypeName, *syntax.TypeResource:
		return false
	}
	return true
}

func builtinSpace(t syntax.Type) bool {
	n, ok := t.(*syntax.TypeName)
	return ok && n.Base == nil && (n.Name == "sys" || n.Name == "az")
}

func (p *Program) resourceNeedsSymbols(r *resource) bool {
	if r.module != nil {
		return r.prop("name") == nil || p.moduleNeedsSymbols(r)
	}
	if r.existing && r.prop("dependsOn") != nil || !r.azure() {
		return true
	}
	for _, name := range [...]string{"onlyIfNotExists", "retryOn", "nullIfNotFound", "waitUntil", "patch"} {
		if decorator(r.decl.Decorated(), name) != nil {
			return true
		}
	}
	return false
}

func (p *Program) moduleNeedsSymbols(r *resource) bool {
	for name := range p.outputTypes(r) {
		if p.secureOutput(r, name) {
			return true
		}
	}
	return false
}

// usesCollections tells whether a loop's resources are used as one value, or
// this is used.
func (m *model) usesCollections() bool {
	found := false
	for _, s := range m.file.Statements {
		for _, x := range expressions(s) {
			m.collections(x, &found)
		}
	}
	return found
}

func (m *model) collections(x syntax.Expr, found *bool) {
	syntax.Inspect(x, func(x syntax.Expr) bool {
		switch x := x.(type) {
		case *syntax.Object:
			for _, i := range x.Items {
				if k, ok := plainKey(i); ok && k == "dependsOn" {
					continue
				}
				m.collections(i.Value, found)
			}
			for _, c := range x.Children {
				m.collections(c.Body, found)
			}
			return false
		case *syntax.Call:
			return x.Name.Text != "nameof"
		case *syntax.Index:
			if _, ok := m.refer(x); ok {
				m.collections(x.Index, found)
				return false
			}
		case *syntax.Variable:
			s := m.uses[x]
			if s != nil && s.res != nil && s.res.loop != nil || s == nil && x.Name == "this" {
				*found = true
			}
		}
		return !*found
	})
}

func plainKey(i *syntax.Item) (string, bool) {
	if i.Key == nil {
		return "", false
	}
	return syntax.Plain(i.Key)
}

// expressions are the expressions of a statement.
func expressions(s syntax.Statement) []syntax.Expr {
	switch s := s.(type) {
	case *syntax.Param:
		return []syntax.Expr{s.Value}
	case *syntax.Var:
		return []syntax.Expr{s.Value}
	case *syntax.Output:
		return []syntax.Expr{s.Value}
	case *syntax.Resource:
		return []syntax.Expr{s.Body}
	case *syntax.Module:
		return []syntax.Expr{s.Body}
	}
	return nil
}
