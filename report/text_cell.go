package report

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// cell is one character of a source line as it is printed.
type cell struct {
	at    int // byte offset in the line
	text  string
	width int // columns
}

// render turns the bytes from..to of a source line into cells, hostile characters made harmless and tabs expanded.
func render(s string, from, to int) []cell {
	cells := make([]cell, 0, to-from)
	column := 0
	for i := from; i < to; {
		r, size := utf8.DecodeRuneInString(s[i:])
		c := cell{at: i}
		if r == '\t' {
			c.width = tabStop - column%tabStop
			c.text = strings.Repeat(" ", c.width)
		} else {
			c.text = visible(s, i, r, size)
			c.width = Columns(c.text)
		}
		column += c.width
		cells = append(cells, c)
		i += size
	}
	return cells
}

// cellAt returns the index of the first cell at or behind a byte offset.
func cellAt(cells []cell, offset int) int {
	for i := range cells {
		if cells[i].at >= offset {
			return i
		}
	}
	return len(cells)
}

// prefix returns how many cells fit into a number of columns.
func prefix(cells []cell, space int) int {
	for i := range cells {
		if space -= cells[i].width; space < 0 {
			return i
		}
	}
	return len(cells)
}

func columnsOf(cells []cell) int {
	n := 0
	for i := range cells {
		n += cells[i].width
	}
	return n
}

func write(b *strings.Builder, cells []cell) {
	for i := range cells {
		b.WriteString(cells[i].text)
	}
}

// Columns returns the number of terminal columns of s, the same in every locale: ambiguous characters count as narrow.
func Columns(s string) int {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return len(s)
	}
	narrow := runewidth.Condition{StrictEmojiNeutral: true}
	return narrow.StringWidth(s)
}
