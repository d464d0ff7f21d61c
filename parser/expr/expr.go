// Package expr reads the expression language of Azure Resource Manager
// templates, the text between the brackets of a string such as
// "[concat('a', parameters('b'))]", into a syntax tree that knows where each
// of its nodes stands.
//
// The grammar: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
package expr

import "strings"

// Kind tells what a [Node] is.
type Kind uint8

// The kinds of node. JSON templates need the first five. Bool, Null, Array
// and Object stand for literals that other front ends write inside
// expressions; their evaluation is that of true(), null(), createArray() and
// createObject().
const (
	String   Kind = iota + 1 // a string literal: Text
	Int                      // an integer literal: Int
	Call                     // a function call: Text is the name, Args the arguments
	Property                 // base.name: Text is the name, Args[0] the base
	Index                    // base[index]: Args[0] and Args[1]
	Bool                     // Int is 0 or 1
	Null
	Array  // Args are the elements
	Object // Args are keys and values in turn
)

// Node is one node of an expression. Start and End are byte offsets (End
// exclusive) into the decoded string that the expression was read from, its
// opening bracket being offset 0; another front end may store positions of
// its own, as long as it also answers for them.
type Node struct {
	Kind       Kind
	Fn         int16 // what the evaluator resolved Text to; 0 before that
	Start, End int32
	NameStart  int32 // where Text stands: the function's or the property's name
	Int        int64
	Text       string
	Args       []*Node
}

// Error says why an expression cannot be read. Offset and End are byte
// offsets into the decoded string.
type Error struct {
	Offset, End int
	Message     string
}

func (e *Error) Error() string { return e.Message }

// Form tells how a template string is meant.
type Form uint8

// The forms of a string in a template.
const (
	Literal    Form = iota // the text itself
	Escaped                // "[[x]": the text without its first bracket
	Expression             // "[x]": the expression between the brackets
)

// FormOf tells how the decoded string s is meant. Nothing is trimmed first:
// a blank before the first or after the last bracket makes it a literal.
func FormOf(s string) Form {
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return Literal
	}
	if s[1] == '[' {
		return Escaped
	}
	return Expression
}

// Unescape returns the text that an evaluation of the literal s yields: s
// without its first bracket if it is of the form [Escaped], else s.
func Unescape(s string) string {
	if FormOf(s) == Escaped {
		return s[1:]
	}
	return s
}

// MaxDepth is how deep calls, accesses and arguments may nest. The deepest
// call in public templates is 16 levels.
const MaxDepth = 512

// Walk calls f for n and all nodes below it, parents first, until f returns
// false for a node: then the nodes below that one are left out.
func Walk(n *Node, f func(*Node) bool) {
	if n == nil || !f(n) {
		return
	}
	for _, a := range n.Args {
		Walk(a, f)
	}
}

// Print writes n in template syntax, without the outer brackets.
func Print(n *Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}
