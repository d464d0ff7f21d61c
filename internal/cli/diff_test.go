package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/cli"
)

// runs runs the program and returns its exit code and what it says.
func runs(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e})
	return code, o.String(), e.String()
}

// TestHostileChanges holds that nothing of templates and names of files works
// in the outputs of diff and lock, nor in the lock file.
func TestHostileChanges(t *testing.T) {
	dir := hostileFolder(t)
	first, locked := filepath.Join(dir, "00"), filepath.Join(t.TempDir(), "rolecall.lock.json")
	common := []string{"--root", dir, "--exclude", "*broken.*", "--exclude", "*wrong.json"}
	if code, _, errs := runs(append(common, "lock", "--file", locked, first)...); code != 2 {
		t.Fatalf("flags before the command: exit code %d: %s", code, errs)
	}
	code, out, errs := runs(append([]string{"lock", "--file", locked, first}, common...)...)
	if code != 0 || out != "" {
		t.Fatalf("lock: exit code %d: %s", code, errs)
	}
	isText(t, errs)
	text, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	isJSON(t, string(text))
	for _, c := range []struct {
		args   []string
		oracle func(*testing.T, string)
	}{
		{[]string{"--format", "text", "--verbose"}, isText},
		{[]string{"--format", "text", "--color", "always"}, isPainted},
		{[]string{"--format", "markdown"}, func(t *testing.T, out string) { isPage(t, out) }},
		{[]string{"--format", "json"}, isJSON},
	} {
		for _, command := range [][]string{
			{"diff", first, dir}, {"diff", dir, first}, {"lock", "--check", "--file", locked, dir},
			{"diff", filepath.Join(dir, "01"), filepath.Join(dir, "02")},
		} {
			args := append(append(command, c.args...), common...)
			code, out, errs := runs(args...)
			if code > 1 || len(out) < 1000 {
				t.Errorf("%q: exit code %d, %d bytes: %s", args, code, len(out), errs)
			}
			isText(t, painted.ReplaceAllString(errs, ""))
			c.oracle(t, out)
		}
	}
}

// TestNoPlantedSecretInChanges holds that no output of diff and lock has a
// secret in it.
func TestNoPlantedSecretInChanges(t *testing.T) {
	for _, compact := range []bool{false, true} {
		dir, empty := plant(t, compact), t.TempDir()
		locked := filepath.Join(empty, "rolecall.lock.json")
		for _, args := range [][]string{
			{"lock", "--file", locked, dir}, {"lock", "--check", "--file", locked, dir},
			{"diff", empty, dir}, {"diff", dir, empty, "--format", "markdown"}, {"diff", dir, empty, "--format", "json"},
		} {
			code, out, errs := runs(args...)
			if code != 0 {
				t.Fatalf("%q: exit code %d: %s", args, code, errs)
			}
			noPlanted(t, args, out+errs)
		}
		text, err := os.ReadFile(locked)
		if err != nil {
			t.Fatal(err)
		}
		noPlanted(t, []string{"the lock file", "", ""}, string(text))
	}
}

// TestLockIsClean checks that templates are held by the lock that was just
// written of them, whatever the number of jobs.
func TestLockIsClean(t *testing.T) {
	for _, dir := range []string{"../../testdata/demo", "../../testdata/clean", plant(t, false)} {
		locked := filepath.Join(t.TempDir(), "rolecall.lock.json")
		if code, _, errs := runs("lock", "--file", locked, dir); code != 0 {
			t.Fatalf("%s: exit code %d: %s", dir, code, errs)
		}
		written, err := os.ReadFile(locked)
		if err != nil {
			t.Fatal(err)
		}
		code, out, errs := runs("lock", "--check", "--file", locked, "--jobs", "7", dir)
		if code != 0 || !strings.HasPrefix(out, "access stays the same ") || errs != "" {
			t.Errorf("%s: exit code %d: %s%s", dir, code, out, errs)
		}
		if code, _, errs := runs("lock", "--file", locked, "--jobs", "1", dir); code != 0 || !strings.Contains(errs, "is up to date") {
			t.Errorf("%s: exit code %d: %s", dir, code, errs)
		}
		if again, err := os.ReadFile(locked); err != nil || !bytes.Equal(written, again) {
			t.Errorf("%s: not the same file twice: %v", dir, err)
		}
	}
}
