package rules

import (
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// nodeAt returns the JSON node that is written at the span, the zero Node if
// no such node is.
func nodeAt(u *facts.Unit, at value.Span) source.Node {
	f := u.File(at.Pos())
	if f == nil || !at.IsValid() {
		return source.Node{}
	}
	n := f.NodeAt(int(at.Start) - f.Base)
	if n.IsZero() || n.Pos() != at.Pos() || n.EndPos() != at.EndPos() {
		return source.Node{}
	}
	return n
}

// editable tells whether fixes may touch the file of a place: not if Bicep
// generated it, nor in UTF-16.
func editable(u *facts.Unit, at value.Span) bool {
	f := u.File(at.Pos())
	if f == nil || f.Encoding == source.UTF16LE || f.Encoding == source.UTF16BE {
		return false
	}
	return f.Root().Get("metadata").Get("_generator").IsZero()
}

// replace is the fix that puts text in the place of the node at the span; nil
// if the place is not a node of its own or may not be edited.
func replace(u *facts.Unit, at value.Span, message, text string, safe bool) []Fix {
	if nodeAt(u, at).IsZero() || !editable(u, at) {
		return nil
	}
	return []Fix{{message, safe, []Edit{{at.Pos(), at.EndPos(), text}}}}
}

// insertAfter is the fix that writes a new member behind the member whose
// value stands at the span, on a line of its own and indented like it.
func insertAfter(u *facts.Unit, at value.Span, message, member string, safe bool) []Fix {
	n := nodeAt(u, at)
	if n.IsZero() || n.Key().IsZero() || !editable(u, at) {
		return nil
	}
	return []Fix{{message, safe, behind(n, n.Key().Start(), member)}}
}

// behind are the edits that write text behind a member or an element that
// begins at start: on a line of its own if that does so, and then behind the
// comment that ends the line of n.
func behind(n source.Node, start int, text string) []Edit {
	f, end := n.File(), n.End()
	insert := func(at int, s string) Edit { return Edit{token.Pos(f.Base + at), token.Pos(f.Base + at), s} }
	line, _ := f.LineAt(start)
	indent := f.Text[line:start]
	if blanks(indent) != indent {
		return []Edit{insert(end, ", "+text)}
	}
	text = lineBreak(f.Text) + indent + text
	switch at, comma := lineComment(f, end); {
	case at == end:
		return []Edit{insert(end, ","+text)}
	case comma:
		return []Edit{insert(at, text+",")}
	default:
		return []Edit{insert(end, ","), insert(at, text)}
	}
}

// lineComment is where the comment ends that alone, or with a comma before it,
// follows on an offset and ends the line; the offset itself if there is none.
func lineComment(f *source.File, offset int) (end int, comma bool) {
	_, lineEnd := f.LineAt(offset)
	for c := range f.Comments() {
		if c.Start < offset {
			continue
		}
		if c.End > lineEnd || strings.TrimSpace(f.Text[c.End:lineEnd]) != "" {
			break
		}
		switch strings.TrimSpace(f.Text[offset:c.Start]) {
		case "":
			return c.End, false
		case ",":
			return c.End, true
		}
		break
	}
	return offset, false
}

// lineBreak is how the lines of a text end.
func lineBreak(text string) string {
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// moveMember is the fix that takes the member with the value n out of its
// object and writes it behind another member, indented like that. It may
// change what is deployed.
func moveMember(u *facts.Unit, n source.Node, after value.Span, message string) []Fix {
	f := n.File()
	start, _ := f.LineAt(n.Key().Start())
	toStart, _ := f.LineAt(int(after.Start) - u.File(after.Pos()).Base)
	text := strings.ReplaceAll(n.Key().Source()+": "+n.Source(), "\n"+blanks(f.Text[start:]), "\n"+blanks(f.Text[toStart:]))
	fix := insertAfter(u, after, message, text, false)
	if fix != nil {
		fix[0].Edits = append(fix[0].Edits, withoutMember(n)...)
	}
	return fix
}

// blanks are the spaces and tabs that a text begins with.
func blanks(text string) string { return text[:len(text)-len(strings.TrimLeft(text, " \t"))] }

// withoutMember are the edits that take a member out of its object, and a comma
// with it. Comments beside it stay.
func withoutMember(n source.Node) []Edit {
	f, key := n.File(), n.Key()
	cut := func(from, to int) Edit { return Edit{token.Pos(f.Base + from), token.Pos(f.Base + to), ""} }
	before, next := neighbours(n)
	if before.IsZero() || !next.IsZero() {
		end := n.Parent().End()
		if !next.IsZero() {
			end = next.Start()
		}
		edits := []Edit{cut(key.Start(), n.End())}
		if at := comma(f, n.End(), end); at >= 0 {
			edits = append(edits, cut(at, at+1+len(space(f.Text[at+1:end]))))
		}
		return edits
	}
	at := comma(f, before.End(), key.Start())
	from := at + 1 + len(strings.TrimRight(f.Text[at+1:key.Start()], whitespace))
	if from > at+1 && !strings.Contains(space(f.Text[n.End():]), "\n") {
		from = key.Start() // behind a comment that ends with its line
	}
	return []Edit{cut(at, at+1), cut(from, n.End())}
}

// neighbours are the value before a member, and the key behind it.
func neighbours(n source.Node) (before, next source.Node) {
	found := false
	for key, v := range n.Parent().Members() {
		switch {
		case found:
			return before, key
		case v == n:
			found = true
		default:
			before = v
		}
	}
	return before, next
}

const whitespace = " \t\r\n"

// space is the white space that a text begins with.
func space(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, whitespace))]
}

// comma is the offset of the first comma from one offset to another, those of
// comments left out; -1 if there is none.
func comma(f *source.File, from, to int) int {
	for c := range f.Comments() {
		if c.Start < from || c.Start >= to {
			continue
		}
		if i := strings.IndexByte(f.Text[from:c.Start], ','); i >= 0 {
			return from + i
		}
		from = c.End
	}
	if i := strings.IndexByte(f.Text[from:to], ','); i >= 0 {
		return from + i
	}
	return -1
}
