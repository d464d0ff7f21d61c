package source

import "testing"

func TestTooLarge(t *testing.T) {
	for _, raw := range []string{"[1, 2, 3]", "\xff\xfe\xac\x20\xac\x20\xac\x20"} {
		var f File
		f.reset("", []byte(raw), 8)
		if len(f.Errors) != 1 || f.Errors[0].Message != "the file is too large: at most 2 GiB can be read" || !f.Root().IsZero() {
			t.Errorf("%q: %v", raw, f.Errors)
		}
	}
}

// TestManyChildren checks the count of an array that has more elements than its
// entry has room for.
func TestManyChildren(t *testing.T) {
	f := Parse("", []byte(`[{"a": 1, "b": [2, 3]}, 4]`))
	for i := range f.nodes {
		f.nodes[i].meta |= countMax << countShift
	}
	object := f.Root().At(0)
	if f.Root().Len() != 2 || object.Len() != 2 || object.Get("b").Len() != 2 {
		t.Errorf("got %d, %d, %d", f.Root().Len(), object.Len(), object.Get("b").Len())
	}
}
