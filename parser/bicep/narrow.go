package bicep

import (
	"slices"

	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
)

// narrow finds a part of a string of a layout in the literal that it comes from:
// start and end are offsets in that string, from and to in the literal. It
// is false unless the literal has that part.
func narrow(laid, literal string, start, end int) (from, to int, ok bool) {
	if laid == "" || laid[0] != '"' && laid[0] != '\'' {
		return 0, 0, false
	}
	text, at, ok := syntax.Literal(literal)
	if !ok {
		return 0, 0, false
	}
	again, in := rendering(text, laid[:1])
	if again != laid {
		return 0, 0, false
	}
	i, _ := slices.BinarySearch(in, start)
	j, _ := slices.BinarySearch(in, end)
	if i >= j || j >= len(at) {
		return 0, 0, false
	}
	return at[i], at[j], true
}

// rendering is a text in quotes as a layout has it, and where each byte of it
// stands: byte i at offset in[i], the end at the last of them.
func rendering(text, quote string) (laid string, in []int) {
	b := source.NewBuilder(len(text))
	b.BeginString()
	if quote == `"` && escaped(text) != text {
		b.Text("[")
	}
	for _, c := range text {
		s := string(c)
		for range len(s) {
			in = append(in, b.Size())
		}
		if s == "'" && quote == "'" {
			s = "''"
		}
		b.Text(s)
	}
	in = append(in, b.Size())
	laid = b.File("").Text
	return quote + laid[1:in[len(in)-1]] + quote, in
}
