// Package syntax reads Bicep source, .bicep and .bicepparam, into a syntax
// tree whose nodes know where they stand. It resolves no names.
//
// The language: https://learn.microsoft.com/azure/azure-resource-manager/bicep/file
package syntax

// Kind tells what a [Token] is.
type Kind uint8

// The kinds of token. Strings come whole (StringComplete) or in the pieces
// between their holes.
const (
	EndOfFile Kind = iota
	Unrecognized
	NewLine
	Identifier
	Integer
	StringComplete
	StringLeftPiece
	StringMiddlePiece
	StringRightPiece
	TrueKeyword
	FalseKeyword
	NullKeyword
	LeftBrace
	RightBrace
	LeftParen
	RightParen
	LeftSquare
	RightSquare
	At
	Comma
	Dot
	Ellipsis
	Question
	DoubleQuestion
	Colon
	DoubleColon
	Plus
	Minus
	Asterisk
	Slash
	Modulo
	Hat
	Exclamation
	NotEquals
	NotEqualsInsensitive
	LeftChevron
	LessThanOrEqual
	RightChevron
	GreaterThanOrEqual
	Assignment
	Equals
	EqualsInsensitive
	Arrow
	LogicalAnd
	LogicalOr
	Pipe
)

var kindNames = [...]string{
	"EndOfFile", "Unrecognized", "NewLine", "Identifier", "Integer",
	"StringComplete", "StringLeftPiece", "StringMiddlePiece", "StringRightPiece",
	"TrueKeyword", "FalseKeyword", "NullKeyword",
	"LeftBrace", "RightBrace", "LeftParen", "RightParen", "LeftSquare", "RightSquare",
	"At", "Comma", "Dot", "Ellipsis", "Question", "DoubleQuestion", "Colon", "DoubleColon",
	"Plus", "Minus", "Asterisk", "Slash", "Modulo", "Hat",
	"Exclamation", "NotEquals", "NotEqualsInsensitive",
	"LeftChevron", "LessThanOrEqual", "RightChevron", "GreaterThanOrEqual",
	"Assignment", "Equals", "EqualsInsensitive", "Arrow", "LogicalAnd", "LogicalOr", "Pipe",
}

// String returns the name that the Bicep compiler has for the kind.
func (k Kind) String() string { return kindNames[k] }

// Span is a range of byte offsets, End exclusive.
type Span struct{ Start, End int32 }

// Range returns the span itself, which makes it the [Node] of what embeds it.
func (s Span) Range() Span { return s }

// Token is a lexical unit.
type Token struct {
	Kind Kind
	Span
}

// Error says why a piece of a file cannot be read.
type Error struct {
	Span
	Message string // the reason and what to do, in lower case
}

func (e *Error) Error() string { return e.Message }

// Directive is a #disable-next-line, #disable-diagnostics or
// #restore-diagnostics line.
type Directive struct {
	Span          // of the directive without its trailing comment
	Name   string // without the number sign
	Codes  []Code
	Reason string // the text of a comment behind it
}

// Code is one diagnostic that a directive names.
type Code struct {
	Span
	Text string
}

// operators, the longer of two with the same beginning first.
var operators = [...]struct {
	text string
	kind Kind
}{
	{"...", Ellipsis},
	{"??", DoubleQuestion}, {"::", DoubleColon}, {"!=", NotEquals}, {"!~", NotEqualsInsensitive},
	{"<=", LessThanOrEqual}, {">=", GreaterThanOrEqual}, {"==", Equals}, {"=~", EqualsInsensitive}, {"=>", Arrow},
	{"&&", LogicalAnd}, {"||", LogicalOr},
	{"{", LeftBrace}, {"}", RightBrace}, {"(", LeftParen}, {")", RightParen}, {"[", LeftSquare}, {"]", RightSquare},
	{"@", At}, {",", Comma}, {".", Dot}, {"?", Question}, {":", Colon},
	{"+", Plus}, {"-", Minus}, {"*", Asterisk}, {"/", Slash}, {"%", Modulo}, {"^", Hat},
	{"!", Exclamation}, {"<", LeftChevron}, {">", RightChevron}, {"=", Assignment}, {"|", Pipe},
}
