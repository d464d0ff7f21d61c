package names

import (
	"strings"
	"testing"
)

func TestRules(t *testing.T) {
	for _, c := range []struct {
		name  string
		first string
		more  bool
		err   string
	}{
		{"RA001", "RA001", false, ""},
		{" ra001 ", "RA001", false, ""},
		{"Escalating-Role", "RA001", false, ""},
		{"cr", "CR001", true, ""},
		{"escalating-rol", "", false, `there is no rule "escalating-rol"; did you mean escalating-role?`},
		{"nonsense", "", false, `there is no rule "nonsense"; 'rolecall rules' lists them`},
		{"", "", false, `there is no rule ""; 'rolecall rules' lists them`},
	} {
		found, err := Rules(c.name)
		switch {
		case err != nil:
			if err.Error() != c.err {
				t.Errorf("%q: error %q, want %q", c.name, err, c.err)
			}
		case len(found) == 0 || found[0].Name != c.first || len(found) > 1 != c.more:
			t.Errorf("%q: %d rules, want %s", c.name, len(found), c.first)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"abc", "abd", 1}, {"abc", "bc", 1}, {"abc", "axbc", 1}, {"kitten", "sitting", 3}} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"Escalating-rol", "escalating-role"}, {"RA0011", "RA001"}, {"RA", ""}, {"something", ""},
		{strings.Repeat("x", 1<<22), ""}, // in no time
	} {
		if got := Nearest(c.word, known()...); got != c.want {
			t.Errorf("nearest to %.20q is %q, want %q", c.word, got, c.want)
		}
	}
}
