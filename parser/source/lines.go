package source

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Position is a place in a text as people and tools name it. Lines and columns
// count from 1; a byte order mark is not part of the first line. Bytes that are
// not UTF-8 are one rune each.
type Position struct {
	Offset int // in bytes of File.Text, from 0
	Line   int // LF, CRLF and a lone CR each end a line
	Byte   int // column in bytes of UTF-8
	Rune   int // column in Unicode code points
	UTF16  int // column in UTF-16 code units
}

// Position returns the position of offset, which is moved into the text if it lies
// outside. It counts lines from the beginning of the text: for many offsets use
// Positions.
func (f *File) Position(offset int) Position {
	c := f.newCursor()
	return c.advance(offset)
}

// Positions returns the positions of offsets, in their order, in one pass over
// the text.
func (f *File) Positions(offsets []int) []Position {
	order := make([]int, len(offsets))
	for i := range order {
		order[i] = i
	}
	if !slices.IsSorted(offsets) {
		slices.SortStableFunc(order, func(a, b int) int { return offsets[a] - offsets[b] })
	}
	positions := make([]Position, len(offsets))
	c := f.newCursor()
	for _, i := range order {
		positions[i] = c.advance(offsets[i])
	}
	return positions
}

// Line returns the text of line n without its line break, "" if there is no such
// line.
func (f *File) Line(n int) string {
	rest := f.Text[f.mark():]
	breaks := "\n"
	if strings.IndexByte(rest, '\r') >= 0 {
		breaks = "\r\n"
	}
	for n > 1 {
		end := strings.IndexAny(rest, breaks)
		if end < 0 {
			return ""
		}
		rest = rest[end+breakSize(rest, end):]
		n--
	}
	if n < 1 {
		return ""
	}
	if end := strings.IndexAny(rest, breaks); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

// LineAt returns the bounds of the line that offset lies in, without its line
// break and without a byte order mark.
func (f *File) LineAt(offset int) (start, end int) {
	offset = min(max(offset, f.mark()), len(f.Text))
	if splitsBreak(f.Text, offset) {
		offset--
	}
	start = max(f.mark(), 1+strings.LastIndexAny(f.Text[:offset], "\r\n"))
	end = strings.IndexAny(f.Text[offset:], "\r\n")
	if end < 0 {
		return start, len(f.Text)
	}
	return start, offset + end
}

// mark returns the length of the byte order mark in Text.
func (f *File) mark() int {
	if f.Encoding == UTF8BOM {
		return len(utf8Mark)
	}
	return 0
}

// cursor walks forward through a text and counts.
type cursor struct {
	text   string
	offset int // everything before it has been counted; never inside a rune
	line   int // the 1-based line of offset
	start  int // where that line starts
	runes  int // code points between start and offset
	units  int // UTF-16 code units between start and offset
}

func (f *File) newCursor() cursor {
	return cursor{text: f.Text, offset: f.mark(), line: 1, start: f.mark()}
}

// advance moves the cursor to an offset that must not lie before the former one,
// and returns its position.
func (c *cursor) advance(offset int) Position {
	offset = min(max(offset, c.start), len(c.text))
	if to := runeStart(c.text, offset); to > c.offset {
		c.count(to)
	}
	return Position{
		Offset: offset,
		Line:   c.line,
		Byte:   offset - c.start + 1,
		Rune:   c.runes + 1,
		UTF16:  c.units + 1,
	}
}

// count moves the cursor forward to an offset that is not inside a rune.
func (c *cursor) count(to int) {
	passed := to
	if splitsBreak(c.text, to) {
		passed-- // a CRLF ends the line behind its LF
	}
	passedText := c.text[c.offset:passed]
	lf := strings.Count(passedText, "\n")
	cr := strings.Count(passedText, "\r")
	if cr > 0 {
		cr -= strings.Count(passedText, "\r\n")
	}
	if lf+cr > 0 {
		c.line += lf + cr
		c.start = c.offset + 1 + strings.LastIndexAny(passedText, "\r\n")
		c.offset, c.runes, c.units = c.start, 0, 0
	}
	runes, units := measure(c.text[c.offset:to])
	c.offset, c.runes, c.units = to, c.runes+runes, c.units+units
}

// measure counts the code points and the UTF-16 code units of s.
func measure(s string) (runes, units int) {
	runes = utf8.RuneCountInString(s)
	units = runes
	if runes == len(s) {
		return runes, units
	}
	for _, r := range s {
		if r > 0xFFFF {
			units++
		}
	}
	return runes, units
}

// runeStart returns the start of the rune that offset lies in.
func runeStart(s string, offset int) int {
	for back := 1; back < utf8.UTFMax && back <= offset; back++ {
		at := offset - back
		if utf8.RuneStart(s[at]) {
			if _, size := utf8.DecodeRuneInString(s[at:]); size > back {
				return at
			}
			break
		}
	}
	return offset
}

// splitsBreak reports whether offset lies between the CR and the LF of a CRLF.
func splitsBreak(s string, offset int) bool {
	return offset > 0 && offset < len(s) && s[offset-1] == '\r' && s[offset] == '\n'
}

// breakSize returns the length of the line break at i.
func breakSize(s string, i int) int {
	if splitsBreak(s, i+1) {
		return 2
	}
	return 1
}
