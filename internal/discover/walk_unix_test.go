//go:build unix

package discover

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestWalkStrangeNames(t *testing.T) {
	tr := newTree(t, map[string]string{"a\nb/x\x1b[31m.json": "T", "\xff.json": "T", `back\slash.json`: "T", "::error::.json": "T"})
	check(t, walk(t, tr, Options{}, "."),
		"::error::.json template",
		"a\nb/x\x1b[31m.json template",
		`back\slash.json template`,
		"\xff.json template",
	)
	check(t, walk(t, tr, Options{}, "a\nb/x\x1b[31m.json"), "a\nb/x\x1b[31m.json template named")
}

func TestWalkSpecialFiles(t *testing.T) {
	tr := newTree(t, map[string]string{"x.json": "T"})
	if err := syscall.Mkfifo(filepath.Join(tr.Dir(), "pipe.json"), 0o666); err != nil {
		t.Skip(err)
	}
	symlink(t, "pipe.json", filepath.Join(tr.Dir(), "link.json"))
	check(t, walk(t, tr, Options{}, "."),
		"x.json template",
		"! link.json: is a named pipe, not a file",
	)
	check(t, walk(t, tr, Options{}, "pipe.json"), "! pipe.json: is a named pipe, not a file")
}

func TestWalkUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	tr := newTree(t, map[string]string{"a/x.json": "T", "b/x.json": "T", "c.json": "T"})
	for _, name := range []string{"a", "c.json"} {
		if err := os.Chmod(filepath.Join(tr.Dir(), name), 0); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(filepath.Join(tr.Dir(), "a"), 0o700)
	check(t, walk(t, tr, Options{}, "."),
		"b/x.json template",
		"! a: may not be read: permission denied",
		"! c.json: may not be read: permission denied",
	)
}
