// Package template understands the documents that Azure Resource Manager
// reads: templates of all four scopes, parameter files, policy definitions
// and the other carriers of embedded templates. It knows their structure and
// nothing of their evaluation: what is an expression stays one.
//
// The structure: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
package template

import (
	"go/token"
	"slices"

	"github.com/rolecall/rolecall/parser/blocks"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/source"
)

// Kind tells what a [Tree] is before any evaluation.
type Kind uint8

// The kinds of tree. Unknown is a place whose content is not known, as it
// happens in a template that is itself the result of an evaluation.
const (
	Unknown Kind = iota
	Null
	False
	True
	Number
	String
	Array
	Object
	Expression // an expression tree of a front end other than JSON
)

// Tree is a piece of a document: what a Template is made of and evaluation
// reads. JSON nodes are one implementation, values another; a Bicep front
// end brings its own.
type Tree interface {
	Kind() Kind
	// Span is the range of positions in the FileSet of the unit, End exclusive.
	Span() (start, end token.Pos)
	// Text is the decoded text of a String, still with template brackets, or
	// the text of a Number.
	Text() string
	// Len is the number of members or elements.
	Len() int
	// Members calls yield for each member of an Object, in order. The key is
	// still in template syntax.
	Members(yield func(key string, at token.Pos, v Tree) bool)
	// Elements calls yield for each element of an Array.
	Elements(yield func(v Tree) bool)
}

// Parsed is implemented by trees that hold expressions.
type Parsed interface {
	Tree
	// Expression returns the parsed expression. For a String it is nil if the
	// text is a literal; err says why it cannot be read.
	Expression() (n *expr.Node, err *expr.Error)
	// Offset returns the position of the byte offset that a node of the
	// expression stores.
	Offset(i int32) token.Pos
}

// Finder is implemented by trees that find a member in less than a walk over all.
type Finder interface {
	// Find is [MemberAt].
	Find(name string) (at token.Pos, member Tree)
}

// File is a JSON file of a unit, with its expressions as far as they were
// asked for. It belongs to one goroutine.
type File struct {
	*source.File
	arena expr.Arena
	slots []int32  // by node: where its expression stands in exprs; 0 until it is asked for
	exprs []parsed // the first stands for none
	trees blocks.Of[JSON]
}

type parsed struct {
	node *expr.Node
	err  *expr.Error
}

// NewFile prepares a parsed JSON file for reading as a template.
func NewFile(f *source.File) *File { return &File{File: f} }

// Reset makes f the result of parsing raw, in the memory that f already has.
// Every Tree and Node of the former text becomes invalid.
func (f *File) Reset(name string, raw []byte) {
	f.File.Reset(name, raw)
	f.arena.Reset()
	f.slots = f.slots[:0]
	clear(f.exprs)
	f.exprs = f.exprs[:0]
	f.trees.Reset()
}

// Tree returns the root of the file, nil if there is none.
func (f *File) Tree() Tree {
	if f.Root().IsZero() {
		return nil
	}
	return f.tree(f.Root())
}

func (f *File) tree(n source.Node) *JSON {
	t := f.trees.Next()
	t.F, t.N = f, n
	return t
}

// JSON is a JSON node as a Tree.
type JSON struct {
	F *File
	N source.Node
}

var jsonKinds = [...]Kind{
	source.Invalid: Unknown, source.Null: Null, source.False: False, source.True: True,
	source.Number: Number, source.String: String, source.Array: Array, source.Object: Object,
}

// Kind implements [Tree].
func (t *JSON) Kind() Kind { return jsonKinds[t.N.Kind()] }

// Span implements [Tree].
func (t *JSON) Span() (start, end token.Pos) { return t.N.Pos(), t.N.EndPos() }

// Text implements [Tree].
func (t *JSON) Text() string { return t.N.Text() }

// Len implements [Tree].
func (t *JSON) Len() int { return t.N.Len() }

// Members implements [Tree].
func (t *JSON) Members(yield func(key string, at token.Pos, v Tree) bool) {
	for k, v := range t.N.Members() {
		if !yield(k.Text(), k.Pos(), t.F.tree(v)) {
			return
		}
	}
}

// Find implements [Finder].
func (t *JSON) Find(name string) (at token.Pos, member Tree) {
	k, v := t.N.Member(name)
	if v.IsZero() {
		return 0, nil
	}
	return k.Pos(), t.F.tree(v)
}

// Elements implements [Tree].
func (t *JSON) Elements(yield func(v Tree) bool) {
	for v := range t.N.Elements() {
		if !yield(t.F.tree(v)) {
			return
		}
	}
}

// Expression implements [Parsed].
func (t *JSON) Expression() (*expr.Node, *expr.Error) { return t.F.expression(t.N) }

// Name returns the expression that the property name of t is, as
// [JSON.Expression] does for a value.
func (t *JSON) Name() (*expr.Node, *expr.Error) { return t.F.expression(t.N.Key()) }

// expression reads the expression of a string once.
func (f *File) expression(n source.Node) (*expr.Node, *expr.Error) {
	if n.Kind() != source.String {
		return nil, nil
	}
	if src := n.Source(); len(src) < 2 || src[1] != '[' && src[1] != '\\' {
		return nil, nil
	}
	slot := f.slot(n.ID())
	if *slot == 0 {
		var p parsed
		if s := n.Text(); expr.FormOf(s) == expr.Expression {
			p.node, p.err = expr.Parse(s, &f.arena)
		}
		*slot = f.keep(p)
	}
	p := &f.exprs[*slot]
	return p.node, p.err
}

// Give says what the expression of the string with a [source.Node.ID] is, so
// that it is not read. Its offsets are those in the decoded string.
func (f *File) Give(id int32, n *expr.Node, err *expr.Error) {
	*f.slot(id) = f.keep(parsed{n, err})
}

func (f *File) slot(id int32) *int32 {
	if len(f.slots) == 0 {
		f.slots = slices.Grow(f.slots, f.Len())[:f.Len()]
		clear(f.slots)
	}
	return &f.slots[id]
}

// keep returns the place in exprs that p is put at.
func (f *File) keep(p parsed) int32 {
	if len(f.exprs) == 0 {
		f.exprs = append(f.exprs, parsed{})
	}
	f.exprs = append(f.exprs, p)
	return int32(len(f.exprs) - 1)
}

// Offset implements [Parsed].
func (t *JSON) Offset(i int32) token.Pos { return token.Pos(t.F.Base + t.N.Offset(int(i))) }

// Member returns the member of t called name, exactly or but for case; nil
// if there is none.
func Member(t Tree, name string) Tree {
	_, v := MemberAt(t, name)
	return v
}

// MemberAt is [Member] with the position of the name.
func MemberAt(t Tree, name string) (at token.Pos, member Tree) {
	switch t := t.(type) {
	case nil:
		return 0, nil
	case *JSON: // of most trees
		return t.Find(name)
	case Finder:
		return t.Find(name)
	}
	return searched(t, name)
}

// searched is MemberAt of any tree.
func searched(t Tree, name string) (at token.Pos, member Tree) {
	exact := false
	t.Members(func(key string, pos token.Pos, v Tree) bool {
		if key == name {
			at, member, exact = pos, v, true
		} else if !exact && member == nil && source.FoldEqual(key, name) {
			at, member = pos, v
		}
		return true
	})
	return at, member
}

// Path returns the member at a path of names, nil if there is none.
func Path(t Tree, names ...string) Tree {
	for _, name := range names {
		if t = Member(t, name); t == nil {
			return nil
		}
	}
	return t
}

// Literal returns the text of a String that is no expression, unescaped.
func Literal(t Tree) (string, bool) {
	if t == nil || t.Kind() != String {
		return "", false
	}
	s := t.Text()
	if expr.FormOf(s) == expr.Expression {
		return "", false
	}
	return expr.Unescape(s), true
}

// text is the literal text of t, "" if it has none.
func text(t Tree) string {
	s, _ := Literal(t)
	return s
}
