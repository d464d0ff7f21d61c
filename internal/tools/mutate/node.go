package main

import (
	"math/rand/v2"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
)

// nodes are all values of a JSON text, those of members with their keys.
func nodes(text string) []source.Node {
	var out []source.Node
	var add func(source.Node)
	add = func(n source.Node) {
		out = append(out, n)
		for _, v := range n.Members() {
			add(v)
		}
		for e := range n.Elements() {
			add(e)
		}
	}
	if root := source.Parse("", []byte(text)).Root(); !root.IsZero() && root.End() <= len(text) {
		add(root)
	}
	return out
}

func at(n source.Node) span { return span{n.Start(), n.End()} }

// member is a value, or the whole member that it is the value of.
func member(r *rand.Rand, n source.Node) span {
	if key := n.Key(); !key.IsZero() && r.IntN(2) == 0 {
		return span{key.Start(), n.End()}
	}
	return at(n)
}

// node changes a value of JSON, so that it stays JSON: another value of this
// text or of another one, a value of another type, itself in an array or
// object, or nothing. Of what is no JSON it changes a word.
func node(r *rand.Rand, text, other string) string {
	list := nodes(text)
	if len(list) == 0 {
		return word(r, text, other)
	}
	n := list[r.IntN(len(list))]
	was := at(n).of(text)
	switch r.IntN(8) {
	case 0:
		return put(text, at(n), at(list[r.IntN(len(list))]).of(text))
	case 1:
		if more := nodes(other); len(more) > 0 {
			return put(text, at(n), at(more[r.IntN(len(more))]).of(other))
		}
	case 2:
		return put(text, at(n), [...]string{"null", "true", "0", "-1.5", "12345678901234567890", `""`, "[]", "{}", `"[parameters('x')]"`, `"[null()]"`}[r.IntN(10)])
	case 3:
		return put(text, at(n), "["+was+"]")
	case 4:
		return put(text, at(n), `{"`+[...]string{"value", "copy", "reference", "secretName", "id", ""}[r.IntN(6)]+`": `+was+"}")
	case 5:
		m := member(r, n)
		return put(text, m, m.of(text)+", "+m.of(text))
	case 6:
		m := member(r, n)
		if end := m.end; end < len(text) && text[end] == ',' {
			m.end++
		} else if before := strings.TrimRight(text[:m.start], " \t\r\n"); strings.HasSuffix(before, ",") {
			m.start = len(before) - 1
		}
		return put(text, m, "")
	case 7:
		if n.Kind() == source.String {
			return put(text, at(n), `"`+strings.Repeat(text[n.Start()+1:n.End()-1], 2)+`"`)
		}
	}
	return put(text, at(n), `"`+strings.Repeat("x", r.IntN(2000))+`"`)
}

// wrappers are what an expression may be put into.
var wrappers = [][2]string{
	{"concat(", ", 'x')"}, {"if(equals(1, 1), ", ", null())"}, {"if(parameters('x'), ", ", 'y')"}, {"resourceId('A/b', ", ")"}, {"guid(", ")"},
	{"reference(", ").id"}, {"reference(", ", '1', 'Full').identity.principalId"}, {"createArray(", ")"}, {"createObject('a', ", ")"},
	{"", "[0]"}, {"", ".a"}, {"", "[copyIndex()]"}, {"split(", ", '/')"}, {"json(", ")"}, {"string(", ")"}, {"map(range(0, 3), lambda('i', ", "))"},
	{"coalesce(null(), ", ")"}, {"union(", ", createObject('b', 1))"}, {"substring(", ", 1, 2)"}, {"format('{0}{1}', ", ")"}, {"int(", ")"}, {"variables(", ")"},
	{"tryGet(", ", 'a', 0)"}, {"toObject(", ", lambda('x', lambdaVariables('x')))"}, {"subscriptionResourceId(", ")"}, {"extensionResourceId(", ", 'A/b', 'c')"},
	{"sort(", ", lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y'))))"}, {"array(", ")"}, {"length(", ")"}, {"items(", ")"}, {"base64ToJson(", ")"},
}

// expression puts an expression of JSON into another one, or makes a text one.
// Of what is no JSON it wraps a word, as Bicep has most of these functions too.
func expression(r *rand.Rand, text, other string) string {
	w := wrappers[r.IntN(len(wrappers))]
	list := nodes(text)
	if len(list) == 0 {
		a := anyWord(r, text)
		return put(text, a, w[0]+a.of(text)+w[1])
	}
	for range 50 {
		n := list[r.IntN(len(list))]
		if n.Kind() != source.String {
			continue
		}
		inside := span{n.Start() + 1, n.End() - 1}
		s := inside.of(text)
		if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
			return put(text, inside, "["+w[0]+s[1:len(s)-1]+w[1]+"]")
		}
		if r.IntN(4) == 0 {
			return put(text, inside, "["+w[0]+"'"+strings.ReplaceAll(s, "'", "''")+"'"+w[1]+"]")
		}
	}
	return word(r, text, other)
}
