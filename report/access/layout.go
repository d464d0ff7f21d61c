package access

import (
	"strings"

	"github.com/rolecall/rolecall/report"
)

const (
	rowIndent   = 2
	columnGap   = 2
	leastColumn = 8 // columns are not made narrower, whatever the terminal
)

// table is a table that is laid out for a number of columns of a terminal.
type table struct {
	room   int
	color  bool
	groups []tableGroup
	widths [tableColumns]int
}

// rows yields all rows.
func (t *table) rows(yield func(*tableRow) bool) {
	for i := range t.groups {
		for j := range t.groups[i].rows {
			if !yield(&t.groups[i].rows[j]) {
				return
			}
		}
	}
}

// fit gives each column the width that its longest text wants, or less if there is no room: the widest ones give way.
// Empty columns have no width.
func (t *table) fit() {
	for r := range t.rows {
		for c := range r.cells {
			for _, s := range r.cells[c] {
				t.widths[c] = max(t.widths[c], report.Columns(s), len(tableHeads[c]))
			}
		}
	}
	total := rowIndent - columnGap
	for _, w := range t.widths {
		if w > 0 {
			total += w + columnGap
		}
	}
	for ; total > t.room; total-- {
		widest := 0
		for c := range t.widths {
			if t.widths[c] > t.widths[widest] {
				widest = c
			}
		}
		if t.widths[widest] <= leastColumn {
			return
		}
		t.widths[widest]--
	}
}

func (t *table) write(b *strings.Builder) {
	if len(t.groups) == 0 {
		return
	}
	var head tableRow
	for c, s := range tableHeads {
		head.cells[c] = []string{s}
	}
	t.writeRow(b, &head, true)
	for i := range t.groups {
		b.WriteByte('\n')
		t.heading(b, &t.groups[i])
		for j := range t.groups[i].rows {
			t.writeRow(b, &t.groups[i].rows[j], false)
		}
	}
	b.WriteByte('\n')
}

// heading writes the principal of a group and what there is to know of it.
func (t *table) heading(b *strings.Builder, g *tableGroup) {
	b.WriteString(report.Flow(t.paint(bold, g.name)+t.paint(faint, " ("+g.about+")"), t.room, "  ") + "\n")
}

func (t *table) writeRow(b *strings.Builder, r *tableRow, head bool) {
	var cells [tableColumns][]string
	height := 0
	for c := range cells {
		if t.widths[c] == 0 {
			continue
		}
		for _, s := range r.cells[c] {
			cells[c] = append(cells[c], strings.Split(report.Flow(s, t.widths[c], ""), "\n")...)
		}
		height = max(height, len(cells[c]))
	}
	for y := range height {
		gap := rowIndent
		for c, cell := range cells {
			if t.widths[c] == 0 {
				continue
			}
			rest := t.widths[c]
			if y < len(cell) && cell[y] != "" {
				b.WriteString(strings.Repeat(" ", gap) + t.paint(style(c, r.power, head), cell[y]))
				rest -= report.Columns(cell[y])
				gap = 0
			}
			gap += max(rest, 0) + columnGap
		}
		b.WriteByte('\n')
	}
}

// The styles of a terminal.
const (
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
)

func (t *table) paint(style, s string) string {
	if !t.color || style == "" || s == "" {
		return s
	}
	return style + s + "\x1b[0m"
}

// style is that of a cell.
func style(column int, p Power, head bool) string {
	switch {
	case head:
		return faint
	case column == powerColumn && p >= PowerPolicy:
		return red
	case column == powerColumn && p >= PowerCode:
		return yellow
	}
	return ""
}
