package bicep

import (
	"slices"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
)

// narrow finds a part of a rendered string in the literal that it comes from:
// start and end are offsets in the rendered text, from and to in the literal. It
// is false unless the literal has that part.
func narrow(rendered, literal string, start, end int) (from, to int, ok bool) {
	if rendered == "" || rendered[0] != '"' && rendered[0] != '\'' {
		return 0, 0, false
	}
	text, at, ok := syntax.Literal(literal)
	if !ok {
		return 0, 0, false
	}
	again, in := rendering(text, rendered[:1])
	if again != rendered {
		return 0, 0, false
	}
	i, _ := slices.BinarySearch(in, start)
	j, _ := slices.BinarySearch(in, end)
	if i >= j || j >= len(at) {
		return 0, 0, false
	}
	return at[i], at[j], true
}

// rendering renders a text in quotes and tells where each byte of it stands:
// byte i at offset in[i], the end at the last of them.
func rendering(text, quote string) (rendered string, in []int) {
	r := renderer{b: []byte(quote)}
	if quote == `"` && escaped(text) != text {
		r.b = append(r.b, '[')
	}
	for _, c := range text {
		s := string(c)
		for range len(s) {
			in = append(in, len(r.b))
		}
		if s == "'" && quote == "'" {
			s = "''"
		}
		r.escape(s)
	}
	in = append(in, len(r.b))
	return string(r.b) + quote, in
}
