package abac

import (
	"slices"
	"strings"
)

// Operator is the operator of a comparison.
type Operator struct {
	Span
	Text       string     // as written
	Quantifier Quantifier // None without a prefix
	Name       string     // without the prefix, in the usual spelling; as written if it is not known
	Known      bool       // both the name and the prefix are
}

// Quantifier says which values of the two sides have to compare.
type Quantifier uint8

// The quantifiers: how many values on the left, of how many on the right.
const (
	None Quantifier = iota
	AnyOfAny
	AllOfAny
	AnyOfAll
	AllOfAll
)

var quantifiers = [...]string{"", "ForAnyOfAnyValues", "ForAllOfAnyValues", "ForAnyOfAllValues", "ForAllOfAllValues"}

func (q Quantifier) String() string { return quantifiers[q] }

var sources = []string{"Environment", "Principal", "Request", "Resource"}

var operators = []string{
	"BoolEquals", "BoolNotEquals",
	"StringEquals", "StringEqualsIgnoreCase", "StringNotEquals", "StringNotEqualsIgnoreCase",
	"StringStartsWith", "StringStartsWithIgnoreCase", "StringNotStartsWith", "StringNotStartsWithIgnoreCase",
	"StringLike", "StringLikeIgnoreCase", "StringNotLike", "StringNotLikeIgnoreCase",
	"NumericEquals", "NumericNotEquals",
	"NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
	"DateTimeEquals", "DateTimeNotEquals",
	"DateTimeLessThan", "DateTimeLessThanEquals", "DateTimeGreaterThan", "DateTimeGreaterThanEquals",
	"GuidEquals", "GuidNotEquals",
}

// newOperator reads an operator. Azure takes it in any case.
func newOperator(t token) Operator {
	o := Operator{Span: t.Span, Text: t.text, Name: t.text}
	prefix, name, found := strings.Cut(t.text, ":")
	if !found {
		prefix, name = "", t.text
	}
	q, known := spelled(quantifiers[:], prefix)
	n, ok := spelled(operators, name)
	if !known || !ok {
		return o
	}
	o.Quantifier, o.Name, o.Known = Quantifier(q), operators[n], true
	return o
}

// spelled finds a word in a list, in any case.
func spelled(list []string, word string) (int, bool) {
	i := slices.IndexFunc(list, func(s string) bool { return strings.EqualFold(s, word) })
	return i, i >= 0
}

// Negative tells whether the operator is true of values that differ.
func (o Operator) Negative() bool { return o.Known && strings.Contains(o.Name, "Not") }
