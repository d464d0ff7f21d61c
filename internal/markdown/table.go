package markdown

import (
	"strings"

	"github.com/rolecall/rolecall/report"
)

const (
	gap     = 2 // columns between cells
	leanest = 8 // columns of a cell, however narrow the terminal
)

// table renders rows; the first is the head, the second says how cells are
// aligned, which a terminal does without.
func (r *renderer) table(lines []string) {
	r.apart()
	var rows [][]string
	for i, line := range lines {
		if i != 1 {
			rows = append(rows, r.cells(line))
		}
	}
	widths := r.widths(rows)
	for i, row := range rows {
		if i == 0 {
			for c := range row {
				row[c] = paint(r.style.strong, row[c])
			}
		}
		r.row(row, widths)
	}
}

// cells splits a row at its bars, of which those behind a backslash are text.
func (r *renderer) cells(line string) []string {
	const bar = "\x00"
	line = strings.ReplaceAll(strings.Trim(strings.TrimSpace(line), "|"), `\|`, bar)
	var out []string
	for cell := range strings.SplitSeq(line, "|") {
		out = append(out, r.inline(strings.ReplaceAll(strings.TrimSpace(cell), bar, "|")))
	}
	return out
}

// widths gives each column what its longest cell wants, or less if there is no
// room: the widest ones give way.
func (r *renderer) widths(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	total := -gap
	for c := range widths {
		for _, row := range rows {
			if c < len(row) {
				widths[c] = max(widths[c], report.VisibleColumns(row[c]))
			}
		}
		total += widths[c] + gap
	}
	for ; total > r.o.Width; total-- {
		most := 0
		for c := range widths {
			if widths[c] > widths[most] {
				most = c
			}
		}
		if widths[most] <= leanest {
			break
		}
		widths[most]--
	}
	return widths
}

// row writes a row, on as many lines as its longest cell needs.
func (r *renderer) row(row []string, widths []int) {
	var cells [][]string
	height := 0
	for c := range widths {
		var lines []string
		if c < len(row) {
			lines = strings.Split(report.Flow(row[c], widths[c], ""), "\n")
		}
		cells = append(cells, lines)
		height = max(height, len(lines))
	}
	for y := range height {
		pad := 0
		for c, lines := range cells {
			rest := widths[c]
			if y < len(lines) && lines[y] != "" {
				r.b.WriteString(strings.Repeat(" ", pad) + lines[y])
				rest -= report.VisibleColumns(lines[y])
				pad = 0
			}
			pad += max(rest, 0) + gap
		}
		r.b.WriteByte('\n')
	}
}
