package edit

import (
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
)

// behind are the edits that write a member or an element behind another one: on
// a line of its own if that has one, and then behind the comment on that line.
func (f *File) behind(item *syntax.Item, text string) []source.Edit {
	end, rest := f.restOfLine(item.End)
	if !f.begins(item.Start) || rest != "" {
		return f.insert(item.End, ", "+text)
	}
	return f.insert(end, f.lineBreak()+f.indent(item.Start)+text)
}

// restOfLine is what stands between an offset and the end of its line, comments
// left out, and where the last of them ends. One that goes on below is no part
// of the line.
func (f *File) restOfLine(from int32) (end int32, rest string) {
	end = from
	line := f.lineEnd(from)
	for _, c := range f.tree.Comments {
		if c.Start < from || c.Start >= line {
			continue
		}
		if c.End > line {
			return end, strings.TrimSpace(f.text[end:c.Start])
		}
		if rest = strings.TrimSpace(f.text[end:c.Start]); rest != "" {
			return end, rest
		}
		end = c.End
	}
	return end, strings.TrimSpace(f.text[end:line])
}

// without are the edits that take a member out of its object. Comments beside it
// stay.
func (f *File) without(item *syntax.Item) []source.Edit {
	_, rest := f.restOfLine(item.End)
	if f.begins(item.Start) && rest == "" {
		if strings.TrimSpace(f.text[item.End:f.lineEnd(item.End)]) != "" {
			return f.edits(item.Span, "")
		}
		return f.edits(syntax.Span{Start: f.lineStart(item.Start), End: f.nextLine(item.End)}, "")
	}
	after := strings.TrimLeft(f.text[item.End:], " \t")
	if strings.HasPrefix(after, ",") {
		after = strings.TrimLeft(after[1:], " \t")
		return f.edits(syntax.Span{Start: item.Start, End: int32(len(f.text) - len(after))}, "")
	}
	before := strings.TrimRight(f.text[:item.Start], " \t")
	if strings.HasSuffix(before, ",") {
		return f.edits(syntax.Span{Start: int32(len(before) - 1), End: item.End}, "")
	}
	return f.edits(item.Span, "")
}

// begins tells whether nothing stands before an offset on its line.
func (f *File) begins(at int32) bool {
	return strings.Trim(f.text[f.lineStart(at):at], "\ufeff \t") == ""
}

// indent are the blanks that the line of an offset begins with.
func (f *File) indent(at int32) string {
	line := f.text[f.lineStart(at):]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

func (f *File) lineStart(at int32) int32 { return int32(strings.LastIndexByte(f.text[:at], '\n') + 1) }

// lineEnd is the end of the line of an offset, before its line break.
func (f *File) lineEnd(at int32) int32 {
	if i := strings.IndexAny(f.text[at:], "\r\n"); i >= 0 {
		return at + int32(i)
	}
	return int32(len(f.text))
}

// nextLine is where the line behind that of an offset begins.
func (f *File) nextLine(at int32) int32 {
	if i := strings.IndexByte(f.text[at:], '\n'); i >= 0 {
		return at + int32(i) + 1
	}
	return int32(len(f.text))
}

// lineBreak is how the lines of the file end.
func (f *File) lineBreak() string {
	if i := strings.IndexByte(f.text, '\n'); i > 0 && f.text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// unit is one step of indentation at an offset, as the members of the declaration
// around it have it, or those of the first one.
func (f *File) unit(at int32) string {
	steps := f.indentation()
	unit := steps[0].indent
	for _, s := range steps {
		if s.Start <= at && at < s.End {
			unit = s.indent
		}
	}
	return unit
}

// step is the indentation of the members of a declaration.
type step struct {
	syntax.Span
	indent string
}

// indentation are the steps of the declarations whose members have lines of their
// own, worked out once; two blanks, for no place, if there are none.
func (f *File) indentation() []step {
	if f.steps != nil {
		return f.steps
	}
	for d := range f.declarations {
		if indent := f.step(d); indent != "" {
			f.steps = append(f.steps, step{d.Span, indent})
		}
	}
	if f.steps == nil {
		f.steps = []step{{indent: "  "}}
	}
	return f.steps
}

// step is the indentation of the members of a declaration, "" if they have no
// lines of their own.
func (f *File) step(d *declaration) string {
	outer := f.indent(d.Start)
	for _, i := range d.body.Items {
		if in, ok := strings.CutPrefix(f.indent(i.Start), outer); ok && f.begins(i.Start) {
			return in
		}
	}
	return ""
}

// commented tells whether a comment stands within a span.
func (f *File) commented(s syntax.Span) bool {
	for _, c := range f.tree.Comments {
		if s.Start <= c.Start && c.End <= s.End {
			return true
		}
	}
	return false
}

// directed tells whether a directive stands on the line before that of an
// offset: it is about what comes next.
func (f *File) directed(at int32) bool {
	start := f.lineStart(at)
	for _, d := range f.tree.Directives {
		if d.End <= start && f.nextLine(d.End) == start {
			return true
		}
	}
	return false
}
