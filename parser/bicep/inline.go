package bicep

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// inlines tells whether a variable cannot be one in the template, because it
// needs what is known only when Azure deploys. Its value then stands wherever
// it is used.
func (e *emitter) inlines(s *symbol) bool {
	const visiting, no, yes = 1, 2, 3
	switch s.m.inlined[s] {
	case visiting, no:
		return false
	case yes:
		return true
	}
	s.m.inlined[s] = visiting
	out := e.runtime(s.m, s.value)
	s.m.inlined[s] = no
	if out {
		s.m.inlined[s] = yes
	}
	return out
}

// runtime tells whether an expression needs what is known only when Azure
// deploys.
func (e *emitter) runtime(m *model, x syntax.Expr) bool {
	found := false
	syntax.Inspect(x, func(x syntax.Expr) bool {
		if found {
			return false
		}
		switch x := x.(type) {
		case *syntax.Variable:
			s := m.uses[x]
			found = s != nil && (s.res != nil || s.kind == symVar && e.inlines(s))
		case *syntax.Nested:
			found = true
		case *syntax.Call:
			if x.Name.Text == "nameof" {
				return false
			}
			found = runtimeCall(m, x)
		case *syntax.Property:
			if r, ok := m.refer(x.Base); ok {
				found = !e.constant(r, x.Name.Text) || e.runtime(m, r.index)
				return false
			}
		case *syntax.Index:
			if name, ok := syntax.Plain(x.Index); ok {
				if r, ok := m.refer(x.Base); ok {
					found = !e.constant(r, name) || e.runtime(m, r.index)
					return false
				}
			}
		}
		return !found
	})
	return found
}

// constant tells whether a property of a resource is known before the
// deployment.
func (e *emitter) constant(r ref, name string) bool {
	switch name {
	case "type", "apiVersion":
		return r.res.module == nil
	case "id":
		return r.res.module == nil && !e.dropped(r.res)
	case "name":
		return !e.dropped(r.res)
	}
	return false
}

func runtimeCall(m *model, x *syntax.Call) bool {
	if v, ok := x.Base.(*syntax.Variable); ok && m.uses[v] == nil && v.Name == "this" {
		return true
	}
	if x.Base != nil {
		if _, ok := m.refer(x.Base); ok {
			return true
		}
	} else if m.globals[x.Name.Text] != nil {
		return false
	}
	switch name := x.Name.Text; name {
	case "reference", "toLogicalZone", "toLogicalZones", "toPhysicalZone", "toPhysicalZones", "externalInput":
		return true
	default:
		return strings.HasPrefix(name, "list")
	}
}

// dropped tells whether an existing resource has no place in the template,
// because its name or its scope are known only when Azure deploys.
func (e *emitter) dropped(r *resource) bool {
	if !r.existing || !r.azure() {
		return false
	}
	if v, ok := e.drops[r]; ok {
		return v
	}
	e.drops[r] = false
	out := r.parent != nil && r.parent.existing && e.dropped(r.parent)
	for _, name := range [...]string{"name", "scope"} {
		x := r.prop(name)
		if x == nil || out {
			continue
		}
		if t, ok := r.m.refer(x); ok && name == "scope" {
			out = t.res.existing && e.dropped(t.res)
			continue
		}
		out = e.runtime(r.m, x)
	}
	e.drops[r] = out
	return out
}
