package facts

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
)

// mention is a place in the text of a template where a credential is read or
// written out, or where a name is used that may hold one.
type mention struct {
	at    int32
	scope int32    // see flowName
	name  nameHash // of a list*() function or of what is used
	kind  mentionKind
	taint taint // what is known to flow there
}

// nameHash stands for a name in any case. Two names with one hash are taken
// for the same, which a filter may do.
type nameHash uint32

// allOutputs stands for the name of an output that is not known.
const allOutputs nameHash = 0

func hashOf(name string) nameHash {
	h := uint32(2166136261) // FNV-1a
	for i := range len(name) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return nameHash(max(h, 1))
}

type mentionKind uint8

const (
	listCall mentionKind = iota
	variableUse
	parameterUse
	outputUse
	writtenOut
)

// callsIn adds what the text of a file mentions in calls, expressions or not:
// it is a filter, and finds at least what matters.
func callsIn(f *template.File, out []mention) []mention {
	text := f.Text
	out = slices.Grow(out, len(text)/256)
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], '(')
		if i < 0 {
			break
		}
		at += i
		if m, ok := callAt(text, at); ok {
			m.at += int32(f.Base)
			out = append(out, m)
		}
	}
	return out
}

// outputsIn adds where the text of a file mentions outputs of modules.
func outputsIn(f *template.File, out []mention) []mention {
	text := f.Text
	for at := 0; ; {
		i := strings.Index(text[at:], "utputs")
		if i < 0 {
			return out
		}
		at += i + len("utputs")
		if name, ok := outputAt(text, at); ok {
			out = append(out, mention{at: int32(f.Base + at), kind: outputUse, name: name, scope: -1})
		}
	}
}

// callsList tells whether a text may call a list*() function.
func callsList(text string) bool {
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], '(')
		if i < 0 {
			return false
		}
		at += i
		if name := wordBefore(text, at); len(name) >= 4 && value.FoldEqual(name[:4], "list") {
			return true
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

// callAt reads the call whose parenthesis stands at a place.
func callAt(text string, paren int) (mention, bool) {
	name := wordBefore(text, paren)
	m := mention{at: int32(paren - len(name))}
	switch {
	case len(name) >= 4 && value.FoldEqual(name[:4], "list"):
		m.kind, m.name = listCall, hashOf(name)
		return m, true
	case value.FoldEqual(name, "variables"):
		m.kind = variableUse
	case value.FoldEqual(name, "parameters"):
		m.kind = parameterUse
	default:
		return m, false
	}
	quoted := quotedAt(text, paren+1)
	m.name = hashOf(quoted)
	return m, quoted != ""
}

// quotedAt reads a literal name; "" if there is none.
func quotedAt(text string, at int) string {
	rest := strings.TrimLeft(text[at:min(at+200, len(text))], " ")
	for _, quote := range []string{"'", `\u0027`} {
		if inner, ok := strings.CutPrefix(rest, quote); ok {
			if i := strings.Index(inner, quote); i > 0 {
				return inner[:i]
			}
		}
	}
	return ""
}

// outputAt reads which output is taken of the outputs that end at a place:
// outputs.name, outputs['name'], or another argument of tryGet().
func outputAt(text string, at int) (nameHash, bool) {
	start := at - len("outputs")
	if start < 1 || strings.IndexByte(".'7", text[start-1]) < 0 || at >= len(text) {
		return 0, false
	}
	rest := text[at:min(at+200, len(text))]
	trimmed := strings.TrimLeft(rest, ".[]'), ")
	name := trimmed[:runOf(trimmed, func(c byte) bool { return letterByte(c) || digitByte(c) || c == '_' })]
	if before := len(rest) - len(trimmed); name == "" || before == 0 || rest[before-1] != '.' && rest[before-1] != '\'' {
		return allOutputs, true
	}
	return hashOf(name), true
}
