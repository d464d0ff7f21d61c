package source_test

import (
	"testing"

	"github.com/rolecall/rolecall/parser/source"
)

// TestNodeAtSlow holds the search among all nodes to a walk down the tree, at
// every byte.
func TestNodeAtSlow(t *testing.T) {
	for _, text := range []string{
		string(generated(3_000)), `{"a": [1, 2, {"b": [], "c": {}}, ""], /* none */ "d": null}`, `[[],[[]],[ ],"x" ]`,
		`{"a": , "b"}`, `{"a": [1, }`, `["unclosed`, `{"a" "b", c: 1}`,
	} {
		f := source.Parse("", []byte(text))
		for offset := range len(text) + 1 {
			if got, want := f.NodeAt(offset), innermost(f.Root(), offset); got != want {
				t.Fatalf("%q at %d: %q, want %q", text, offset, got.Source(), want.Source())
			}
		}
	}
}

func innermost(n source.Node, offset int) source.Node {
	if n.IsZero() || offset < n.Start() || offset >= n.End() {
		return source.Node{}
	}
	inner := n
	below := func(n source.Node) {
		if found := innermost(n, offset); !found.IsZero() {
			inner = found
		}
	}
	switch n.Kind() {
	case source.Object:
		for key, value := range n.Members() {
			below(key)
			below(value)
		}
	case source.Array:
		for element := range n.Elements() {
			below(element)
		}
	}
	return inner
}
