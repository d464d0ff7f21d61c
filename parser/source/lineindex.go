package source

import "sort"

// LineIndex answers for many positions of one file: it has counted the lines
// once, and of a long line it counts on from where it was asked last. It belongs
// to one goroutine.
type LineIndex struct {
	f      *File
	starts []int32 // of the lines
	last   cursor
}

// LineIndex counts the lines of the file.
func (f *File) LineIndex() *LineIndex {
	x := &LineIndex{f: f, starts: []int32{int32(f.mark())}}
	for i := f.mark(); i < len(f.Text); i++ {
		switch c := f.Text[i]; {
		case c == '\n', c == '\r' && (i+1 >= len(f.Text) || f.Text[i+1] != '\n'):
			x.starts = append(x.starts, int32(i+1))
		}
	}
	return x
}

// Line returns the number of the line that offset lies in, counted from 1,
// without looking at its text. A line break belongs to the line that it ends.
func (x *LineIndex) Line(offset int) int {
	return max(1, sort.Search(len(x.starts), func(i int) bool { return int(x.starts[i]) > offset }))
}

// Position is [File.Position].
func (x *LineIndex) Position(offset int) Position {
	offset = min(max(offset, x.f.mark()), len(x.f.Text))
	line := x.Line(x.inside(offset))
	if line != x.last.line || runeStart(x.f.Text, offset) < x.last.offset {
		start := int(x.starts[line-1])
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
	line := x.Line(x.inside(min(max(offset, x.f.mark()), len(text))))
	start, end = int(x.starts[line-1]), len(text)
	if line < len(x.starts) {
		end = int(x.starts[line]) - 1
		if end > start && text[end] == '\n' && text[end-1] == '\r' {
			end--
		}
	}
	return start, end
}
