package tree

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// writable is a tree with some files, each of which holds its own name.
func writable(t *testing.T, names ...string) *Tree {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(name), 0o640)); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

// holds compares the files of a tree, of which there must be no others.
func holds(t *testing.T, tree *Tree, want map[string]string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(tree.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		rel, _ := filepath.Rel(tree.Dir(), path)
		text, err := os.ReadFile(path)
		if wanted, ok := want[filepath.ToSlash(rel)]; !ok || string(text) != wanted {
			t.Errorf("%s holds %q, want %q", rel, text, wanted)
		}
		return err
	})
	if err != nil || n != len(want) {
		t.Errorf("%d files, want %d: %v", n, len(want), err)
	}
}

func change(name, to string) Change { return Change{name, []byte(name), []byte(to)} }

func TestReplace(t *testing.T) {
	tree := writable(t, "a.json", "sub/b.json", "sub/.rolecall-0.tmp", "c.json")
	if err := tree.Replace(context.Background(), []Change{change("a.json", "A"), change("sub/b.json", "")}); err != nil {
		t.Fatal(err)
	}
	holds(t, tree, map[string]string{"a.json": "A", "sub/b.json": "", "sub/.rolecall-0.tmp": "sub/.rolecall-0.tmp", "c.json": "c.json"})
	info, err := tree.Stat("a.json")
	if err != nil || runtime.GOOS != "windows" && info.Mode() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if err := tree.Replace(context.Background(), nil); err != nil {
		t.Error(err)
	}
}

// TestReplaceNothing: whatever goes wrong, no file is changed, and no temporary
// one is left.
func TestReplaceNothing(t *testing.T) {
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name, want string
		ctx        context.Context
		second     Change
	}{
		{"changed", "sub/b.json: was changed by something else meanwhile; no file was changed, run it again", context.Background(), Change{"sub/b.json", []byte("other"), []byte("B")}},
		{"missing", "x.json: there is no such file or folder", context.Background(), change("x.json", "X")},
		{"folder", "sub: is a folder, not a file", context.Background(), change("sub", "X")},
		{"outside", "../x.json: leads outside of the analysed tree; widen it with --root", context.Background(), change("../x.json", "X")},
		{"interrupted", "interrupted; no file was changed", done, change("sub/b.json", "B")},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := writable(t, "a.json", "sub/b.json")
			err := tree.Replace(c.ctx, []Change{change("a.json", "A"), c.second})
			if err == nil || err.Error() != c.want {
				t.Errorf("the error is %v, want %s", err, c.want)
			}
			holds(t, tree, map[string]string{"a.json": "a.json", "sub/b.json": "sub/b.json"})
		})
	}
}

func TestWritable(t *testing.T) {
	tree := writable(t, "a.json", "b.json")
	if err := tree.Writable("a.json"); err != nil {
		t.Error(err)
	}
	if err := os.Chmod(filepath.Join(tree.Dir(), "b.json"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := tree.Writable("b.json"); err == nil || !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a read-only file: %v", err)
	}
	if err := os.Symlink("a.json", filepath.Join(tree.Dir(), "l.json")); err != nil {
		t.Skip("no symbolic links: ", err)
	}
	if err := tree.Writable("l.json"); err == nil || !strings.Contains(err.Error(), "name the file itself: a.json") {
		t.Errorf("a symbolic link: %v", err)
	}
}

// TestRollBack: a rename that fails in the middle undoes those before it.
func TestRollBack(t *testing.T) {
	full := &os.LinkError{Op: "rename", Err: errors.New("the disk is full")}
	for _, c := range []struct {
		name   string
		fails  func(n int, to string) bool
		want   string
		inFile string
	}{
		{"once", func(n int, to string) bool { return n == 2 }, "b.json: cannot be written: the disk is full", "a.json"},
		{"and again", func(n int, to string) bool { return n >= 2 }, "b.json: cannot be written: the disk is full\na.json: holds the new text; the old one could not be put back: the disk is full", "A"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := writable(t, "a.json", "b.json", "c.json")
			root := tree.top.root.(disk).Root
			n := 0
			w := &writer{tree: tree, root: root, rename: func(from, to string) error {
				if n++; c.fails(n, to) {
					return full
				}
				return root.Rename(from, to)
			}}
			for _, name := range []string{"a", "b", "c"} {
				if err := w.prepare(change(name+".json", strings.ToUpper(name))); err != nil {
					t.Fatal(err)
				}
			}
			err := w.commit()
			w.clean()
			if err == nil || err.Error() != c.want {
				t.Errorf("the error is %v, want %s", err, c.want)
			}
			holds(t, tree, map[string]string{"a.json": c.inFile, "b.json": "b.json", "c.json": "c.json"})
		})
	}
}
