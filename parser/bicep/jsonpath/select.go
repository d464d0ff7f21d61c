package jsonpath

import (
	"go/token"

	"github.com/rolecall/rolecall/parser/template"
)

// selection is one use of a path.
type selection struct {
	document template.Tree
	visited  int
	unclear  bool
}

// most is how many values a selection looks at.
const most = 1_000_000

// Select returns what a path picks of a document, in the order of the document;
// false if that is not known: a comparison of values of different kinds, or too
// many of them.
func (p Path) Select(document template.Tree) ([]template.Tree, bool) {
	s := &selection{document: document}
	out := s.follow(p.steps, []template.Tree{document})
	return out, !s.unclear
}

func (s *selection) follow(steps []step, from []template.Tree) []template.Tree {
	for i := range steps {
		var next []template.Tree
		for _, t := range from {
			next = s.step(&steps[i], t, next)
		}
		from = next
	}
	return from
}

// look counts what is looked at.
func (s *selection) look() {
	s.visited++
	s.unclear = s.unclear || s.visited > most
}

// step adds to a list what a step leads to from one value.
func (s *selection) step(x *step, t template.Tree, to []template.Tree) []template.Tree {
	if s.look(); s.unclear {
		return nil
	}
	switch t.Kind() {
	case template.Object:
		to = s.members(x, t, to)
	case template.Array:
		to = s.elements(x, t, to)
	}
	return to
}

func (s *selection) members(x *step, t template.Tree, to []template.Tree) []template.Tree {
	if !x.deep {
		for _, name := range x.names {
			t.Members(func(key string, _ token.Pos, v template.Tree) bool {
				if key == name {
					to = append(to, v)
				}
				return true
			})
		}
	}
	t.Members(func(key string, _ token.Pos, v template.Tree) bool {
		if x.any || x.deep && len(x.names) == 1 && x.names[0] == key {
			to = append(to, v)
		}
		if x.deep {
			to = s.step(x, v, to)
		}
		return true
	})
	return to
}

func (s *selection) elements(x *step, t template.Tree, to []template.Tree) []template.Tree {
	var all []template.Tree
	t.Elements(func(v template.Tree) bool {
		all = append(all, v)
		return true
	})
	for _, i := range x.indexes {
		if i < len(all) {
			to = append(to, all[i])
		}
	}
	from, end, by := x.slice.bounds(len(all))
	for i, v := range all {
		switch {
		case x.each, x.deep && x.any, i >= from && i < end && (i-from)%by == 0, x.filter != nil && x.filter.holds(s, v):
			to = append(to, v)
		}
		if x.deep {
			to = s.step(x, v, to)
		}
	}
	return to
}

// bounds are the first place of a slice, the one behind it, and the distance;
// nothing of no slice.
func (x *slice) bounds(n int) (from, end, by int) {
	if x == nil {
		return 0, 0, 1
	}
	at := func(i *int, otherwise int) int {
		switch {
		case i == nil:
			return otherwise
		case *i < 0:
			return max(*i+n, 0)
		}
		return *i
	}
	return at(x.from, 0), at(x.to, n), x.by
}
