package template

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
)

func (b *builder) resources(t Tree) {
	if t == nil {
		return
	}
	switch t.Kind() {
	case Object:
		b.t.Symbolic = true
		b.t.Resources = b.symbolic(t, nil)
	case Array:
		b.t.Resources = b.list(t, nil)
	case Null:
	default:
		b.unsupported("resources that are neither array nor object", t)
	}
}

func (b *builder) symbolic(t Tree, parent *Resource) []*Resource {
	all := make([]Resource, t.Len())
	out := make([]*Resource, 0, len(all))
	t.Members(func(key string, at token.Pos, v Tree) bool {
		if r := &all[len(out)]; b.resource(r, v, parent) {
			r.Symbol, r.At = expr.Unescape(key), at
			out = append(out, r)
		}
		return true
	})
	return out
}

func (b *builder) list(t Tree, parent *Resource) []*Resource {
	all := make([]Resource, t.Len())
	out := make([]*Resource, 0, len(all))
	t.Elements(func(v Tree) bool {
		if r := &all[len(out)]; b.resource(r, v, parent) {
			out = append(out, r)
		}
		return true
	})
	return out
}

// resource reads the resource in t to r; false if there is none.
func (b *builder) resource(r *Resource, t Tree, parent *Resource) bool {
	if t.Kind() != Object {
		if t.Kind() != Null {
			b.unsupported("a resource that is no object", t)
		}
		return false
	}
	start, _ := t.Span()
	*r = Resource{Tree: t, At: start, Parent: parent, Members: make([]Entry, 0, t.Len())}
	t.Members(func(key string, at token.Pos, v Tree) bool {
		b.member(r, key, at, v)
		return true
	})
	return true
}

func (b *builder) member(r *Resource, key string, at token.Pos, v Tree) {
	switch {
	case fold(key, "type"):
		r.Type = v
	case fold(key, "apiVersion"):
		r.APIVersion = v
	case fold(key, "name"):
		r.Name = v
	case fold(key, "scope"):
		r.Scope = v
	case fold(key, "condition"):
		r.Condition = v
	case fold(key, "properties"):
		r.Properties = v
	case fold(key, "dependsOn"):
		r.DependsOn = v
	case fold(key, "subscriptionId"):
		r.SubscriptionID = v
	case fold(key, "resourceGroup"):
		r.ResourceGroup = v
	case fold(key, "existing"):
		r.Existing = v.Kind() == True
	case fold(key, "import"), fold(key, "extension"):
		r.Import = b.foreign(text(v))
	case fold(key, "copy"):
		if r.Copy = NewCopy(v); r.Copy == nil && v.Kind() != Null {
			b.unsupported("a resource loop without count", v)
		}
	case fold(key, "resources"):
		b.children(r, v)
		return
	}
	r.Members = append(r.Members, Entry{key, at, v})
}

// foreign is the alias of an extension; "" if that is Azure itself.
func (b *builder) foreign(alias string) string {
	if fold(text(Path(b.t.Tree, "extensions", alias, "name")), "AzureResourceManager") {
		return ""
	}
	return alias
}

func (b *builder) children(r *Resource, t Tree) {
	switch t.Kind() {
	case Array:
		r.Children = b.list(t, r)
	case Object:
		r.Children = b.symbolic(t, r)
	case Null:
	default:
		b.unsupported("child resources that are neither array nor object", t)
	}
}
