package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// golden holds what a run prints against a file.
func golden(t *testing.T, name string, args ...string) (missed bool) {
	t.Helper()
	var out strings.Builder
	missed, err := run(t.Context(), append([]string{"-root", filepath.Join("testdata", "example")}, args...), &out)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, out.String(), want)
	}
	return missed
}

// TestForms lists all mutants of a package.
func TestForms(t *testing.T) {
	golden(t, "forms.txt", "-list", "-n", "1000", "./forms")
}

// TestDraw draws a few of two packages: alike from each, and from each family.
func TestDraw(t *testing.T) {
	golden(t, "draw.txt", "-list", "-n", "6", "./forms", "./limit")
}

// TestTry runs the tests of a package, and of the one that uses it. What
// becomes of 10 nobody asks, so two of five are caught.
func TestTry(t *testing.T) {
	for least, want := range map[string]bool{"40": false, "41": true} {
		if golden(t, "top.txt", "-only", "limit.go:8:", "-least", least, "./limit") != want {
			t.Errorf("two of five are less than %s of a hundred: that is not %t", least, want)
		}
	}
	golden(t, "user.txt", "-only", "'2' becomes 1", "./limit")
}

// TestHang waits for a test that does not end.
func TestHang(t *testing.T) {
	golden(t, "hang.txt", "-only", `Done\(\)`+"' is dropped", "-timeout", "10s", "./limit")
}

// TestUnhealthy wants tests that pass before anything is changed.
func TestUnhealthy(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module broken\n\ngo 1.25\n",
		"a.go":      "package broken\n\nvar One = 1\n",
		"a_test.go": "package broken\n\nimport \"testing\"\n\nfunc Test(t *testing.T) { t.Fatal(One) }\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	_, err := run(t.Context(), []string{"-root", root, "./..."}, &out)
	if err == nil || !strings.Contains(err.Error(), "without a mutant") {
		t.Errorf("got %v and %q", err, out.String())
	}
}
