package eval

import (
	"strings"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// parameter computes the value of p: the argument, else the default, else a
// symbol.
func (in *Instance) parameter(p *template.Parameter) value.Value {
	v := in.argumentOf(p)
	if p.Secure {
		v.Flags |= value.Secure
	}
	return v
}

func (in *Instance) argumentOf(p *template.Parameter) value.Value {
	if isArtifactsLocation(p.Name) && !in.hasArgument(p.Name) {
		return in.place("parameters('" + p.Name + "')")
	}
	a, ok := in.argument(p.Name)
	if !ok {
		if in.argsWhy.Kind == value.Unknown {
			return value.Derived("parameter "+p.Name, typeOf(p.Type), in.argsWhy)
		}
		return in.defaultOf(p)
	}
	if r := in.u.recorder; r != nil && r.way {
		in.u.record(Stop{Kind: "argument", Name: p.Name, At: a.written()})
		return in.orDefault(p, a.eval(in.u))
	}
	v := a.eval(in.u)
	in.u.record(Stop{Kind: "argument", Name: p.Name, At: v.At})
	return in.orDefault(p, v)
}

// orDefault puts the default of p where the argument is null, which Azure
// takes for an argument that was not given.
func (in *Instance) orDefault(p *template.Parameter, v value.Value) value.Value {
	switch v.Kind {
	case value.Null, value.Missing:
		return in.defaultOf(p)
	case value.Choice:
		alts := append([]value.Alternative(nil), v.Alternatives()...)
		for i := range alts {
			alts[i].Value = in.orDefault(p, alts[i].Value)
		}
		return value.Choose(alts)
	case value.Unknown:
		s := v.Symbol()
		if p.Default == nil || s.NotNull || s.Reason == value.ReasonError {
			return v
		}
		null := value.Literal{Of: s, Is: value.Nil}
		given := null
		given.Not = true
		return value.Choose([]value.Alternative{
			{Value: notNull(v, p), When: value.Condition{given}},
			{Value: in.defaultOf(p), When: value.Condition{null}},
		})
	}
	return v
}

// notNull is the symbol v, known not to be null and of p's type.
func notNull(v value.Value, p *template.Parameter) value.Value {
	s := *v.Symbol()
	s.NotNull = true
	if s.Type == value.TypeAny {
		s.Type = typeOf(p.Type)
	}
	w := value.OfSymbol(&s)
	w.Flags |= v.Flags
	return w.WithSpan(v.At)
}

// Waits tells whether a parameter of the template has neither a value nor a
// default.
func (in *Instance) Waits() bool {
	for _, p := range in.Template.Parameters {
		_, settled := in.u.cfg.Unknown[value.Fold(p.Name)]
		if p.Default == nil && !p.Nullable && !settled && !in.hasArgument(p.Name) {
			return true
		}
	}
	return false
}

func (in *Instance) hasArgument(name string) bool {
	_, ok := in.argument(name)
	return ok
}

func (in *Instance) argument(name string) (argument, bool) {
	for i := len(in.args) - 1; i >= 0; i-- { // the last one wins
		if value.FoldEqual(in.args[i].name, name) {
			return in.args[i], true
		}
	}
	if in.argsTree != nil {
		return in.argumentTree(name)
	}
	return argument{}, false
}

func (a *argument) eval(u *unit) value.Value {
	switch {
	case a.secret:
		return value.OfSymbol(&value.Symbol{
			Reason: value.ReasonSecret, Type: value.TypeString, NotNull: true, Secret: true,
			Key: "secret:" + a.why + a.name, Text: "a Key Vault secret",
		}).WithSpan(a.at)
	case a.tree == nil:
		return a.value
	case a.data:
		return u.data(a.tree).With(value.Supplied)
	}
	return a.env.Eval(a.tree)
}

// written is the place of the value that is given.
func (a *argument) written() value.Span {
	switch {
	case a.secret:
		return a.at
	case a.tree == nil:
		return a.value.At
	}
	return spanOf(a.tree)
}

// defaultOf is the value of p when no argument is given.
func (in *Instance) defaultOf(p *template.Parameter) value.Value {
	if p.Default != nil {
		in.u.record(Stop{Kind: "default", Name: p.Name, At: spanOf(p.Default)})
		return Env{in: in, site: p.Name}.Eval(p.Default).With(value.Default)
	}
	if p.Nullable {
		return value.Nil.With(value.Default)
	}
	if v, ok := in.u.cfg.Unknown[value.Fold(p.Name)]; ok && in.Parent == nil {
		return v.With(value.Supplied)
	}
	s := &value.Symbol{
		Reason: value.ReasonParameter, Type: typeOf(p.Type), NotNull: true, Secret: p.Secure,
		Key: in.key + "parameters('" + value.Fold(p.Name) + "')", Text: "parameters('" + p.Name + "')",
	}
	if !p.Secure && s.Type != value.TypeArray {
		if v, ok := in.offered(p, s); ok {
			return v
		}
	}
	return value.OfSymbol(s)
}

// offered returns the choice between the allowed values of p.
func (in *Instance) offered(p *template.Parameter, s *value.Symbol) (value.Value, bool) {
	if p.Allowed == nil || p.Allowed.Kind() != template.Array {
		return value.None, false
	}
	if n := p.Allowed.Len(); n == 0 || n > value.MaxAlternatives {
		return value.None, false
	}
	var alts []value.Alternative
	p.Allowed.Elements(func(t template.Tree) bool {
		v := in.u.data(t)
		alts = append(alts, value.Alternative{Value: v, When: value.Condition{{Of: s, Is: v}}, Offered: true})
		return true
	})
	return value.Choose(alts), true
}

func typeOf(name string) value.Type {
	switch strings.ToLower(name) {
	case "string", "securestring":
		return value.TypeString
	case "int":
		return value.TypeInt
	case "bool":
		return value.TypeBool
	case "array":
		return value.TypeArray
	case "object", "secureobject":
		return value.TypeObject
	}
	return value.TypeAny
}

// isArtifactsLocation recognises the parameter by which quickstart templates
// find the files beside them: its default points to wherever the template
// was published, but what is analysed stands in the tree.
func isArtifactsLocation(name string) bool { return value.FoldEqual(name, "_artifactsLocation") }
