// Package edit changes Bicep source as someone would who writes Bicep: in its
// syntax, with the indentation and the line ends of the file, and without
// touching comments. What it cannot do with certainty it does not do.
package edit

import (
	"go/token"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
)

// File is the source of one file. Spans are positions in a token.FileSet; values
// are given as the JSON of a template. All methods return nil for what they
// cannot do.
type File struct {
	text string
	base int
	tree *syntax.File

	steps []step // see indentation
}

// New reads a file whose text begins at the position base; params says that it
// is a .bicepparam.
func New(text string, base int, params bool) *File {
	return &File{text: text, base: base, tree: syntax.Parse(text, params)}
}

// Text puts one text in the place of another at a span. Of an access to a member,
// that is the name of the member.
func (f *File) Text(at value.Span, old, text string) []source.Edit {
	s := f.span(at)
	if p, ok := f.find(s).expr.(*syntax.Property); ok {
		s = p.Name.Span
	}
	if old == "" || f.slice(s) != old {
		return nil
	}
	return f.edits(s, text)
}

// Replace puts a value in the place of another one, if the source has just that
// one at the span. The version of a resource stands behind its type.
func (f *File) Replace(at value.Span, old source.Node, json string) []source.Edit {
	s := f.span(at)
	found := f.find(s)
	if found.expr == nil {
		return f.version(s, old, json)
	}
	text, ok := f.write(json, found.item)
	if !ok || !same(found.expr, old) || f.commented(s) {
		return nil
	}
	return f.edits(s, text)
}

// version replaces the version behind the type of a resource.
func (f *File) version(s syntax.Span, old source.Node, json string) []source.Edit {
	d := f.declaredAt(s)
	if d == nil || d.module || old.Text() == "" {
		return nil
	}
	text, end := f.slice(d.typ.Span), d.typ.End-1
	if !strings.HasSuffix(text, "@"+old.Text()+"'") {
		return nil
	}
	version := source.Parse("", []byte(json)).Root().Text()
	return f.edits(syntax.Span{Start: end - int32(len(old.Text())), End: end}, version)
}

// Member puts a member behind the one whose value stands at the span. Behind the
// type of a resource, that is behind its location or its name.
func (f *File) Member(after value.Span, name, json string) []source.Edit {
	item := f.itemAt(f.span(after))
	if item == nil {
		return nil
	}
	text, ok := f.write(json, item)
	if !ok {
		return nil
	}
	return f.behind(item, keyOf(name)+": "+text)
}

// itemAt is the member whose value stands at a span, or what stands for the head
// of a resource.
func (f *File) itemAt(s syntax.Span) *syntax.Item {
	found := f.find(s)
	if found.expr != nil {
		return found.item
	}
	d := f.declaredAt(s)
	if d == nil {
		return nil
	}
	for _, name := range []string{"location", "name"} {
		if item := d.body.Get(name); item != nil {
			return item
		}
	}
	return nil
}

// Move takes the member with the value at a span out of its object and puts it
// behind another one.
func (f *File) Move(at, after value.Span) []source.Edit {
	found := f.find(f.span(at))
	target := f.itemAt(f.span(after))
	if found.item == nil || target == nil || found.item.Key == nil || f.directed(found.item.Start) {
		return nil
	}
	if found.item.Start <= target.Start && target.End <= found.item.End {
		return nil // it cannot stand behind itself
	}
	text := f.slice(found.item.Span)
	if strings.Contains(text, "'''") {
		return nil // its lines are part of a text
	}
	text = strings.ReplaceAll(text, "\n"+f.indent(found.item.Start), "\n"+f.indent(target.Start))
	return append(f.behind(target, text), f.without(found.item)...)
}

// Keys makes an object of an array: each element becomes a key with an empty
// object.
func (f *File) Keys(at value.Span) []source.Edit {
	s := f.span(at)
	array, ok := f.find(s).expr.(*syntax.Array)
	if !ok || len(array.Items) == 0 {
		return nil
	}
	out := f.edits(syntax.Span{Start: s.Start, End: s.Start + 1}, "{")
	for _, i := range array.Items {
		text, ok := f.key(i)
		if !ok {
			return nil
		}
		out = append(out, f.edits(i.Span, text+": {}")...)
	}
	return append(out, f.edits(syntax.Span{Start: s.End - 1, End: s.End}, "}")...)
}

// key writes an element as a key.
func (f *File) key(i *syntax.Item) (string, bool) {
	text := f.slice(i.Span)
	switch i.Value.(type) {
	case *syntax.String:
		return text, !i.Spread && !strings.Contains(text, "'''")
	case *syntax.Property, *syntax.Call, *syntax.Variable:
		return "'${" + text + "}'", !i.Spread && !strings.ContainsAny(text, "\r\n") && !f.commented(i.Span)
	}
	return "", false
}

func (f *File) span(at value.Span) syntax.Span {
	return syntax.Span{Start: at.Start - int32(f.base), End: at.End - int32(f.base)}
}

// slice is the text of a span, "" if it is not one of the file.
func (f *File) slice(s syntax.Span) string {
	if s.Start < 0 || s.End < s.Start || int(s.End) > len(f.text) {
		return ""
	}
	return f.text[s.Start:s.End]
}

// edits is the one edit that writes text in the place of a span.
func (f *File) edits(s syntax.Span, text string) []source.Edit {
	return []source.Edit{{Pos: token.Pos(f.base + int(s.Start)), End: token.Pos(f.base + int(s.End)), New: text}}
}

// insert is the edit that writes text at an offset.
func (f *File) insert(at int32, text string) []source.Edit {
	return f.edits(syntax.Span{Start: at, End: at}, text)
}
