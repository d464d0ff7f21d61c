//go:build unix

package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rolecall/rolecall/internal/tree"
)

// interrupts says which signal the test program sends to itself in the middle of
// writing, when it is run by TestInterrupt.
const interrupts = "ROLECALL_TEST_SIGNAL"

// TestInterrupt runs itself as another process, to which a signal comes while it
// changes files: what is begun is finished, nothing else is begun, and no
// temporary file is left.
func TestInterrupt(t *testing.T) {
	if n, err := strconv.Atoi(os.Getenv(interrupts)); err == nil {
		interrupted(t, syscall.Signal(n))
	}
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run=^TestInterrupt$")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), interrupts+"="+strconv.Itoa(int(sig)))
		var errs bytes.Buffer
		cmd.Stderr = &errs
		err := cmd.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 128+int(sig) {
			t.Errorf("%v: %v, want the exit code %d", sig, err, 128+int(sig))
		}
		if want := "rolecall: interrupted; no file was changed\n"; errs.String() != want {
			t.Errorf("%v: it says %q, want %q", sig, errs.String(), want)
		}
		files, _ := filepath.Glob(filepath.Join(dir, "*"))
		hidden, _ := filepath.Glob(filepath.Join(dir, ".rolecall*"))
		text, err := os.ReadFile(filepath.Join(dir, "whole"))
		if string(text) != "whole" || err != nil || len(files)+len(hidden) != 2 {
			t.Errorf("%v: %q, %v; files %v %v", sig, text, err, files, hidden)
		}
	}
}

// interrupted is what the other process does.
func interrupted(t *testing.T, sig syscall.Signal) {
	s := Streams{Out: os.Stdout, Err: os.Stderr}
	old := []byte("old")
	if err := s.writeFile("old", old); err != nil {
		t.Fatal(err)
	}
	s.uninterrupted(func(ctx context.Context) error {
		syscall.Kill(os.Getpid(), sig)
		<-ctx.Done()
		if err := tree.Write("whole", []byte("whole")); err != nil {
			t.Error(err)
		}
		tr, err := tree.Open(".")
		if err != nil {
			t.Fatal(err)
		}
		defer tr.Close()
		return tr.Replace(ctx, []tree.Change{{Path: "old", Old: old, New: []byte("new")}})
	})
	t.Fatal("the program goes on")
}

// TestNoHangup: what nohup keeps away from the program does not end it while it
// changes files either.
func TestNoHangup(t *testing.T) {
	if os.Getenv(interrupts) == "nohup" {
		Streams{Out: os.Stdout, Err: os.Stderr}.uninterrupted(func(ctx context.Context) error {
			syscall.Kill(os.Getpid(), syscall.SIGHUP)
			select {
			case <-ctx.Done():
				t.Error("it is told to stop")
			case <-time.After(100 * time.Millisecond):
			}
			return nil
		})
		return
	}
	cmd := exec.Command("sh", "-c", `trap "" HUP && exec "$0" -test.run='^TestNoHangup$'`, os.Args[0])
	cmd.Env = append(os.Environ(), interrupts+"=nohup")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestInterruptWhole sends a signal at some moment of a run that mends many
// files, again and again: each time all of them are mended, or none. The first
// run is left alone.
func TestInterruptWhole(t *testing.T) {
	if os.Getenv(interrupts) == "check" {
		os.Exit(Main([]string{"check", "--fix", "--unsafe-fixes", "--quiet", "--write", "json=out.json", "."}, Streams{Out: os.Stdout, Err: os.Stderr}))
	}
	const files, rounds = 60, 12
	seen := map[string]int{}
	var whole time.Duration // that a run takes
	for round := range rounds {
		dir := t.TempDir()
		for i := range files {
			if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)+".json"), []byte(fixable), 0o640); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestInterruptWhole$")
		cmd.Dir, cmd.Env = dir, append(os.Environ(), interrupts+"=check")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if begun := time.Now(); round == 0 {
			cmd.Wait()
			whole = time.Since(begun)
		} else {
			time.Sleep(whole * time.Duration(round) / rounds)
			cmd.Process.Signal(os.Interrupt)
			cmd.Wait()
		}
		seen[state(t, dir, files)]++
	}
	if t.Logf("%v", seen); seen["all are mended"] == 0 {
		t.Error("a run that is left alone mends nothing")
	}
}

// state tells whether the files were mended, and fails if some were, or if half
// a file or a temporary one is there.
func state(t *testing.T, dir string, files int) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	mended := 0
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		text, err := os.ReadFile(path)
		switch {
		case err != nil || strings.HasPrefix(e.Name(), ".") || strings.HasSuffix(e.Name(), ".tmp"):
			t.Errorf("%s is left: %v", e.Name(), err)
		case e.Name() == "out.json":
			if !bytes.HasSuffix(text, []byte("}\n")) {
				t.Error("half an output")
			}
		case string(text) != fixable:
			mended++
			if !strings.HasSuffix(string(text), "}\n") || !strings.Contains(string(text), "principalType") {
				t.Errorf("half a file: %s", text)
			}
		}
	}
	switch mended {
	case 0:
		return "none are mended"
	case files:
		return "all are mended"
	}
	t.Errorf("%d of %d files are mended", mended, files)
	return "some are mended"
}

const fixable = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "id", "location": "x"
    },
    {
      "type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "[guid('a')]",
      "dependsOn": ["[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id')]"],
      "properties": {
        "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]",
        "principalId": "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id'), '2023-01-31').principalId]"
      }
    }
  ]
}
`
