package tree

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "old.json"), []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("old.json", filepath.Join(dir, "link.json")); err != nil {
		t.Skip(err)
	}
	tr, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	for _, name := range []string{"old.json", "sub/new.json"} {
		if err := tr.WriteFile(name, []byte("new")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != "new" {
			t.Errorf("%s holds %q", name, got)
		}
	}
	if info, _ := os.Stat(filepath.Join(dir, "old.json")); info.Mode().Perm() != 0o640 {
		t.Errorf("the mode became %v", info.Mode())
	}
	for name, want := range map[string]string{
		"link.json": "is not written through a symbolic link", "../x.json": "outside of the analysed tree", "none/x.json": "no such file", "sub": "is a folder",
	} {
		if err := tr.WriteFile(name, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*", ".rolecall-*"))
	more, _ := filepath.Glob(filepath.Join(dir, ".rolecall-*"))
	if len(left)+len(more) > 0 {
		t.Errorf("files are left: %v %v", left, more)
	}
}
