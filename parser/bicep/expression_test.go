package bicep_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
)

func TestExpression(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"'a${1 + 2}'", "[format('a{0}', add(1, 2))]"},
		{"map([1, 2], x => x * 2)", "[map(createArray(1, 2), lambda('x', mul(lambdaVariables('x'), 2)))]"},
		{"[for x in [1]: x]", "[map(createArray(1), lambda('x', lambdaVariables('x')))]"},
		{"null ?? 'it''s'", "error: the statement should end here"},
		{"1 +", "error: a value is expected here"},
		{"x", "error: not understood: the name 'x', which is not declared"},
		{"it", "error: not understood: a declaration that refers to itself or becomes too large"},
		{"1\nvar y = 2", "error: one expression is expected"},
	} {
		tree, err := bicep.Expression(tt.in)
		got := ""
		if err != nil {
			got = "error: " + err.Error()
		} else {
			n, _ := tree.(template.Parsed).Expression()
			got = "[" + expr.Print(n) + "]"
		}
		if got != tt.want && (err == nil || !strings.HasPrefix(got, tt.want)) {
			t.Errorf("%s: %s, want %s", tt.in, got, tt.want)
		}
	}
}
