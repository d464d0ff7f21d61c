package rules

import (
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// basis visits the symbols that a value is made from, by whatever functions:
// parameters, what is known of the place, time. What is read from a resource
// is visited too, and then what the id of that resource is made from. Each
// symbol is visited once.
type basis struct {
	yield func(*value.Symbol)
	seen  map[*value.Symbol]bool
	left  int // so many values may be looked at
}

// maxBasis is how many values the search for the basis of one looks at.
const maxBasis = 5000

// eachBasis calls yield for each symbol that v is made from. It is false if v
// is too large to be searched.
func eachBasis(v value.Value, yield func(*value.Symbol)) bool {
	b := basis{yield, map[*value.Symbol]bool{}, maxBasis}
	b.value(v)
	return b.left > 0
}

// madeFrom tells whether f recognises a symbol that v is made from, and
// returns it.
func madeFrom(v value.Value, f func(*value.Symbol) bool) (found *value.Symbol) {
	eachBasis(v, func(s *value.Symbol) {
		if found == nil && f(s) {
			found = s
		}
	})
	return found
}

func (b *basis) value(v value.Value) {
	if b.left--; b.left <= 0 {
		return
	}
	switch v.Kind {
	case value.Choice:
		for _, alt := range v.Alternatives() {
			b.value(alt.Value)
			for _, l := range alt.When {
				b.symbol(l.Of)
			}
		}
	case value.Array:
		a := v.Array()
		b.symbol(a.Open)
		for i := 0; i < a.Len() && b.left > 0; i++ {
			b.value(a.At(i))
		}
	case value.Object:
		o := v.Object()
		b.symbol(o.Open)
		for i := 0; i < o.Len() && b.left > 0; i++ {
			b.value(o.At(i))
		}
	default:
		for _, p := range v.Parts() {
			b.symbol(p.Hole)
		}
	}
}

func (b *basis) symbol(s *value.Symbol) {
	if s == nil || b.seen[s] {
		return
	}
	b.seen[s] = true
	ref, runtime := s.Target.(*eval.Reference)
	if runtime || len(s.Args) == 0 {
		b.yield(s)
	}
	if runtime {
		b.value(ref.ID)
	}
	for _, arg := range s.Args {
		b.value(arg)
	}
}
