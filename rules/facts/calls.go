package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// textCall is what looks like a call of a function that is looked for, in an
// expression or not.
type textCall struct {
	name, paren int32 // where in the text its name begins, and where its parenthesis stands
	kind        mentionKind
}

// calls returns the calls in the text of a file, in its order. They are a
// filter: there are at least those that matter.
func (a *Access) calls(f *template.File) []textCall {
	found, ok := a.called[f]
	if !ok {
		found = callsIn(f.Text)
		if a.called == nil {
			a.called = map[*template.File][]textCall{}
		}
		a.called[f] = found
	}
	return found
}

func callsIn(text string) []textCall {
	out := make([]textCall, 0, len(text)/256)
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], '(')
		if i < 0 {
			return out
		}
		at += i
		end := at
		for end > 0 && text[end-1] == ' ' {
			end--
		}
		name := wordBefore(text, end)
		if kind, ok := kindOfCall(name); ok {
			out = append(out, textCall{int32(end - len(name)), int32(at), kind})
		}
	}
}

// wordBefore is the word that ends at a place.
func wordBefore(text string, end int) string {
	start := end
	for start > 0 && (letterByte(text[start-1]) || digitByte(text[start-1]) || text[start-1] == '_') {
		start--
	}
	return text[start:end]
}

// kindOfCall looks at the first letter before all else: most functions are none
// of these.
func kindOfCall(function string) (mentionKind, bool) {
	if function == "" {
		return 0, false
	}
	switch function[0] | 0x20 {
	case 'l':
		return listCall, len(function) >= 4 && value.FoldEqual(function[:4], "list")
	case 'p':
		return parameterUse, value.FoldEqual(function, "parameters")
	case 'v':
		return variableUse, value.FoldEqual(function, "variables")
	case 'r':
		return referenceCall, value.FoldEqual(function, "reference")
	}
	return 0, false
}

// callsList tells whether a file may call a list*() function.
func (a *Access) callsList(f *template.File) bool {
	return slices.ContainsFunc(a.calls(f), func(c textCall) bool { return c.kind == listCall })
}

// Referring returns the strings of a file that call reference(), each once.
func (a *Access) Referring(f *template.File) []*template.JSON {
	var out []*template.JSON
	last := int32(-1)
	for _, c := range a.calls(f) {
		if c.kind != referenceCall {
			continue
		}
		if n := f.NodeAt(int(c.paren)); n.Kind() == source.String && n.ID() != last {
			last = n.ID()
			out = append(out, &template.JSON{F: f, N: n})
		}
	}
	return out
}
