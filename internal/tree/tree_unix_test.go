//go:build unix

package tree_test

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestSpecialFiles(t *testing.T) {
	dir := folder(t, nil)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666); err != nil {
		t.Skip(err)
	}
	t.Chdir(dir)
	socket, err := net.Listen("unix", "socket")
	if err != nil {
		t.Skip(err)
	}
	defer socket.Close()
	tr := open(t, dir)
	for name, want := range map[string]string{
		"pipe":   "pipe: is a named pipe, not a file",
		"socket": "socket: is a socket, not a file",
	} {
		if _, err := tr.ReadFile(name); err == nil || err.Error() != want {
			t.Errorf("ReadFile: %v", err)
		}
		if _, _, err := tr.ReadHead(name, make([]byte, 8)); err == nil || err.Error() != want {
			t.Errorf("ReadHead: %v", err)
		}
	}
}

func TestDenied(t *testing.T) {
	dir := folder(t, map[string]string{"x.json": "{}"})
	if err := os.Chmod(filepath.Join(dir, "x.json"), 0); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	_, err := open(t, dir).ReadFile("x.json")
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "permission denied") {
		t.Error(err)
	}
}
