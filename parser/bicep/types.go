package bicep

import (
	"iter"
	"slices"
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

// typed writes the members that say what a parameter, an output or a type may
// hold.
func (e *emitter) typed(n *Node, m *model, t syntax.Type, dec []*syntax.Decorator) {
	if t != nil {
		e.typeMembers(n, m, t)
	}
	c := &conv{e: e, m: m}
	at := place{n.start, n.end}
	if decorator(dec, "secure") != nil {
		secure(n, at)
	}
	for _, name := range [...]string{"minLength", "maxLength", "minValue", "maxValue"} {
		if d := decorator(dec, name); d != nil && len(d.Args) == 1 {
			n.add(name, c.tree(d.Args[0]))
		}
	}
	if d := decorator(dec, "allowed"); d != nil && len(d.Args) == 1 {
		n.add("allowedValues", c.tree(d.Args[0]))
	}
	if decorator(dec, "sealed") != nil {
		n.add("additionalProperties", at.bool(false))
	}
	e.described(n, c, dec, at)
}

// described writes metadata: what @metadata says and the description.
func (e *emitter) described(n *Node, c *conv, dec []*syntax.Decorator, at place) {
	meta := at.object()
	if d := decorator(dec, "metadata"); d != nil && len(d.Args) == 1 {
		if o, ok := c.tree(d.Args[0]).(*Node); ok {
			meta.members = append(meta.members, o.members...)
		}
	}
	if d := decorator(dec, "description"); d != nil && len(d.Args) == 1 {
		meta.add("description", c.tree(d.Args[0]))
	}
	if decorator(dec, "export") != nil {
		meta.add("__bicep_export!", at.bool(true))
	}
	e.addNonEmpty(n, "metadata", meta)
}

// secure turns a type into its secret form.
func secure(n *Node, at place) {
	for i, m := range n.members {
		if m.key != "type" {
			continue
		}
		if m.value.Text() == "object" {
			n.members[i].value = at.str("secureObject")
		} else {
			n.members[i].value = at.str("securestring")
		}
		return
	}
	if n.get("$ref") == nil {
		n.add("type", at.str("secureObject"))
	}
}

// typeMembers writes the members that a type alone decides.
func (e *emitter) typeMembers(n *Node, m *model, t syntax.Type) {
	leave := e.enter()
	defer leave()
	at := m.place(t)
	switch t := t.(type) {
	case *syntax.TypeName:
		e.typeName(n, m, t, at)
	case *syntax.TypeLiteral:
		e.union(n, m, []syntax.Type{t}, at)
	case *syntax.TypeUnion:
		e.union(n, m, t.Members, at)
	case *syntax.TypeNullable:
		e.typeMembers(n, m, t.X)
		n.add("nullable", at.bool(!t.Never))
	case *syntax.TypeArray:
		e.arrayType(n, m, t.Item, at)
	case *syntax.TypeTuple:
		n.add("type", at.str("array"))
		items := at.array()
		for _, f := range t.Items {
			i := m.place(f).object()
			e.typed(i, m, f.Type, f.Decorators)
			items.members = append(items.members, member{value: i})
		}
		n.add("prefixItems", items)
		n.add("items", at.bool(false))
	case *syntax.TypeObject:
		e.objectType(n, m, t, at)
	case *syntax.TypeItem:
		if p, ok := e.pointer(m, t); ok {
			n.add("$ref", at.str(p))
		}
	case *syntax.TypeResource:
		if t.Kind == "resource" {
			n.add("type", at.str("string"))
			meta := at.object()
			meta.add("resourceType", at.str(t.Of.Parts[0]))
			n.add("metadata", meta)
			return
		}
		n.add("type", at.str("object"))
	}
}

// isPrimitive tells whether Bicep and ARM call a type by this name.
func isPrimitive(name string) bool {
	switch name {
	case "string", "int", "bool", "object", "array":
		return true
	}
	return false
}

func (e *emitter) typeName(n *Node, m *model, t *syntax.TypeName, at place) {
	declared := t.Base == nil && m.globals[t.Name] != nil && m.globals[t.Name].kind != symParam
	if isPrimitive(t.Name) && !declared && (t.Base == nil || builtinSpace(t.Base)) {
		n.add("type", at.str(t.Name))
		return
	}
	if t.Name == "any" && !declared {
		return
	}
	if p, ok := e.pointer(m, t); ok {
		n.add("$ref", at.str(p))
	}
}

// pointer is the JSON pointer to the definition that a type names.
func (e *emitter) pointer(m *model, t syntax.Type) (string, bool) {
	switch t := t.(type) {
	case *syntax.TypeName:
		if t.Base == nil {
			if s := m.globals[t.Name]; s != nil {
				name := e.links.typeName(s)
				return "#/definitions/" + pointerToken(name), name != ""
			}
			return "", false
		}
		if b, ok := t.Base.(*syntax.TypeName); ok && b.Base == nil {
			if s := m.globals[b.Name]; s != nil && s.kind == symSpace {
				name := e.links.spaceType(s, t.Name)
				return "#/definitions/" + pointerToken(name), name != ""
			}
		}
		p, ok := e.pointer(m, t.Base)
		return p + "/properties/" + pointerToken(t.Name), ok
	case *syntax.TypeItem:
		p, ok := e.pointer(m, t.Base)
		switch t.Index {
		case syntax.AnyElement:
			return p + "/items", ok
		case syntax.AnyProperty:
			return p + "/additionalProperties", ok
		}
		return p + "/prefixItems/" + itoa(t.Index), ok
	}
	return "", false
}

func (e *emitter) arrayType(n *Node, m *model, item syntax.Type, at place) {
	n.add("type", at.str("array"))
	i := m.place(item).object()
	e.typeMembers(i, m, item)
	if a := i.get("allowedValues"); a != nil && i.get("nullable") == nil {
		n.add("allowedValues", a)
		return
	}
	if len(i.members) > 0 {
		n.add("items", i)
	}
}

func (e *emitter) objectType(n *Node, m *model, t *syntax.TypeObject, at place) {
	n.add("type", at.str("object"))
	props := at.object()
	var rest *Node
	for _, f := range t.Fields {
		v := m.place(f).object()
		e.typed(v, m, f.Type, f.Decorators)
		if f.Rest {
			rest = v
			continue
		}
		props.addAt(f.Name.Text, m.place(f.Name), v)
	}
	n.add("properties", props)
	if rest != nil {
		n.add("additionalProperties", rest)
	}
}

// union writes a union of literals as allowed values; one of objects is an
// object of which no more is said.
func (e *emitter) union(n *Node, m *model, members []syntax.Type, at place) {
	allowed := at.array()
	kind := ""
	nullable := false
	for m, t := range m.unionMembers(members, 0) {
		if x, ok := t.(*syntax.TypeNullable); ok && !x.Never { // it binds to the last member
			nullable, t = true, x.X
		}
		l, ok := t.(*syntax.TypeLiteral)
		if !ok {
			kind = "object"
			if _, array := t.(*syntax.TypeArray); array {
				kind = "array"
			}
			if name, is := t.(*syntax.TypeName); is {
				kind = e.kindOf(m, name, 0)
			}
			allowed.members = nil
			break
		}
		v := (&conv{e: e, m: m}).tree(l.Value)
		switch v.Kind() {
		case template.Null:
			nullable = true
			continue
		case template.Number:
			kind = "int"
		case template.True, template.False:
			kind = "bool"
		default:
			kind = "string"
		}
		allowed.members = append(allowed.members, member{value: v})
	}
	if kind != "" {
		n.add("type", at.str(kind))
	}
	values := allowed.members
	sort.SliceStable(values, func(i, j int) bool { return compareLiterals(values[i].value, values[j].value) < 0 })
	allowed.members = slices.CompactFunc(values, func(a, b member) bool {
		return a.value.Kind() == b.value.Kind() && a.value.Text() == b.value.Text()
	})
	if nullable {
		n.add("nullable", at.bool(true))
	}
	e.addNonEmpty(n, "allowedValues", allowed)
}

// unionMembers are the members of a union, each with the file that it stands in.
// A declared type that is a union or a literal itself has its members there.
func (m *model) unionMembers(members []syntax.Type, depth int) iter.Seq2[*model, syntax.Type] {
	return func(yield func(*model, syntax.Type) bool) {
		for _, t := range members {
			in, inner := m.unionOf(t)
			if inner == nil || depth > 16 {
				if !yield(m, t) {
					return
				}
				continue
			}
			for in, t := range in.unionMembers(inner, depth+1) {
				if !yield(in, t) {
					return
				}
			}
		}
	}
}

// unionOf is what a name of a declared union or literal stands for; nil if t is
// anything else.
func (m *model) unionOf(t syntax.Type) (*model, []syntax.Type) {
	name, ok := t.(*syntax.TypeName)
	if !ok || name.Base != nil || m.globals[name.Name] == nil {
		return nil, nil
	}
	s := m.p.resolve(m.globals[name.Name])
	if s == nil {
		return nil, nil
	}
	if d, ok := s.decl.(*syntax.TypeDecl); ok {
		switch v := d.Value.(type) {
		case *syntax.TypeUnion:
			return s.m, v.Members
		case *syntax.TypeLiteral:
			return s.m, []syntax.Type{v}
		}
	}
	return nil, nil
}

// compareLiterals is the order in which the compiler writes the literals of a
// union.
func compareLiterals(a, b template.Tree) int {
	if a.Kind() == template.Number && b.Kind() == template.Number && len(a.Text()) != len(b.Text()) {
		return len(a.Text()) - len(b.Text())
	}
	return strings.Compare(a.Text(), b.Text())
}

// kindOf is the kind of value of a declared type.
func (e *emitter) kindOf(m *model, t *syntax.TypeName, depth int) string {
	if s := m.globals[t.Name]; s != nil && depth < 8 {
		s = e.p.resolve(s)
		if s == nil {
			return "object"
		}
		if d, ok := s.decl.(*syntax.TypeDecl); ok {
			n := &Node{}
			switch v := d.Value.(type) {
			case *syntax.TypeName:
				return e.kindOf(s.m, v, depth+1)
			case *syntax.TypeUnion:
				if name, ok := v.Members[0].(*syntax.TypeName); ok {
					return e.kindOf(s.m, name, depth+1)
				}
			}
			e.typeMembers(n, s.m, d.Value)
			if k := n.get("type"); k != nil {
				return k.Text()
			}
		}
		return "object"
	}
	if isPrimitive(t.Name) {
		return t.Name
	}
	return "object"
}

// secure tells whether a parameter or an output holds a secret.
func (m *model) secure(dec []*syntax.Decorator, t syntax.Type) bool {
	return m.secureType(dec, t, 0)
}

func (m *model) secureType(dec []*syntax.Decorator, t syntax.Type, depth int) bool {
	if decorator(dec, "secure") != nil {
		return true
	}
	switch t := t.(type) {
	case *syntax.TypeNullable:
		return m.secureType(nil, t.X, depth)
	case *syntax.TypeName:
		s := m.globals[t.Name]
		if t.Base != nil || s == nil || depth > 16 {
			return false
		}
		if s = m.p.resolve(s); s == nil {
			return false
		}
		if d, ok := s.decl.(*syntax.TypeDecl); ok {
			return s.m.secureType(d.Decorators, d.Value, depth+1)
		}
	}
	return false
}

// pointerToken is a name as a JSON pointer writes it.
func pointerToken(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}
