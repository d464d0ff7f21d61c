// Package abac reads the conditions of Azure role assignments, the language of
// attribute-based access control: which actions a condition speaks of, and
// what it compares.
//
// The language: https://learn.microsoft.com/azure/role-based-access-control/conditions-format
//
// What that page does not describe is not refused. It becomes an [Unknown], or
// an operator or attribute that is not known, so that nobody draws conclusions
// from it. A text may have holes, where a template puts in what is not known
// yet; see [Hole].
package abac

import (
	"iter"
	"strings"
)

// Hole stands in a text for a piece that is not known: within a string or a
// word for some characters, in a set for any number of elements, elsewhere for
// a value or an expression. It is taken to leave the structure around it as it
// is.
const Hole = '\x00'

// Span is a range of byte offsets in the text of a condition, End exclusive.
type Span struct{ Start, End int }

// At returns the span itself, for the nodes that have it.
func (s Span) At() Span { return s }

// Expr is a part of a condition that is true or false.
type Expr interface {
	At() Span
	// String writes the expression in the usual spelling.
	String() string
	expr()
}

// Chain is two or more terms with operators between them, as they are written
// without parentheses. With both operators in it, the order of evaluation is
// not defined.
type Chain struct {
	Span
	Terms []Expr
	Ops   []Logic // one less than there are terms
}

// Mixed returns the place of the first operator that differs from the one
// before it.
func (c *Chain) Mixed() (Span, bool) {
	for i := 1; i < len(c.Ops); i++ {
		if c.Ops[i].Or != c.Ops[0].Or {
			return c.Ops[i].Span, true
		}
	}
	return Span{}, false
}

// Logic is AND, or else OR.
type Logic struct {
	Span
	Or bool
}

// Not is the negation of a term.
type Not struct {
	Span
	X Expr
}

// Group is an expression in parentheses.
type Group struct {
	Span
	X Expr
}

// Matches is ActionMatches{'…'} or SubOperationMatches{'…'}: true if the
// action, or its part that is carried out, matches one of the patterns.
type Matches struct {
	Span
	SubOperation bool
	Patterns     []*Literal
}

// Exists is true if the request has the attribute.
type Exists struct {
	Span
	Attribute *Attribute
}

// Compare compares two operands.
type Compare struct {
	Span
	Left     Operand
	Operator Operator
	Right    Operand
}

// Unknown is a piece of a condition of which the meaning is not known.
type Unknown struct {
	Span
	Text string
}

func (*Chain) expr()   {}
func (*Not) expr()     {}
func (*Group) expr()   {}
func (*Matches) expr() {}
func (*Exists) expr()  {}
func (*Compare) expr() {}
func (*Unknown) expr() {}

// Operand is what stands on a side of a comparison.
type Operand interface {
	At() Span
	String() string
	operand()
}

// Attribute is an attribute by its source: @Request[Type:Member<Key>].
type Attribute struct {
	Span
	Source string // Environment, Principal, Request or Resource; as written if it is another
	Name   string // all that stands in the brackets
}

// Literal is a value that is written out.
type Literal struct {
	Span
	Text  string // without quotes, escapes as they are written
	Quote byte   // ' or "; 0 for a GUID, a number, true, false or any other word
}

// Set is a list of values in braces.
type Set struct {
	Span
	Elements []Operand
}

// Is tells whether it is the attribute of that source and name, in any case.
func (a *Attribute) Is(source, name string) bool {
	return a.Source == source && strings.EqualFold(a.Name, name)
}

// HasHole tells whether the literal is known in part only.
func (l *Literal) HasHole() bool { return strings.IndexByte(l.Text, Hole) >= 0 }

// Values returns the values that an operand lists. They are all that there are
// unless it has holes, or attributes for which a request gives the values.
func Values(o Operand) (known []*Literal, all bool) {
	elements := []Operand{o}
	if s, ok := o.(*Set); ok {
		elements = s.Elements
	}
	all = true
	for _, e := range elements {
		if l, ok := e.(*Literal); ok && !l.HasHole() {
			known = append(known, l)
		} else {
			all = false
		}
	}
	return known, all
}

func (*Attribute) operand() {}
func (*Literal) operand()   {}
func (*Set) operand()       {}

// All yields an expression and those within it, outer ones first.
func All(e Expr) iter.Seq[Expr] {
	return func(yield func(Expr) bool) { walk(e, yield) }
}

func walk(e Expr, yield func(Expr) bool) bool {
	if !yield(e) {
		return false
	}
	switch e := e.(type) {
	case *Chain:
		for _, t := range e.Terms {
			if !walk(t, yield) {
				return false
			}
		}
	case *Not:
		return walk(e.X, yield)
	case *Group:
		return walk(e.X, yield)
	}
	return true
}
