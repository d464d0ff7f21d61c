package suppress

import (
	"sort"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
)

// comments are the directives in the comments of a file.
func comments(f *source.File) []Directive {
	var l *layout
	var out []Directive
	i := -1
	for c := range f.Comments() {
		i++
		text := f.Text[c.Start:c.End]
		if !strings.Contains(text, mark) {
			continue
		}
		d, ok := ParseComment(text, c.Start)
		if !ok {
			continue
		}
		if l == nil {
			l = newLayout(f)
		}
		if at := l.target(i); at < len(f.Text) {
			d.Scope = l.scope(at)
		} else if d.Fault == "" {
			d.Fault = "nothing follows that the suppression could act on"
		}
		out = append(out, d)
	}
	return out
}

// layout is where comments, tokens and resources stand in a file. It is made
// in one pass: a hostile file may consist of suppressions.
type layout struct {
	f         *source.File
	lines     *source.LineIndex
	comments  []source.Comment
	before    []int  // for each comment, the offset of a token before it; -1 if there is none
	behind    []int  // the offset of the first token behind it; the end of the text if there is none
	resources []Span // by their starts
	last      Span   // the line that was asked for last
	grown     Span   // and its scope
}

func newLayout(f *source.File) *layout {
	l := &layout{f: f, lines: f.LineIndex()}
	for c := range f.Comments() {
		l.comments = append(l.comments, c)
	}
	l.tokens()
	l.visit(f.Root(), false)
	return l
}

// tokens fills in before and behind.
func (l *layout) tokens() {
	const blank = " \t\r\n"
	n, text := len(l.comments), l.f.Text
	l.before, l.behind = make([]int, n), make([]int, n)
	last, end := -1, 0
	for i, c := range l.comments {
		if gap := strings.TrimRight(text[end:c.Start], blank); gap != "" {
			last = end + len(gap) - 1
		}
		l.before[i], end = last, c.End
	}
	next, start := len(text), len(text)
	for i := n - 1; i >= 0; i-- {
		c := l.comments[i]
		if gap := strings.TrimLeft(text[c.End:start], blank); gap != "" {
			next = start - len(gap)
		}
		l.behind[i], start = next, c.Start
	}
}

// target returns an offset on the line that a comment acts on: its own if
// there is more on it than comments, else the next such line.
func (l *layout) target(i int) int {
	c, before := l.comments[i], l.before[i]
	if before >= 0 && l.lines.Line(before) == l.lines.Line(c.Start) {
		return c.Start
	}
	return l.behind[i]
}

// scope is the line around an offset, with a string that goes on over further
// lines, and the resources that are declared from it on.
func (l *layout) scope(offset int) Span {
	if l.last.Holds(offset) {
		return l.grown
	}
	start, end := l.lines.LineAt(offset)
	l.last, l.grown = Span{start, end}, Span{start, end}
	if n := l.nodeAt(end); n.Kind() == source.String && n.Start() >= start {
		l.grown.End = n.End()
	}
	first := sort.Search(len(l.resources), func(i int) bool { return l.resources[i].Start >= start })
	for _, r := range l.resources[first:] {
		if r.Start >= end {
			break
		}
		l.grown.End = max(l.grown.End, r.End)
	}
	return l.grown
}

// nodeAt is the node that a line break stands in, looked for only if there are
// strings with line breaks at all.
func (l *layout) nodeAt(offset int) source.Node {
	if l.f.Notes&source.RawNewline == 0 {
		return source.Node{}
	}
	return l.f.NodeAt(offset)
}

// visit collects the resources: the elements or members of what is called
// resources.
func (l *layout) visit(n source.Node, resources bool) {
	for e := range n.Elements() {
		if resources && e.Kind() == source.Object {
			l.resources = append(l.resources, spanOf(e))
		}
		l.visit(e, false)
	}
	for key, v := range n.Members() {
		if resources && v.Kind() == source.Object {
			l.resources = append(l.resources, Span{key.Start(), v.End()})
		}
		l.visit(v, !resources && source.FoldEqual(key.Text(), "resources"))
	}
}
