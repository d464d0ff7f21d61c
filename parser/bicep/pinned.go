package bicep

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

// pinned is a tree of a file that nobody here has written, such as a module of
// a registry: all of it stands where it is asked for.
type pinned struct {
	template.Tree
	at place
}

// Span implements [template.Tree].
func (p pinned) Span() (start, end token.Pos) { return p.at.start, p.at.end }

// Members implements [template.Tree].
func (p pinned) Members(yield func(key string, at token.Pos, v template.Tree) bool) {
	p.Tree.Members(func(key string, _ token.Pos, v template.Tree) bool {
		return yield(key, p.at.start, pinned{v, p.at})
	})
}

// Elements implements [template.Tree].
func (p pinned) Elements(yield func(v template.Tree) bool) {
	p.Tree.Elements(func(v template.Tree) bool { return yield(pinned{v, p.at}) })
}

// Expression implements [template.Parsed].
func (p pinned) Expression() (*expr.Node, *expr.Error) {
	if t, ok := p.Tree.(template.Parsed); ok {
		return t.Expression()
	}
	return nil, nil
}

// Offset implements [template.Parsed].
func (p pinned) Offset(int32) token.Pos { return p.at.start }
