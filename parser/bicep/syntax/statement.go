package syntax

// Statement is a declaration of a file.
type Statement interface {
	Node
	Decorated() []*Decorator
}

// head is what all declarations have.
type head struct {
	Span
	Decorators []*Decorator
}

// Decorated returns the decorators of the declaration.
func (h *head) Decorated() []*Decorator { return h.Decorators }

// The statements.
type (
	// TargetScope is targetScope = 'x'.
	TargetScope struct {
		head
		Value Expr
	}
	// Metadata is metadata name = x.
	Metadata struct {
		head
		Name  Name
		Value Expr
	}
	// Param is param name type = default, or param name = value in a
	// parameter file.
	Param struct {
		head
		Name  Name
		Type  Type // nil in a parameter file
		Value Expr // nil if there is no default
	}
	// Var is var name = x.
	Var struct {
		head
		Name  Name
		Type  Type // may be nil
		Value Expr
	}
	// TypeDecl is type name = x.
	TypeDecl struct {
		head
		Name  Name
		Value Type
	}
	// Func is func name(a T) R => x.
	Func struct {
		head
		Name   Name
		Params []*TypeField
		Result Type
		Body   Expr
	}
	// Resource is resource name 'Type@version' = body.
	Resource struct {
		head
		Name     Name
		Type     *String
		Existing bool
		Body     Expr
	}
	// Module is module name 'path' = body, or a test, which has the same shape.
	Module struct {
		head
		Name Name
		Path *String
		Test bool
		Body Expr
	}
	// Output is output name type = x.
	Output struct {
		head
		Name  Name
		Type  Type
		Value Expr
	}
	// Import is import {a as b} from 'path' or import * as ns from 'path'.
	Import struct {
		head
		Items []*ImportItem // nil for a wildcard
		As    *Name         // of a wildcard
		From  *String
	}
	// ImportItem is one symbol of an import.
	ImportItem struct {
		Span
		Name, As Name
	}
	// Extension is extension name with {…} as alias; Config is nil or the
	// object.
	Extension struct {
		head
		Spec   *String
		Config Expr
		As     *Name
	}
	// Assert is assert name = x.
	Assert struct {
		head
		Name  Name
		Value Expr
	}
	// Using is using 'path' with {…} of a parameter file; From is nil for none, With
	// where it has none.
	Using struct {
		head
		From *String
		With Expr
	}
	// Extends is extends 'path' of a parameter file.
	Extends struct {
		head
		From *String
	}
	// ExtensionConfig is extensionConfig alias with {…} of a parameter file; With
	// is nil where it has none.
	ExtensionConfig struct {
		head
		Name Name
		With Expr
	}
)

// File is a parsed file. A statement with a syntax error is not part of it.
type File struct {
	Statements []Statement
	Comments   []Span
	Directives []Directive
	Errors     []Error
}
