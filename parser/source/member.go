package source

import (
	"iter"
	"strconv"
	"strings"
)

// Members returns the property names and values of an object in the order of the
// text, duplicates included. Of other kinds it returns none.
func (n Node) Members() iter.Seq2[Node, Node] {
	return func(yield func(Node, Node) bool) {
		e := n.entry()
		if Kind(e.meta&kindMask) != Object {
			return
		}
		for k := n.i + 1; k < e.next; k = n.f.nodes[k+1].next {
			if !yield(Node{n.f, k}, Node{n.f, k + 1}) {
				return
			}
		}
	}
}

// Elements returns the elements of an array. Of other kinds it returns none.
func (n Node) Elements() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		e := n.entry()
		if Kind(e.meta&kindMask) != Array {
			return
		}
		for c := n.i + 1; c < e.next; c = n.f.nodes[c].next {
			if !yield(Node{n.f, c}) {
				return
			}
		}
	}
}

// At returns element i of an array, or the zero Node if there is none. It takes
// time in proportion to i.
func (n Node) At(i int) Node {
	if i < 0 {
		return Node{}
	}
	for element := range n.Elements() {
		if i == 0 {
			return element
		}
		i--
	}
	return Node{}
}

// Get returns the value of the member called name, as Member does.
func (n Node) Get(name string) Node {
	_, value := n.Member(name)
	return value
}

// Member returns the member of an object called name: the last one that is
// spelled exactly so, else the first one that differs in the case of ASCII
// letters only, else zero Nodes.
func (n Node) Member(name string) (key, value Node) {
	e := n.entry()
	if Kind(e.meta&kindMask) != Object {
		return Node{}, Node{}
	}
	exact, folded := int32(-1), int32(-1)
	nodes := n.f.nodes
	for k := n.i + 1; k < e.next; k = nodes[k+1].next {
		candidate := &nodes[k]
		if int(candidate.end-candidate.start) != len(name)+2 && candidate.meta&flagEscaped == 0 {
			continue
		}
		spelled := n.f.stringText(candidate)
		if spelled == name {
			exact = k
		} else if folded < 0 && FoldEqual(spelled, name) {
			folded = k
		}
	}
	switch {
	case exact >= 0:
		return Node{n.f, exact}, Node{n.f, exact + 1}
	case folded >= 0:
		return Node{n.f, folded}, Node{n.f, folded + 1}
	}
	return Node{}, Node{}
}

// FoldEqual reports whether a and b are equal but for the case of ASCII letters,
// which is how Azure compares names.
func FoldEqual(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		if lower := x | 0x20; x^y != 0x20 || lower < 'a' || lower > 'z' {
			return false
		}
	}
	return true
}

// HasName tells whether any object of the file has a member whose name is written
// so, without escapes.
func (f *File) HasName(name string) bool {
	for i := range f.nodes {
		e := &f.nodes[i]
		if e.meta&flagKey != 0 && int(e.end-e.start) == len(name)+2 && f.Text[e.start+1:e.end-1] == name {
			return true
		}
	}
	return false
}

// writeIndex writes the index of element in array.
func writeIndex(b *strings.Builder, array, element Node) {
	index := 0
	for e := range array.Elements() {
		if e == element {
			break
		}
		index++
	}
	b.WriteString(strconv.Itoa(index))
}

// writeToken writes name as a reference token of a JSON pointer.
func writeToken(b *strings.Builder, name string) {
	for i := range len(name) {
		switch name[i] {
		case '~':
			b.WriteString("~0")
		case '/':
			b.WriteString("~1")
		default:
			b.WriteByte(name[i])
		}
	}
}
