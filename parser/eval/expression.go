package eval

import (
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// evaluator evaluates the nodes of one expression.
type evaluator struct {
	Env
	src template.Parsed // where the expression stands; nil: at
	at  value.Span
}

// span is the place of a node.
func (x *evaluator) span(n *expr.Node) value.Span {
	if x.src == nil {
		return x.at
	}
	return value.Span{Start: int32(x.src.Offset(n.Start)), End: int32(x.src.Offset(n.End))}
}

func (x *evaluator) eval(n *expr.Node) value.Value {
	u := x.in.u
	if u.steps++; u.steps > maxSteps {
		return limit("the evaluation takes too many steps")
	}
	switch n.Kind {
	case expr.String:
		return x.literal(value.OfString(n.Text), n)
	case expr.Int:
		return x.literal(value.OfInt(n.Int), n)
	case expr.Bool:
		return value.OfBool(n.Int != 0)
	case expr.Null:
		return value.Nil
	case expr.Call:
		return x.call(n)
	case expr.Property, expr.Index:
		return x.selection(n)
	case expr.Array:
		return value.OfArray(x.all(n.Args))
	case expr.Object:
		return createObject(&call{x: *x, node: n, args: x.all(n.Args)})
	}
	return value.Fail("an expression that is not understood")
}

// literal gives a literal its place, which only alternatives and recorded
// origins need.
func (x *evaluator) literal(v value.Value, n *expr.Node) value.Value {
	if x.in.u.recorder != nil {
		x.in.u.record(Stop{Kind: "literal", Name: n.Text, At: x.span(n)})
	}
	return v
}

func (x *evaluator) all(nodes []*expr.Node) []value.Value {
	if len(nodes) == 0 {
		return nil
	}
	out := make([]value.Value, len(nodes))
	for i, n := range nodes {
		out[i] = x.eval(n)
	}
	return out
}

// selection is base.name or base[index].
func (x *evaluator) selection(n *expr.Node) value.Value {
	stops := x.in.u.stops()
	base := x.eval(n.Args[0])
	key := value.OfString(n.Text)
	if n.Kind == expr.Index {
		key = x.eval(n.Args[1])
	}
	v := x.member(base, key)
	x.in.u.narrow(stops, v.At)
	return v
}

// member returns base.key or base[key].
func (x *evaluator) member(base, key value.Value) value.Value {
	if base.Kind == value.Choice || key.Kind == value.Choice {
		return value.LiftTwo(base, key, x.member)
	}
	v := x.access(base, key)
	v.Flags |= (base.Flags | key.Flags) &^ value.NoAccess
	return keepSecret(v)
}

func (x *evaluator) access(base, key value.Value) value.Value {
	if _, failed := base.Err(); failed {
		return base
	}
	if _, failed := key.Err(); failed {
		return key
	}
	switch base.Kind {
	case value.Object:
		return accessObject(base, key)
	case value.Array:
		return accessArray(base, key)
	case value.Unknown:
		return x.accessSymbol(base, key)
	case value.Null, value.Missing:
		return failf("null has no member %s", value.Show(key))
	}
	return failf("%s has no members", kindName(base))
}

func accessObject(base, key value.Value) value.Value {
	o := base.Object()
	if !key.IsKnown() {
		return accessUnknownKey(base, key)
	}
	name, ok := key.Str()
	if !ok {
		return failf("an object has no member %s: names are strings", value.Show(key))
	}
	if i := o.Index(name); i >= 0 {
		return o.At(i)
	}
	if o.Open != nil {
		return value.Derived("member", value.TypeAny, base, key)
	}
	return failf("the object has no member '%s'", name)
}

// accessUnknownKey returns any of a few members, each under the condition
// that the key is its name. Only what is given from outside chooses.
func accessUnknownKey(base, key value.Value) value.Value {
	o, s := base.Object(), key.Symbol()
	if s == nil || o.Open != nil || o.Len() == 0 || o.Len() > value.MaxAlternatives {
		return value.Derived("member", value.TypeAny, base, key)
	}
	alts := make([]value.Alternative, o.Len())
	for i, m := range o.Names {
		alts[i] = value.Alternative{
			Value: o.At(i), When: value.Condition{{Of: s, Is: value.OfString(m.Name)}}, Offered: true,
		}
	}
	return value.Choose(alts)
}

func accessArray(base, key value.Value) value.Value {
	a := base.Array()
	if !key.IsKnown() {
		return value.Derived("element", elementType(a), base, key)
	}
	i, ok := key.Int()
	switch {
	case !ok:
		return failf("an array has no element %s: indexes are integers", value.Show(key))
	case i >= 0 && i < int64(a.Len()):
		return a.At(int(i))
	case i >= 0 && a.Open != nil:
		return value.Derived("element", value.TypeAny, base, key)
	}
	return failf("the array of %d elements has no element %d", a.Len(), i)
}

// elementType is the type that all known elements of a closed array have.
func elementType(a *value.ArrayValue) value.Type {
	if a.Open != nil || a.Len() == 0 || a.Len() > 64 {
		return value.TypeAny
	}
	t := typeOfValue(a.At(0))
	for i := range a.Len() {
		if typeOfValue(a.At(i)) != t {
			return value.TypeAny
		}
	}
	return t
}

func (x *evaluator) accessSymbol(base, key value.Value) value.Value {
	s := base.Symbol()
	if name, ok := key.Str(); ok {
		if ref, ok := s.Target.(*Reference); ok {
			return x.accessReference(base, ref, name)
		}
		return memberOf(s, name)
	}
	v := value.Derived("element", value.TypeAny, base, key)
	if s.Op == "split" {
		pieceOf(s, v)
	}
	return v
}

// pieceOf gives the symbol v, a piece of the split text s, its type: between
// slashes it is one segment.
func pieceOf(s *value.Symbol, v value.Value) {
	t := v.Symbol()
	t.Type, t.NotNull = value.TypeString, true
	if d, ok := s.Args[len(s.Args)-1].Str(); ok && d == "/" {
		t.Segment = true
	}
}

// memberOf is the unknown member of an unknown object.
func memberOf(s *value.Symbol, name string) value.Value {
	t := &value.Symbol{
		Reason: s.Reason, Secret: s.Secret, Key: s.Key + "." + value.Fold(name), Text: s.Text + "." + name,
		Op: value.OpMember, Args: []value.Value{value.OfSymbol(s), value.OfString(name)},
	}
	if s.Reason == value.ReasonMetadata || s.Reason == value.ReasonRole {
		t.NotNull = true
	}
	return value.OfSymbol(t)
}

// kindName tells what a value is, with its article: "an int".
func kindName(v value.Value) string {
	return [...]string{"null", "null", "a bool", "an int", "a number", "a string", "a string", "an array", "an object", "a value", "a value"}[v.Kind]
}

func typeOfValue(v value.Value) value.Type {
	switch v.Kind {
	case value.String, value.Text:
		return value.TypeString
	case value.Int:
		return value.TypeInt
	case value.Bool:
		return value.TypeBool
	case value.Array:
		return value.TypeArray
	case value.Object:
		return value.TypeObject
	case value.Unknown:
		return v.Symbol().Type
	}
	return value.TypeAny
}
