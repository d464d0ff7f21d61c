package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestQuick holds that quick reads what an [os.Root] reads, and nothing else.
func TestQuick(t *testing.T) {
	tree := writable(t, "a.json", "sub/b.json", "sub/deep/c.json")
	dir := tree.Dir()
	outside := filepath.Join(t.TempDir(), "secret")
	err := errors.Join(
		os.WriteFile(outside, []byte("secret"), 0o600), os.WriteFile(filepath.Join(dir, "empty.json"), nil, 0o600),
		os.Symlink("sub", filepath.Join(dir, "in")), os.Symlink("b.json", filepath.Join(dir, "sub/link.json")),
		os.Symlink(filepath.Dir(outside), filepath.Join(dir, "out")), os.Symlink(outside, filepath.Join(dir, "out.json")),
		os.Symlink("/proc/self/root", filepath.Join(dir, "magic")), os.Symlink(filepath.Join(dir, "sub"), filepath.Join(dir, "absolute")),
		syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	slow := &Tree{top: tree.top, given: tree.given, dir: tree.dir}
	plain := map[string]bool{
		"a.json": true, "sub/b.json": true, "sub/deep/c.json": true, "empty.json": true, "in/b.json": true, "in/deep/c.json": true,
		"sub/../a.json": true, "./a.json": true, "sub//b.json": true, "in/../a.json": true,
	}
	for _, name := range []string{
		"a.json", "sub/b.json", "sub/deep/c.json", "empty.json", "in/b.json", "in/deep/c.json", "sub/../a.json", "./a.json", "sub//b.json", "in/../a.json",
		"sub/link.json", "out.json", "out/secret", "magic" + outside, "absolute/b.json", "pipe", "sub", "sub/", "in", "", ".", "..", "/", "x/y", "a.json/b",
		"../" + filepath.Base(dir) + "/a.json", "sub/../../" + filepath.Base(dir) + "/a.json", outside, "a\x00.json", "sub\x00/b.json",
	} {
		file, _, quickly := tree.quick.open(name)
		if quickly {
			file.Close()
		}
		if quickly != plain[name] {
			t.Errorf("%q is read quickly: %v", name, quickly)
		}
		got, err := tree.ReadFile(name)
		want, wantErr := slow.ReadFile(name)
		if !bytes.Equal(got, want) || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Errorf("%q: %q, %v, without quick %q, %v", name, got, err, want, wantErr)
		}
		sameAsSlow(t, "Resolve", name, tree.Resolve, slow.Resolve)
		sameAsSlow(t, "Stat", name, described(tree), described(slow))
		sameAsSlow(t, "ReadHead", name, head(tree), head(slow))
	}
	if err := tree.Close(); err != nil {
		t.Error(err)
	}
	if _, _, ok := tree.quick.open("a.json"); ok {
		t.Error("a tree that is closed still reads")
	}
}

func sameAsSlow(t *testing.T, what, name string, quickly, slowly func(string) (string, error)) {
	t.Helper()
	got, err := quickly(name)
	want, wantErr := slowly(name)
	if got != want || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Errorf("%s %q: %q, %v, without quick %q, %v", what, name, got, err, want, wantErr)
	}
}

func described(tree *Tree) func(string) (string, error) {
	return func(name string) (string, error) {
		info, err := tree.Stat(name)
		if err != nil {
			return "", err
		}
		return fs.FormatFileInfo(info), nil
	}
}

func head(tree *Tree) func(string) (string, error) {
	return func(name string) (string, error) {
		buf := make([]byte, 3)
		n, size, err := tree.ReadHead(name, buf)
		return fmt.Sprint(string(buf[:n]), size), err
	}
}

// TestSwapped holds that a folder or file which is replaced by a link that leads
// out of the tree, while files are read, is never followed.
func TestSwapped(t *testing.T) {
	tree := writable(t, "sub/b.json")
	out := t.TempDir()
	sub, link, other := filepath.Join(tree.Dir(), "sub"), filepath.Join(tree.Dir(), "link"), filepath.Join(tree.Dir(), "other")
	if err := errors.Join(os.WriteFile(filepath.Join(out, "b.json"), []byte("secret"), 0o600), os.Symlink(out, link)); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		var err error
		for range 2000 {
			err = errors.Join(err, os.Rename(sub, other), os.Rename(link, sub), os.Rename(sub, link), os.Rename(other, sub))
		}
		done <- err
	}()
	read := 0
	for {
		select {
		case err := <-done:
			if err != nil || read == 0 {
				t.Errorf("%d reads, %v", read, err)
			}
			return
		default:
		}
		if data, err := tree.ReadFile("sub/b.json"); err == nil {
			if read++; string(data) != "sub/b.json" {
				t.Fatalf("read %q", data)
			}
		}
	}
}
