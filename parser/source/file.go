package source

import (
	"iter"
	"math"
	"sort"
	"unsafe"
)

// MaxDepth is how many arrays and objects may stand inside each other. Deeper
// text is an error, so whoever walks a tree may do so recursively.
const MaxDepth = 1000

// maxSize is the length of the longest text whose offsets fit the node table.
const maxSize = math.MaxInt32

// Encoding is how the bytes of a file spell its text.
type Encoding uint8

// The encodings that are recognised. UTF-16 is recognised by its byte order mark.
const (
	UTF8 Encoding = iota
	UTF8BOM
	UTF16LE
	UTF16BE
)

// Tolerated is a set of things that strict JSON refuses and Azure's tools accept.
type Tolerated uint8

// The irregularities that are tolerated.
const (
	Comments      Tolerated = 1 << iota // a // or /* */ comment
	TrailingComma                       // a comma after the last member or element
	RawNewline                          // a line break, tab or other control character inside a string
	DuplicateKey                        // two members of one object with exactly the same name
	SingleQuoted                        // a string in single quotes, or the escape \'
)

// Error is a syntax error.
type Error struct {
	Offset, End int    // the offending bytes of File.Text, End exclusive; equal at the end of the text
	Message     string // the reason, in lower case and without a final period
}

// Comment is the place of a comment in File.Text, its delimiters included and
// the line break that ends a // comment excluded.
type Comment struct {
	Start, End int
}

// File is one parsed JSON text.
type File struct {
	Name     string    // as given
	Raw      []byte    // the bytes as read from disk; they must not change while the File is in use
	Text     string    // the text in UTF-8, which all offsets count in; it shares its memory with Raw unless that was UTF-16
	Encoding Encoding  // of Raw; the mark of UTF8BOM stays part of Text, those of UTF-16 do not
	Base     int       // token.Pos of offset 0 in a token.FileSet, set by the owner; 0 until then
	Errors   []Error   // the first syntax error, if there is one
	Notes    Tolerated // what strict JSON would have refused

	nodes    []entry
	stack    []frame
	comments []Comment
	keys     []int32 // hash table of the object whose names are being compared
}

// Parse reads a JSON text. It never fails outright: Errors says what was wrong,
// and the tree holds everything that stands before that place.
func Parse(name string, raw []byte) *File {
	f := new(File)
	f.Reset(name, raw)
	return f
}

// NewText takes a text that is no JSON, for its lines and columns: the File has
// no nodes.
func NewText(name string, raw []byte) *File {
	f := &File{Name: name, Raw: raw}
	text := f.decode(raw, maxSize)
	f.Text = unsafe.String(unsafe.SliceData(text), len(text))
	return f
}

// Reset makes f the result of parsing raw, as [Parse] does, in the memory that f
// already has. Base becomes 0. Every Node of the former text becomes invalid.
func (f *File) Reset(name string, raw []byte) {
	f.reset(name, raw, maxSize)
}

// reset is Reset with the size limit as an argument, for its test.
func (f *File) reset(name string, raw []byte, limit int) {
	f.Name, f.Raw, f.Base, f.Notes = name, raw, 0, 0
	f.Errors, f.comments, f.nodes = f.Errors[:0], f.comments[:0], f.nodes[:0]
	text := f.decode(raw, limit)
	f.Text = unsafe.String(unsafe.SliceData(text), len(text))
	if len(text) > limit {
		f.fail(0, 0, "the file is too large: at most 2 GiB can be read")
		return
	}
	if cap(f.nodes) == 0 {
		// Templates have 35 bytes or more to a node; append takes care of the rest.
		f.nodes = make([]entry, 0, len(text)/32+16)
		f.stack = make([]frame, 0, 64)
	}
	start := 0
	if f.Encoding == UTF8BOM {
		start = len(utf8Mark)
	}
	f.scan(text, start)
}

// fail records a syntax error, unless one before it was recorded.
func (f *File) fail(offset, end int, message string) {
	if len(f.Errors) == 0 {
		f.Errors = append(f.Errors, Error{Offset: offset, End: end, Message: message})
	}
}

// Len is the number of nodes, which is above every [Node.ID].
func (f *File) Len() int { return len(f.nodes) }

// Root returns the outermost value, or the zero Node when there is none.
func (f *File) Root() Node {
	if f == nil || len(f.nodes) == 0 {
		return Node{}
	}
	return Node{f: f}
}

// Comments returns the comments in the order of the text.
func (f *File) Comments() iter.Seq[Comment] {
	return func(yield func(Comment) bool) {
		for _, c := range f.comments {
			if !yield(c) {
				return
			}
		}
	}
}

// NodeAt returns the innermost value or property name that covers the byte at
// offset, or the zero Node when offset lies outside of the root value.
func (f *File) NodeAt(offset int) Node {
	n := f.Root()
	if n.IsZero() || offset < n.Start() || offset >= n.End() {
		return Node{}
	}
	// The nodes are sorted by their beginnings: if the last that begins here or before covers
	// the byte, then it is the innermost. Else the byte lies between children.
	after := sort.Search(len(f.nodes), func(i int) bool { return int(f.nodes[i].start) > offset })
	if last := after - 1; offset < int(f.nodes[last].end) {
		n.i = int32(last)
		return n
	}
	for {
		inner := f.childAt(n.i, offset)
		if inner < 0 {
			return n
		}
		n.i = inner
	}
}

// childAt returns the child of node i, property names included, that covers the
// byte at offset, or -1.
func (f *File) childAt(i int32, offset int) int32 {
	end := f.nodes[i].next
	for c := i + 1; c < end; c = f.nodes[c].next {
		if offset < int(f.nodes[c].start) {
			break
		}
		if offset < int(f.nodes[c].end) {
			return c
		}
	}
	return -1
}
