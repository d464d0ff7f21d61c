package access

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// drawn is about how many nodes a picture may have and still be read.
const drawn = 60

// The measures of a picture, in pixels.
const (
	margin       = 24
	boxWidth     = 224
	boxHeight    = 40
	columnStep   = boxWidth + 76
	rowStep      = boxHeight + 10
	columnsTop   = 98 // of the headings
	boxesTop     = columnsTop + 14
	barWidth     = 4
	textLeft     = 14
	textRoom     = boxWidth - textLeft - 8
	labelSize    = 13
	noteSize     = 11
	legendRow    = 20
	pictureWidth = 2*margin + (columnCount-1)*columnStep + boxWidth
)

// SVG draws who gets what where: hosts, the principals that run there, their roles and the scopes they hold on. Of many
// grants it draws those of the greatest power, and says how many it leaves out. The picture has no script, asks for
// nothing, and follows the light or dark mode of its reader.
func SVG(w io.Writer, a *Access, _ report.Options) error {
	var m markup
	picture(&m, a, pictureStyle())
	m.WriteByte('\n')
	_, err := w.Write(m.Bytes())
	return err
}

// picture writes the svg element. Where it is part of a page, that has the style.
func picture(m *markup, a *Access, style string) {
	shown := pick(a, drawn)
	g := newGraph(shown.grants, shown.idle)
	told := a.summary()
	told[0] += shown.omitted()
	height := boxesTop + g.tallest()*rowStep + 2*margin + legendRow
	m.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "graph", "role", "img",
		"aria-label", "who gets what where: "+told[0],
		"viewBox", fmt.Sprintf("0 0 %d %d", pictureWidth, height),
		"width", strconv.Itoa(pictureWidth), "height", strconv.Itoa(height))
	if style != "" {
		m.raw("style", style)
	}
	m.empty("rect", "class", "back", "width", "100%", "height", "100%")
	label(m, "title", margin, 34, "Who gets what where")
	label(m, "note", margin, 54, fit(told[0], noteSize, pictureWidth-2*margin))
	label(m, "note", margin, 70, fit(strings.Join(told[1:], "; "), noteSize, pictureWidth-2*margin))
	g.draw(m)
	g.legend(m, height-margin)
	m.close("svg")
}

// label writes a line of text at a place.
func label(m *markup, class string, x, y int, s string) {
	m.leaf("text", s, "class", class, "x", strconv.Itoa(x), "y", strconv.Itoa(y))
}

// tallest returns the number of nodes of the largest column.
func (g *graph) tallest() int {
	n := 1
	for _, c := range g.columns {
		n = max(n, len(c))
	}
	return n
}

// middles returns the height at which the middle of each node lies. Each column is spread over the height of the
// picture.
func (g *graph) middles() []int {
	out := make([]int, len(g.nodes))
	height := g.tallest() * rowStep
	for _, column := range g.columns {
		for i, n := range column {
			out[n] = boxesTop + (2*i+1)*height/(2*len(column))
		}
	}
	return out
}

// draw writes the headings, links and nodes.
func (g *graph) draw(m *markup) {
	for c, name := range columnNames {
		label(m, "head", margin+c*columnStep, columnsTop, name)
	}
	middles := g.middles()
	for _, l := range g.links {
		g.drawLink(m, l, middles)
	}
	targets := map[int]bool{}
	for _, l := range g.links {
		targets[l.to] = true
	}
	for i := range g.nodes {
		g.nodes[i].draw(m, middles[i], targets[i])
	}
}

// drawLink writes one edge, a curve that begins and ends level.
func (g *graph) drawLink(m *markup, l link, middles []int) {
	look := g.lines[l]
	left := margin + g.nodes[l.from].column*columnStep + boxWidth
	right := left + columnStep - boxWidth - tipLength
	middle := (left + right) / 2
	class := "edge"
	if !look.plain {
		class += " " + ink(look.power)
	}
	if look.dashed {
		class += " dashed"
	}
	m.open("path", "class", class, "d", fmt.Sprintf("M%d %dC%d %d %d %d %d %d",
		left, middles[l.from], middle, middles[l.from], middle, middles[l.to], right, middles[l.to]))
	m.leaf("title", look.title)
	m.close("path")
}

// tipLength is the length of an arrow head.
const tipLength = 7

// draw writes one box, with the head of the arrows that end there.
func (n *node) draw(m *markup, middle int, target bool) {
	class := "node"
	if n.column == roleColumn {
		class += " " + ink(n.power)
	}
	if n.faint {
		class += " faint"
	}
	x, y := margin+n.column*columnStep, middle-boxHeight/2
	m.open("g", "class", class)
	m.leaf("title", n.title)
	if target {
		m.empty("path", "class", "tip", "d", fmt.Sprintf("M%d %dl-%d-4v8z", x, middle, tipLength))
	}
	m.empty("rect", "class", "box", "x", strconv.Itoa(x), "y", strconv.Itoa(y),
		"width", strconv.Itoa(boxWidth), "height", strconv.Itoa(boxHeight), "rx", "4")
	m.empty("rect", "class", "bar", "x", strconv.Itoa(x), "y", strconv.Itoa(y),
		"width", strconv.Itoa(barWidth), "height", strconv.Itoa(boxHeight), "rx", "2")
	name, note := n.shortened()
	label(m, "name", x+textLeft, y+17, name)
	label(m, "note", x+textLeft, y+32, note)
	m.close("g")
}

// shortened returns the two lines of a box as far as there is room for them.
func (n *node) shortened() (name, note string) {
	return fit(clean(n.label), labelSize, textRoom), fit(clean(n.note), noteSize, textRoom)
}

// legend writes what the colours and lines mean, of the powers that are in the picture.
func (g *graph) legend(m *markup, y int) {
	used := map[Power]bool{}
	dashed := false
	for _, l := range g.lines {
		used[l.power] = used[l.power] || !l.plain
		dashed = dashed || l.dashed
	}
	x := margin
	for p := PowerEscalate; ; p-- {
		if used[p] {
			m.open("g", "class", ink(p))
			m.empty("rect", "class", "bar", "x", strconv.Itoa(x), "y", strconv.Itoa(y-9), "width", "12", "height", "10", "rx", "2")
			label(m, "note", x+18, y, p.String())
			m.close("g")
			x += 40 + int(textWidth(p.String(), noteSize))
		}
		if p == PowerUnknown {
			break
		}
	}
	if dashed {
		m.empty("path", "class", "edge dashed", "d", fmt.Sprintf("M%d %dh28", x, y-4))
		label(m, "note", x+36, y, "only under a condition")
	}
}
