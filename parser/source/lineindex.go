package source

import (
	"sort"
	"strings"
)

// LineIndex answers for many positions of one file: it has counted the lines
// once, block by block, and of a long line it counts on from where it was asked
// last. It belongs to one goroutine.
type LineIndex struct {
	f      *File
	blocks []lineBlock
	last   cursor
}

// blockSize is how many bytes are counted at once.
const blockSize = 4 << 10

// lineBlock is what lies before a block: the line that it begins in, and where
// that starts.
type lineBlock struct{ line, start int32 }

// LineIndex counts the lines of the file.
func (f *File) LineIndex() *LineIndex {
	x := &LineIndex{f: f, blocks: make([]lineBlock, 1, len(f.Text)/blockSize+1)}
	b := lineBlock{line: 1, start: int32(f.mark())}
	x.blocks[0] = b
	for from := 0; from+blockSize <= len(f.Text); from += blockSize {
		n, last := breaks(f.Text, from, from+blockSize)
		if b.line += int32(n); n > 0 {
			b.start = int32(last)
		}
		x.blocks = append(x.blocks, b)
	}
	return x
}

// breaks counts the line breaks that end in a range of a text, and returns where
// the line behind the last one starts.
func breaks(text string, from, to int) (n, start int) {
	part := text[from:to]
	if strings.IndexByte(part, '\r') < 0 {
		return strings.Count(part, "\n"), from + strings.LastIndexByte(part, '\n') + 1
	}
	for i := from; i < to; i++ {
		if text[i] == '\n' || text[i] == '\r' && (i+1 >= len(text) || text[i+1] != '\n') {
			n, start = n+1, i+1
		}
	}
	return n, start
}

// Line returns the number of the line that offset lies in, counted from 1,
// without looking at its text. A line break belongs to the line that it ends.
func (x *LineIndex) Line(offset int) int {
	line, _ := x.line(offset)
	return line
}

// line returns the number of a line and where it starts.
func (x *LineIndex) line(offset int) (line, start int) {
	offset = min(max(offset, 0), len(x.f.Text))
	block := offset / blockSize
	b := x.blocks[block]
	n, start := breaks(x.f.Text, block*blockSize, offset)
	if n == 0 {
		start = int(b.start)
	}
	return int(b.line) + n, start
}

// Position is [File.Position].
func (x *LineIndex) Position(offset int) Position {
	offset = min(max(offset, x.f.mark()), len(x.f.Text))
	line, start := x.line(x.inside(offset))
	if line != x.last.line || runeStart(x.f.Text, offset) < x.last.offset {
		x.last = cursor{text: x.f.Text, line: line, start: start, offset: start}
	}
	return x.last.advance(offset)
}

// inside moves an offset that splits a line break into its line.
func (x *LineIndex) inside(offset int) int {
	if splitsBreak(x.f.Text, offset) {
		return offset - 1
	}
	return offset
}

// LineAt is [File.LineAt].
func (x *LineIndex) LineAt(offset int) (start, end int) {
	text := x.f.Text
	offset = x.inside(min(max(offset, x.f.mark()), len(text)))
	line, start := x.line(offset)
	// The line ends in the last block that still begins in it, or before.
	last := sort.Search(len(x.blocks), func(i int) bool { return int(x.blocks[i].line) > line }) - 1
	from := max(offset, last*blockSize)
	if end = strings.IndexAny(text[from:], "\r\n"); end < 0 {
		return start, len(text)
	}
	if end += from; splitsBreak(text, end) {
		end-- // the block begins within the line break
	}
	return start, end
}
