package source

import "sort"

// LineIndex answers for many positions of one file: it has counted the lines
// once.
type LineIndex struct {
	f      *File
	starts []int32 // of the lines
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
	at := offset
	if splitsBreak(x.f.Text, offset) {
		at--
	}
	line := x.Line(at)
	c := cursor{text: x.f.Text, line: line, start: int(x.starts[line-1])}
	c.offset = c.start
	return c.advance(offset)
}
