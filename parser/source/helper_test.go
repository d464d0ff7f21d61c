package source_test

import (
	"encoding/json"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
)

// toAny rebuilds what encoding/json would have decoded, with json.Number.
func toAny(n source.Node) any {
	switch n.Kind() {
	case source.False, source.True:
		return n.Kind() == source.True
	case source.Number:
		return json.Number(n.Text())
	case source.String:
		return string([]rune(n.Text())) // bytes that are not UTF-8 become U+FFFD, as there
	case source.Array:
		elements := make([]any, 0, n.Len())
		for e := range n.Elements() {
			elements = append(elements, toAny(e))
		}
		return elements
	case source.Object:
		members := make(map[string]any, n.Len())
		for key, value := range n.Members() {
			members[string([]rune(key.Text()))] = toAny(value)
		}
		return members
	}
	return nil
}

// render writes a tree as JSON, "" for no tree.
func render(t *testing.T, f *source.File) string {
	t.Helper()
	if f.Root().IsZero() {
		return ""
	}
	text, err := json.Marshal(toAny(f.Root()))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// checkTree fails the test unless all ranges of f nest, follow each other and
// agree with what the navigating methods say.
func checkTree(t *testing.T, f *source.File) {
	t.Helper()
	root := f.Root()
	if root.IsZero() {
		return
	}
	if !root.Parent().IsZero() || !root.Key().IsZero() || root.Pointer() != "" {
		t.Fatal("the root has a parent, a key or a pointer")
	}
	checkNode(t, root, 0, len(f.Text))
	for _, e := range f.Errors {
		if e.Offset < 0 || e.Offset > e.End || e.End > len(f.Text) || e.Message == "" {
			t.Fatalf("malformed error %+v", e)
		}
	}
}

// checkNode checks that n lies between low and high, then what is inside of it.
func checkNode(t *testing.T, n source.Node, low, high int) {
	t.Helper()
	if n.Start() < low || n.End() <= n.Start() || n.End() > high || n.Source() != n.File().Text[n.Start():n.End()] {
		t.Fatalf("%v [%d,%d) is not within [%d,%d)", n.Kind(), n.Start(), n.End(), low, high)
	}
	low, count := n.Start()+1, 0
	child := func(c, key source.Node) {
		checkNode(t, c, low, n.End())
		if c.Key() != key || c.Kind() == source.Invalid {
			t.Fatalf("a %v at %d has the key %q", c.Kind(), c.Start(), c.Key().Source())
		}
		low = c.End()
	}
	for key, value := range n.Members() {
		child(key, source.Node{})
		child(value, key)
		count++
	}
	for e := range n.Elements() {
		child(e, source.Node{})
		count++
	}
	if count != n.Len() {
		t.Fatalf("Len is %d, the %v has %d", n.Len(), n.Kind(), count)
	}
	checkText(t, n)
}

// checkText checks that the offsets of a string rise from its opening quote to
// its closing one.
func checkText(t *testing.T, n source.Node) {
	t.Helper()
	if n.Kind() != source.String {
		return
	}
	at := n.Start() + 1
	for i := range len(n.Text()) {
		next := n.Offset(i)
		if next < at || next >= n.End() {
			t.Fatalf("byte %d of %s is at %d", i, n.Source(), next)
		}
		at = next
	}
	if end := n.Offset(len(n.Text())); end != n.End()-1 {
		t.Fatalf("the end of %s is at %d", n.Source(), end)
	}
}
