package abac_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/abac"
)

// FuzzParse: no text makes it panic, positions lie within the text and inside
// those of the parent, and what is printed reads as the same again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"(\n (\n  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})\n )\n OR\n (\n" +
			"  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {a-b, c-d}\n )\n)",
		"NOT Exists @Request[a:versionId] || @Environment[UtcNow] DateTimeLessThan '2025-01-01T00:00:00.0Z'",
		"{'a', 'b'} ForAllOfAllValues:StringNotLike {'it''s', \"x\", 1, @Principal[y]} AND SubOperationMatches{'Blob.List'} or \x00",
		"@Resource[a/tags:P<$key_case_sensitive$>] Odd 'c\\'d' && F{x} && !!t",
		strings.Repeat("!(", 90) + "x", strings.Repeat("!", 199) + "x",
		"((ActionMatches{'a'", "a & b", "@R", "'", "}", "x = y",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		e, err := abac.Parse(in)
		if err != nil {
			if e != nil || err.Message == "" || err.Start < 0 || err.Start > err.End || err.End > len(in) {
				t.Fatalf("%q: %+v", in, err)
			}
			return
		}
		inside(t, in, e, abac.Span{End: len(in)})
		printed := e.String()
		again, err := abac.Parse(printed)
		if err != nil {
			t.Fatalf("%q is printed as %q, which has an error: %v", in, printed, err)
		}
		if outline(e) != outline(again) || again.String() != printed {
			t.Fatalf("%q is printed as %q and read as %q", in, printed, again)
		}
	})
}

func inside(t *testing.T, in string, e abac.Expr, outer abac.Span) {
	at := e.At()
	if at.Start < outer.Start || at.Start >= at.End || at.End > outer.End {
		t.Fatalf("%q: %T is at %v, in %v", in, e, at, outer)
	}
	switch e := e.(type) {
	case *abac.Chain:
		for _, term := range e.Terms {
			inside(t, in, term, at)
		}
	case *abac.Not:
		inside(t, in, e.X, at)
	case *abac.Group:
		inside(t, in, e.X, at)
	case *abac.Compare:
		for _, part := range []abac.Span{e.Left.At(), e.Operator.At(), e.Right.At()} {
			if part.Start < at.Start || part.Start >= part.End || part.End > at.End {
				t.Fatalf("%q: a part of %v is at %v", in, at, part)
			}
		}
	}
}
