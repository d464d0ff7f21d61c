package eval

import (
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/eval/armfn"
	"github.com/rolecall/rolecall/parser/value"
)

func indexText(s, x string) int { return strings.Index(s, x) }

// createObject pairs names and values. A name that is not known opens the
// object.
func createObject(c *call) value.Value {
	if len(c.args)%2 != 0 {
		return failf("createObject() takes names and values in pairs, not %s", plural(len(c.args)))
	}
	var b value.Builder
	for i := 0; i < len(c.args); i += 2 {
		name, ok := c.args[i].Str()
		if !ok {
			if c.args[i].IsKnown() {
				return failf("createObject() takes strings as names, not %s", kindName(c.args[i]))
			}
			b.SetUnnamed(value.Unnamed{Name: c.args[i], At: c.args[i].At}, c.args[i+1])
			continue
		}
		at := value.Span{}
		if c.node != nil && i < len(c.node.Args) {
			at = c.x.span(c.node.Args[i])
		}
		v := c.args[i+1]
		if !v.At.IsValid() && c.node != nil && i+1 < len(c.node.Args) {
			v = v.WithSpan(c.x.span(c.node.Args[i+1]))
		}
		b.Set(value.Member{Name: name, At: at, Secure: isSecure(c.args[i])}, v)
	}
	return b.Value()
}

// merge merges objects, the later ones winning; deep merges members
// that are objects too. Behind an operand that is not known only the members
// of later operands are certain. A member is computed once it is asked for, so
// that what it comes from is told of it alone.
func (u *unit) merge(vs []value.Value, deep bool) value.Value {
	m := merged{u: u, deep: deep}
	for _, v := range vs {
		if v.IsNull() {
			continue
		}
		o := v.Spread().Object()
		if o == nil {
			m.reset(v.Why())
			continue
		}
		if !o.Closed() {
			m.reset(o.Open)
		}
		if !u.charge(o.Len()) {
			return limit("an object of too many members")
		}
		m.add(o)
	}
	m.shape = m.known.Value().Object()
	return value.LazyObject(m.shape.Names, m.shape.Unnamed, m.shape.Open, &m)
}

// merged computes the members of an object that several were merged to.
type merged struct {
	u     *unit
	deep  bool
	known value.Builder        // the members; only those without a name have their values
	from  map[string][]operand // of a member, by its name in lower case
	shape *value.ObjectValue
}

// operand is member i of an object that takes part in a merge, and why what
// was before it may have further members.
type operand struct {
	o    *value.ObjectValue
	i    int
	open *value.Symbol
}

// reset forgets what was merged so far, which is not certain any more.
func (m *merged) reset(open *value.Symbol) {
	m.known, m.from = value.Builder{Open: open}, nil
}

func (m *merged) add(o *value.ObjectValue) {
	if m.from == nil {
		m.from = make(map[string][]operand, o.Len())
	}
	for i, name := range o.Names {
		key := value.Fold(name.Name)
		m.from[key] = append(m.from[key], operand{o, i, m.known.Open})
		m.known.Set(name, value.None)
	}
	for i, unnamed := range o.Unnamed {
		m.known.SetUnnamed(unnamed, o.UnnamedAt(i))
	}
}

// Force computes member i, those without a name last.
func (m *merged) Force(i int) (v value.Value, stays bool) {
	if i >= m.shape.Len() {
		return m.shape.UnnamedAt(i - m.shape.Len()), true
	}
	cycles := m.u.cycles
	for _, next := range m.from[value.Fold(m.shape.Names[i].Name)] {
		v = m.over(v, next)
	}
	return v, !m.u.spoilt(cycles)
}

// Circular implements [value.Lazy].
func (m *merged) Circular() value.Value { return m.u.cycle("the value refers to itself") }

// over returns what a member is once the next operand was merged over it.
func (m *merged) over(old value.Value, next operand) value.Value {
	v := next.o.At(next.i)
	switch {
	case !m.deep || v.Kind != value.Object:
	case old.Kind == value.Object:
		return m.u.merge([]value.Value{old, v}, true)
	case next.open != nil && old.Kind == value.Missing:
		open := *v.Spread().Object()
		open.Open = next.open
		return open.WithMembers(open.Values()).With(v.Flags).WithSpan(v.At)
	}
	return v
}

func shallowMerge(c *call) value.Value {
	a := c.args[0].Array()
	if a == nil {
		if !c.args[0].IsKnown() {
			return c.derived()
		}
		return failf("shallowMerge() takes an array of objects, not %s", kindName(c.args[0]))
	}
	for i := range a.Len() {
		if e := a.At(i); e.Kind != value.Object && e.Kind != value.Unknown && e.Kind != value.Choice {
			return failf("shallowMerge() takes an array of objects; element %d is %s", i, kindName(e))
		}
	}
	elements := append([]value.Value(nil), a.All()...)
	if a.Open != nil {
		elements = append(elements, value.OfSymbol(a.Open))
	}
	return value.Lift(elements, func(vs []value.Value) value.Value { return c.x.in.u.merge(vs, false) })
}

func (c *call) commonMembers() value.Value {
	first := c.args[0].Object()
	var b value.Builder
	for i, m := range first.Names {
		in := value.Yes
		for _, other := range c.args[1:] {
			o := other.Object()
			if o == nil {
				return failf("intersection() cannot compare an object and %s", kindName(other))
			}
			if o.Open != nil {
				return c.derived()
			}
			j := o.Index(m.Name)
			if j < 0 {
				in = value.No
				continue
			}
			in = both(in, value.Equal(first.At(i), o.At(j)))
		}
		if in == value.Maybe {
			return c.derived()
		}
		if in == value.Yes {
			b.Set(m, first.At(i))
		}
	}
	if first.Open != nil {
		return c.derived()
	}
	return b.Value()
}

// sortedMembers returns the places of the members in the order of items().
func sortedMembers(o *value.ObjectValue) []int {
	order := make([]int, o.Len())
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		return armfn.CompareKeys(o.Names[order[i]].Name, o.Names[order[j]].Name) < 0
	})
	return order
}

func items(c *call) value.Value {
	o := c.args[0].Object()
	if o == nil {
		return failf("items() takes an object, not %s", kindName(c.args[0]))
	}
	if o.Open != nil { // a member that is not known may come first
		return c.derived()
	}
	var out []value.Value
	for _, i := range sortedMembers(o) {
		var b value.Builder
		b.Set(value.Member{Name: "key", At: o.Names[i].At}, nameOf(o.Names[i]))
		b.Set(value.Member{Name: "value", At: o.Names[i].At}, o.At(i))
		out = append(out, b.Value())
	}
	return value.OfArray(out)
}

func objectKeys(c *call) value.Value {
	o := c.args[0].Object()
	if o == nil {
		return failf("objectKeys() takes an object, not %s", kindName(c.args[0]))
	}
	if o.Open != nil {
		return c.derived()
	}
	var out []value.Value
	for _, i := range sortedMembers(o) {
		out = append(out, nameOf(o.Names[i]))
	}
	return value.OfArray(out)
}

// nameOf is the name of a member as a value.
func nameOf(m value.Member) value.Value {
	v := value.OfString(m.Name).WithSpan(m.At)
	if m.Secure {
		v.Flags |= value.Secure
	}
	return v
}

func isSecure(v value.Value) bool { return v.Flags&value.Secure != 0 }

// tryGet walks names and indexes; what is absent is null, and null ends the
// walk.
func tryGet(c *call) value.Value {
	v := c.args[0]
	for _, key := range c.args[1:] {
		taint := v.Flags & value.Secure
		v = value.LiftTwo(v, key, c.tryStep).With(taint)
		if _, failed := v.Err(); failed || v.IsNull() {
			return v
		}
	}
	return v
}

func (c *call) tryStep(v, key value.Value) value.Value {
	if n, fromEnd, ok := endKey(key); ok {
		if a := v.Array(); fromEnd && a != nil && a.Open == nil {
			if n < 1 || n > int64(a.Len()) {
				return value.Nil
			}
			return a.At(a.Len() - int(n))
		}
		key = value.OfInt(n)
	}
	switch v.Kind {
	case value.Null, value.Missing:
		return value.Nil
	case value.Object:
		return c.tryMember(v, key)
	case value.Array:
		return c.tryElement(v, key)
	case value.Unknown:
		return c.trySymbol(v, key)
	}
	return failf("%s has no members", kindName(v))
}

// endKey reads {value: n, fromEnd: true}.
func endKey(key value.Value) (n int64, fromEnd, ok bool) {
	o := key.Object()
	if o == nil {
		return 0, false, false
	}
	n, ok = o.Get("value").Int()
	fromEnd, _ = o.Get("fromEnd").Bool()
	return n, fromEnd, ok
}

func (c *call) tryMember(v, key value.Value) value.Value {
	if !key.IsKnown() {
		if lacks(v.Object(), key) {
			return value.Nil
		}
		return value.Derived("tryget", value.TypeAny, v, key)
	}
	name, ok := key.Str()
	if !ok {
		return failf("an object has no member %s: names are strings", value.Show(key))
	}
	o := v.Object()
	if i := o.Index(name); i >= 0 {
		return o.At(i)
	}
	if o.Open != nil {
		return value.Derived("tryget", value.TypeAny, v, key)
	}
	return value.Nil
}

// lacks tells whether an object surely has no member of a name that is not
// known, or known but for some holes.
func lacks(o *value.ObjectValue, name value.Value) bool {
	if o.Open != nil || len(o.Unnamed) > 0 {
		return false
	}
	before, behind := value.Fold(name.Prefix()), value.Fold(name.Suffix())
	for _, m := range o.Names {
		n := value.Fold(m.Name)
		if len(n) >= len(before)+len(behind) && strings.HasPrefix(n, before) && strings.HasSuffix(n, behind) {
			return false
		}
	}
	return true
}

func (c *call) tryElement(v, key value.Value) value.Value {
	a := v.Array()
	if !key.IsKnown() {
		if a.Len() == 0 && a.Open == nil {
			return value.Nil
		}
		return value.Derived("tryget", value.TypeAny, v, key)
	}
	i, ok := key.Int()
	switch {
	case !ok:
		return failf("an array has no element %s: indexes are integers", value.Show(key))
	case i >= 0 && i < int64(a.Len()):
		return a.At(int(i))
	case a.Open != nil:
		return value.Derived("tryget", value.TypeAny, v, key)
	}
	return value.Nil
}

// trySymbol is the member of something unknown: the same symbol as an access
// without try, but possibly null.
func (c *call) trySymbol(v, key value.Value) value.Value {
	if _, failed := v.Err(); failed {
		return v
	}
	w := c.x.accessSymbol(v, key)
	if s := w.Symbol(); s != nil && s.NotNull && s.Target == nil {
		t := *s
		t.NotNull = false
		return value.OfSymbol(&t).With(w.Flags)
	}
	return w
}
