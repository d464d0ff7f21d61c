package abac_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/abac"
)

const write = "ActionMatches{'Microsoft.Authorization/roleAssignments/write'}"

// outline shows how a condition was understood: negations and groups, the
// kinds of its leaves.
func outline(e abac.Expr) string {
	switch e := e.(type) {
	case *abac.Chain:
		var b strings.Builder
		for i, t := range e.Terms {
			if i > 0 {
				b.WriteString(map[bool]string{true: " or ", false: " and "}[e.Ops[i-1].Or])
			}
			b.WriteString(outline(t))
		}
		return b.String()
	case *abac.Not:
		return "not " + outline(e.X)
	case *abac.Group:
		return "(" + outline(e.X) + ")"
	case *abac.Matches:
		return map[bool]string{true: "sub", false: "action"}[e.SubOperation]
	case *abac.Exists:
		return "exists"
	case *abac.Compare:
		return fmt.Sprintf("%T %s %T", e.Left, e.Operator, e.Right)
	case *abac.Unknown:
		return "?"
	}
	return fmt.Sprintf("%T", e)
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{write, "action"},
		{"!(" + write + ")", "not (action)"},
		{"NOT " + write, "not action"},
		{"not not" + " " + write, "not not action"},
		{"(!(" + write + ")) OR (@Request[a:b] StringEquals 'c')", "(not (action)) or (*abac.Attribute StringEquals *abac.Literal)"},
		{write + " AND NOT SubOperationMatches{'Blob.List'}", "action and not sub"},
		{write + "&&" + write + "||" + write, "action and action or action"},
		{write + " and\n\t" + write, "action and action"},
		{"Exists @Request[a:snapshot]", "exists"},
		{"NOT Exists @Request[a:snapshot]", "not exists"},
		{"@Resource[a:isHnsEnabled] BoolEquals true", "*abac.Attribute BoolEquals *abac.Literal"},
		{"@Environment[UtcNow] DateTimeGreaterThan '2025-05-01T13:00:00.000Z'", "*abac.Attribute DateTimeGreaterThan *abac.Literal"},
		{"@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] StringEqualsIgnoreCase @Resource[a/tags:Project<$key_case_sensitive$>]",
			"*abac.Attribute StringEqualsIgnoreCase *abac.Attribute"},
		{"@Resource[a/tags&$keys$&] ForAllOfAnyValues:StringEquals {'x', 'y'}", "*abac.Attribute ForAllOfAnyValues:StringEquals *abac.Set"},
		{"{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'blue'}", "*abac.Set ForAnyOfAnyValues:StringEquals *abac.Set"},
		{"{10, 20} ForAllOfAllValues:NumericLessThan {-5, 15.5}", "*abac.Set ForAllOfAllValues:NumericLessThan *abac.Set"},
		{"@resource[a:b] stringequals 'c'", "*abac.Attribute StringEquals *abac.Literal"},
		{"@Resource [a:b] foranyofanyvalues:GUIDEQUALS{00000000-0000-0000-0000-000000000000}", "*abac.Attribute ForAnyOfAnyValues:GuidEquals *abac.Set"},
		{"@Request[a:b] StringLike 'a\\*?'", "*abac.Attribute StringLike *abac.Literal"},
		{"@Request[a:b] StringEquals ''", "*abac.Attribute StringEquals *abac.Literal"},
		{"@Request[a:b] StringEquals 'it''s'", "*abac.Attribute StringEquals *abac.Literal"},
		{`@Request[a:b] StringEquals 'it\'s'`, "*abac.Attribute StringEquals *abac.Literal"},
		{`@Request[a:b] StringEquals "c"`, "*abac.Attribute StringEquals *abac.Literal"},
		{"@Request[a:b] GuidEquals {}", "*abac.Attribute GuidEquals *abac.Set"},

		// What is not known is kept.
		{"@Session[a:b] StringEquals 'c'", "*abac.Attribute StringEquals *abac.Literal"},
		{"@Request[a:b] IpAddressIn '10.0.0.0/8'", "*abac.Attribute IpAddressIn *abac.Literal"},
		{"@Request[a:b] ForMostOfAnyValues:GuidEquals {a}", "*abac.Attribute ForMostOfAnyValues:GuidEquals *abac.Set"},
		{"ResourceMatches{'a'} OR " + write, "? or action"},
		{"@Request[a:b] null", "?"},
		{"true", "?"},

		// Holes.
		{"@Request[a:b] GuidEquals {\x00}", "*abac.Attribute GuidEquals *abac.Set"},
		{"@Request[a:b] GuidEquals \x00", "*abac.Attribute GuidEquals *abac.Literal"},
		{"@Request[a:b] String\x00 'a'", "*abac.Attribute String\x00 *abac.Literal"},
		{"@Request[\x00] StringEquals 'a\x00b'", "*abac.Attribute StringEquals *abac.Literal"},
		{"(" + write + ") AND \x00", "(action) and ?"},
		{"\x00", "?"},
	} {
		e, err := abac.Parse(c.in)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
		} else if got := outline(e); got != c.want {
			t.Errorf("%q is %s, want %s", c.in, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		in, at, want string // at is the offending text
		sure         bool
	}{
		{"", "", "expected an expression, found the end", true},
		{"()", ")", "expected an expression, found ')'", true},
		{"(" + write, "(", "the parenthesis is not closed", true},
		{"((" + write + ")", "(", "the parenthesis is not closed", true},
		{write + ")", ")", "expected AND or OR, found ')'", true},
		{write + " AND", "", "expected an expression, found the end", true},
		{write + " AND OR " + write, "OR", "expected an expression, found 'OR'", true},
		{write + " " + write, "ActionMatches", "expected AND or OR, found 'ActionMatches'", true},
		{write + " & " + write, "&", "'&' must be doubled", true},
		{"(" + write + " | " + write + ")", "|", "'|' must be doubled", true},
		{"NOT", "", "expected an expression, found the end", true},
		{"ActionMatches{'a", "'a", "the string has no closing quote", true},
		{"ActionMatches{'a'", "{", "the set is not closed", true},
		{"ActionMatches{}", "{}", "expected the pattern of an action in quotes", true},
		{"ActionMatches{@Request[a:b]}", "@Request[a:b]", "expected the pattern of an action in quotes", true},
		{"ActionMatches('a')", "(", "expected AND or OR, found '('", true},
		{"@Request", "@Request", "'@Request' lacks the name of an attribute in brackets", true},
		{"@Request[a:b StringEquals 'c'", "@Request[a:b StringEquals 'c'", "the attribute has no closing bracket", true},
		{"Request[a:b] StringEquals 'c'", "[", "'[' stands only in attributes such as @Request[…]", true},
		{"@Request[a:b] StringEquals", "", "expected a value behind 'StringEquals', found the end", true},
		{"(@Request[a:b] StringEquals)", ")", "expected a value behind 'StringEquals', found ')'", true},
		{"Exists 'a'", "'a'", "expected an attribute such as @Request[…], found ''a''", true},
		{"@Request[a:b] GuidEquals {a b}", "b", "expected a comma or '}', found 'b'", true},
		{"@Request[a:b] GuidEquals {a,}", "}", "expected a value, found '}'", true},
		{"@Request[a:b] GuidEquals {a,,b}", ",", "expected a value, found ','", true},
		{"@Request[a:b] GuidEquals {{a}}", "{", "expected a value, found '{'", true},
		{"@Request[a:b] != 'c'", "!", "expected AND or OR, found '!'", true},
		{strings.Repeat("(", 300), "(", "the parentheses nest too deeply", false},

		// What a hole, or a quote in a string, may be the cause of.
		{"(\x00", "(", "the parenthesis is not closed", false},
		{"@Req\x00[a]", "@Req", "'@Req' lacks the name of an attribute in brackets", false},
		{"'a' = 'b'' )", "'b'' )", "the string has no closing quote", false},
		{write + "\x00)", "\x00", "expected AND or OR, found '…'", false},
		{write + ") \x00", ")", "expected AND or OR, found ')'", true},
		{`@Request[a:b] StringEquals 'c:\'`, `'c:\'`, "the string has no closing quote", false},
	} {
		_, err := abac.Parse(c.in)
		if err == nil {
			t.Errorf("%q: no error", c.in)
			continue
		}
		if at := c.in[err.Start:err.End]; at != c.at || err.Message != c.want || err.Sure != c.sure {
			t.Errorf("%q: at %q: %s (sure: %v), want at %q: %s (%v)", c.in, at, err.Message, err.Sure, c.at, c.want, c.sure)
		}
	}
}

func TestString(t *testing.T) {
	for _, c := range [][2]string{
		{"!( actionmatches { 'a' } )", "NOT (ActionMatches{'a'})"},
		{"a&&b||c", "a AND b OR c"},
		{"@REQUEST [ a:b ] foranyofallvalues:guidNotEquals {x,y}", "@Request[a:b] ForAnyOfAllValues:GuidNotEquals {x, y}"},
		{"subOperationMatches{'a'} and exists @Resource[a]", "SubOperationMatches{'a'} AND Exists @Resource[a]"},
	} {
		e, err := abac.Parse(c[0])
		if err != nil {
			t.Errorf("%q: %v", c[0], err)
		} else if e.String() != c[1] {
			t.Errorf("%q is written %q, want %q", c[0], e, c[1])
		}
	}
}

func TestMixed(t *testing.T) {
	const in = "a AND b && c OR d AND e"
	e, err := abac.Parse(in)
	if err != nil {
		t.Fatal(err)
	}
	at, mixed := e.(*abac.Chain).Mixed()
	if !mixed || in[at.Start:at.End] != "OR" || at.Start != 13 {
		t.Errorf("mixed at %v: %v", at, mixed)
	}
	if e, _ := abac.Parse("a AND (b OR c) AND d"); e != nil {
		if _, mixed := e.(*abac.Chain).Mixed(); mixed {
			t.Error("parentheses do not count")
		}
	}
}

func TestEval(t *testing.T) {
	leaf := func(e abac.Expr) abac.Truth {
		return map[string]abac.Truth{"t": abac.True, "f": abac.False}[e.String()]
	}
	for _, c := range []struct {
		in   string
		want abac.Truth
	}{
		{"t", abac.True},
		{"!t", abac.False},
		{"!m", abac.Maybe},
		{"t AND f", abac.False},
		{"t AND m", abac.Maybe},
		{"f AND m", abac.False},
		{"t OR m", abac.True},
		{"f OR m", abac.Maybe},
		{"f OR (t AND t)", abac.True},
		{"t OR t AND f", abac.Maybe}, // true if AND binds, else false
		{"f AND t OR t", abac.Maybe},
		{"t AND t OR f", abac.True},
		{"f AND f OR f", abac.False},
		{"f OR f AND t", abac.False},
		{"t OR f AND f OR m", abac.Maybe},
	} {
		e, err := abac.Parse(c.in)
		if err != nil {
			t.Fatalf("%s: %v", c.in, err)
		}
		if got := abac.Eval(e, leaf); got != c.want {
			t.Errorf("%s is %v, want %v", c.in, got, c.want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		in   string
		want string
		all  bool
	}{
		{"'a'", "a", true},
		{"{'a', b}", "a b", true},
		{"{'a', \x00}", "a", false},
		{"{'a\x00'}", "", false},
		{"{'a', @Principal[x]}", "a", false},
		{"@Principal[x]", "", false},
		{"{}", "", true},
	} {
		e, err := abac.Parse("@Request[x] StringEquals " + c.in)
		if err != nil {
			t.Fatalf("%s: %v", c.in, err)
		}
		known, all := abac.Values(e.(*abac.Compare).Right)
		var texts []string
		for _, l := range known {
			texts = append(texts, l.Text)
		}
		if got := strings.Join(texts, " "); got != c.want || all != c.all {
			t.Errorf("%s has %q (all: %v)", c.in, got, all)
		}
	}
}
