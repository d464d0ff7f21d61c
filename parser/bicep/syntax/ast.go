package syntax

// Node is a piece of the syntax tree.
type Node interface {
	Range() Span
}

// Expr is an expression, or the body of a resource, a module or an output.
type Expr interface{ Node }

// Name is an identifier where it is declared, or a property's name.
type Name struct {
	Span
	Text string
}

// The forms of expression.
type (
	// String is a string: one more part than it has holes.
	String struct {
		Span
		Parts []string
		Holes []Expr
	}
	// Int is an integer without its sign.
	Int struct {
		Span
		Value uint64
	}
	// Bool is true or false.
	Bool struct {
		Span
		Value bool
	}
	// Null is null.
	Null struct{ Span }
	// Variable is the use of a name.
	Variable struct {
		Span
		Name string
	}
	// Call is name(…) or, with a base, base.name(…).
	Call struct {
		Span
		Base Expr // may be nil
		Name Name
		Args []Expr
	}
	// Property is base.name or base.?name.
	Property struct {
		Span
		Base Expr
		Name Name
		Safe bool
	}
	// Index is base[index], [?index], [^index] or [?^index].
	Index struct {
		Span
		Base, Index   Expr
		Safe, FromEnd bool
	}
	// Nested is parent::child.
	Nested struct {
		Span
		Base Expr
		Name Name
	}
	// NonNull is x!.
	NonNull struct {
		Span
		X Expr
	}
	// Paren is (x).
	Paren struct {
		Span
		X Expr
	}
	// Unary is !x or -x.
	Unary struct {
		Span
		Op Kind
		X  Expr
	}
	// Binary is l op r.
	Binary struct {
		Span
		Op   Kind
		L, R Expr
	}
	// Ternary is cond ? then : else.
	Ternary struct {
		Span
		Cond, Then, Else Expr
	}
	// Object is {…}; in the body of a resource it may declare children.
	Object struct {
		Span
		Items    []*Item
		Children []*Resource
	}
	// Array is […].
	Array struct {
		Span
		Items []*Item
	}
	// Item is a property of an object (its key is a *String), an element of
	// an array (Key is nil) or a spread.
	Item struct {
		Span
		Key    *String
		Value  Expr
		Spread bool
	}
	// For is [for item in list: body] or [for (item, index) in list: body].
	For struct {
		Span
		Item, Counter *Name // Counter may be nil
		List, Body    Expr
	}
	// If is if (cond) body.
	If struct {
		Span
		Cond, Body Expr
	}
	// Lambda is (a, b) => body.
	Lambda struct {
		Span
		Params []*Name
		Body   Expr
	}
)

// Type is a type expression.
type Type interface{ Node }

// The forms of type.
type (
	// TypeName is string, int, a declared name or, with a base, base.name.
	TypeName struct {
		Span
		Base Type // may be nil
		Name string
	}
	// TypeLiteral is a string, an integer, a bool or null as a type.
	TypeLiteral struct {
		Span
		Value Expr
	}
	// TypeArray is item[].
	TypeArray struct {
		Span
		Item Type
	}
	// TypeItem is base[0], base[*] or base.* (the last two have a negative
	// Index).
	TypeItem struct {
		Span
		Base  Type
		Index int64 // AnyElement and AnyProperty are negative
	}
	// TypeNullable is x?, or x! if Never is set.
	TypeNullable struct {
		Span
		X     Type
		Never bool
	}
	// TypeObject is {…}.
	TypeObject struct {
		Span
		Fields []*TypeField
	}
	// TypeField is a property of an object type or an item of a tuple; the
	// rest of the properties if Rest is set.
	TypeField struct {
		Span
		Decorators []*Decorator
		Name       Name
		Rest       bool
		Type       Type
	}
	// TypeTuple is [a, b].
	TypeTuple struct {
		Span
		Items []*TypeField
	}
	// TypeUnion is a | b.
	TypeUnion struct {
		Span
		Members []Type
	}
	// TypeResource is resourceInput<'T@v'> and its like, or the type
	// resource 'T@v' of a parameter or an output.
	TypeResource struct {
		Span
		Kind string
		Of   *String
	}
)

// Indexes of a [TypeItem] that are no number.
const (
	AnyElement  = -1
	AnyProperty = -2
)

// Decorator is @call.
type Decorator struct {
	Span
	Call *Call // @sys.name(…) has a base
}
