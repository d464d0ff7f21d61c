package tree_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/tree"
)

// folder makes a temporary folder with the given files (slash paths) and
// returns its real path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t *testing.T, dir string) *tree.Tree {
	t.Helper()
	tr, err := tree.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip("symbolic links cannot be made here:", err)
	}
}

func TestOpen(t *testing.T) {
	dir := folder(t, map[string]string{"a.json": "{}"})
	if got := open(t, dir).Dir(); got != dir {
		t.Errorf("Dir() = %s, want %s", got, dir)
	}
	if _, err := tree.Open(filepath.Join(dir, "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing root: %v", err)
	}
	if _, err := tree.Open(filepath.Join(dir, "a.json")); err == nil || !strings.Contains(err.Error(), "must be a folder") {
		t.Errorf("file as root: %v", err)
	}
}

func TestFind(t *testing.T) {
	dir := folder(t, map[string]string{
		"repo/.git/HEAD":         "ref: refs/heads/main\n",
		"repo/a/b/x.json":        "{}",
		"repo/worktree/.git":     "gitdir: elsewhere\n",
		"repo/worktree/c/x.json": "{}",
		"plain/wd/d/x.json":      "{}",
		"plain/other/x.json":     "{}",
	})
	t.Chdir(filepath.Join(dir, "plain", "wd"))
	for path, want := range map[string]string{
		"repo/a/b/x.json":        "repo",
		"repo/a/b":               "repo",
		"repo/a/gone/gone.json":  "repo",
		"repo/worktree/c/x.json": "repo/worktree",
		"repo/worktree":          "repo/worktree",
		"plain/wd/d/x.json":      "plain/wd",
		"plain/wd":               "plain/wd",
		"plain/other/x.json":     "plain/other",
		"plain":                  "plain",
	} {
		tr, err := tree.Find(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if want := filepath.Join(dir, filepath.FromSlash(want)); tr.Dir() != want {
			t.Errorf("Find(%s) = %s, want %s", path, tr.Dir(), want)
		}
		tr.Close()
	}
}

func TestFindThroughLink(t *testing.T) {
	dir := folder(t, map[string]string{"repo/.git/HEAD": "", "repo/a/x.json": "{}"})
	link(t, filepath.Join(dir, "repo", "a"), filepath.Join(dir, "short"))
	tr, err := tree.Find(filepath.Join(dir, "short"))
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	if want := filepath.Join(dir, "repo"); tr.Dir() != want {
		t.Errorf("Find = %s, want %s", tr.Dir(), want)
	}
	rel, err := tr.Rel(filepath.Join(dir, "short", "x.json"))
	if err != nil || rel != "a/x.json" {
		t.Errorf("Rel = %q, %v", rel, err)
	}
}

func TestRel(t *testing.T) {
	dir := folder(t, map[string]string{"repo/a/x.json": "{}"})
	tr := open(t, filepath.Join(dir, "repo"))
	t.Chdir(filepath.Join(dir, "repo", "a"))
	for path, want := range map[string]string{
		"x.json":                                "a/x.json",
		"..":                                    ".",
		filepath.Join("..", "gone.json"):        "gone.json",
		filepath.Join(dir, "repo", "a", "..b"):  "a/..b",
		filepath.Join(dir, "repo") + "/a/./b/.": "a/b",
	} {
		got, err := tr.Rel(path)
		if err != nil || got != want {
			t.Errorf("Rel(%s) = %q, %v, want %q", path, got, err, want)
		}
	}
	for _, path := range []string{"../..", dir, filepath.Join(dir, "repository"), "../../x.json"} {
		_, err := tr.Rel(path)
		if !errors.Is(err, tree.ErrOutside) || !strings.Contains(err.Error(), "--root") {
			t.Errorf("Rel(%s): %v", path, err)
		}
	}
}

func TestRelOfAliasedRoot(t *testing.T) {
	dir := folder(t, map[string]string{"repo/x.json": "{}"})
	link(t, "repo", filepath.Join(dir, "alias"))
	tr := open(t, filepath.Join(dir, "alias"))
	for _, name := range []string{"alias", "repo"} {
		rel, err := tr.Rel(filepath.Join(dir, name, "x.json"))
		if err != nil || rel != "x.json" {
			t.Errorf("%s: Rel = %q, %v", name, rel, err)
		}
	}
}

func TestReadFile(t *testing.T) {
	dir := folder(t, map[string]string{"a/x.json": "{}", "a/empty": ""})
	tr := open(t, dir)
	for name, want := range map[string]string{"a/x.json": "{}", "a/empty": "", "a/../a/x.json": "{}"} {
		got, err := tr.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Error(diff)
		}
	}
	for name, want := range map[string]string{
		"a":            "a: is a folder, not a file",
		"a/gone":       "a/gone: there is no such file or folder",
		"../x.json":    "../x.json: leads outside of the analysed tree; widen it with --root",
		"/etc/passwd":  "/etc/passwd: is not a path inside of the analysed tree",
		"a/esc\x1b[2J": `"a/esc\x1b[2J": there is no such file or folder`,
	} {
		if _, err := tr.ReadFile(name); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestReadHead(t *testing.T) {
	tr := open(t, folder(t, map[string]string{"x": "0123456789"}))
	for _, size := range []int{4, 10, 16} {
		buf := make([]byte, size)
		n, total, err := tr.ReadHead("x", buf)
		if err != nil || n != min(size, 10) || total != 10 || string(buf[:n]) != "0123456789"[:n] {
			t.Errorf("buffer of %d: %d bytes of %d, %v", size, n, total, err)
		}
	}
}

func TestTooLarge(t *testing.T) {
	dir := folder(t, map[string]string{"big.json": ""})
	if err := os.Truncate(filepath.Join(dir, "big.json"), tree.MaxFile+1); err != nil {
		t.Skip(err)
	}
	_, err := open(t, dir).ReadFile("big.json")
	if err == nil || !strings.Contains(err.Error(), "64 MiB") {
		t.Error(err)
	}
}

func TestExists(t *testing.T) {
	tr := open(t, folder(t, map[string]string{"a/x.json": "{}"}))
	for name, want := range map[string]bool{"a": true, "a/x.json": true, "a/y.json": false, "..": false, "/": false} {
		if got := tr.Exists(name); got != want {
			t.Errorf("Exists(%s) = %v", name, got)
		}
	}
}

func TestLinks(t *testing.T) {
	dir := folder(t, map[string]string{"repo/a/x.json": "inside", "secret": "outside"})
	repo := filepath.Join(dir, "repo")
	link(t, "a/x.json", filepath.Join(repo, "in"))
	link(t, "../a", filepath.Join(repo, "a", "self"))
	link(t, "../secret", filepath.Join(repo, "out"))
	link(t, "a/../../secret", filepath.Join(repo, "out2"))
	link(t, filepath.Join(repo, "a", "x.json"), filepath.Join(repo, "absolute"))
	link(t, "two", filepath.Join(repo, "one"))
	link(t, "one", filepath.Join(repo, "two"))
	link(t, "gone", filepath.Join(repo, "dangling"))
	tr := open(t, repo)

	for name, want := range map[string]string{"in": "a/x.json", "a/self/self/x.json": "a/x.json", "a/self": "a", "a/self/..": ".", ".": "."} {
		if got, err := tr.Resolve(name); err != nil || got != want {
			t.Errorf("Resolve(%s) = %q, %v, want %q", name, got, err, want)
		}
	}
	if data, err := tr.ReadFile("a/self/../in"); err != nil || string(data) != "inside" {
		t.Errorf("%q, %v", data, err)
	}
	for name, want := range map[string]string{
		"out":      "leads outside",
		"out2":     "leads outside",
		"absolute": "absolute symbolic link",
		"one":      "in a circle",
		"dangling": "dangling: there is no such file or folder (gone)",
	} {
		if _, err := tr.ReadFile(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if tr.Exists(name) {
			t.Errorf("%s exists", name)
		}
	}
	if _, err := tr.ReadFile("out"); !errors.Is(err, tree.ErrOutside) {
		t.Error(err)
	}
}

func TestFolder(t *testing.T) {
	tr := open(t, folder(t, map[string]string{"a/b/x.json": "{}", "a/a.json": "{}", "a/c.json": "{}"}))
	a, err := tr.Folder("a")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := a.Folder("b")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if data, err := b.ReadFile("x.json"); err != nil || string(data) != "{}" {
		t.Errorf("%q, %v", data, err)
	}
	entries, err := a.Entries()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff([]string{"a.json", "b", "c.json"}, names); diff != "" {
		t.Error(diff)
	}
	if _, err := tr.Folder("../"); !errors.Is(err, tree.ErrOutside) {
		t.Error(err)
	}
}
