// Package markdown shows pages of Markdown on a terminal. It knows what the
// pages of the rules use: headings, paragraphs, lists, tables, fenced code,
// links, code and emphasis within a line.
package markdown

import (
	"cmp"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// Options say what the terminal can do.
type Options struct {
	Width      int    // columns; 0 means 80
	Color      bool   // it has colours
	Hyperlinks bool   // it knows OSC 8
	Base       string // what relative links are relative to, ending in "/"
}

const (
	narrowest = 40
	usual     = 80
	widest    = 100 // longer lines are hard to read
)

// Terminal renders a page.
func Terminal(page string, o Options) string {
	o.Width = min(max(cmp.Or(o.Width, usual), narrowest), widest)
	r := renderer{o: o, lines: strings.Split(strings.TrimSpace(page), "\n")}
	if o.Color {
		r.style = colours
	}
	for len(r.lines) > 0 {
		r.block()
	}
	return r.b.String()
}

// styles are the escape sequences of what is set apart.
type styles struct {
	title, heading, code, block, strong, soft, link string
}

var colours = styles{
	title:   "\x1b[1;4m",
	heading: "\x1b[1;36m",
	code:    "\x1b[36m",
	block:   "\x1b[2m",
	strong:  "\x1b[1m",
	soft:    "\x1b[3m",
	link:    "\x1b[4m",
}

func paint(style, s string) string {
	if style == "" || s == "" {
		return s
	}
	return style + s + "\x1b[0m"
}

type renderer struct {
	o     Options
	style styles
	lines []string // still to come
	b     strings.Builder
}

// block renders what comes next, up to the line behind it.
func (r *renderer) block() {
	line := r.lines[0]
	switch {
	case strings.TrimSpace(line) == "":
		r.lines = r.lines[1:]
	case strings.HasPrefix(line, "```"):
		r.fence()
	case strings.HasPrefix(line, "#"):
		r.lines = r.lines[1:]
		r.heading(line)
	case strings.HasPrefix(line, "|"):
		r.table(r.take(func(l string) bool { return strings.HasPrefix(l, "|") }))
	case strings.HasPrefix(line, "- "):
		r.list()
	default:
		r.paragraph("", r.take(isText))
	}
}

// isText tells whether a line goes on with a paragraph.
func isText(line string) bool {
	if strings.TrimSpace(line) == "" {
		return false
	}
	for _, p := range []string{"```", "#", "|", "- "} {
		if strings.HasPrefix(line, p) {
			return false
		}
	}
	return true
}

// take returns the lines up to the first that does not belong to them.
func (r *renderer) take(belongs func(string) bool) []string {
	n := 0
	for n < len(r.lines) && belongs(r.lines[n]) {
		n++
	}
	taken := r.lines[:n]
	r.lines = r.lines[n:]
	return taken
}

// apart begins a block with an empty line.
func (r *renderer) apart() {
	if r.b.Len() > 0 {
		r.b.WriteByte('\n')
	}
}

func (r *renderer) heading(line string) {
	r.apart()
	text := strings.TrimLeft(line, "#")
	style := r.style.strong
	switch len(line) - len(text) {
	case 1:
		style = r.style.title
	case 2:
		style = r.style.heading
	}
	r.b.WriteString(report.Flow(paint(style, strings.TrimSpace(text)), r.o.Width, "") + "\n")
}

func (r *renderer) paragraph(margin string, lines []string) {
	r.apart()
	r.b.WriteString(r.flow(margin, "", lines) + "\n")
}

// flow renders the text of lines, broken anew.
func (r *renderer) flow(margin, first string, lines []string) string {
	words := strings.Fields(strings.Join(lines, " "))
	return report.Flow(first+r.inline(strings.Join(words, " ")), r.o.Width, margin)
}

// list renders items. They are not set apart from each other.
func (r *renderer) list() {
	r.apart()
	for len(r.lines) > 0 && strings.HasPrefix(r.lines[0], "- ") {
		first := r.lines[0][2:]
		r.lines = r.lines[1:]
		rest := r.take(func(l string) bool { return strings.HasPrefix(l, "  ") })
		r.b.WriteString(r.flow("  ", "- ", append([]string{first}, rest...)) + "\n")
	}
}

// fence renders code as it is, indented, so that it can be copied.
func (r *renderer) fence() {
	language := strings.TrimPrefix(r.lines[0], "```")
	r.lines = r.lines[1:]
	code := r.take(func(l string) bool { return !strings.HasPrefix(l, "```") })
	r.lines = r.lines[min(1, len(r.lines)):]
	r.apart()
	if language != "" {
		r.b.WriteString(paint(r.style.block, "    "+language) + "\n")
	}
	for _, l := range code {
		r.b.WriteString(strings.TrimRight("    "+paint(r.style.code, l), " ") + "\n")
	}
}
