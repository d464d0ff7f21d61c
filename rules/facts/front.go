package facts

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// Front turns a file of another language into a template or a parameter file
// in JSON. It returns nil if the file is JSON itself. What it reads gets a place
// in the FileSet.
type Front func(path string, read Reader, fset *token.FileSet) (*Rendered, error)

// Rendered is JSON that stands for a file of another language.
type Rendered struct {
	JSON        []byte
	Sources     []*template.File                          // all files it was made of, the named one first
	Origin      func(start, end int) (from, to token.Pos) // where a range of JSON comes from in them; 0 if that is not known
	Deploys     []string                                  // files of the tree that it deploys as modules
	Unsupported []template.Construct                      // at positions in the Sources
	Errors      []*InputError
}

// keep remembers what a file was made of.
func (u *Unit) keep(f *template.File, r *Rendered) {
	if r == nil {
		return
	}
	if u.rendered == nil {
		u.rendered = map[*template.File]*Rendered{}
	}
	u.rendered[f] = r
	u.Sources = append(u.Sources, r.Sources...)
	u.Errors = append(u.Errors, r.Errors...)
}

// Written is where someone wrote what stands at a span: the span itself, or a
// place in the source that the file was made of.
func (u *Unit) Written(at value.Span) value.Span {
	f := u.File(at.Pos())
	if f == nil || u.rendered[f] == nil {
		return at
	}
	r := u.rendered[f]
	from, to := r.Origin(int(at.Start)-f.Base, int(at.End)-f.Base)
	if from == 0 {
		from = token.Pos(r.Sources[0].Base)
		to = from
	}
	return value.Span{Start: int32(from), End: int32(to)}
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
		if r := u.rendered[f]; r != nil {
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
		switch r := u.rendered[f]; {
		case r == nil:
			others = append(others, f)
		default:
			own = append(own, r.Sources...)
		}
	}
	return append(own, others...)
}
