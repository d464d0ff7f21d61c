package source_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
)

func TestErrors(t *testing.T) {
	tests := []struct {
		text    string // « and » stand around the offending bytes
		message string
		tree    string
	}{
		{"«»", "the file is empty", ""},
		{" \n«»", "the file is empty", ""},
		{"\xef\xbb\xbf«»", "the file is empty", ""},
		{"// x\n«»", "the file holds nothing but comments", ""},
		{"«/* x»", "the comment is never closed; end it with */", ""},
		{"[1, «/»2]", "unexpected /; a comment starts with // or /*", "[1]"},
		{`{"a": [1«»`, "the file ends before the array that opens on line 1 is closed; ] is missing", `{"a":[1]}`},
		{"\n{\"a\": 1,\n«»", "the file ends before the object that opens on line 2 is closed; } is missing", `{"a":1}`},
		{`{"a": 1, "b"«»`, "the file ends before the object that opens on line 1 is closed; } is missing", `{"a":1}`},
		{`{"a": 1, "b":«»`, "the file ends before the object that opens on line 1 is closed; } is missing", `{"a":1}`},
		{`{"a": 1, «name»: 2}`, `property names stand in double quotes: write "name"`, `{"a":1}`},
		{`{«,»"a": 1}`, "unexpected comma; a property is missing before it", `{}`},
		{`{"a": 1, «]»`, "unexpected ]; the object it stands in ends with }", `{"a":1}`},
		{`{«[»1]}`, "unexpected [; a property name in double quotes or } is expected here", `{}`},
		{`{"a" «1»}`, "unexpected 1; a colon is expected after the property name", `{}`},
		{`{"a": «}»`, "unexpected }; a value is missing before it", `{}`},
		{`{"b": 1, "a": «,» "c": 2}`, "unexpected comma; a value is missing before it", `{"b":1}`},
		{`[1,«,»2]`, "unexpected comma; a value is missing before it", `[1]`},
		{`[«NaN»]`, "NaN is not JSON; write a number, or null", `[]`},
		{`[«-Infinity»]`, "Infinity is not JSON; write a number, or null", `[]`},
		{`[«undefined»]`, "undefined is not JSON; write null, or leave the property out", `[]`},
		{`[«True»]`, "True is not JSON; write it in lower case: true", `[]`},
		{`[«None»]`, "None is not JSON; write null", `[]`},
		{`[«nullable»]`, "nullable is not JSON; put it in double quotes if it is meant as text", `[]`},
		{`[«concat»('a')]`, "concat is not JSON; put it in double quotes if it is meant as text", `[]`},
		{`[«` + strings.Repeat("x", 50) + `»]`, strings.Repeat("x", 40) + "... is not JSON; put it in double quotes if it is meant as text", `[]`},
		{`[«-»]`, "digits are missing after the minus sign", `[]`},
		{`[«012»]`, "a number must not start with a zero", `[]`},
		{`[«1.»]`, "digits are missing after the decimal point", `[]`},
		{`[«1e»+]`, "digits are missing in the exponent", `[]`},
		{`[«0x1F»]`, "the number is malformed; put it in double quotes if it is meant as text", `[]`},
		{`[«1.2.3»]`, "the number is malformed; put it in double quotes if it is meant as text", `[]`},
		{`[«.»5]`, "a number starts with a digit or a minus sign", `[]`},
		{`[«+»1]`, "a number starts with a digit or a minus sign", `[]`},
		{`{"a": 1 «"»b": 2}`, "a comma is missing before this property", `{"a":1}`},
		{`["a" «"»b"]`, "a comma is missing before this element", `["a"]`},
		{`[1 «true»]`, "a comma is missing before this element", `[1]`},
		{"\n[1 «}»", "unexpected }; the array that opens on line 2 ends with ]", `[1]`},
		{`[1 «:»]`, "unexpected :; a comma or ] is expected after the element", `[1]`},
		{"{\"a\": \"x,\n \"«b»\": 1}", "a comma is missing before this property" +
			" (the string before it spans several lines: is its closing quote missing?)", `{"a":"x,\n "}`},
		{`[1, «"abc»` + "\n]", `the string is never closed; end it with "`, `[1]`},
		{`[1, «'abc]»`, `the string is never closed; end it with '`, `[1]`},
		{`["a", «"b\»`, `the string is never closed; end it with "`, `["a"]`},
		{`["a", «"b\u00»`, `the string is never closed; end it with "`, `["a"]`},
		{`["C:«\d»ir"]`, `\d is not an escape; write \\d for a backslash`, `[]`},
		{`["«\é»"]`, `the backslash starts no escape; write \\ for a backslash`, `[]`},
		{`{"a": "«\u00»g0"}`, `\u needs four hexadecimal digits`, `{}`},
		{`{} «{»}`, "unexpected text after the end of the outermost value; remove it", `{}`},
		{`{}«}»`, "unexpected text after the end of the outermost value; remove it", `{}`},
		{`1 «x»`, "unexpected text after the end of the outermost value; remove it", `1`},
		{"[1«\x00»]", "unexpected NUL byte; save the file as UTF-8, or as UTF-16 with a byte order mark", `[1]`},
		{"{}«\x00»", "unexpected NUL byte; save the file as UTF-8, or as UTF-16 with a byte order mark", `{}`},
		{"«\x00»{", "unexpected NUL byte; save the file as UTF-8, or as UTF-16 with a byte order mark", ``},
		{"[«\xff»]", "unexpected byte 0xFF; the file is not UTF-8", `[]`},
		{"{}«\ufeff»", "unexpected byte order mark; it stands at the beginning of a file only; remove it", `{}`},
		{"{«“»a”: 1}", `unexpected typographic quotation mark; write "`, `{}`},
		{"[1,«\u00a0»2]", "unexpected white space (U+00A0); write a plain space", `[1]`},
		{"[«é»]", "unexpected character U+00E9; a value is expected here", `[]`},
		{"[1 «@»]", "unexpected @; a comma or ] is expected after the element", `[1]`},
	}
	for _, test := range tests {
		before, rest, _ := strings.Cut(test.text, "«")
		offending, after, _ := strings.Cut(rest, "»")
		want := source.Error{Offset: len(before), End: len(before) + len(offending), Message: test.message}
		f := source.Parse("", []byte(before+offending+after))
		if len(f.Errors) != 1 || f.Errors[0] != want {
			t.Errorf("%q:\ngot  %+v\nwant %+v", test.text, f.Errors, want)
		}
		if got := render(t, f); got != test.tree {
			t.Errorf("%q: tree %s, want %s", test.text, got, test.tree)
		}
		checkTree(t, f)
	}
}
