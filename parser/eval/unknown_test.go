package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
)

// open is a template whose parameters have no values: nothing is known of
// them but their types.
const open = `{
	"parameters": {
		"s": {"type": "string"},
		"t": {"type": "string"},
		"i": {"type": "int"},
		"b": {"type": "bool"},
		"c": {"type": "bool"},
		"a": {"type": "array"},
		"o": {"type": "object"},
		"size": {"type": "string", "allowedValues": ["small", "large"]}
	},
	"variables": {
		"id": "[format('/subscriptions/{0}/providers/Microsoft.Authorization/roleDefinitions/8e3af657', parameters('s'))]",
		"here": "[resourceId('Microsoft.Web/sites', parameters('s'))]",
		"copy": [{"name": "many", "count": "[parameters('i')]", "input": "[copyIndex('many')]"}]
	}
}`

const (
	isS = `{"$unknown":"parameter","$of":"parameters('s')"}`
	isB = `{"$unknown":"parameter","$of":"parameters('b')"}`
)

// TestUnknown checks what is said of a result when operands are unknown. A
// want of "symbol" is any value that is not known.
func TestUnknown(t *testing.T) {
	for _, c := range []struct{ expression, want string }{
		// if
		{"if(parameters('b'), 'x', 'x')", `"x"`},
		{"if(parameters('b'), 'x', 'y')", `{"$oneOf":[{"value":"x","when":"parameters('b')"},{"value":"y","when":"not parameters('b')"}]}`},
		{"if(parameters('b'), parameters('s'), parameters('s'))", isS},
		{"if(equals(parameters('s'), 'x'), 1, 2)", `{"$oneOf":[{"value":1,"when":"parameters('s') == 'x'"},{"value":2,"when":"parameters('s') != 'x'"}]}`},
		{"if(not(parameters('b')), 1, 2)", `{"$oneOf":[{"value":1,"when":"not parameters('b')"},{"value":2,"when":"parameters('b')"}]}`},
		{"concat(if(parameters('b'), 'x', 'y'), if(parameters('b'), '1', '2'))", `{"$oneOf":[{"value":"x1","when":"parameters('b')"},{"value":"y2","when":"not parameters('b')"}]}`},
		// and, or, not
		{"and(parameters('b'), false())", "false"},
		{"and(false(), parameters('b'))", "false"},
		{"and(parameters('b'), true())", isB},
		{"and(parameters('b'), parameters('c'))", "symbol"},
		{"or(parameters('b'), true())", "true"},
		{"or(parameters('b'), false())", isB},
		{"or(parameters('b'), parameters('c'))", "symbol"},
		{"not(not(parameters('b')))", isB},
		{"not(parameters('b'))", "symbol"},
		{"and(parameters('b'), fail('may never happen'))", "symbol"},
		{"or(parameters('b'), fail('may never happen'))", "symbol"},
		{"and(parameters('b'), parameters('c'), fail('may never happen'))", "symbol"},
		{"and(parameters('b'), fail('may never happen'), false())", "symbol"},
		// coalesce
		{"coalesce(parameters('s'), fail('never'))", isS},
		{"coalesce(tryGet(parameters('o'), 'k'), 'x')", `{"$oneOf":[{"value":{"$unknown":"parameter","$of":"parameters('o').k"},"when":"parameters('o').k != null"},{"value":"x","when":"parameters('o').k == null"}]}`},
		{"coalesce(null(), parameters('s'))", isS},
		// arithmetic and comparison
		{"add(parameters('i'), 1)", "symbol"},
		{"less(parameters('i'), 1)", "symbol"},
		{"equals(parameters('s'), 'x')", "symbol"},
		{"equals(parameters('s'), parameters('s'))", "true"},
		{"equals(parameters('s'), parameters('t'))", "symbol"},
		{"equals(concat('a', parameters('s')), concat('a', parameters('s')))", "true"},
		{"equals(concat('a', parameters('s')), 'b')", "false"},
		{"equals(concat(parameters('s'), 'z'), 'ab')", "false"},
		{"equals(concat('abc', parameters('s')), 'ab')", "false"},
		{"equals(concat('a', parameters('s')), 'abc')", "symbol"},
		{"equals(concat('a', parameters('s')), 'a')", "symbol"}, // a hole may be empty
		{"equals(parameters('s'), 1)", "false"},
		{"equals(parameters('i'), 'x')", "false"},
		{"equals(parameters('s'), null())", "false"},
		{"equals(tryGet(parameters('o'), 'k'), null())", "symbol"},
		{"equals(parameters('o').x, parameters('o').X)", "true"},
		{"equals(createArray(parameters('s'), 1), createArray(parameters('s'), 2))", "false"},
		{"equals(uniqueString(parameters('s')), uniqueString(parameters('s')))", "true"},
		{"equals(uniqueString(parameters('s')), uniqueString(parameters('t')))", "symbol"},
		// patterns
		{"concat('a-', parameters('s'), '-b')", `"a-‹parameters('s')›-b"`},
		{"format('{0}-{1}', parameters('s'), 5)", `"‹parameters('s')›-5"`},
		{"join(createArray('a', parameters('s')), '/')", `"a/‹parameters('s')›"`},
		{"toLower(concat('ABC', parameters('s')))", "symbol"},
		{"last(split(variables('id'), '/'))", `"8e3af657"`},
		{"split(variables('id'), '/')[1]", `"subscriptions"`},
		{"split(variables('here'), '/')[4]", `"rg"`},
		{"split(variables('here'), '/')[8]", "symbol"}, // the hole may hold a slash
		{"last(split(parameters('s'), '/'))", "symbol"},
		{"length(split(concat('a/', uniqueString(parameters('s'))), '/'))", "2"},
		{"length(split(concat('a/', take(uniqueString(parameters('s')), 5)), '/'))", "2"},
		{"length(split(concat('a/', take(parameters('s'), 5)), '/'))", "symbol"}, // which may hold a slash
		{"take(concat('abc', parameters('s')), 2)", `"ab"`},
		{"take(concat('abc', parameters('s')), 4)", "symbol"},
		{"substring(concat('abc', parameters('s')), 0, 3)", `"abc"`},
		{"startsWith(concat('abc', parameters('s')), 'AB')", "true"},
		{"startsWith(concat('abc', parameters('s')), 'x')", "false"},
		{"endsWith(concat(parameters('s'), 'abc'), 'bc')", "true"},
		{"startsWith(concat('a', parameters('s')), 'ab')", "symbol"},
		{"contains(concat('abc', parameters('s')), 'b')", "true"},
		{"contains(concat('abc', parameters('s')), 'z')", "symbol"},
		{"empty(concat('a', parameters('s')))", "false"},
		{"empty(concat(parameters('s'), parameters('t')))", "symbol"},
		{"length(concat('a', parameters('s')))", "symbol"},
		// an element that is not known
		{"max(createArray(1, parameters('i')))", "symbol"},
		{"string(createObject('a', parameters('s')))", "symbol"},
		{"union(createArray(1), createArray(parameters('i')))", "symbol"},
		{"intersection(createObject('a', 1), createObject('a', parameters('i')))", "symbol"},
		{"distinct(createArray(parameters('s'), 'a'))", "symbol"},
		{"format('{0}', createArray(parameters('s')))", "symbol"},
		{"split('a/b', createArray(parameters('s')))", "symbol"},
		{"buildUri(createObject('scheme', 'https', 'host', parameters('s')))", "symbol"},
		// ids
		{"resourceId('Microsoft.Web/sites', parameters('s'))", `"/subscriptions/` + sub + `/resourceGroups/rg/providers/Microsoft.Web/sites/‹parameters('s')›"`},
		{"resourceId(parameters('s'), 'Microsoft.Web/sites', 'x')", `"/subscriptions/` + sub + `/resourceGroups/‹parameters('s')›/providers/Microsoft.Web/sites/x"`},
		{"resourceId(parameters('s'), parameters('t'))", "symbol"},
		{"resourceId(parameters('i'), 'a')", "symbol"},
		// containers
		{"tryGet(parameters('o'), 'k')", `{"$unknown":"parameter","$of":"parameters('o').k"}`},
		{"tryGet(createObject('a', parameters('s')), 'a')", isS},
		{"tryGet(createObject('a', parameters('s')), 'b')", "null"},
		{"tryGet(createObject(parameters('s'), 1), 'b')", "symbol"},
		{"contains(createObject(parameters('s'), 1, 'b', 2), 'b')", "true"},
		{"contains(createObject(parameters('s'), 1), 'b')", "symbol"},
		// a name with a hole that no member has
		{"contains(createObject('Owner', 1, 'Reader', 2), variables('id'))", "false"},
		{"tryGet(createObject('Owner', 1, 'Reader', 2), variables('id'))", "null"},
		{"tryGet(createObject('Owner', 1), concat('O', parameters('s')))", "symbol"},
		{"tryGet(createObject('Owner', 1), concat('o', parameters('s'), 'R'))", "symbol"},
		{"tryGet(createObject('Owner', 1), concat('Owner', parameters('s'), 'er'))", "null"},
		{"tryGet(createObject(parameters('t'), 1), variables('id'))", "symbol"},
		{"empty(createObject(parameters('s'), 1))", "false"},
		{"contains(createArray(parameters('s'), 'b'), 'b')", "true"},
		{"contains(createArray(parameters('s')), 'b')", "symbol"},
		{"contains(createArray(parameters('s')), 5)", "false"},
		{"contains(parameters('a'), 'b')", "symbol"},
		{"contains(concat(parameters('a'), createArray('b')), 'b')", "symbol or true"},
		{"length(parameters('a'))", "symbol"},
		{"length(concat(createArray(1), parameters('a')))", "symbol"},
		{"empty(concat(createArray(1), parameters('a')))", "false"},
		{"empty(parameters('a'))", "symbol"},
		{"first(concat(createArray(1), parameters('a')))", "1"},
		{"last(concat(createArray(1), parameters('a')))", "symbol"},
		{"concat(createArray(1), parameters('a'))[0]", "1"},
		{"concat(createArray(1), parameters('a'))[1]", "symbol"},
		{"concat(parameters('a'), createArray(1))[0]", "symbol"},
		{"union(parameters('o'), createObject('k', 1)).k", "1"},
		{"union(createObject('k', 1), parameters('o')).k", "symbol"},
		{"union(createObject('k', 1), union(parameters('o'), createObject(parameters('s'), 1))).k", "symbol"},
		{"tryGet(union(parameters('o'), createObject('k', 1)), 'x')", "symbol"},
		{"shallowMerge(createArray(createObject('k', 1), parameters('o'), createObject('l', 2))).l", "2"},
		{"shallowMerge(createArray(createObject('k', 1), parameters('o'))).k", "symbol"},
		{"union(parameters('o'), createObject('n', createObject('k', 1))).n.k", "1"},
		{"tryGet(union(parameters('o'), createObject('n', createObject('k', 1))), 'n', 'x')", "symbol"},
		{"map(parameters('a'), lambda('x', lambdaVariables('x')))", "symbol"},
		{"filter(createArray(1, 2), lambda('x', parameters('b')))", "symbol"},
		{"map(createArray(parameters('s')), lambda('x', concat(lambdaVariables('x'), '!')))", `["‹parameters('s')›!"]`},
		{"toObject(createArray(1), lambda('x', parameters('s')))", "symbol"},
		{"sort(createArray(2, parameters('i')), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))", "symbol"},
		{"createObject('a', 1)[parameters('s')]", `{"$oneOf":[{"value":1,"when":"parameters('s') == 'a'"}]}` + " or 1"},
		{"flatten(createArray(createArray(1), parameters('a')))[0]", "1"},
		{"flatten(createArray(parameters('a'), createArray(1)))[0]", "symbol"},
		{"union(createArray(1), parameters('a'))[0]", "1"},
		{"union(parameters('a'), createArray(1))[0]", "symbol"},
		{"contains(union(createObject('z', 1), parameters('o')), 'y')", "symbol"},
		{"items(union(parameters('o'), createObject('z', 1)))[0].key", "symbol"},
		{"objectKeys(union(parameters('o'), createObject('z', 1)))[0]", "symbol"},
		{"length(items(union(parameters('o'), createObject('z', 1))))", "symbol"},
		{"items(createObject('a', parameters('s')))[0].value", isS},
		{"indexOf(concat(createArray(1), parameters('a')), 1)", "0"},
		{"indexOf(concat(createArray(1), parameters('a')), 2)", "symbol"},
		{"indexOf(createArray(parameters('s'), 'x'), 'x')", "symbol"},
		{"distinct(createArray(parameters('s'), 'x'))", "symbol"},
		{"distinct(createArray(parameters('s'), parameters('s')))", "[" + isS + "]"},
		{"intersection(createArray('x'), createArray(parameters('s')))", "symbol"},
		{"skip(concat(createArray(1, 2), parameters('a')), 1)[0]", "2"},
		{"take(concat(createArray(1, 2), parameters('a')), 1)", "[1]"},
		{"length(take(concat(createArray(1, 2), parameters('a')), 3))", "symbol"},
		{"length(flatten(createArray(createArray(1), createArray(2, 3))))", "3"},
		{"length(flatten(concat(createArray(createArray(1)), parameters('a'))))", "symbol"},
		{"length(array(parameters('a')))", "symbol"}, // an array stays what it is
		{"length(array(parameters('s')))", "1"},
		{"reduce(concat(createArray(1), parameters('a')), 0, lambda('x', 'y', 1))", "symbol"},
		{"groupBy(createArray(1, 2), lambda('x', if(equals(lambdaVariables('x'), 1), 'k', parameters('s'))))", "symbol"},
		{"filter(createArray(1, 2), lambda('x', if(equals(lambdaVariables('x'), 1), parameters('b'), true())))[0]", "symbol"},
		{"min(1, parameters('i'))", "symbol"},
		{"range(0, parameters('i'))", "symbol"},
		{"json(parameters('s'))", "symbol"},
		{"string(parameters('i'))", "symbol"},
		{"string(createArray(parameters('s')))", "symbol"},
		{"base64(parameters('s'))", "symbol"},
		{"replace(concat('a', parameters('s')), 'a', 'b')", "symbol"},
		{"trim(concat(' a', parameters('s')))", "symbol"},
		{"padLeft(parameters('s'), 5)", "symbol"},
		{"uri('https://x.org/', parameters('s'))", "symbol"},
		{"parameters(parameters('s'))", "symbol"},
		{"variables(parameters('s'))", "symbol"},
		{"variables('many')", "symbol"},
		{"length(variables('many'))", "symbol"},
		// declarations
		{"parameters('size')", `{"$oneOf":[{"value":"small","when":"parameters('size') == 'small'"},{"value":"large","when":"parameters('size') == 'large'"}]}`},
		{"if(equals(parameters('size'), 'small'), 1, 2)", `{"$oneOf":[{"value":1,"when":"parameters('size') == 'small'"},{"value":2,"when":"parameters('size') == 'large'"}]}`},
		{"equals(parameters('size'), 'huge')", "false"},
		{"contains(createArray('small', 'large'), parameters('size'))", "true"},
		{"guid(parameters('s'))", "symbol"},
		// what fails, fails whatever the unknown is
		{"add(parameters('i'), fail('always'))", "error"},
		{"concat(parameters('s'), createObject())", "error"},
		{"add(parameters('s'), 1)", "symbol or error"},
	} {
		v := ask(t, c.expression, open)
		if got := string(value.AppendJSON(nil, v)); !is(v, got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.expression, got, c.want)
		}
	}
}

// is tells whether a value is as wanted: one of the forms joined by " or ".
func is(v value.Value, got, want string) bool {
	_, failed := v.Err()
	for want != "" {
		form, rest, _ := cut(want, " or ")
		switch {
		case form == "error" && failed, form == "symbol" && !failed && v.Why() != nil, form == got:
			return true
		}
		want = rest
	}
	return false
}

func cut(s, sep string) (head, tail string, found bool) {
	for i := len(s) - len(sep); i >= 0; i-- { // JSON stands first and may hold anything
		if s[i:i+len(sep)] == sep {
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

// TestChoiceBound checks that 16 alternatives are kept and more are a symbol.
func TestChoiceBound(t *testing.T) {
	list := func(n int) string {
		doc := `{"parameters": {"p": {"type": "int", "allowedValues": [0`
		for i := 1; i < n; i++ {
			doc += "," + value.OfInt(int64(i)).Number()
		}
		return doc + `]}, "q": {"type": "int", "allowedValues": [1, 2]}}}`
	}
	for _, c := range []struct {
		expression   string
		n            int
		alternatives int
	}{
		{"add(parameters('p'), 1)", 16, 16},
		{"parameters('p')", 17, 1},
		{"add(parameters('p'), 1)", 17, 1},
		{"add(parameters('p'), mul(parameters('q'), 100))", 8, 16},
		{"add(parameters('p'), mul(parameters('q'), 100))", 9, 1},
		{"add(parameters('p'), parameters('p'))", 16, 16}, // the same parameter, not 256 pairs
		{"if(equals(parameters('p'), 3), 'x', 'y')", 16, 16},
		{"if(less(parameters('p'), 99), 'x', 'y')", 16, 1},
	} {
		v := ask(t, c.expression, list(c.n))
		if got := len(v.Alternatives()); got != c.alternatives {
			t.Errorf("%s of %d: %d alternatives, want %d", c.expression, c.n, got, c.alternatives)
		}
		if c.alternatives == 1 && c.n > 8 && v.Kind != value.Unknown && v.Kind != value.String {
			t.Errorf("%s of %d: got %s", c.expression, c.n, value.Show(v))
		}
	}
}

// TestContradictions checks that what cannot hold together is dropped.
func TestContradictions(t *testing.T) {
	for _, c := range []struct{ expression, want string }{
		{"if(parameters('b'), if(parameters('b'), 1, 2), 3)", `{"$oneOf":[{"value":1,"when":"parameters('b')"},{"value":3,"when":"not parameters('b')"}]}`},
		{"if(parameters('b'), if(not(parameters('b')), 1, 2), 2)", `2`},
		{"if(equals(parameters('s'), 'x'), if(equals(parameters('s'), 'y'), 1, 2), 3)", `{"$oneOf":[{"value":2,"when":"parameters('s') == 'x' and parameters('s') != 'y'"},{"value":3,"when":"parameters('s') != 'x'"}]}`},
		{"equals(if(parameters('b'), 1, 2), if(parameters('b'), 1, 2))", `true`},
		{"equals(if(parameters('b'), 1, 2), if(parameters('b'), 2, 1))", `false`},
		{"add(if(parameters('b'), 1, 2), if(parameters('b'), 2, 1))", `3`},
		{"createObject('x', if(parameters('b'), 1, 2)).x", `{"$oneOf":[{"value":1,"when":"parameters('b')"},{"value":2,"when":"not parameters('b')"}]}`},
		{"if(parameters('b'), createObject('v', 1), createObject('v', 1)).v", `1`},
		{"if(parameters('b'), createArray(1), createArray(1, 2))[0]", `1`},
		{"length(if(parameters('b'), 'abc', 'de'))", `{"$oneOf":[{"value":3,"when":"parameters('b')"},{"value":2,"when":"not parameters('b')"}]}`},
	} {
		if got := string(value.AppendJSON(nil, ask(t, c.expression, open))); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.expression, got, c.want)
		}
	}
}

// TestOpen evaluates the expressions of testdata/open.txt, a line of which is
// "expression => JSON", in the template whose parameters have no values.
func TestOpen(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "open.txt"))
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for line := range strings.Lines(string(raw)) {
		expression, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		if !ok {
			continue
		}
		cases++
		if got := string(value.AppendJSON(nil, ask(t, expression, open))); got != want {
			t.Errorf("%s\n got %s\nwant %s", expression, got, want)
		}
	}
	if cases < 170 {
		t.Errorf("only %d cases were read", cases)
	}
}
