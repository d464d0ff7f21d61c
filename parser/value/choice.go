package value

import "slices"

// MaxAlternatives is how many alternatives a choice may have. What would have
// more becomes a symbol.
const MaxAlternatives = 16

// Literal is one condition of an alternative: the symbol Of has the value Is,
// or has not.
type Literal struct {
	Of  *Symbol
	Is  Value
	Not bool
}

// contradicts tells whether l and m cannot both hold.
func (l Literal) contradicts(m Literal) bool {
	if l.Of.Key != m.Of.Key {
		return false
	}
	same := Equal(l.Is, m.Is)
	if l.Not != m.Not {
		return same == Yes
	}
	if l.Not { // two values that it has not: a bool has one of them
		return same == No && l.Is.Kind == Bool && m.Is.Kind == Bool
	}
	return same == No
}

// Condition is what must hold for an alternative: all of its literals.
type Condition []Literal

// And joins two conditions. It is false if they contradict each other.
func (c Condition) And(d Condition) (Condition, bool) {
	if len(d) == 0 {
		return c, true
	}
	if len(c) == 0 {
		return d, true
	}
	out := slices.Clone(c)
	for _, l := range d {
		known := false
		for _, k := range c {
			if k.contradicts(l) {
				return nil, false
			}
			known = known || k.Of.Key == l.Of.Key && k.Not == l.Not && Equal(k.Is, l.Is) == Yes
		}
		if !known {
			out = append(out, l)
		}
	}
	return out, true
}

// Alternative is one value of a choice and the condition for it. An offered
// alternative is only allowed by the declaration of a parameter; nothing in
// the template chooses it.
type Alternative struct {
	Value   Value
	When    Condition
	Offered bool
}

type choice struct{ alts []Alternative }

// Alternatives returns what v may be: the alternatives of a choice, else v
// itself without a condition.
func (v Value) Alternatives() []Alternative {
	if c, ok := v.ref.(*choice); ok {
		return c.alternatives(v.Flags)
	}
	return []Alternative{{Value: v}}
}

// alternatives are those of a choice with the flags.
//
//go:noinline // Alternatives stands in a hundred places
func (c *choice) alternatives(of Flags) []Alternative {
	if of&Secure == 0 {
		return c.alts
	}
	alts := slices.Clone(c.alts) // each as secure as the choice
	for i := range alts {
		alts[i].Value.Flags |= Secure
	}
	return alts
}

// Choose returns the value that is one of the alternatives, which it keeps.
// Nested choices are flattened and contradictory alternatives dropped;
// alternatives that are equal become one if they are all there is.
func Choose(alts []Alternative) Value {
	alts = flat(alts)
	if len(alts) == 0 {
		return Fail("no alternative of the value is possible")
	}
	first := alts[0].Value
	same := true
	var flags Flags
	for i := range alts {
		flags |= alts[i].Value.Flags & (Secure | Runtime)
		same = same && (i == 0 || Equal(first, alts[i].Value) == Yes)
	}
	if same {
		return first.With(flags & Secure)
	}
	if len(alts) > MaxAlternatives {
		return tooMany(alts)
	}
	return Value{Kind: Choice, Flags: flags, ref: &choice{alts}}
}

// flat puts the alternatives of nested choices in the place of those.
func flat(alts []Alternative) []Alternative {
	if !slices.ContainsFunc(alts, func(a Alternative) bool { return a.Value.Kind == Choice }) {
		return alts
	}
	out := make([]Alternative, 0, 2*len(alts))
	for _, a := range alts {
		for _, b := range a.Value.Alternatives() {
			if when, ok := a.When.And(b.When); ok {
				out = append(out, Alternative{b.Value, when, a.Offered || b.Offered})
			}
		}
	}
	return out
}

func tooMany(flat []Alternative) Value {
	why := &Symbol{Reason: ReasonLimit, Key: "limit:alternatives", Text: "more than 16 alternatives"}
	if len(flat[0].When) > 0 {
		of := flat[0].When[0].Of
		why = &Symbol{Reason: of.Reason, Key: "choice of " + of.Key, Text: of.Text}
	}
	v := OfSymbol(why)
	for _, a := range flat {
		v.Flags |= a.Value.Flags & Secure
	}
	return v
}

// Lift applies f to each feasible combination of the alternatives of args.
func Lift(args []Value, f func([]Value) Value) Value {
	if !hasChoice(args) {
		return f(args)
	}
	combos := []combination{{vals: args}}
	for i, arg := range args {
		if arg.Kind != Choice {
			continue
		}
		if combos = split(combos, i, arg.Alternatives()); len(combos) > MaxAlternatives {
			return Derived("", TypeAny, args...)
		}
	}
	alts := make([]Alternative, len(combos))
	for i, c := range combos {
		alts[i] = Alternative{f(c.vals), c.when, c.offered}
	}
	return Choose(alts)
}

// LiftOne is [Lift] for one argument.
func LiftOne(v Value, f func(Value) Value) Value {
	if v.Kind != Choice {
		return f(v)
	}
	alts := slices.Clone(v.Alternatives())
	for i := range alts {
		alts[i].Value = f(alts[i].Value)
	}
	return Choose(alts)
}

// LiftTwo is [Lift] for two arguments.
func LiftTwo(v, w Value, f func(v, w Value) Value) Value {
	if v.Kind != Choice && w.Kind != Choice {
		return f(v, w)
	}
	return Lift([]Value{v, w}, func(vs []Value) Value { return f(vs[0], vs[1]) })
}

func hasChoice(vs []Value) bool {
	for i := range vs {
		if vs[i].Kind == Choice {
			return true
		}
	}
	return false
}

// combination is one way to settle the choices among the arguments.
type combination struct {
	vals    []Value
	when    Condition
	offered bool
}

// split settles the choice that argument i is, in each feasible way; more than
// MaxAlternatives are not told apart.
func split(combos []combination, i int, alts []Alternative) []combination {
	most := min(len(combos)*len(alts), MaxAlternatives+1)
	out := make([]combination, 0, most)
	var vals []Value // of all combinations
	if n := len(combos); n > 0 {
		vals = make([]Value, 0, most*len(combos[0].vals))
	}
	for _, c := range combos {
		for _, a := range alts {
			when, ok := c.when.And(a.When)
			if !ok {
				continue
			}
			if len(out) == most {
				return out
			}
			start := len(vals)
			vals = append(vals, c.vals...)
			vals[start+i] = a.Value
			out = append(out, combination{vals[start:len(vals):len(vals)], when, c.offered || a.Offered})
		}
	}
	return out
}
