package source

import "unsafe"

// Builder makes a File that nobody wrote. What it is given is written as text,
// indented by two spaces, and entered as nodes at once, so that nothing has to
// be read again. Nodes come in the order of the text; the caller opens and
// closes, and gives the members of an object as a name and a value in turn.
type Builder struct {
	b       []byte
	nodes   []entry
	stack   []frame
	cur     frame
	placed  bool // what stands before the next value or name is written
	named   bool // a name waits for its value
	start   int  // of the string that is being written
	escapes int  // by how much it is longer than what it stands for
}

// NewBuilder returns a Builder with room for a text of some size in bytes.
func NewBuilder(size int) *Builder {
	return &Builder{b: make([]byte, 0, size), nodes: make([]entry, 0, size/32+16), cur: frame{node: -1}}
}

// Size is the length of the text so far: the offset of what is written next
// within a string.
func (b *Builder) Size() int { return len(b.b) }

// Depth is how many arrays and objects are open.
func (b *Builder) Depth() int { return len(b.stack) }

// File ends the text, and is the File with a name. What tolerance it takes to
// read the text is not noted.
func (b *Builder) File(name string) *File {
	b.b = append(b.b, '\n')
	return &File{Name: name, Raw: b.b, Text: unsafe.String(unsafe.SliceData(b.b), len(b.b)), nodes: b.nodes}
}

// Place writes what stands before the next value or name, and returns the offset
// of that.
func (b *Builder) Place() int {
	switch {
	case b.placed:
	case b.named:
		b.b = append(b.b, ": "...)
	case b.cur.node >= 0:
		if b.cur.count > 0 {
			b.b = append(b.b, ',')
		}
		b.cur.count++
		b.line()
	}
	b.placed, b.named = true, false
	return len(b.b)
}

// Open begins an array or object.
func (b *Builder) Open(kind Kind) {
	i := b.enter(uint32(kind))
	open, closer := byte('['), byte(']')
	if kind == Object {
		open, closer = '{', '}'
	}
	b.b = append(b.b, open)
	b.stack = append(b.stack, b.cur)
	b.cur = frame{node: i, closer: closer}
}

// Close ends the innermost array or object.
func (b *Builder) Close() {
	cur := b.cur
	b.cur = b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	if cur.count > 0 {
		b.line()
	}
	b.b = append(b.b, cur.closer)
	closeNode(b.nodes, cur, len(b.b))
}

// Plain writes a number, true, false or null as it is spelled.
func (b *Builder) Plain(kind Kind, spelled string) {
	i := b.enter(uint32(kind))
	b.b = append(b.b, spelled...)
	b.leave(i)
}

// BeginName begins the name of a member, to be written as a string.
func (b *Builder) BeginName() { b.quote(uint32(String) | flagKey) }

// BeginString begins a string: [Builder.Text] writes what is in it.
func (b *Builder) BeginString() { b.quote(uint32(String)) }

// EndString ends a name or string, and returns its [Node.ID].
func (b *Builder) EndString() int32 {
	b.b = append(b.b, '"')
	i := int32(len(b.nodes) - 1)
	if b.escapes > 0 {
		b.nodes[i].meta |= flagEscaped
	}
	b.leave(i)
	b.named = b.nodes[i].meta&flagKey != 0
	return i
}

// Offset is the offset, in the decoded string that is being written, of what
// comes next.
func (b *Builder) Offset() int32 { return int32(len(b.b) - b.start - 1 - b.escapes) }

// Text writes a piece of a string, with escapes where JSON needs them.
func (b *Builder) Text(s string) {
	const hex = "0123456789abcdef"
	done := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b.b = append(b.b, s[done:i]...)
		done = i + 1
		before := len(b.b)
		switch c {
		case '"', '\\':
			b.b = append(b.b, '\\', c)
		case '\n':
			b.b = append(b.b, '\\', 'n')
		case '\r':
			b.b = append(b.b, '\\', 'r')
		case '\t':
			b.b = append(b.b, '\\', 't')
		default:
			b.b = append(b.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		b.escapes += len(b.b) - before - 1
	}
	b.b = append(b.b, s[done:]...)
}

// Copy writes a value of a File as it is written there.
func (b *Builder) Copy(n Node) {
	delta, first := int32(b.Place()-n.Start()), int32(len(b.nodes))
	b.nodes = append(b.nodes, n.f.nodes[n.i:n.entry().next]...)
	for i := range b.nodes[first:] {
		e := &b.nodes[int(first)+i]
		e.start, e.end, e.next = e.start+delta, e.end+delta, e.next+first-n.i
	}
	b.b = append(b.b, n.Source()...)
	b.placed = false
}

// line begins a line for what stands in the arrays and objects that are open.
func (b *Builder) line() {
	b.b = append(b.b, '\n')
	for range b.stack {
		b.b = append(b.b, "  "...)
	}
}

func (b *Builder) quote(meta uint32) {
	b.enter(meta)
	b.start, b.escapes = len(b.b), 0
	b.b = append(b.b, '"')
}

func (b *Builder) enter(meta uint32) int32 {
	i := int32(len(b.nodes))
	b.nodes = append(b.nodes, entry{start: int32(b.Place()), meta: meta})
	b.placed = false
	return i
}

// leave completes an entry that has nothing in it.
func (b *Builder) leave(i int32) {
	b.nodes[i].end, b.nodes[i].next = int32(len(b.b)), i+1
}
