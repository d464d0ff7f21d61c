package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/expr"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"[f()]", "f()"},
		{"[ f ( 'a' , -12 , g ( ) ) . b [ 0 ] . c ]", "f('a', -12, g()).b[0].c"},
		{"['it''s']", "'it''s'"},
		{"['a\n[b]{,}']", "'a\n[b]{,}'"},
		{"[ns.f(1)]", "ns.f(1)"},
		{"['x'.y]", "'x'.y"},
		{"[a()['b'][c()]]", "a()['b'][c()]"},
		{"[5]", "5"},
		{"[\tf(\r\n)\n]", "f()"},
	} {
		n, err := expr.Parse(c.in, &expr.Arena{})
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got := expr.Print(n); got != c.want {
			t.Errorf("%s: got %s, want %s", c.in, got, c.want)
		}
	}
}

// TestErrors checks the messages and where they point: to the text between
// the carets.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ in, at, message string }{
		{"[]", "[]", "the expression is empty"},
		{"[ ]", "", "the expression"},
		{"[true]", "true", "write true()"},
		{"[abc]", "abc", "alone is no value"},
		{"[f(a)]", "a", "alone is no value"},
		{"[f(1 2)]", "2", "a comma or ')' is expected"},
		{"[f(1,)]", ")", "a value is expected here"},
		{"[f(,1)]", ",", "a value is expected here"},
		{"[f(1]", "]", "a comma or ')' is expected"},
		{"[f() g()]", "g", "after the end"},
		{"[f().]", "]", "a property name is expected"},
		{"[f().1]", "1", "a property name is expected"},
		{"[f()['a']", "]", "']' is expected"},
		{"[1.5]", "1.5", "no decimal numbers"},
		{"[99999999999999999999]", "99999999999999999999", "64 bits"},
		{"['abc]", "'abc", "does not end"},
		{"[é()]", "é", "a value is expected here"},
		{"[f(1)+2]", "+", "after the end"},
		{"[f();]", ";", "after the end"},
	} {
		n, err := expr.Parse(c.in, &expr.Arena{})
		if err == nil {
			t.Errorf("%s is read as %s", c.in, expr.Print(n))
			continue
		}
		if !strings.Contains(err.Message, c.message) {
			t.Errorf("%s: %q does not say %q", c.in, err.Message, c.message)
		}
		if err.Offset < 0 || err.End > len(c.in) || err.Offset > err.End {
			t.Errorf("%s: the place is %d to %d", c.in, err.Offset, err.End)
		} else if got := c.in[err.Offset:err.End]; c.at != "" && got != c.at {
			t.Errorf("%s: the place is %q, want %q", c.in, got, c.at)
		}
	}
}

func TestForms(t *testing.T) {
	for in, want := range map[string]string{
		"[x]": "expression [x]", "[]": "expression []", "[[x]": "escaped [x]", "[[]": "escaped []", "[[x]]": "escaped [x]]",
		"[x": "literal [x", "x]": "literal x]", "[[x": "literal [[x", " [x]": "literal  [x]", "[x] ": "literal [x] ", "": "literal ", "[": "literal [",
	} {
		form := [...]string{"literal", "escaped", "expression"}[expr.FormOf(in)]
		if got := form + " " + expr.Unescape(in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// TestPositions checks that each node knows where it stands.
func TestPositions(t *testing.T) {
	const in = "[concat( 'a', ns.f(1)['b'].c )]"
	n, err := expr.Parse(in, &expr.Arena{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	expr.Walk(n, func(n *expr.Node) bool {
		got = append(got, in[n.Start:n.End])
		return true
	})
	want := []string{"concat( 'a', ns.f(1)['b'].c )", "'a'", "ns.f(1)['b'].c", "ns.f(1)['b']", "ns.f(1)", "1", "'b'"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestArena checks that expressions that share an arena do not disturb each
// other, also when some of them cannot be read.
func TestArena(t *testing.T) {
	var a expr.Arena
	var nodes []*expr.Node
	for i := range 500 {
		expr.Parse("[f(1, g(2, h(3]", &a)
		n, err := expr.Parse(fmt.Sprintf("[f(%d, 'x', g(%d).h)]", i, i), &a)
		if err != nil {
			t.Fatal(err)
		}
		nodes = append(nodes, n)
	}
	for i, n := range nodes {
		if got, want := expr.Print(n), fmt.Sprintf("f(%d, 'x', g(%d).h)", i, i); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// FuzzParse checks that what is printed is read as the same tree again, and
// that places lie within the text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"f(1, 'a''b', g().x[0])", "-5", "a . b ( c ( ) )", "'\u00e9'", "f(", "f(1)['x'].y.z[g()]", " f ( 'a' , -12 , g ( ) ) . b [ 0 ] . c ",
		"'a\n[b]{,}'", "a()['b'][c()]", "\tf(\r\n)\n", "f(1 2)", "f(,1)", "f()['a'", "1.5", "99999999999999999999", "f(1)+2", strings.Repeat("f(", 300),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in := "[" + text + "]"
		n, err := expr.Parse(in, &expr.Arena{})
		if err != nil {
			if err.Offset < 0 || err.Offset > err.End || err.End > len(in) {
				t.Errorf("%q: the place of the error is %d to %d", in, err.Offset, err.End)
			}
			return
		}
		expr.Walk(n, func(n *expr.Node) bool {
			if n.Start < 1 || n.End > int32(len(in)-1) || n.Start >= n.End {
				t.Errorf("%q: a node stands from %d to %d", in, n.Start, n.End)
			}
			return true
		})
		printed := expr.Print(n)
		m, err := expr.Parse("["+printed+"]", &expr.Arena{})
		if err != nil {
			t.Fatalf("%q is printed as %q: %v", in, printed, err)
		}
		if again := expr.Print(m); again != printed {
			t.Errorf("%q is printed as %q, and then as %q", in, printed, again)
		}
	})
}
