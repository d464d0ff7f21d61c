package facts

import (
	"strings"

	"github.com/rolecall/rolecall/parser/template"
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
	referenceCall // no mention: nothing flows there
)

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

// mentionOf is what a call in a text mentions; false if it names nothing.
func mentionOf(text string, c textCall) (mention, bool) {
	m := mention{at: c.name, kind: c.kind}
	name := ""
	switch c.kind {
	case listCall:
		name = strings.TrimRight(text[c.name:c.paren], " ")
	case variableUse, parameterUse:
		name = quotedAt(text, int(c.paren)+1)
	}
	m.name = hashOf(name)
	return m, name != ""
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
