package house

import (
	"os"
	"regexp"
	"testing"
)

// TestVersion: what people copy, and what the action downloads, is the version of the source.
func TestVersion(t *testing.T) {
	version := find(t, "internal/cli/version.go", `(?m)^var release = "(.*)"$`)
	for _, place := range []struct{ file, pattern string }{
		{"action.yml", `(?m)^  version:(?:\n    .*)*\n    default: "(.*)"$`},
		{"docs/guides/pre-commit.md", `rev: v([0-9.]+)`},
		{"docs/guides/github.md", `uses: rolecall/rolecall@v([0-9.]+)`},
	} {
		if got := find(t, place.file, place.pattern); got != version {
			t.Errorf("%s names version %s, internal/cli/version.go has %s", place.file, got, version)
		}
	}
}

// find returns what the first group of a pattern matches in a file.
func find(t *testing.T, file, pattern string) string {
	t.Helper()
	text, err := os.ReadFile("../../" + file)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindSubmatch(text)
	if m == nil {
		t.Fatalf("%s has nothing that matches %s", file, pattern)
	}
	return string(m[1])
}
