// Package value holds what evaluating a template yields: JSON values, and
// honest ignorance about them. A value is known, a text with holes, a symbol
// (unknown, with the reason), or one of a few values each under a condition.
package value

import (
	"go/token"
	"strconv"
)

// Kind tells which of its forms a [Value] has.
type Kind uint8

// The forms of a value.
const (
	Missing Kind = iota // no value: an absent member
	Null
	Bool
	Int
	Float // a JSON number that is no 64-bit integer; Str is its text
	String
	Text // a string parts of which are symbols
	Array
	Object
	Unknown // a symbol
	Choice  // one of a few values
)

// Flags travel with a value through everything that is derived from it.
type Flags uint8

const (
	// Secure: a secret took part; the value is never printed.
	Secure Flags = 1 << iota
	// Default: the default value of a parameter took part.
	Default
	// Supplied: a parameter value from outside took part.
	Supplied
	// Runtime: something known only during a deployment took part.
	Runtime
	// NoAccess: no member or index of the value may be read, because Azure
	// has not decided it.
	NoAccess
)

// Span is a range of positions in the FileSet of a unit, End exclusive. The
// zero Span is no place.
type Span struct{ Start, End int32 }

// Pos is the first position of the span.
func (s Span) Pos() token.Pos { return token.Pos(s.Start) }

// EndPos is the position behind the span.
func (s Span) EndPos() token.Pos { return token.Pos(s.End) }

// IsValid tells whether the span is a place.
func (s Span) IsValid() bool { return s.Start != 0 }

// Value is one value. The zero Value is [Missing]. Values are immutable to
// the eye; arrays and objects may compute their members on first use, so a
// value belongs to one goroutine.
//
// A value is four words, the most that the compiler keeps in registers.
// Values are copied far more often than strings are made of them.
type Value struct {
	Kind  Kind
	Flags Flags
	At    Span // where it was written; the zero Span if nowhere
	ref   any  // bool, int64, string (of a Float too), *text, *ArrayValue, *ObjectValue, *Symbol or *choice
}

// The constants of the language.
var (
	None  = Value{}
	Nil   = Value{Kind: Null}
	True  = Value{Kind: Bool, ref: true}
	False = Value{Kind: Bool, ref: false}
)

// OfBool returns b as a value.
func OfBool(b bool) Value {
	if b {
		return True
	}
	return False
}

// OfInt returns i as a value.
func OfInt(i int64) Value { return Value{Kind: Int, ref: i} }

// OfString returns s as a value.
func OfString(s string) Value { return Value{Kind: String, ref: s} }

// OfNumber returns the JSON number text as a value: an Int where it fits 64
// bits, else a Float.
func OfNumber(text string) Value {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return OfInt(i)
	}
	return Value{Kind: Float, ref: text}
}

// OfSymbol returns the unknown value s.
func OfSymbol(s *Symbol) Value {
	v := Value{Kind: Unknown, ref: s}
	if s.Secret {
		v.Flags |= Secure
	}
	if s.Reason == ReasonRuntime {
		v.Flags |= Runtime
	}
	return v
}

// IsKnown tells whether v itself is decided: neither missing, a symbol, a
// text with holes nor a choice. Members of a known container may be unknown.
func (v Value) IsKnown() bool { return v.Kind >= Null && v.Kind <= Object && v.Kind != Text }

// IsNull tells whether v is absent or null, which Azure treats alike in a
// resource body.
func (v Value) IsNull() bool { return v.Kind == Missing || v.Kind == Null }

// Bool returns the value of a Bool.
func (v Value) Bool() (b, ok bool) {
	b, ok = v.ref.(bool)
	return b, ok
}

// Int returns the value of an Int.
func (v Value) Int() (int64, bool) {
	i, ok := v.ref.(int64)
	return i, ok
}

// Str returns the text of a String, and "" with false for anything else.
func (v Value) Str() (string, bool) {
	if v.Kind != String {
		return "", false
	}
	return v.text(), true
}

// text is the text of a String or a Float.
func (v Value) text() string {
	s, _ := v.ref.(string)
	return s
}

// Number returns the text of an Int or a Float.
func (v Value) Number() string {
	switch v.Kind {
	case Int:
		i, _ := v.Int()
		return strconv.FormatInt(i, 10)
	case Float:
		return v.text()
	}
	return ""
}

// Symbol returns the symbol of an Unknown, else nil.
func (v Value) Symbol() *Symbol {
	s, _ := v.ref.(*Symbol)
	return s
}

// With returns v with the flags added.
func (v Value) With(f Flags) Value {
	v.Flags |= f
	return v
}

// WithSpan returns v as written at s.
func (v Value) WithSpan(s Span) Value {
	v.At = s
	return v
}

// IsStringLike tells whether v is a string, known or in parts.
func (v Value) IsStringLike() bool {
	if s := v.Symbol(); s != nil {
		return s.Type == TypeString
	}
	return v.Kind == String || v.Kind == Text
}
