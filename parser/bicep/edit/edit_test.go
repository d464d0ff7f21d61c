package edit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/bicep/edit"
	"github.com/rolecall/rolecall/parser/bicep/syntax"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
)

// base is where the text of a file begins.
const base = 100

// spanOf is the place of the first text between two marks, as in a: ‹1›.
func spanOf(t *testing.T, marked string) (string, value.Span) {
	t.Helper()
	before, rest, ok := strings.Cut(marked, "‹")
	inner, after, ok2 := strings.Cut(rest, "›")
	if !ok || !ok2 {
		t.Fatalf("no marks in %q", marked)
	}
	start := int32(base + len(before))
	return before + inner + after, value.Span{Start: start, End: start + int32(len(inner))}
}

// apply makes edits, which must not overlap.
func apply(t testing.TB, text string, edits []source.Edit) string {
	t.Helper()
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b source.Edit) int { return int(b.Pos - a.Pos) })
	end := len(text)
	for _, e := range edits {
		from, to := int(e.Pos)-base, int(e.End)-base
		if from < 0 || from > to || to > end {
			t.Fatalf("the edit %+v overlaps or lies outside", e)
		}
		text, end = text[:from]+e.New+text[to:], from
	}
	return text
}

func node(json string) source.Node { return source.Parse("", []byte(json)).Root() }

func TestReplace(t *testing.T) {
	for _, c := range []struct{ text, old, json, want string }{
		{"var a = ‹true›", `true`, `false`, "var a = false"},
		{"var a = ‹true›", `false`, `true`, ""},
		{"var a = ‹b›", `true`, `false`, ""},
		{"var a = ‹'it\\'s'›", `"it's"`, `"${x} 'y' \\ \n"`, `var a = '\${x} \'y\' \\ \n'`},
		{"var a = ‹'[x]'›", `"[[x]"`, `"[[y]"`, "var a = '[y]'"},
		{"var a = ‹'${b}'›", `"[parameters('b')]"`, `"c"`, ""},
		{"var a = ‹{ b: 1 }›", `{"b": 1}`, `{}`, "var a = {}"},
		{"var a = ‹{ /* why */ b: 1 }›", `{"b": 1}`, `{}`, ""},
		{"var a = ‹null›", `null`, `{"b-c": true}`, "var a = { 'b-c': true }"},
		{"var a = {\n\tb: ‹null›\n}", `null`, `{"c": "d"}`, "var a = {\n\tb: {\n\t  c: 'd'\n\t}\n}"},
		{"var a = ‹'x'›", `"x"`, `"[tenantResourceId('a/b', 'it''s')]"`, `var a = tenantResourceId('a/b', 'it\'s')`},
		{"var a = ‹'x'›", `"x"`, `"[reference('x').y]"`, ""},
		{"resource a ‹'B/c@2020-01-01'› = { name: 'd' }", `"2020-01-01"`, `"2024-01-01"`, "resource a 'B/c@2024-01-01' = { name: 'd' }"},
		{"resource a ‹'B/c@2020-01-01'› = { name: 'd' }", `"B/c"`, `"E/f"`, ""},
	} {
		text, at := spanOf(t, c.text)
		hold(t, text, edit.New(text, base, false).Replace(at, node(c.old), c.json), c.want)
	}
}

func TestMember(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"var a = {\r\n\tb: ‹1› // one\r\n}\r\n", "var a = {\r\n\tb: 1 // one\r\n\tn: 'v'\r\n}\r\n"},
		{"var a = { b: ‹1› }", "var a = { b: 1, n: 'v' }"},
		{"var a = {\n  b: ‹1›, c: 2\n}", "var a = {\n  b: 1, n: 'v', c: 2\n}"},
		{"var a = {\n  b: ‹1› /* one\n two */\n}", "var a = {\n  b: 1\n  n: 'v' /* one\n two */\n}"},
		{"var a = [for x in y: {\n  b: ‹x›\n}]", "var a = [for x in y: {\n  b: x\n  n: 'v'\n}]"},
		{"resource a ‹'B/c@2020-01-01'› = if (x) {\n  name: 'd' // d\n  e: 1\n}", "resource a 'B/c@2020-01-01' = if (x) {\n  name: 'd' // d\n  n: 'v'\n  e: 1\n}"},
		{"var a = [ ‹1› ]", ""},
		{"var a = ‹b›", ""},
	} {
		text, at := spanOf(t, c.text)
		hold(t, text, edit.New(text, base, false).Member(at, "n", `"v"`), c.want)
	}
}

func TestMove(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"var a = {\n  t: 1\n  p: {\n    m: ‹{\n      x: 1\n    }›\n  }\n}", "var a = {\n  t: 1\n  m: {\n    x: 1\n  }\n  p: {\n  }\n}"},
		{"var a = {\n  t: 1\n  p: {\n    m: ‹2› // two\n  }\n}", "var a = {\n  t: 1\n  m: 2\n  p: {\n     // two\n  }\n}"},
		{"var a = {\n  t: 1\n  p: { m: ‹2›, n: 3 }\n}", "var a = {\n  t: 1\n  m: 2\n  p: { n: 3 }\n}"},
		{"var a = {\n  t: 1\n  p: { n: 3, m: ‹2› }\n}", "var a = {\n  t: 1\n  m: 2\n  p: { n: 3 }\n}"},
		{"var a = {\n  t: 1\n  p: { m: ‹2› }\n}", "var a = {\n  t: 1\n  m: 2\n  p: {  }\n}"},
		{"var a = {\n  t: 1\n  p: {\n    m: ‹'''\n    x'''›\n  }\n}", ""},
		{"var a = {\n  t: 1\n  p: {\n    #disable-next-line BCP037\n    m: ‹2›\n  }\n}", ""},
	} {
		text, at := spanOf(t, c.text)
		i := int32(base + strings.Index(text, "t: 1") + len("t: "))
		hold(t, text, edit.New(text, base, false).Move(at, value.Span{Start: i, End: i + 1}), c.want)
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"var a = ‹[b.id, 'c']›", "var a = {'${b.id}': {}, 'c': {}}"},
		{"var a = ‹[\n  'b' // b\n  f(1)\n]›", "var a = {\n  'b': {} // b\n  '${f(1)}': {}\n}"},
		{"var a = ‹[...b]›", ""},
		{"var a = ‹[b ? 'c' : 'd']›", ""},
		{"var a = ‹[]›", ""},
	} {
		text, at := spanOf(t, c.text)
		hold(t, text, edit.New(text, base, false).Keys(at), c.want)
	}
}

func TestSecure(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"param a ‹string›", "@secure()\nparam a string"},
		{"@description('a')\nparam a ‹string›?\n", "@secure()\n@description('a')\nparam a string?\n"},
		{"param a ‹int›", ""},
		{"param a ‹'b' | 'c'›", ""},
		{"#disable-next-line x\nparam a ‹string›", ""},
	} {
		text, at := spanOf(t, c.text)
		hold(t, text, edit.New(text, base, false).Secure(at), c.want)
	}
}

func TestPrincipal(t *testing.T) {
	const identity = "resource i 'M/u@2023-01-31' = { name: 'i' }\nmodule m 'm.bicep' = { name: 'm' }\n"
	for _, c := range []struct{ text, want string }{
		{identity + "var a = ‹i.id›", identity + "var a = i.properties.principalId"},
		{identity + "var a = ‹i[0].id›", identity + "var a = i[0].properties.principalId"},
		{identity + "var a = ‹i.?id›", ""},
		{identity + "var a = ‹m.id›", ""},
		{identity + "var a = ‹p.id›", ""},
		{identity + "var a = ‹i.name›", ""},
	} {
		text, at := spanOf(t, c.text)
		hold(t, text, edit.New(text, base, false).Principal(at), c.want)
	}
}

func TestWait(t *testing.T) {
	const to = "resource to 'B/to@2020-01-01' = {\n  name: 'to'\n}\n"
	const loop = "resource to 'B/to@2020-01-01' = [for i in x: {\n  name: 'to'\n}]\n"
	for _, c := range []struct{ text, want string }{
		{to + "module a ‹'a.bicep'› = {\n\tname: 'a'\n}\n", to + "module a 'a.bicep' = {\n\tname: 'a'\n\tdependsOn: [\n\t\tto\n\t]\n}\n"},
		{to + "resource a ‹'B/c@1'› = { name: 'a' }", to + "resource a 'B/c@1' = { name: 'a', dependsOn: [to] }"},
		{to + "resource a ‹'B/c@1'› = {\n  dependsOn: [b]\n}", to + "resource a 'B/c@1' = {\n  dependsOn: [b, to]\n}"},
		{to + "resource a ‹'B/c@1'› = {\n  dependsOn: [\n    b // b\n  ]\n}", to + "resource a 'B/c@1' = {\n  dependsOn: [\n    b // b\n    to\n  ]\n}"},
		{to + "resource a ‹'B/c@1'› = {\n  dependsOn: x\n}", ""},
		{to + "resource o 'B/o@1' = {\n  name: 'o'\n  resource a ‹'c'› = {\n    name: 'a'\n  }\n}", ""},
		{to + "resource a ‹'B/c@1'› = [for to in x: {\n  name: to\n}]", ""},
		{to + "resource a ‹'B/c@1'› = [for (i, n) in x: {\n  name: i\n}]", to + "resource a 'B/c@1' = [for (i, n) in x: {\n  name: i\n  dependsOn: [\n    to\n  ]\n}]"},
		{loop + "resource a ‹'B/c@1'› = {\n  name: 'a'\n}", ""},
	} {
		text, at := spanOf(t, c.text)
		i := int32(base + strings.Index(text, "'B/to@"))
		hold(t, text, edit.New(text, base, false).Wait(at, value.Span{Start: i, End: i + int32(len("'B/to@2020-01-01'"))}), c.want)
	}
}

// hold compares what edits make of a text, "" if there must be none. It must
// still be Bicep.
func hold(t *testing.T, text string, edits []source.Edit, want string) {
	t.Helper()
	if edits == nil {
		if want != "" {
			t.Errorf("no edits of\n%s\nwant\n%s", text, want)
		}
		return
	}
	got := apply(t, text, edits)
	if got != want {
		t.Errorf("the edits of\n%s\nmake\n%s\nwant\n%s", text, got, want)
	}
	for _, e := range syntax.Parse(got, false).Errors {
		t.Errorf("%s\n%s", got, e.Message)
	}
}

// sound makes all edits at a place, and holds that they lie in the text and that
// it is still Bicep if it was.
func sound(t *testing.T, text string, file *edit.File, at, after value.Span) {
	t.Helper()
	apply(t, text, file.Text(at, "a", "b"))
	for _, edits := range [][]source.Edit{
		file.Replace(at, node(`true`), `{"a": "b"}`), file.Replace(at, node(`null`), `"x"`), file.Member(at, "n", `{"a": "b"}`),
		file.Move(at, after), file.Keys(at), file.Secure(at), file.Principal(at), file.Wait(at, after),
	} {
		if edits == nil {
			continue
		}
		got := apply(t, text, edits)
		if len(syntax.Parse(text, false).Errors) > 0 {
			continue
		}
		for _, e := range syntax.Parse(got, false).Errors {
			t.Fatalf("%q becomes %q: %s", text, got, e.Message)
		}
	}
}

// TestAnywhere makes edits at all ranges of a text.
func TestAnywhere(t *testing.T) {
	const text = "param p string? // p\n@sys.description('q')\nparam q object\n" +
		"resource a 'B/c@1' = [for i in [1, p]: if (i > 0) {\n  name: 'a${i}' /* n\n */\n  s: [p!, 'x', (p)]\n  t: { u: true, v: null }\n\n" +
		"  resource d 'e' = { name: 'd', w: a[0].id }\n}]\r\nmodule m 'm.bicep' = {\r\n  name: 'm'\r\n  dependsOn: [ // none\r\n  ]\r\n}\r\n"
	file := edit.New(text, base, false)
	m := int32(base + strings.Index(text, "'m.bicep'"))
	for start := range int32(len(text)) {
		for end := start + 1; end <= min(int32(len(text)), start+60); end++ {
			at := value.Span{Start: base + start, End: base + end}
			sound(t, text, file, at, value.Span{Start: m, End: m + int32(len("'m.bicep'"))})
		}
	}
}

// FuzzEdit makes edits at any two places.
func FuzzEdit(f *testing.F) {
	f.Add("resource a 'B/c@2020-01-01' = {\n  name: 'd' // e\n  p: { q: true, r: null }\n}\n", uint16(11), uint16(16), uint16(39), uint16(3))
	f.Add("@description('x')\nparam a string\r\nvar b = ['c', a]\r\n", uint16(26), uint16(6), uint16(42), uint16(8))
	f.Fuzz(func(t *testing.T, text string, from, length, other, size uint16) {
		at := value.Span{Start: base + int32(from), End: base + int32(from) + int32(length)}
		after := value.Span{Start: base + int32(other), End: base + int32(other) + int32(size)}
		sound(t, text, edit.New(text, base, false), at, after)
	})
}
