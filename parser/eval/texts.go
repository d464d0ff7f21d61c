package eval

import (
	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

// join puts texts together, within the budget.
func joined(vs ...value.Value) value.Value {
	n := 0
	for _, v := range vs {
		for _, p := range v.Parts() {
			n += len(p.Literal)
		}
	}
	if n > maxText {
		return limit("a text of more than 4 MB")
	}
	return value.Join(vs...)
}

func isScalar(v value.Value) bool {
	switch v.Kind {
	case value.String, value.Text, value.Int, value.Bool, value.Float:
		return true
	case value.Unknown:
		t := v.Symbol().Type
		return t != value.TypeArray && t != value.TypeObject
	}
	return false
}

// concat joins arrays, or texts.
func concat(c *call) value.Value {
	arrays, scalars := 0, 0
	for _, a := range c.args {
		switch s := a.Symbol(); {
		case a.Kind == value.Array, s != nil && s.Type == value.TypeArray:
			arrays++
		case s != nil && s.Type == value.TypeAny:
		case a.IsNull():
			scalars++
		case isScalar(a):
			scalars++
		default:
			return failf("concat() joins texts or arrays, not %s", kindName(a))
		}
	}
	switch {
	case arrays > 0 && scalars > 0:
		return failf("concat() cannot join an array and a text")
	case arrays > 0:
		return concatArrays(c)
	case scalars == 0:
		return c.derived()
	}
	v := joined(c.args...)
	return v
}

func concatArrays(c *call) value.Value {
	var out []value.Value
	var open *value.Symbol
	for _, a := range c.args {
		if a.Kind != value.Array {
			open = a.Why()
			continue
		}
		if open == nil { // behind an unknown part no index is known
			if !c.x.in.u.room(len(out) + a.Array().Len()) {
				return limit("an array of too many elements")
			}
			out = append(out, a.Array().All()...)
		}
		if a.Array().Open != nil {
			open = a.Array().Open
		}
	}
	return value.OfOpenArray(out, open)
}

// format is .NET's composite format; unknown arguments leave holes.
func format(c *call) value.Value {
	layout, ok := c.args[0].Str()
	if !ok {
		if !c.args[0].IsKnown() {
			return c.derived()
		}
		return failf("format() takes a string, not %s", kindName(c.args[0]))
	}
	pieces, err := armfn.FormatPieces(layout)
	if err != nil {
		return c.failed(err)
	}
	parts := make([]value.Value, 0, len(pieces))
	for _, p := range pieces {
		if p.Arg < 0 {
			parts = append(parts, value.OfString(p.Literal))
			continue
		}
		if p.Arg+1 >= len(c.args) {
			return failf("format() has no argument {%d}", p.Arg)
		}
		parts = append(parts, c.piece(p, c.args[p.Arg+1]))
	}
	for _, p := range parts {
		if _, failed := p.Err(); failed {
			return p
		}
	}
	return joined(parts...)
}

// piece formats one argument.
func (c *call) piece(p armfn.Piece, v value.Value) value.Value {
	if !v.IsKnown() && v.Kind != value.Text {
		if p.Align != 0 || p.Spec != "" {
			return value.Derived("format", value.TypeString, value.OfString(p.Spec), v)
		}
		return v
	}
	if v.Kind == value.Text || v.Kind == value.String && p.Align == 0 {
		if p.Align != 0 {
			return value.Derived("format", value.TypeString, value.OfInt(int64(p.Align)), v)
		}
		return v
	}
	arg := armfn.FormatArg{}
	switch v.Kind {
	case value.Int:
		arg.Int, _ = v.Int()
		arg.IsInt = true
	case value.String:
		arg.Text, _ = v.Str()
	case value.Bool:
		b, _ := v.Bool()
		arg.Text = value.BoolText(b)
	case value.Float:
		arg.Text = v.Number()
	case value.Array, value.Object:
		text, ok := compact(v, '\'')
		if !ok {
			return value.Derived("format", value.TypeString, v.With(deepFlags(v)))
		}
		arg.Text = text
		v.Flags |= deepFlags(v)
	}
	layout := "{0"
	if p.Align != 0 {
		layout += "," + value.OfInt(int64(p.Align)).Number()
	}
	if p.Spec != "" {
		layout += ":" + p.Spec
	}
	return c.ofString(armfn.Format(layout+"}", []armfn.FormatArg{arg})).With(v.Flags & value.Secure)
}

func toString(c *call) value.Value {
	v := c.args[0]
	switch v.Kind {
	case value.String, value.Text:
		return v
	case value.Int, value.Float, value.Bool:
		return value.Join(v)
	case value.Null:
		return c.failed(armfn.ErrUnknown)
	case value.Unknown:
		if v.Symbol().Type == value.TypeString {
			return v
		}
		return c.derived()
	}
	text, ok := compact(v, '"')
	if len(text) > maxText {
		return limit("a text of more than 4 MB")
	}
	if !ok {
		return c.derived().With(deepFlags(v))
	}
	return c.ofString(text, nil).With(deepFlags(v))
}

// deepFlags collects the flags of a value and its members.
func deepFlags(v value.Value) value.Flags {
	var f value.Flags
	visit(v, func(v value.Value) bool {
		f |= v.Flags
		return true
	})
	return f
}

func join(c *call) value.Value {
	a := c.args[0].Array()
	if a == nil {
		if !c.args[0].IsKnown() {
			return c.derived()
		}
		return failf("join() takes an array, not %s", kindName(c.args[0]))
	}
	if a.Open != nil {
		return c.derived()
	}
	if c.args[1].IsKnown() && c.args[1].Kind != value.String {
		return failf("join() takes a string as delimiter, not %s", kindName(c.args[1]))
	}
	var parts []value.Value
	for i := range a.Len() {
		if i > 0 {
			parts = append(parts, c.args[1])
		}
		e := a.At(i)
		if _, failed := e.Err(); failed {
			return e
		}
		if e.Kind == value.Choice {
			return c.derived()
		}
		if !isScalar(e) {
			return failf("join() joins texts, not %s", kindName(e))
		}
		parts = append(parts, e)
	}
	return joined(parts...)
}
