package template

import (
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
)

func fold(a, b string) bool { return source.FoldEqual(a, b) }

// New reads the template in t.
func New(t Tree) *Template {
	b := builder{t: &Template{Tree: t}}
	if t == nil || t.Kind() != Object {
		b.unsupported("a template that is no object", t)
		return b.t
	}
	b.t.Level = LevelOf(text(Member(t, "$schema")))
	b.t.Generator = text(Path(t, "metadata", "_generator", "name"))
	b.t.Definitions = Member(t, "definitions")
	b.variables(Member(t, "variables"))
	b.functions(Member(t, "functions"))
	b.resources(Member(t, "resources"))
	b.outputs(Member(t, "outputs"))
	b.parameters(Member(t, "parameters"))
	return b.t
}

// LevelOf returns the scope that the $schema of a template is for.
func LevelOf(schema string) Level {
	schema = strings.TrimSuffix(schema, "#")
	switch name := schema[strings.LastIndexByte(schema, '/')+1:]; {
	case fold(name, "deploymentTemplate.json"):
		return ResourceGroupLevel
	case fold(name, "subscriptionDeploymentTemplate.json"):
		return SubscriptionLevel
	case fold(name, "managementGroupDeploymentTemplate.json"):
		return ManagementGroupLevel
	case fold(name, "tenantDeploymentTemplate.json"):
		return TenantLevel
	}
	return LevelUnknown
}

type builder struct{ t *Template }

func (b *builder) unsupported(name string, t Tree) {
	var at token.Pos
	if t != nil {
		at, _ = t.Span()
	}
	b.t.Unsupported = append(b.t.Unsupported, Construct{name, at})
}

// object tells whether t is an object to read members from; anything else
// that is not null is counted as not understood.
func (b *builder) object(t Tree, what string) bool {
	if t == nil || t.Kind() == Null {
		return false
	}
	if t.Kind() != Object {
		b.unsupported(what+" that are no object", t)
		return false
	}
	return true
}

func (b *builder) parameters(t Tree) {
	if !b.object(t, "parameters") {
		return
	}
	all := make([]Parameter, t.Len())
	b.t.Parameters = make([]*Parameter, 0, len(all))
	t.Members(func(key string, at token.Pos, v Tree) bool {
		p := &all[len(b.t.Parameters)]
		*p = Parameter{Name: expr.Unescape(key), At: at, Tree: v, Default: Member(v, "defaultValue")}
		b.typed(v, p, 0)
		b.t.Parameters = append(b.t.Parameters, p)
		return true
	})
}

// typed reads the members of a parameter that may stand in a definition,
// following $ref for what the parameter does not say itself.
func (b *builder) typed(t Tree, p *Parameter, depth int) {
	if p.Type == "" {
		p.Type = text(Member(t, "type"))
		p.Secure = isSecure(p.Type)
	}
	if p.Allowed == nil {
		p.Allowed = Member(t, "allowedValues")
	}
	if v := Member(t, "nullable"); v != nil && v.Kind() == True {
		p.Nullable = true
	}
	ref := Member(t, "$ref")
	if ref == nil || depth > 8 {
		return
	}
	name, ok := strings.CutPrefix(text(ref), "#/definitions/")
	if !ok {
		b.unsupported("a $ref that names no definition", ref)
		return
	}
	def := Member(b.t.Definitions, unescapePointer(name))
	if def == nil {
		b.unsupported("a $ref to a definition that does not exist", ref)
		return
	}
	b.typed(def, p, depth+1)
}

func isSecure(typ string) bool { return fold(typ, "secureString") || fold(typ, "secureObject") }

func unescapePointer(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
}

func (b *builder) variables(t Tree) {
	if !b.object(t, "variables") {
		return
	}
	b.t.Variables = make([]*Variable, 0, t.Len())
	t.Members(func(key string, at token.Pos, v Tree) bool {
		if fold(key, "copy") && v.Kind() == Array {
			v.Elements(func(e Tree) bool {
				if c := NewCopy(e); c != nil {
					pos, _ := e.Span()
					b.t.Variables = append(b.t.Variables, &Variable{Name: c.Name, At: pos, Copy: c})
				} else {
					b.unsupported("a variable loop without name, count or input", e)
				}
				return true
			})
			return true
		}
		b.t.Variables = append(b.t.Variables, &Variable{Name: expr.Unescape(key), At: at, Value: v})
		return true
	})
}

// NewCopy reads a loop; nil if t is no object with a count.
func NewCopy(t Tree) *Copy {
	if t == nil || t.Kind() != Object {
		return nil
	}
	count := Member(t, "count")
	if count == nil {
		return nil
	}
	return &Copy{
		Tree: t, Name: text(Member(t, "name")), Count: count, Input: Member(t, "input"),
		Mode: Member(t, "mode"), Batch: Member(t, "batchSize"),
	}
}

func (b *builder) functions(t Tree) {
	if t == nil || t.Kind() == Null {
		return
	}
	if t.Kind() != Array {
		b.unsupported("functions that are no array", t)
		return
	}
	t.Elements(func(ns Tree) bool {
		space := text(Member(ns, "namespace"))
		members := Member(ns, "members")
		if !b.object(members, "functions of a namespace") {
			return true
		}
		members.Members(func(key string, _ token.Pos, v Tree) bool {
			f := &Function{Name: space + "." + key, Tree: v, Output: Path(v, "output", "value")}
			if ps := Member(v, "parameters"); ps != nil {
				ps.Elements(func(p Tree) bool {
					f.Parameters = append(f.Parameters, text(Member(p, "name")))
					return true
				})
			}
			b.t.Functions = append(b.t.Functions, f)
			return true
		})
		return true
	})
}

func (b *builder) outputs(t Tree) {
	if !b.object(t, "outputs") {
		return
	}
	all := make([]Output, t.Len())
	b.t.Outputs = make([]*Output, 0, len(all))
	t.Members(func(key string, at token.Pos, v Tree) bool {
		o := &all[len(b.t.Outputs)]
		*o = Output{
			Name: expr.Unescape(key), At: at, Tree: v, Type: text(Member(v, "type")),
			Value: Member(v, "value"), Condition: Member(v, "condition"), Copy: NewCopy(Member(v, "copy")),
		}
		o.Secure = isSecure(o.Type)
		b.t.Outputs = append(b.t.Outputs, o)
		return true
	})
}
