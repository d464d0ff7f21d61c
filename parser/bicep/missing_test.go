package bicep_test

import (
	"maps"
	"path"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/template"
)

// lowers takes a text, as a template and as a parameter file beside the files of
// a folder, through what is done with it, and returns the template.
func lowers(t *testing.T, dir *folder, text string) template.Tree {
	t.Helper()
	files := maps.Clone(dir.files)
	files["in.bicep"], files["in.bicepparam"] = text, text
	p := bicep.NewProgram(&folder{files: files})
	tree, err := p.Template("in.bicep")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Parameters("in.bicepparam"); err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestMissing: whatever is left out of a file, what remains is lowered. Nothing
// that the syntax lets be missing may be taken to be there.
func TestMissing(t *testing.T) {
	dir := testdata(t)
	for name, text := range dir.files {
		if !strings.HasPrefix(path.Ext(name), ".bicep") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var without string
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("without %q: %v", without, p)
				}
			}()
			tokens := syntax.Lex(text).List
			for i, from := range tokens {
				for _, end := range gaps(tokens[i:]) {
					without = text[from.Start:end]
					lowers(t, dir, text[:from.Start]+text[end:])
				}
			}
		})
	}
}

// gaps are the ends of what to leave out before: one to three tokens, the rest
// of the line, and up to the bracket that closes the first of the line.
func gaps(tokens []syntax.Token) (ends []int32) {
	for _, t := range tokens[:min(3, len(tokens))] {
		ends = append(ends, t.End)
	}
	depth, line := 0, false
	for _, t := range tokens {
		switch t.Kind {
		case syntax.LeftBrace, syntax.LeftParen, syntax.LeftSquare:
			depth++
		case syntax.RightBrace, syntax.RightParen, syntax.RightSquare:
			if depth--; depth == 0 {
				return append(ends, t.End)
			}
		case syntax.NewLine, syntax.EndOfFile:
			if !line {
				line = true
				ends = append(ends, t.Start)
			}
			if depth <= 0 {
				return ends
			}
		}
	}
	return ends
}
