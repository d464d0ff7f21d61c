package template

import "go/token"

// Argument is a value given for a parameter, by a parameter file or by the
// deployment that uses a template.
type Argument struct {
	Name       string
	At         token.Pos
	Value      Tree // nil if the value is not in the document
	Expression bool // Value is template language, not data
	Secret     bool // a Key Vault reference
	Tree       Tree
	Home       Tree // the document with the functions and variables of an Expression; nil: those of the template
}

// ParameterFile is the content of a parameter file. One that comes from Bicep
// may have functions and variables of its own.
type ParameterFile struct {
	Arguments   []Argument
	Unsupported []Construct
}

// NewParameterFile reads a parameter file: with $schema and a parameters
// member, or the bare object {name: {value}} or {name: value}.
func NewParameterFile(t Tree) *ParameterFile {
	f := &ParameterFile{}
	if t == nil || t.Kind() != Object {
		f.Unsupported = append(f.Unsupported, Construct{Name: "a parameter file that is no object"})
		return f
	}
	list := Member(t, "parameters")
	bare := list == nil
	if bare {
		list = t
	}
	var home Tree
	if !bare && (Member(t, "functions") != nil || Member(t, "variables") != nil) {
		home = t
	}
	if list.Kind() != Object {
		at, _ := list.Span()
		f.Unsupported = append(f.Unsupported, Construct{"parameters that are no object", at})
		return f
	}
	list.Members(func(key string, at token.Pos, v Tree) bool {
		if bare && (fold(key, "$schema") || fold(key, "contentVersion")) {
			return true
		}
		a, ok := NewArgument(key, at, v)
		if !ok && bare {
			a.Value, ok = v, true
		}
		if !ok {
			start, _ := v.Span()
			f.Unsupported = append(f.Unsupported, Construct{"a parameter without value or reference", start})
		}
		a.Home = home
		f.Arguments = append(f.Arguments, a)
		return true
	})
	return f
}

// NewArgument reads {value}, {reference} or {expression}.
func NewArgument(name string, at token.Pos, t Tree) (Argument, bool) {
	a := Argument{Name: name, At: at, Tree: t, Value: Member(t, "value")}
	if e := Member(t, "expression"); e != nil {
		a.Value, a.Expression = e, true
	}
	a.Secret = Member(t, "reference") != nil
	return a, a.Value != nil || a.Secret
}
