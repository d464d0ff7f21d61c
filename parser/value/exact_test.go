package value

import (
	"strings"
	"testing"
)

func TestExact(t *testing.T) {
	p := OfSymbol(&Symbol{Key: "p", Text: "parameters('p')"})
	secret := OfSymbol(&Symbol{Key: "s", Text: "parameters('s')", Secret: true}).With(Secure)
	long := OfString(strings.Repeat("x", 300))
	call := Derived("uniqueString", TypeString, p, long)
	member := Derived(OpMember, TypeString, call, OfString("a"))
	for _, c := range []struct {
		v    Value
		want string
	}{
		{OfString(""), ""},
		{OfString("it's"), "it's"},
		{long, long.text()},
		{p, "‹parameters('p')›"},
		{Join(OfString("kv-"), call), "kv-‹uniqueString(parameters('p'), '" + long.text() + "')›"},
		{Derived("take", TypeString, Join(OfString("a"), p), OfInt(3)), "‹take(a‹parameters('p')›, 3)›"},
		{member, "‹uniqueString(parameters('p'), '" + long.text() + "').a›"},
		{Derived("f", TypeString, secret, p), "‹secret›"},
		{Join(OfString("a"), secret), "‹secret›"},
		{OfArray([]Value{OfString("a"), p}), "['a', ‹parameters('p')›]"},
		{OfBool(true), "true"},
	} {
		if got := Exact(c.v, 1<<12); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	other := Derived("uniqueString", TypeString, p, OfString(long.text()+"y"))
	if Show(call) != Show(other) || Exact(call, 1<<12) == Exact(other, 1<<12) {
		t.Error("calls that differ in a long argument must be told apart")
	}
	if got := Exact(Join(OfString("äöü"), long), 5); got != "äö…" {
		t.Errorf("cut: %q", got)
	}
}

func TestExactCondition(t *testing.T) {
	p := Derived("equals", TypeBool, OfSymbol(&Symbol{Key: "p", Text: "parameters('p')"}), OfString(strings.Repeat("x", 300))).Symbol()
	q := &Symbol{Key: "q", Text: "parameters('q')"}
	c := Condition{{Of: p, Is: OfBool(true)}, {Of: q, Is: OfBool(true), Not: true}, {Of: q, Is: OfString("dev")}, {Of: q, Is: OfString("prod"), Not: true}}
	want := "equals(parameters('p'), '" + strings.Repeat("x", 300) + "') and not parameters('q') and parameters('q') == 'dev' and parameters('q') != 'prod'"
	if got := c.Exact(1 << 12); got != want {
		t.Errorf("got %s", got)
	}
	if got := c[1:].Exact(1 << 12); got != c[1:].String() {
		t.Errorf("got %s, as a string %s", got, c[1:])
	}
}
