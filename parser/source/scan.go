package source

// entry is one value or property name in the node table. The subtree of entry i
// is the entries from i up to its next; a property name is directly followed by
// its value.
type entry struct {
	start, end int32
	next       int32
	meta       uint32 // kind, flags and number of children
}

const (
	kindMask    = 1<<3 - 1
	flagKey     = 1 << 3 // the string is a property name
	flagEscaped = 1 << 4 // the string has escapes
	flagControl = 1 << 5 // the string has raw control characters
	countShift  = 6
	countMax    = 1<<(32-countShift) - 1 // this many children, or more
)

// frame is an array or object whose end has not been read yet.
type frame struct {
	node   int32 // its entry; -1 outside of the root value
	count  int32 // members or elements so far
	closer byte  // the bracket that ends it; outside of the root value a space, which is never met
}

// scan fills the node table from the text b, beginning at i. It is one loop with
// its state in local variables because it decides how fast everything is: each
// turn reads one member, one element or the root value, and then the brackets
// that close behind it.
func (f *File) scan(b []byte, i int) {
	nodes, stack := f.nodes[:0], f.stack[:0]
	cur := frame{node: -1, closer: ' '}
scan:
	for {
		if i = f.space(b, i); i >= len(b) {
			f.failEnd(b, nodes, cur)
			break
		}
		c := b[i]
		if c == cur.closer {
			if cur.count > 0 {
				f.Notes |= TrailingComma
			}
			goto closing
		}
		if cur.closer == '}' {
			if c != '"' && c != '\'' {
				f.failKey(b, i)
				break
			}
			end, flags := f.text(b, i)
			if end < 0 {
				break
			}
			nodes = append(nodes, entry{int32(i), int32(end), int32(len(nodes) + 1), uint32(String) | flagKey | flags})
			if i = end; i < len(b) && b[i] != ':' {
				i = f.space(b, i)
			}
			if i >= len(b) || b[i] != ':' {
				f.failColon(b, i, nodes, cur)
				break
			}
			if i = f.space(b, i+1); i >= len(b) {
				f.failEnd(b, nodes, cur)
				break
			}
			c = b[i]
		}
		switch c {
		case '"', '\'':
			end, flags := f.text(b, i)
			if end < 0 {
				break scan
			}
			nodes = append(nodes, entry{int32(i), int32(end), int32(len(nodes) + 1), uint32(String) | flags})
			i = end
		case '{', '[':
			if len(stack) == MaxDepth {
				f.failDepth(i)
				break scan
			}
			kind := Array
			if c == '{' {
				kind = Object
			}
			cur.count++
			stack = append(stack, cur)
			cur = frame{node: int32(len(nodes)), closer: c + 2} // both pairs of brackets are two apart
			nodes = append(nodes, entry{start: int32(i), meta: uint32(kind)})
			i++
			continue
		default:
			end, kind := f.scalar(b, i)
			if end < 0 {
				break scan
			}
			nodes = append(nodes, entry{int32(i), int32(end), int32(len(nodes) + 1), uint32(kind)})
			i = end
		}
		cur.count++
	closing:
		for {
			if cur.node < 0 {
				f.expectEnd(b, i, nodes)
				break scan
			}
			if i >= len(b) || b[i] <= ' ' || b[i] == '/' {
				if i = f.space(b, i); i >= len(b) {
					f.failEnd(b, nodes, cur)
					break scan
				}
			}
			if b[i] == ',' {
				i++
				continue scan
			}
			if b[i] != cur.closer {
				f.failMore(b, i, nodes, cur)
				break scan
			}
			i++
			closeNode(nodes, cur, i)
			if cur.count > 1 && cur.closer == '}' && f.Notes&DuplicateKey == 0 && f.hasDuplicate(nodes, cur) {
				f.Notes |= DuplicateKey
			}
			cur = stack[len(stack)-1]
			stack = stack[:len(stack)-1]
		}
	}
	f.stack = stack
	f.nodes = closeOpen(nodes, stack, cur, f.Errors)
}

// closeNode completes the entry of a container that ends at end.
func closeNode(nodes []entry, open frame, end int) {
	e := &nodes[open.node]
	e.end = int32(end)
	e.next = int32(len(nodes))
	e.meta |= min(uint32(open.count), countMax) << countShift
}

// closeOpen ends, where the error is, the containers that were open there, and
// drops a property name whose value is missing.
func closeOpen(nodes []entry, stack []frame, cur frame, errors []Error) []entry {
	if len(errors) == 0 {
		return nodes
	}
	if last := len(nodes) - 1; last >= 0 && nodes[last].meta&flagKey != 0 {
		nodes = nodes[:last]
	}
	for cur.node >= 0 {
		closeNode(nodes, cur, errors[0].Offset)
		cur = stack[len(stack)-1]
		stack = stack[:len(stack)-1]
	}
	return nodes
}
