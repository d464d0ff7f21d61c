package eval

import "github.com/rolecall/rolecall/parser/value"

func distinct(c *call) value.Value {
	a := c.args[0].Array()
	if a == nil {
		return failf("distinct() takes an array, not %s", kindName(c.args[0]))
	}
	s := set{u: c.x.in.u}
	s.add(a.All())
	if a.Open != nil {
		return c.derived()
	}
	return s.result(c)
}

// set collects elements that differ from each other. Scalars are found by
// their text, anything else by comparing.
type set struct {
	u       *unit
	out     []value.Value
	scalars map[string]bool
	others  []value.Value // containers and what is not known
	unsure  bool
	full    bool
}

func (s *set) add(elements []value.Value) {
	for _, e := range elements {
		if s.unsure || s.full {
			return
		}
		if !s.u.charge(1 + len(s.others)) {
			s.full = true
			return
		}
		if !s.has(e) {
			s.out = append(s.out, e)
		}
	}
}

// has tells whether the set has an element like e, and takes e in.
func (s *set) has(e value.Value) bool {
	scalar := e.IsKnown() && e.Kind != value.Array && e.Kind != value.Object
	if scalar {
		key := value.Key(e)
		if s.scalars[key] {
			return true
		}
		if s.scalars == nil {
			s.scalars = map[string]bool{}
		}
		s.scalars[key] = true
	}
	for _, o := range s.others {
		switch value.Equal(o, e) {
		case value.Yes:
			return true
		case value.Maybe:
			s.unsure = true
		}
	}
	if !scalar {
		for _, o := range s.out {
			s.unsure = s.unsure || !e.IsKnown() && value.Equal(o, e) == value.Maybe
		}
		s.others = append(s.others, e)
	}
	return false
}

// result is the set as an array.
func (s *set) result(c *call) value.Value {
	switch {
	case s.full:
		return limit("too many elements to compare")
	case s.unsure:
		return c.derived()
	}
	return value.OfArray(s.out)
}

func union(c *call) value.Value {
	arrays, objects := 0, 0
	for _, a := range c.args {
		switch {
		case a.Kind == value.Array, a.Symbol() != nil && a.Symbol().Type == value.TypeArray:
			arrays++
		case a.Kind == value.Object, a.Symbol() != nil && a.Symbol().Type == value.TypeObject:
			objects++
		case a.IsNull(), a.Kind == value.Unknown:
		default:
			return failf("union() takes arrays or objects, not %s", kindName(a))
		}
	}
	switch {
	case arrays > 0 && objects > 0:
		return failf("union() cannot join an array and an object")
	case arrays > 0:
		return c.unionArrays()
	case objects > 0:
		return c.x.in.u.merge(c.args, true)
	}
	return c.derived()
}

func (c *call) unionArrays() value.Value {
	s := set{u: c.x.in.u}
	var open *value.Symbol
	for _, a := range c.args {
		if a.IsNull() {
			continue
		}
		if a.Kind != value.Array {
			open = a.Why()
			continue
		}
		if open == nil { // behind an unknown part no index is known
			s.add(a.Array().All())
			open = a.Array().Open
		}
	}
	v := s.result(c)
	if open != nil && v.Kind == value.Array {
		return value.OfOpenArray(s.out, open)
	}
	return v
}

func intersection(c *call) value.Value {
	if c.args[0].Kind == value.Object {
		return c.commonMembers()
	}
	first := c.args[0].Array()
	if first == nil {
		return failf("intersection() takes arrays or objects, not %s", kindName(c.args[0]))
	}
	var out []value.Value
	for _, e := range first.All() {
		if !c.x.in.u.charge(elementCount(c.args[1:])) {
			return limit("too many elements to compare")
		}
		in := value.Yes
		for _, other := range c.args[1:] {
			a := other.Array()
			if a == nil {
				return failf("intersection() cannot compare an array and %s", kindName(other))
			}
			if a.Open != nil {
				return c.derived()
			}
			in = both(in, anyEqual(a, e))
		}
		if in == value.Maybe {
			return c.derived()
		}
		if in == value.Yes {
			out = append(out, e)
		}
	}
	if first.Open != nil {
		return c.derived()
	}
	s := set{u: c.x.in.u}
	s.add(out)
	return s.result(c)
}

func elementCount(vs []value.Value) int {
	n := 1
	for _, v := range vs {
		if a := v.Array(); a != nil {
			n += a.Len()
		}
	}
	return n
}

func both(a, b value.Tri) value.Tri {
	if a == value.No || b == value.No {
		return value.No
	}
	if a == value.Yes && b == value.Yes {
		return value.Yes
	}
	return value.Maybe
}

func anyEqual(a *value.ArrayValue, e value.Value) value.Tri {
	answer := value.No
	for i := range a.Len() {
		switch value.Equal(a.At(i), e) {
		case value.Yes:
			return value.Yes
		case value.Maybe:
			answer = value.Maybe
		}
	}
	return answer
}
