package bicep

import (
	"go/token"
	"sort"
)

// Map tells where the pieces of a template's layout come from.
type Map struct {
	list []mapping
	text string
}

// mapping is a range of the text with the positions that it comes from.
type mapping struct {
	start, end int32
	from, to   token.Pos
	parent     int32 // the range around it, -1 if there is none
	elsewhere  bool  // it is written in a compiled module: from and to are where that is asked for
}

// Elsewhere tells whether a range of the text is written in none of the Bicep
// files, but in a compiled module.
func (m *Map) Elsewhere(start, end int) bool {
	i := m.around(start, end)
	return i >= 0 && m.list[i].elsewhere
}

// around is the smallest piece around a range of the text, -1 if there is none.
func (m *Map) around(start, end int) int {
	i := sort.Search(len(m.list), func(i int) bool { return int(m.list[i].start) > start }) - 1
	for i >= 0 && int(m.list[i].end) < end {
		i = int(m.list[i].parent)
	}
	return i
}

// Origin returns the positions that a range of the text comes from: those of
// the smallest piece around it, and of a part of a literal those of that part.
// They are 0 if nothing is known. The function returns what is written between
// two positions.
func (m *Map) Origin(start, end int, written func(from, to token.Pos) string) (from, to token.Pos) {
	i := m.around(start, end)
	if i < 0 {
		return 0, 0
	}
	p := m.list[i]
	if quote := m.text[p.start]; int(p.start) == start && int(p.end) == end || quote != '"' && quote != '\'' {
		return p.from, p.to
	}
	if a, b, ok := narrow(m.text[p.start:p.end], written(p.from, p.to), start-int(p.start), end-int(p.start)); ok {
		return p.from + token.Pos(a), p.from + token.Pos(b)
	}
	return p.from, p.to
}
