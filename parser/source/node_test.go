package source_test

import (
	"fmt"
	"go/token"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
)

func TestZeroNode(t *testing.T) {
	var n source.Node
	for range n.Members() {
		t.Error("members")
	}
	for range n.Elements() {
		t.Error("elements")
	}
	key, value := n.Member("a")
	got := fmt.Sprint(n.IsZero(), n.File() == nil, n.ID(), n.Kind(), n.Start(), n.End(), n.Pos(), n.EndPos(), n.Source() == "",
		n.Text() == "", n.HasEscapes(), n.Offset(3), n.Len(), n.At(0) == n, n.Get("a") == n, key == n, value == n,
		n.Key() == n, n.Parent() == n, n.Pointer() == "")
	want := "true true 0 invalid 0 0 0 0 true true false 0 0 true true true true true true true"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var f *source.File
	if !f.Root().IsZero() {
		t.Error("a nil file has a root")
	}
}

func TestMember(t *testing.T) {
	f := source.Parse("", []byte(`{"Type": 1, "type": 2, "TYPE": 3, "type": 4, "\u006eame": 5, "": 6, "Ünit": 7, "a[": 8}`))
	tests := map[string]string{
		"type": "4", "Type": "1", "tYPE": "1", "name": "5", "NAME": "5", "": "6", "Ünit": "7", "ünit": "", "üNIT": "",
		"ÜNIT": "7", "a{": "", "typ": "", "typed": "",
	}
	for name, want := range tests {
		key, value := f.Root().Member(name)
		if value.Source() != want || value != f.Root().Get(name) || value.Key() != key {
			t.Errorf("%s: got %s %s, want %s", name, key.Source(), value.Source(), want)
		}
	}
	for _, text := range []string{`["a"]`, `"a"`, `null`} {
		if !source.Parse("", []byte(text)).Root().Get("a").IsZero() {
			t.Errorf("%s has a member", text)
		}
	}
}

func TestElements(t *testing.T) {
	root := source.Parse("", []byte(`[[1, 2], {"a": []}, 3]`)).Root()
	for i, want := range []string{"[1, 2]", `{"a": []}`, "3", ""} {
		if got := root.At(i).Source(); got != want {
			t.Errorf("%d: got %s, want %s", i, got, want)
		}
	}
	if !root.At(-1).IsZero() || !root.At(2).At(0).IsZero() || root.At(1).Len() != 1 {
		t.Error("an element that is not there, or a wrong length")
	}
}

func TestNavigation(t *testing.T) {
	f := source.Parse("", []byte(`{"a/b": [true, {"m~n": "x"}], "c": {}}`))
	want := `{"a/b": [true, {"m~n": "x"}], "c": {}} @ < 
"a/b" @/a~1b < {"a/b"
[true, {"m~n": "x"}] @/a~1b < {"a/b"
true @/a~1b/0 < [true,
{"m~n": "x"} @/a~1b/1 < [true,
"m~n" @/a~1b/1/m~0n < {"m~n"
"x" @/a~1b/1/m~0n < {"m~n"
"c" @/c < {"a/b"
{} @/c < {"a/b"
`
	var got strings.Builder
	last := source.Node{}
	for offset := range len(f.Text) {
		n := f.NodeAt(offset)
		if n.ID() <= last.ID() && !last.IsZero() {
			continue
		}
		last = n
		before, _, _ := strings.Cut(n.Parent().Source(), " ")
		before = strings.TrimSuffix(before, ":")
		fmt.Fprintf(&got, "%s @%s < %s\n", n.Source(), n.Pointer(), before)
	}
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

func TestNodeAt(t *testing.T) {
	f := source.Parse("", []byte(` {"a": [1, 22]} `))
	want := []string{"", "{", `"`, `"`, `"`, "{", "{", "[", "1", "[", "[", "2", "2", "[", "{", "", ""}
	for i, start := range want {
		if n := f.NodeAt(i); !strings.HasPrefix(n.Source(), start) || n.IsZero() != (start == "") {
			t.Errorf("%d: %s, want %s", i, n.Source(), start)
		}
	}
	if !f.NodeAt(-1).IsZero() || !f.NodeAt(1000).IsZero() || !source.Parse("", nil).NodeAt(0).IsZero() {
		t.Error("a node outside of the text")
	}
}

func TestPos(t *testing.T) {
	files := token.NewFileSet()
	files.AddFile("other", -1, 100)
	f := source.Parse("x.json", []byte(`{"a": "bc"}`))
	f.Base = files.AddFile(f.Name, -1, len(f.Text)).Base()
	n := f.Root().Get("a")
	if start, end := files.Position(n.Pos()), files.Position(n.EndPos()); start.String() != "x.json:1:7" || end.Column != 11 {
		t.Errorf("got %v to %v", start, end)
	}
}

func TestOffset(t *testing.T) {
	tests := []struct {
		written string
		offsets []int // of each byte of the value and of its end, counted from behind the opening quote
	}{
		{``, []int{0}},
		{`abc`, []int{0, 1, 2, 3}},
		{`é€`, []int{0, 1, 2, 3, 4, 5}},
		{`a\nb`, []int{0, 1, 3, 4}},
		{`\n`, []int{0, 2}},
		{`\\\"`, []int{0, 2, 4}},
		{`\u0041b`, []int{0, 6, 7}},
		{`\u00e9b`, []int{0, 0, 6, 7}},
		{`x\u20acb`, []int{0, 1, 1, 1, 7, 8}},
		{`\ud83d\ude00b`, []int{0, 0, 0, 0, 12, 13}},
		{`\ud83d\u0041`, []int{0, 0, 0, 6, 12}},
		{`\ude00\ud83d`, []int{0, 0, 0, 6, 6, 6, 12}},
		{`é\té`, []int{0, 1, 2, 4, 5, 6}},
	}
	for _, test := range tests {
		n := source.Parse("", []byte(`["`+test.written+`"]`)).Root().At(0)
		var got []int
		for i := range len(n.Text()) + 1 {
			got = append(got, n.Offset(i)-2)
		}
		if fmt.Sprint(got) != fmt.Sprint(test.offsets) {
			t.Errorf("%s: got %v, want %v", test.written, got, test.offsets)
		}
		if n.Offset(-1) != 2 || n.Offset(1000) != n.End()-1 {
			t.Errorf("%s: out of range: %d, %d", test.written, n.Offset(-1), n.Offset(1000))
		}
		checkText(t, n)
	}
	number := source.Parse("", []byte("[ 12]")).Root().At(0)
	if number.Offset(1) != 3 || number.Offset(9) != 4 {
		t.Error("offsets in a number")
	}
}

func TestFoldEqual(t *testing.T) {
	for _, pair := range [][2]string{{"", ""}, {"abcXYZ", "ABCxyz"}, {"a-b_1", "A-B_1"}} {
		if !source.FoldEqual(pair[0], pair[1]) {
			t.Errorf("%q", pair)
		}
	}
	for _, pair := range [][2]string{{"a", ""}, {"a", "b"}, {"@", "`"}, {"[", "{"}, {"é", "É"}, {"K", "\u212a"}, {"0", "\x10"}} {
		if source.FoldEqual(pair[0], pair[1]) {
			t.Errorf("%q", pair)
		}
	}
}

func TestKindString(t *testing.T) {
	if got := fmt.Sprint(source.Null, source.Object, source.Kind(99)); got != "null object invalid" {
		t.Error(got)
	}
}

func TestHasName(t *testing.T) {
	f := source.Parse("f.json", []byte(`{"a": {"name": "other"}, "b": [{"x\u0079": 1}]}`))
	for name, want := range map[string]bool{"a": true, "name": true, "other": false, "nam": false, "xy": false, "A": false} {
		if f.HasName(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
