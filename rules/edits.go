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

// editable tells whether fixes may touch the JSON file of a place: not if Bicep
// generated it, nor in UTF-16.
func editable(u *facts.Unit, at value.Span) bool {
	f := u.File(at.Pos())
	if f == nil || f.Encoding == source.UTF16LE || f.Encoding == source.UTF16BE || u.Lowered(at.Pos()) {
		return false
	}
	return f.Root().Get("metadata").Get("_generator").IsZero()
}

// change is the fix that makes edits of the node at a span: in JSON, or in the
// language that the node was made of, by an editor at the place where it is
// written. It is nil if there are no such edits.
func change(u *facts.Unit, at value.Span, message string, safe bool, json func(source.Node) []Edit, other func(facts.Editor, value.Span) []Edit) []Fix {
	n := nodeAt(u, at)
	var edits []Edit
	switch {
	case n.IsZero():
	case editable(u, at):
		edits = json(n)
	default:
		if e := u.Editor(n); e != nil {
			edits = other(e, u.Written(at))
		}
	}
	if len(edits) == 0 {
		return nil
	}
	return []Fix{{message, safe, edits}}
}

// replace is the fix that puts a value, given as JSON, in the place of the node
// at the span; nil if the place is not a node of its own or may not be edited.
func replace(u *facts.Unit, at value.Span, message, json string, safe bool) []Fix {
	return change(u, at, message, safe,
		func(source.Node) []Edit { return []Edit{{Pos: at.Pos(), End: at.EndPos(), New: json}} },
		func(e facts.Editor, where value.Span) []Edit { return e.Replace(where, nodeAt(u, at), json) })
}

// respell is the fix that makes edits within the node at the span, of texts that
// all languages write alike. Insertions have no place in another language, nor has
// what stands outside of the place of the node: in a variable that it names.
func respell(u *facts.Unit, at value.Span, message string, safe bool, edits ...Edit) []Fix {
	return change(u, at, message, safe,
		func(source.Node) []Edit { return edits },
		func(e facts.Editor, where value.Span) []Edit {
			var out []Edit
			f := u.File(at.Pos())
			for _, x := range edits {
				old := f.Text[int(x.Pos)-f.Base : int(x.End)-f.Base]
				place := u.Written(value.Span{Start: int32(x.Pos), End: int32(x.End)})
				made := e.Text(place, old, x.New)
				if made == nil || !inside(place, where) {
					return nil
				}
				out = append(out, made...)
			}
			return out
		})
}

// insertAfter is the fix that writes a new member, its value given as JSON,
// behind the member whose value stands at the span, on a line of its own and
// indented like it.
func insertAfter(u *facts.Unit, at value.Span, message, name, json string, safe bool) []Fix {
	return change(u, at, message, safe,
		func(n source.Node) []Edit { return behindMember(n, `"`+name+`": `+json) },
		func(e facts.Editor, where value.Span) []Edit { return e.Member(where, name, json) })
}

// behindMember are the edits that write a member behind the one with the value n.
func behindMember(n source.Node, member string) []Edit {
	if n.Key().IsZero() {
		return nil
	}
	return behind(n, n.Key().Start(), member)
}

// behind are the edits that write text behind a member or an element that
// begins at start: on a line of its own if that does so, and then behind the
// comment that ends the line of n.
func behind(n source.Node, start int, text string) []Edit {
	f, end := n.File(), n.End()
	insert := func(at int, s string) Edit {
		return Edit{Pos: token.Pos(f.Base + at), End: token.Pos(f.Base + at), New: s}
	}
	before := strings.TrimRight(f.Text[:start], " \t")
	if !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, "\r") {
		return []Edit{insert(end, ", "+text)}
	}
	text = lineBreak(f.Text) + f.Text[len(before):start] + text
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
	target := nodeAt(u, after)
	if n.Key().IsZero() || target.IsZero() {
		return nil
	}
	return change(u, value.Span{Start: int32(n.Pos()), End: int32(n.EndPos())}, message, false,
		func(n source.Node) []Edit {
			f := n.File()
			start, _ := f.LineAt(n.Key().Start())
			toStart, _ := f.LineAt(target.Start())
			text := strings.ReplaceAll(n.Key().Source()+": "+n.Source(), "\n"+blanks(f.Text[start:]), "\n"+blanks(f.Text[toStart:]))
			edits := behindMember(target, text)
			if edits == nil {
				return nil
			}
			return append(edits, withoutMember(n)...)
		},
		func(e facts.Editor, where value.Span) []Edit { return e.Move(where, u.Written(after)) })
}

// blanks are the spaces and tabs that a text begins with.
func blanks(text string) string { return text[:len(text)-len(strings.TrimLeft(text, " \t"))] }

// withoutMember are the edits that take a member out of its object, and a comma
// with it. Comments beside it stay.
func withoutMember(n source.Node) []Edit {
	f, key := n.File(), n.Key()
	cut := func(from, to int) Edit { return Edit{Pos: token.Pos(f.Base + from), End: token.Pos(f.Base + to)} }
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
