package report

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	tabStop  = 4
	ellipsis = "…"
)

// frame says how to show a place.
type frame struct {
	gutter int // width of the line numbers
	mark   byte
	style  string
}

// gutter returns the width of the line numbers of a finding's frames.
func gutter(f *Finding) int {
	last := 1
	see := func(places []Place) {
		for i := range places[:min(len(places), maxFrames)] {
			for _, l := range places[i].Lines {
				last = max(last, l.Number)
			}
		}
	}
	see([]Place{f.At})
	see(f.Related)
	see(f.Flow)
	return len(strconv.Itoa(last))
}

// frame writes the source lines of a place and underlines the place. Lines around it are only shown with one that is
// short enough to be shown from its beginning.
func (p *printer) frame(pl *Place, fr frame) {
	room := p.width - fr.gutter - 3
	marked, start, end := pl.marked()
	if marked == nil {
		p.label(pl.Message, 0, room, fr)
		return
	}
	view := newView(marked, start, end, room)
	p.bar(fr.gutter)
	for i := range pl.Lines {
		l := &pl.Lines[i]
		switch {
		case l == marked:
			p.source(l.Number, view.text, fr)
			p.underline(view, pl.Message, room, fr)
		case !view.cutLeft:
			p.source(l.Number, newView(l, 0, 0, room).text, fr)
		}
	}
}

// bar writes an empty line of a frame.
func (p *printer) bar(gutter int) {
	p.line(pad("", gutter), " ", p.paint.faint("|"))
}

func (p *printer) source(number int, text string, fr frame) {
	line := pad(strconv.Itoa(number), fr.gutter) + " " + p.paint.faint("|") + " " + text
	p.line(strings.TrimRight(line, " "))
}

// underline marks the place, with its message behind the mark or, if there is no room, below.
func (p *printer) underline(v view, label string, room int, fr frame) {
	fits := Columns(Clean(label)) < room-v.indent-v.width
	line := p.margin(v.indent, fr) + wrap(fr.style, strings.Repeat(string(fr.mark), v.width))
	if label != "" && fits {
		line += " " + wrap(fr.style, Clean(label))
	}
	p.line(line)
	if !fits {
		p.label(label, v.indent, room, fr)
	}
}

// label writes the message of a place on a line of its own, indented as far as there is room, or on more of them.
func (p *printer) label(label string, indent, room int, fr frame) {
	if label == "" {
		return
	}
	label = Clean(label)
	indent = max(0, min(indent, room-Columns(label)))
	for line := range strings.SplitSeq(Flow(label, room, ""), "\n") {
		p.line(p.margin(indent, fr) + wrap(fr.style, line))
	}
}

// margin returns what stands at the left of a line that is not source.
func (p *printer) margin(indent int, fr frame) string {
	return pad("", fr.gutter) + " " + p.paint.faint("|") + " " + pad("", indent)
}

func pad(s string, width int) string {
	return strings.Repeat(" ", max(0, width-len(s))) + s
}

// view is what is shown of a line.
type view struct {
	text    string
	indent  int  // columns before the mark
	width   int  // columns of the mark, at least 1
	cutLeft bool // text does not begin where the line does
}

// newView renders a line so that it fits into room columns with the bytes from start to end in sight. What is left out
// is replaced by an ellipsis. It looks at the surroundings only: a line may be a megabyte long.
func newView(l *Line, start, end, room int) view {
	from, to := surroundings(l.Text, start, end, room)
	cells := render(l.Text, from, to)
	first := cellAt(cells, start)
	last := max(first+1, cellAt(cells, end))
	v := view{cutLeft: from > 0 || l.Before > 0}
	cutRight := to < len(l.Text) || l.After > 0

	if !v.cutLeft && !cutRight && columnsOf(cells) <= room {
		return v.finish(cells, first, last, false)
	}
	if v.cutLeft || columnsOf(cells[:min(last, len(cells))]) > room-1 {
		skip := leftCut(cells, first, last, room)
		v.cutLeft = v.cutLeft || skip > 0
		cells, first, last = cells[skip:], first-skip, last-skip
	}
	space := room
	if v.cutLeft {
		space--
	}
	kept := prefix(cells, space)
	if kept < len(cells) || cutRight {
		cutRight = true
		kept = prefix(cells, space-1)
	}
	return v.finish(cells[:kept], first, last, cutRight)
}

// leftCut returns how many cells to leave out at the left: a third of the room goes to what stands before the mark, or
// more if the mark is short.
func leftCut(cells []cell, first, last, room int) int {
	mark := columnsOf(cells[first:min(last, len(cells))])
	space := max(room-2-mark, 0) / 2
	space = max(min(space, room/2), room/6)
	skip := first
	for skip > 0 && space >= cells[skip-1].width {
		skip--
		space -= cells[skip].width
	}
	return skip
}

// finish composes the text of a view and measures it.
func (v view) finish(cells []cell, first, last int, cutRight bool) view {
	var b strings.Builder
	if v.cutLeft {
		b.WriteString(ellipsis)
	}
	first, last = min(first, len(cells)), min(last, len(cells))
	write(&b, cells[:first])
	v.indent = Columns(b.String())
	write(&b, cells[first:last])
	v.width = max(1, Columns(b.String())-v.indent)
	write(&b, cells[last:])
	if cutRight {
		b.WriteString(ellipsis)
	}
	v.text = b.String()
	return v
}

// surroundings returns the bytes of s that can matter for a view, at the boundaries of characters.
func surroundings(s string, start, end, room int) (from, to int) {
	reach := room * utf8.UTFMax
	from, to = max(0, start-reach), min(len(s), min(end, start+reach)+reach)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	return from, to
}
