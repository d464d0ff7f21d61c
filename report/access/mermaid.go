package access

import (
	"fmt"
	"io"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// What Mermaid draws at most, unless it is told otherwise.
// https://mermaid.js.org/config/schema-docs/config.html
const (
	mermaidText  = 50_000 // characters
	mermaidEdges = 500
)

// Mermaid writes a flowchart of who gets what where: from hosts to the principals that run there, their roles and the
// scopes they hold on. Grants under a condition are dashed. Of more than Mermaid draws, the grants of the greatest power
// are kept, and a box says how many are left out.
func Mermaid(w io.Writer, a *Access, _ report.Options) error {
	_, err := io.WriteString(w, MermaidGraph(a, 0))
	return err
}

// MermaidGraph is what [Mermaid] writes, with about so many boxes at most; 0 stands for as many as Mermaid takes.
func MermaidGraph(a *Access, boxes int) string {
	if boxes == 0 {
		boxes = mermaidEdges
	}
	for {
		shown := pick(a, boxes)
		g := newGraph(shown.grants, shown.idle)
		s := g.mermaid(&shown)
		if len(g.links) <= mermaidEdges && len(s) <= mermaidText || boxes < 2 {
			return s
		}
		boxes = boxes * 3 / 4
	}
}

func (g *graph) mermaid(shown *selection) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for i := range g.nodes {
		n := &g.nodes[i]
		shape := mermaidShapes[n.column]
		fmt.Fprintf(&b, "  n%d%s\"%s\"%s", i, shape[0], mermaidLabel(n.label, n.note), shape[1])
		if class := mermaidClass(n); class != "" {
			b.WriteString(":::" + class)
		}
		b.WriteByte('\n')
	}
	if len(g.nodes) == 0 {
		b.WriteString("  n0[\"nothing is granted\"]\n")
	}
	if n := shown.left; n > 0 {
		fmt.Fprintf(&b, "  left[\"and %s of less power\"]\n", report.Plural(n, "grant", "grants"))
	}
	for _, l := range g.links {
		arrow := "-->"
		if g.lines[l].dashed {
			arrow = "-.->"
		}
		fmt.Fprintf(&b, "  n%d %s n%d\n", l.from, arrow, l.to)
	}
	b.WriteString("  classDef worst stroke:#c62828,stroke-width:3px\n  classDef grave stroke:#b26a00,stroke-width:2px\n" +
		"  classDef faint stroke-dasharray:4 3\n")
	return b.String()
}

// mermaidShapes are what stands around the label of a box in each column.
var mermaidShapes = [columnCount][2]string{
	hostColumn: {"[", "]"}, principalColumn: {"([", "])"}, roleColumn: {"[", "]"}, scopeColumn: {"[[", "]]"},
}

func mermaidClass(n *node) string {
	switch {
	case n.faint:
		return "faint"
	case n.column == roleColumn && n.power >= PowerPolicy:
		return "worst"
	case n.column == roleColumn && n.power >= PowerCode:
		return "grave"
	}
	return ""
}

// mermaidWidth is how many characters of a text a box shows.
const mermaidWidth = 60

// mermaidLabel writes two lines of a box.
func mermaidLabel(label, note string) string {
	s := mermaidPlain(label)
	if note != "" {
		s += "<br>" + mermaidPlain(note)
	}
	return s
}

// mermaidPlain makes text that others wrote fit for a label in quotes. Whatever Mermaid, or Markdown around it, could
// take for more than text is written by its number.
// https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
func mermaidPlain(s string) string {
	var b strings.Builder
	for _, r := range report.Clean(clip(s, mermaidWidth)) {
		if strings.ContainsRune("\"#&<>`%\\;$*_~[]{}()|@", r) {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
