package eval

import (
	"slices"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

func createArray(c *call) value.Value { return value.OfArray(slices.Clone(c.args)) }

func toArray(c *call) value.Value {
	v := c.args[0]
	if v.Kind == value.Array {
		return v
	}
	if s := v.Symbol(); s != nil && (s.Type == value.TypeArray || s.Type == value.TypeAny) {
		return c.derived()
	}
	return value.OfArray([]value.Value{v})
}

// length counts characters, elements or members.
func length(c *call) value.Value {
	switch v := c.args[0]; v.Kind {
	case value.String:
		s, _ := v.Str()
		return value.OfInt(int64(armfn.UTF16Len(s)))
	case value.Array:
		if v.Array().Open == nil {
			return value.OfInt(int64(v.Array().Len()))
		}
		return c.derived()
	case value.Object:
		if v.Object().Open == nil {
			return value.OfInt(int64(v.Object().Len()))
		}
		return c.derived()
	case value.Text, value.Unknown:
		return c.derived()
	default:
		return failf("length() takes a string, an array or an object, not %s", kindName(v))
	}
}

func empty(c *call) value.Value {
	switch v := c.args[0]; v.Kind {
	case value.Null, value.Missing:
		return value.True
	case value.String:
		s, _ := v.Str()
		return value.OfBool(s == "")
	case value.Text:
		for _, p := range v.Parts() {
			if p.Literal != "" || p.Hole != nil && p.Hole.Segment {
				return value.False
			}
		}
		return c.derived()
	case value.Array:
		if v.Array().Len() > 0 || v.Array().Open == nil {
			return value.OfBool(v.Array().Len() == 0)
		}
		return c.derived()
	case value.Object:
		if o := v.Object(); o.Len()+len(o.Unnamed) > 0 || o.Open == nil {
			return value.OfBool(o.Len()+len(o.Unnamed) == 0)
		}
		return c.derived()
	case value.Unknown:
		if v.Symbol().Segment {
			return value.False
		}
		return c.derived()
	default:
		return failf("empty() takes a string, an array or an object, not %s", kindName(v))
	}
}

// firstLast is first() and last() of a text or an array.
func firstLast(c *call) value.Value {
	first := c.fn.name == "first"
	switch v := c.args[0]; v.Kind {
	case value.Null, value.Missing:
		return value.Nil
	case value.String:
		s, _ := v.Str()
		if s == "" {
			return c.failed(armfn.ErrUnknown)
		}
		if first {
			return value.OfString(armfn.FirstChar(s))
		}
		return value.OfString(armfn.LastChar(s))
	case value.Array:
		return c.end(v.Array(), first)
	case value.Text, value.Unknown:
		w := c.derived()
		if s := v.Symbol(); s != nil && s.Op == "split" {
			pieceOf(s, w)
		}
		return w
	default:
		return failf("%s() takes a string or an array, not %s", c.fn.name, kindName(v))
	}
}

func (c *call) end(a *value.ArrayValue, first bool) value.Value {
	switch {
	case a.Open != nil && !first:
		return c.lastPiece(a)
	case a.Len() == 0 && a.Open == nil:
		return value.Nil
	case a.Len() == 0:
		return c.derived()
	case first:
		return a.At(0)
	}
	return a.At(a.Len() - 1)
}

// lastPiece is the last element of an array that is open because it is split
// from a text with holes: the text's end may be literal.
func (c *call) lastPiece(a *value.ArrayValue) value.Value {
	if a.Open.Op == "split" && len(a.Open.Args) == 1 {
		segments, _ := a.Open.Args[0].Segments()
		if last := segments[len(segments)-1]; last.Kind == value.String {
			return last
		}
		v := c.derived()
		v.Symbol().Segment, v.Symbol().Type = true, value.TypeString
		return v
	}
	return c.derived()
}

// indexOfValue is indexOf() and lastIndexOf(): in a text without looking at
// case, in an array by equality.
func indexOfValue(c *call) value.Value {
	last := c.fn.name == "lastindexof"
	if s, ok := c.args[0].Str(); ok {
		x, ok := c.args[1].Str()
		if !ok {
			return failf("%s() searches a text for a string, not %s", c.fn.name, kindName(c.args[1]))
		}
		if last {
			return value.OfInt(armfn.LastIndexOf(s, x))
		}
		return value.OfInt(armfn.IndexOf(s, x))
	}
	a := c.args[0].Array()
	if a == nil {
		return failf("%s() takes a string or an array, not %s", c.fn.name, kindName(c.args[0]))
	}
	found := int64(-1)
	for i := range a.Len() {
		switch value.Equal(a.At(i), c.args[1]) {
		case value.Maybe:
			return c.derived()
		case value.Yes:
			if found < 0 || last {
				found = int64(i)
			}
		}
	}
	if a.Open != nil && (found < 0 || last) {
		return c.derived()
	}
	return value.OfInt(found)
}

func contains(c *call) value.Value {
	box, x := c.args[0], c.args[1]
	switch box.Kind {
	case value.String, value.Text:
		return c.textContains(box, x)
	case value.Array:
		return c.arrayContains(box.Array(), x)
	case value.Object:
		return c.objectContains(box.Object(), x)
	case value.Unknown:
		return c.derived()
	}
	return failf("contains() takes a string, an array or an object, not %s", kindName(box))
}

func (c *call) textContains(box, x value.Value) value.Value {
	if !x.IsKnown() {
		return c.derived()
	}
	needle, ok := x.Str()
	if !ok {
		return failf("contains() searches a text for a string, not %s", kindName(x))
	}
	for _, p := range box.Parts() {
		if containsText(p.Literal, needle) {
			return value.True
		}
	}
	if box.Kind == value.String {
		return value.OfBool(needle == "")
	}
	return c.derived()
}

func containsText(s, needle string) bool {
	return needle != "" && len(s) >= len(needle) && indexText(s, needle) >= 0
}

func (c *call) arrayContains(a *value.ArrayValue, x value.Value) value.Value {
	answer := value.TriOf(a.Open == nil)
	unsure := a.Open != nil
	for i := range a.Len() {
		switch value.Equal(a.At(i), x) {
		case value.Yes:
			return value.True
		case value.Maybe:
			unsure = true
		}
	}
	if unsure || answer != value.Yes {
		return c.derived()
	}
	return value.False
}

func (c *call) objectContains(o *value.ObjectValue, x value.Value) value.Value {
	if !x.IsKnown() {
		if lacks(o, x) {
			return value.False
		}
		return c.derived()
	}
	name, ok := x.Str()
	if !ok {
		return failf("contains() searches an object for a name, not %s", kindName(x))
	}
	if o.Index(name) >= 0 {
		return value.True
	}
	if o.Open != nil {
		return c.derived()
	}
	return value.False
}

func flatten(c *call) value.Value {
	a := c.args[0].Array()
	if a == nil {
		if !c.args[0].IsKnown() {
			return c.derived()
		}
		return failf("flatten() takes an array of arrays, not %s", kindName(c.args[0]))
	}
	var out []value.Value
	var open *value.Symbol
	for i := range a.Len() {
		switch e := a.At(i); {
		case e.Kind == value.Array:
			if open == nil { // behind an unknown part no index is known
				if !c.x.in.u.room(len(out) + e.Array().Len()) {
					return limit("an array of too many elements")
				}
				out = append(out, e.Spread().Array().All()...)
			}
			if e.Array().Open != nil {
				open = e.Array().Open
			}
		case e.Kind == value.Unknown || e.Kind == value.Choice:
			if _, failed := e.Err(); failed {
				return e
			}
			open = e.Why()
			if open == nil {
				return c.derived()
			}
		default:
			return failf("flatten() takes an array of arrays; element %d is %s", i, kindName(e))
		}
	}
	if open == nil {
		open = a.Open
	}
	return value.OfOpenArray(out, open)
}

// indexFromEnd counts from the end: 1 is the last element.
func indexFromEnd(c *call) value.Value {
	a := c.args[0].Array()
	n, ok := c.args[1].Int()
	try := c.fn.name == "tryindexfromend"
	if try && c.args[0].IsNull() {
		return value.Nil
	}
	if a == nil || !ok {
		return failf("%s() takes an array and an int", c.fn.name)
	}
	if a.Open != nil {
		return c.derived()
	}
	if n < 1 || n > int64(a.Len()) {
		if try {
			return value.Nil
		}
		return failf("the array of %d elements has no element %d from the end", a.Len(), n)
	}
	return a.At(a.Len() - int(n))
}
