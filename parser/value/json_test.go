package value_test

import (
	"encoding/json"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
)

// TestStrings checks that each character of a text survives.
func TestStrings(t *testing.T) {
	for r := range rune(0x2100) {
		for _, s := range []string{string(r), "a" + string(r) + "b"} {
			var got string
			if err := json.Unmarshal(value.AppendJSON(nil, value.OfString(s)), &got); err != nil || got != s {
				t.Errorf("%q becomes %q (%v)", s, got, err)
			}
		}
	}
	for _, s := range []string{"<b>&", "\x7f", "\u2028", "😀", "\xff"} {
		if b := value.AppendJSON(nil, value.OfString(s)); !json.Valid(b) {
			t.Errorf("%q becomes %s", s, b)
		}
	}
}

func symbol(key string, t value.Type) value.Value {
	return value.OfSymbol(&value.Symbol{Reason: value.ReasonParameter, Type: t, Key: key, Text: key})
}

// TestEqual checks equality of what is known, of holes and of symbols.
func TestEqual(t *testing.T) {
	s, u := symbol("s", value.TypeString), symbol("u", value.TypeAny)
	text := func(parts ...value.Value) value.Value { return value.Join(parts...) }
	str := value.OfString
	object := func(pairs ...any) value.Value {
		var b value.Builder
		for i := 0; i < len(pairs); i += 2 {
			b.Set(value.Member{Name: pairs[i].(string)}, pairs[i+1].(value.Value))
		}
		return b.Value()
	}
	for _, c := range []struct {
		a, b value.Value
		want value.Tri
	}{
		{value.Nil, value.Nil, value.Yes},
		{value.Nil, str(""), value.No},
		{value.OfInt(1), value.OfNumber("1"), value.Yes},
		{value.OfNumber("1.5"), value.OfNumber("1.5"), value.Yes},
		{value.True, value.OfInt(1), value.No},
		{s, s, value.Yes},
		{s, u, value.Maybe},
		{s, value.OfInt(1), value.No},
		{u, value.OfInt(1), value.Maybe},
		{u, value.Nil, value.Maybe},
		{text(str("a"), s), text(str("a"), s), value.Yes},
		{text(str("a"), s), text(str("a"), u), value.Maybe},
		{text(str("a"), s), text(str("b"), u), value.No},
		{text(s, str("a")), text(u, str("b")), value.No},
		{text(str("ab"), s), text(str("a"), u), value.Maybe},
		{text(str("ab"), s), str("abc"), value.Maybe},
		{text(str("ab"), s), str("a"), value.No},
		{text(str("ab"), s, str("ba")), str("aba"), value.No},
		{text(str("ab"), s), value.OfInt(1), value.No},
		{value.OfArray([]value.Value{s}), value.OfArray([]value.Value{s}), value.Yes},
		{value.OfArray([]value.Value{s}), value.OfArray([]value.Value{u}), value.Maybe},
		{value.OfArray([]value.Value{s, value.True}), value.OfArray([]value.Value{u, value.False}), value.No},
		{value.OfArray(nil), value.OfArray([]value.Value{s}), value.No},
		{value.OfOpenArray(nil, u.Symbol()), value.OfArray([]value.Value{s}), value.Maybe},
		{object("a", s, "b", value.True), object("b", value.True, "A", s), value.Yes},
		{object("a", s), object("b", s), value.No},
		{object("a", s), object("a", u), value.Maybe},
		{value.Fail("x"), value.Fail("x"), value.Maybe},
	} {
		if got := value.Equal(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %s, want %s", value.Show(c.a), value.Show(c.b), got, c.want)
		}
		if got := value.Equal(c.b, c.a); got != c.want {
			t.Errorf("%s and %s, the other way round: %s, want %s", value.Show(c.b), value.Show(c.a), got, c.want)
		}
	}
}
