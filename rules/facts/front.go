package facts

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Front lowers a file of another language to a template or a parameter file. It
// returns nil if the file is JSON itself. What it reads gets a place in the
// FileSet.
type Front func(path string, read Reader, fset *token.FileSet) (*Lowered, error)

// Lowered is the template that stands for a file of another language.
type Lowered struct {
	File        *template.File                            // its layout, in which each piece has a place of its own
	Sources     []*template.File                          // all files it was made of, the named one first
	Origin      func(start, end int) (from, to token.Pos) // where a range of the layout comes from in them; 0 if that is not known
	Elsewhere   func(start, end int) bool                 // a range of the layout is written in none of the Sources
	Deploys     []string                                  // files of the tree that it deploys as modules
	Unsupported []template.Construct                      // at positions in the Sources
	Errors      []*InputError
	Editor      func(pos token.Pos) Editor // of the file that a position of Sources lies in; nil if it may not be edited
}

// Editor makes changes to a file of another language than JSON, in its syntax and
// the style of the file. Spans are places where someone wrote something, see
// [Unit.Written]; values are given as the JSON of a template. A method returns nil
// if the source does not have there what it is about, or the language has not
// what it would write.
type Editor interface {
	// Text puts one text in the place of another.
	Text(at value.Span, old, text string) []source.Edit
	// Replace puts a value in the place of another one.
	Replace(at value.Span, old source.Node, json string) []source.Edit
	// Member puts a member behind the one with the value at a span.
	Member(after value.Span, name, json string) []source.Edit
	// Move puts the member with the value at a span behind another one.
	Move(at, after value.Span) []source.Edit
	// Keys makes of an array an object with its elements as keys.
	Keys(at value.Span) []source.Edit
	// Secure makes the parameter secure whose type stands at a span.
	Secure(at value.Span) []source.Edit
	// Principal reads the principal of an identity where its id is read.
	Principal(at value.Span) []source.Edit
	// Wait makes the resource with the type at a span wait for another one.
	Wait(at, target value.Span) []source.Edit
}

// Lowered tells whether a position lies in a template that was made of other
// files.
func (u *Unit) Lowered(pos token.Pos) bool { return u.lowered[u.File(pos)] != nil }

// Editor returns what edits the source of a node of a lowered template; nil if that
// is not written where the node stands, as the value of a variable that the front
// end has put in the place of its name.
func (u *Unit) Editor(n source.Node) Editor {
	r := u.lowered[u.File(n.Pos())]
	if r == nil || r.Editor == nil || !u.inPlace(n) {
		return nil
	}
	return r.Editor(u.Written(spanOf(n)).Pos())
}

// inPlace tells whether a node is written within what is written for the nodes
// around it, up to its declaration.
func (u *Unit) inPlace(n source.Node) bool {
	inner := u.Written(spanOf(n))
	for p := n.Parent(); !p.IsZero() && !declares(p.Key().Text()); p = p.Parent() {
		outer := u.Written(spanOf(p))
		if inner.Start < outer.Start || inner.End > outer.End {
			return false
		}
		inner = outer
	}
	return true
}

// declares tells whether a member of a template holds declarations.
func declares(name string) bool {
	switch name {
	case "parameters", "variables", "resources", "outputs":
		return true
	}
	return false
}

func spanOf(n source.Node) value.Span {
	return value.Span{Start: int32(n.Pos()), End: int32(n.EndPos())}
}

// keep remembers what a template was made of.
func (u *Unit) keep(r *Lowered) {
	if u.lowered == nil {
		u.lowered = map[*template.File]*Lowered{}
	}
	u.lowered[r.File] = r
	u.Sources = append(u.Sources, r.Sources...)
	u.Errors = append(u.Errors, r.Errors...)
}

// Written is where someone wrote what stands at a span: the span itself, or a
// place in the source that the file was made of.
func (u *Unit) Written(at value.Span) value.Span {
	f := u.File(at.Pos())
	if f == nil || u.lowered[f] == nil {
		return at
	}
	r := u.lowered[f]
	from, to := r.Origin(int(at.Start)-f.Base, int(at.End)-f.Base)
	if from == 0 {
		from = token.Pos(r.Sources[0].Base)
		to = from
	}
	return value.Span{Start: int32(from), End: int32(to)}
}

// elsewhere tells whether what stands at a span was written in none of the
// files of the unit, so that Written is only where it is asked for.
func (u *Unit) elsewhere(at value.Span) bool {
	f := u.File(at.Pos())
	if f == nil || u.lowered[f] == nil {
		return false
	}
	return u.lowered[f].Elsewhere(int(at.Start)-f.Base, int(at.End)-f.Base)
}

// Source returns the file that someone wrote at a position, see Written.
func (u *Unit) Source(pos token.Pos) *template.File {
	for _, f := range u.Sources {
		if int(pos) >= f.Base && int(pos) <= f.Base+len(f.Text) {
			return f
		}
	}
	return u.File(pos)
}

// Uses are the files that the root pulled in: parameter files and what it
// deploys. What is only imported from is judged on its own.
func (u *Unit) Uses() []string {
	var out []string
	for i, f := range u.Files {
		if r := u.lowered[f]; r != nil {
			out = append(out, r.Deploys...)
		}
		if i > 0 {
			out = append(out, f.Name)
		}
	}
	return out
}

// Inputs are the files that someone wrote: all but those made of others.
func (u *Unit) Inputs() []*template.File {
	if len(u.Sources) == 0 {
		return u.Files
	}
	var own, others []*template.File
	for _, f := range u.Files {
		switch r := u.lowered[f]; {
		case r == nil:
			others = append(others, f)
		default:
			own = append(own, r.Sources...)
		}
	}
	return append(own, others...)
}
