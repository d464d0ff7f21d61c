package source

import (
	"go/token"
	"strings"
)

// Kind is the kind of a JSON value.
type Kind uint8

// The kinds of values. The zero Node is Invalid.
const (
	Invalid Kind = iota
	Null
	False
	True
	Number
	String
	Array
	Object
)

// String returns the name of the kind in lower case.
func (k Kind) String() string {
	names := [...]string{"invalid", "null", "false", "true", "number", "string", "array", "object"}
	if int(k) < len(names) {
		return names[k]
	}
	return names[Invalid]
}

// Node is a value or a property name of a File. Nodes are comparable: two are
// equal if they are the same place of the same File. The zero Node stands for an
// absent value; every method may be called on it.
type Node struct {
	f *File
	i int32
}

// entry returns the table entry of n, or an empty one.
func (n Node) entry() entry {
	if n.f == nil {
		return entry{}
	}
	return n.f.nodes[n.i]
}

// IsZero reports whether n is the absent value.
func (n Node) IsZero() bool { return n.f == nil }

// File returns the file that n is part of, nil for the zero Node.
func (n Node) File() *File { return n.f }

// ID returns the index of n among the values and property names of its file, in
// the order of the text. The root is 0.
func (n Node) ID() int32 { return n.i }

// Kind returns the kind of the value; a property name is a String.
func (n Node) Kind() Kind { return Kind(n.entry().meta & kindMask) }

// Start returns the offset of the first byte of n, the quote of a string included.
func (n Node) Start() int { return int(n.entry().start) }

// End returns the offset behind the last byte of n, the quote of a string included.
func (n Node) End() int { return int(n.entry().end) }

// Pos returns Start as a position of the token.FileSet that the file's Base
// belongs to, token.NoPos for the zero Node.
func (n Node) Pos() token.Pos {
	if n.f == nil {
		return token.NoPos
	}
	return token.Pos(n.f.Base + n.Start())
}

// EndPos returns End as a position, in the way of Pos.
func (n Node) EndPos() token.Pos {
	if n.f == nil {
		return token.NoPos
	}
	return token.Pos(n.f.Base + n.End())
}

// Source returns the text of n as it is written, quotes included.
func (n Node) Source() string {
	if n.f == nil {
		return ""
	}
	return n.f.Text[n.Start():n.End()]
}

// Len returns the number of members of an object, duplicates included, or of
// elements of an array, and 0 for everything else.
func (n Node) Len() int {
	e := n.entry()
	count := int(e.meta >> countShift)
	if count == countMax {
		return n.f.countChildren(n.i)
	}
	return count
}

// countChildren counts what Len returns where the entry has no room for it.
func (f *File) countChildren(i int32) int {
	count := 0
	for c := i + 1; c < f.nodes[i].next; c = f.nodes[c].next {
		if f.nodes[c].meta&flagKey == 0 {
			count++
		}
	}
	return count
}

// Key returns the property name of a value that is a member of an object, and
// the zero Node for everything else.
func (n Node) Key() Node {
	if n.f == nil || n.i == 0 || n.f.nodes[n.i-1].meta&flagKey == 0 {
		return Node{}
	}
	return Node{n.f, n.i - 1}
}

// Parent returns the array or object that n, a value or a property name, stands
// in, and the zero Node for the root. It searches from the root downward.
func (n Node) Parent() Node {
	parent := Node{}
	for at := n.f.Root(); at != n && !at.IsZero(); at = at.childToward(n.i) {
		parent = at
	}
	return parent
}

// childToward returns the child of n whose subtree holds entry i.
func (n Node) childToward(i int32) Node {
	c := n.i + 1
	for n.f.nodes[c].next <= i {
		c = n.f.nodes[c].next
	}
	return Node{n.f, c}
}

// Pointer returns the JSON pointer (RFC 6901) from the root to n. That of a
// property name is that of its value; that of the root is empty. It searches
// from the root downward.
func (n Node) Pointer() string {
	var b strings.Builder
	for at := n.f.Root(); at != n && !at.IsZero(); {
		container := at
		at = at.childToward(n.i)
		b.WriteByte('/')
		switch {
		case container.Kind() == Array:
			writeIndex(&b, container, at)
		case at.isKey():
			writeToken(&b, at.Text())
		default:
			writeToken(&b, at.Key().Text())
		}
	}
	return b.String()
}

// isKey reports whether n is a property name.
func (n Node) isKey() bool { return n.entry().meta&flagKey != 0 }
