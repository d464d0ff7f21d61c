package value

import "slices"

// Lazy computes the members of a container on first use.
type Lazy interface {
	// Force returns the value of member i, and whether that stays its value.
	Force(i int) (v Value, stays bool)
	// Circular returns the value of a member that is asked for while it is
	// computed.
	Circular() Value
}

type state uint8

const (
	waiting state = iota
	running
	done
)

// cells are the members of a container, each computed at most once.
type cells struct {
	vals   []Value // nil while few are known
	few    map[int]Value
	states []state
	lazy   Lazy
	room   [8]state // for the states of a small container
}

// large is from how many members on a container may be known in part: each copy
// of a loop asks for one element of a list that is made anew for each trace.
const large = 64

// compute makes c the cells of n members that l computes.
func (c *cells) compute(n int, l Lazy) {
	c.lazy = l
	if n < large {
		c.vals = make([]Value, n)
	}
	if n <= len(c.room) {
		c.states = c.room[:n]
	} else {
		c.states = make([]state, n)
	}
}

func (c *cells) len() int {
	if c.states != nil {
		return len(c.states)
	}
	return len(c.vals)
}

func (c *cells) value(i int) Value {
	if c.states == nil || c.states[i] == done {
		return c.known(i)
	}
	if c.states[i] == running {
		return c.lazy.Circular()
	}
	c.states[i] = running
	v, stays := c.lazy.Force(i)
	if stays {
		c.keep(i, v)
	} else {
		c.states[i] = waiting
	}
	return v
}

func (c *cells) known(i int) Value {
	if c.vals == nil {
		return c.few[i]
	}
	return c.vals[i]
}

func (c *cells) keep(i int, v Value) {
	c.states[i] = done
	if c.vals != nil {
		c.vals[i] = v
		return
	}
	if c.few == nil {
		c.few = map[int]Value{}
	}
	c.few[i] = v
	if len(c.few) > len(c.states)/16 {
		c.spread()
	}
}

// spread makes room for all members.
func (c *cells) spread() {
	if c.vals != nil {
		return
	}
	c.vals = make([]Value, len(c.states))
	for i, v := range c.few {
		c.vals[i] = v
	}
	c.few = nil
}

// all computes all members.
func (c *cells) all() []Value {
	if c.states != nil {
		c.spread()
	}
	for i := range c.vals {
		c.value(i)
	}
	return c.vals
}

// ArrayValue is an array. If Open is not nil further elements are possible,
// and Open says why they are not known.
type ArrayValue struct {
	cells
	Open *Symbol
}

// Len is the number of known elements.
func (a *ArrayValue) Len() int { return a.len() }

// At returns element i, computing it if need be.
func (a *ArrayValue) At(i int) Value { return a.value(i) }

// All returns the known elements.
func (a *ArrayValue) All() []Value { return a.all() }

// OfArray returns an array of the elements.
func OfArray(elements []Value) Value {
	return Value{Kind: Array, ref: &ArrayValue{cells: cells{vals: elements}}}
}

// OfOpenArray returns an array that has the elements and may have more.
func OfOpenArray(elements []Value, why *Symbol) Value {
	return Value{Kind: Array, ref: &ArrayValue{cells: cells{vals: elements}, Open: why}}
}

// LazyArray returns an array of n elements that l computes.
func LazyArray(n int, l Lazy) Value {
	a := &ArrayValue{}
	a.compute(n, l)
	return Value{Kind: Array, ref: a}
}

// Array returns the array of a value of kind Array, else nil.
func (v Value) Array() *ArrayValue {
	a, _ := v.ref.(*ArrayValue)
	return a
}

// Member is the name of an object's member, and where it is written.
type Member struct {
	Name   string
	At     Span
	Secure bool // a secret took part in the name; it is never printed
}

// Unnamed is a member whose name is not known, or only in part.
type Unnamed struct {
	Name Value
	At   Span
}

// ObjectValue is an object, its members in the order they were written. If
// Open is not nil further members are possible, and Open says why they are
// not known. Members of which only the name is not known are listed as
// Unnamed; an object that has some is open.
type ObjectValue struct {
	cells   // of the names, then of the unnamed
	Names   []Member
	Unnamed []Unnamed
	Open    *Symbol

	// Repeated are the places of members that a later one of the same name
	// replaces.
	Repeated []Member
}

// Len is the number of known members.
func (o *ObjectValue) Len() int { return len(o.Names) }

// At returns the value of member i, computing it if need be.
func (o *ObjectValue) At(i int) Value { return o.value(i) }

// Closed tells whether the object surely has no members but those that are
// known and those that are Unnamed.
func (o *ObjectValue) Closed() bool {
	if o.Open == nil {
		return true
	}
	for _, u := range o.Unnamed {
		if why := u.Name.Why(); why != nil && why.Key == o.Open.Key {
			return true
		}
	}
	return false
}

// UnnamedAt returns the value of unnamed member i, computing it if need be.
func (o *ObjectValue) UnnamedAt(i int) Value { return o.value(len(o.Names) + i) }

// Index returns the place of the member called name: the exact spelling, else
// the first that differs in case only; -1 if there is none.
func (o *ObjectValue) Index(name string) int {
	found := -1
	for i := range o.Names {
		if len(o.Names[i].Name) != len(name) {
			continue
		}
		if o.Names[i].Name == name {
			return i
		}
		if found < 0 && FoldEqual(o.Names[i].Name, name) {
			found = i
		}
	}
	return found
}

// Get returns the value of the member called name, Missing if there is none.
func (o *ObjectValue) Get(name string) Value {
	if o == nil {
		return None
	}
	if i := o.Index(name); i >= 0 {
		return o.value(i)
	}
	return None
}

// OfOpenObject returns an object that has the members and may have more.
func OfOpenObject(names []Member, values []Value, why *Symbol) Value {
	return Value{Kind: Object, ref: &ObjectValue{Names: names, cells: cells{vals: values}, Open: why}}
}

// LazyObject returns an object whose members l computes: those with a name,
// then those without.
func LazyObject(names []Member, unnamed []Unnamed, open *Symbol, l Lazy) Value {
	o := &ObjectValue{Names: names, Unnamed: unnamed, Open: open}
	o.compute(len(names)+len(unnamed), l)
	return Value{Kind: Object, ref: o}
}

// WithMembers returns an object like o with other values for its members,
// those without a name last.
func (o *ObjectValue) WithMembers(values []Value) Value {
	return Value{Kind: Object, ref: &ObjectValue{Names: o.Names, Unnamed: o.Unnamed, Open: o.Open, cells: cells{vals: values}}}
}

// Values returns the values of all members, those without a name last.
func (o *ObjectValue) Values() []Value { return o.all() }

// Object returns the object of a value of kind Object, else nil.
func (v Value) Object() *ObjectValue {
	o, _ := v.ref.(*ObjectValue)
	return o
}

// Get returns the member of an object at a path of names; Missing if v is no
// object or a member is missing. It does not look through choices.
func (v Value) Get(path ...string) Value {
	for _, name := range path {
		o := v.Object()
		if o == nil {
			return None
		}
		v = o.Get(name).With(v.Flags & Secure)
	}
	return v
}

// Spread returns v with its members as secure as v itself: what takes the
// members of a container out of it must not lose the taint.
func (v Value) Spread() Value {
	if v.Flags&Secure == 0 {
		return v
	}
	var w Value
	if a := v.Array(); a != nil {
		w = OfOpenArray(tainted(a.All()), a.Open)
	} else if o := v.Object(); o != nil {
		w = o.WithMembers(tainted(o.Values()))
	} else {
		return v
	}
	w.Flags, w.At = v.Flags, v.At
	return w
}

func tainted(vs []Value) []Value {
	out := make([]Value, len(vs))
	for i := range vs {
		out[i] = vs[i].With(Secure)
	}
	return out
}

// Builder collects the members of an object. Setting a name again replaces
// its value and keeps the first spelling and place. Names that differ in case
// only are the same name, unless Exact is set.
type Builder struct {
	Exact  bool
	names  []Member
	values []Value
	index  map[string]int // lower-case names, once there are many
	Open   *Symbol

	unnamed []Unnamed
	others  []Value
}

// SetUnnamed adds a member whose name is not known.
func (b *Builder) SetUnnamed(u Unnamed, v Value) {
	b.unnamed = append(b.unnamed, u)
	b.others = append(b.others, v)
	if why := u.Name.Why(); b.Open == nil && why != nil {
		b.Open = why
	}
}

// Set gives the member name a value.
func (b *Builder) Set(m Member, v Value) {
	if i := b.find(m.Name); i >= 0 {
		b.values[i] = v
		b.names[i].Secure = b.names[i].Secure || m.Secure
		return
	}
	b.names = append(b.names, m)
	b.values = append(b.values, v)
	if b.index != nil {
		b.index[b.key(m.Name)] = len(b.names) - 1
	}
}

// Get returns the value that the member has so far.
func (b *Builder) Get(name string) Value {
	if i := b.find(name); i >= 0 {
		return b.values[i]
	}
	return None
}

func (b *Builder) find(name string) int {
	if b.index == nil && len(b.names) >= 16 {
		b.index = make(map[string]int, 2*len(b.names))
		for i, m := range slices.Backward(b.names) {
			b.index[b.key(m.Name)] = i
		}
	}
	if b.index != nil {
		if i, ok := b.index[b.key(name)]; ok {
			return i
		}
		return -1
	}
	return slices.IndexFunc(b.names, func(m Member) bool {
		return m.Name == name || !b.Exact && FoldEqual(m.Name, name)
	})
}

func (b *Builder) key(name string) string {
	if b.Exact {
		return name
	}
	return Fold(name)
}

// Value returns the object.
func (b *Builder) Value() Value {
	o := ObjectValue{Names: b.names, Unnamed: b.unnamed, Open: b.Open}
	return o.WithMembers(append(b.values, b.others...))
}
