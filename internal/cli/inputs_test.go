package cli

import (
	"path/filepath"
	"testing"
)

func TestCommonFolder(t *testing.T) {
	p := filepath.FromSlash
	for _, c := range []struct{ a, b, want string }{
		{"", "/a/b", "/a/b"}, {"/a/b", "/a/b", "/a/b"}, {"/a/b", "/a/c", "/a"},
		{"/a", "/a/b/c", "/a"}, {"/a/b/c", "/a", "/a"}, {"/a/bc", "/a/b", "/a"}, {"/a", "/b", "/"},
	} {
		if got := commonFolder(p(c.a), p(c.b)); got != p(c.want) {
			t.Errorf("commonFolder(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
