package revision_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/revision"
	"github.com/rolecall/rolecall/internal/tree"
)

const template = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}`

// repository is a git repository in a temporary folder.
type repository struct {
	t   testing.TB
	dir string
}

func newRepository(t testing.TB, files map[string]string) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	r := &repository{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	r.write(files)
	r.commit("first")
	return r
}

func (r *repository) write(files map[string]string) {
	r.t.Helper()
	for name, text := range files {
		full := filepath.Join(r.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			r.t.Fatal(err)
		}
		if target, ok := strings.CutPrefix(text, "-> "); ok {
			if err := os.Symlink(target, full); err != nil {
				r.t.Skip("symbolic links cannot be made here:", err)
			}
			continue
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *repository) commit(message string) {
	r.t.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "-m", message)
}

func (r *repository) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *repository) tree() *tree.Tree {
	r.t.Helper()
	tr, err := tree.Open(r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { tr.Close() })
	return tr
}

func (r *repository) open(name string) *revision.Revision {
	r.t.Helper()
	rev, err := revision.Open(r.tree(), name)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { rev.Close() })
	return rev
}

// TestSameAsOnDisk finds the same files and reads the same bytes in a revision
// as in the work tree that it was made of.
func TestSameAsOnDisk(t *testing.T) {
	r := newRepository(t, map[string]string{
		"main.json": template, "a b/ü.json": template + "\n", "a b/other.json": "{}", "a b/deep/er/x.json": template,
		"x.bicep": "param a string", "app/main.json": template, "app/main.parameters.json": "{}", "text.txt": "no template",
		".gitignore": "ignored.json\n/app/sub\n", "app/sub/kept.json": template,
		"link.json": "-> a b/ü.json", "app/up.json": "-> ../main.json", "loop.json": "-> loop.json", "gone.json": "-> nowhere.json",
		"out.json": "-> ../../etc/passwd", "folder": "-> app",
		"large.json": template + strings.Repeat(" ", 1<<20),
	})
	r.write(map[string]string{"ignored.json": template})
	disk := r.tree()
	rev := r.open("HEAD").Tree
	want, wantProblems, err := discover.Walk(disk, []string{r.dir}, discover.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, gotProblems, err := discover.Walk(rev, []string{r.dir}, discover.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) < 6 {
		t.Errorf("%d files (-disk +revision):\n%s", len(got), diff)
	}
	if diff := cmp.Diff(wantProblems, gotProblems); diff != "" || len(got) < 3 {
		t.Errorf("problems (-disk +revision):\n%s", diff)
	}
	for _, name := range []string{"main.json", "link.json", "app/up.json", "folder/main.json", "text.txt", "gone.json", "loop.json", "out.json", "app", "none", "../x"} {
		a, errA := disk.ReadFile(name)
		b, errB := rev.ReadFile(name)
		if string(a) != string(b) || (errA == nil) != (errB == nil) {
			t.Errorf("%s: %q, %v on disk; %q, %v in the revision", name, a, errA, b, errB)
		}
		if errA != nil && errB != nil && errA.Error() != errB.Error() {
			t.Errorf("%s: on disk: %v; in the revision: %v", name, errA, errB)
		}
	}
}

// TestOlder reads what a file was before, and what is gone by now.
func TestOlder(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1", "sub/gone.json": "2"})
	r.git("tag", "-a", "-m", "a tag", "v1")
	r.git("rm", "-q", "sub/gone.json")
	r.write(map[string]string{"a.json": "3"})
	r.commit("second")
	r.write(map[string]string{"a.json": "4"})
	for _, c := range []struct{ rev, file, want string }{
		{"v1", "a.json", "1"}, {"HEAD~1", "sub/gone.json", "2"}, {"main", "a.json", "3"}, {"@", "a.json", "3"},
	} {
		got, err := r.open(c.rev).Tree.ReadFile(c.file)
		if err != nil || string(got) != c.want {
			t.Errorf("%s:%s = %q, %v, want %q", c.rev, c.file, got, err, c.want)
		}
	}
	if _, err := r.open("main").Tree.ReadFile("sub/gone.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is gone: %v", err)
	}
	if status := r.git("status", "--porcelain"); status != "M a.json" {
		t.Errorf("the work tree was touched: %s", status)
	}
}

// TestFolderOfRepository takes a folder below the top as the tree.
func TestFolderOfRepository(t *testing.T) {
	r := newRepository(t, map[string]string{"infra/a.json": "1", "secret.json": "2"})
	r.dir = filepath.Join(r.dir, "infra")
	rev := r.open("HEAD").Tree
	if got, err := rev.ReadFile("a.json"); string(got) != "1" {
		t.Errorf("a.json: %q, %v", got, err)
	}
	if got, err := rev.ReadFile("../secret.json"); !errors.Is(err, tree.ErrOutside) {
		t.Errorf("../secret.json: %q, %v", got, err)
	}
}

func TestSubmodules(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1"})
	r.git("update-index", "--add", "--cacheinfo", "160000,"+r.git("rev-parse", "HEAD")+",modules/net.json")
	r.git("commit", "-q", "-m", "a submodule")
	rev := r.open("HEAD")
	if diff := cmp.Diff([]string{"modules/net.json"}, rev.Submodules); diff != "" {
		t.Error(diff)
	}
	files, problems, err := discover.Walk(rev.Tree, []string{r.dir}, discover.Options{})
	if len(files) > 0 || len(problems) > 0 || err != nil {
		t.Errorf("files %v, problems %v, %v", files, problems, err)
	}
	if _, err := rev.Tree.ReadFile("modules/net.json"); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("reading a submodule: %v", err)
	}
}

func TestNoRevision(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1"})
	plain := &repository{t, t.TempDir()}
	blob := r.git("rev-parse", "HEAD:a.json")
	for _, c := range []struct {
		at         *repository
		name, want string
	}{
		{r, "nowhere", `there is no revision "nowhere"`},
		{r, "--output=x", `"--output=x" cannot be a revision`},
		{r, "", `"" cannot be a revision`},
		{r, blob, `there is no revision "` + blob + `"`},
		{r, "HEAD:a.json", `there is no revision "HEAD:a.json"`},
		{r, "main\nmain", `there is no revision "main\nmain"`},
		{plain, "main", `"main" cannot be a revision: this is not a git repository`},
	} {
		_, err := revision.Open(c.at.tree(), c.name)
		var none revision.None
		if err == nil || err.Error() != c.want || !errors.As(err, &none) {
			t.Errorf("%q: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestShallow(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1"})
	r.write(map[string]string{"a.json": "2"})
	r.commit("second")
	clone := &repository{t, t.TempDir()}
	clone.git("-c", "protocol.file.allow=always", "clone", "-q", "--depth=1", "file://"+filepath.ToSlash(r.dir), ".")
	_, err := revision.Open(clone.tree(), "HEAD~1")
	if err == nil || !strings.Contains(err.Error(), "shallow clone") {
		t.Errorf("got %v", err)
	}
}

func TestMergeBase(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1"})
	first := r.git("rev-parse", "HEAD")
	r.git("checkout", "-q", "-b", "feature")
	r.write(map[string]string{"a.json": "2"})
	r.commit("feature")
	r.git("checkout", "-q", "main")
	r.write(map[string]string{"a.json": "3"})
	r.commit("main")
	if got, err := revision.MergeBase(r.dir, "main", "feature"); got != first || err != nil {
		t.Errorf("got %s, %v, want %s", got, err, first)
	}
	r.git("checkout", "-q", "--orphan", "alone")
	r.commit("alone")
	if _, err := revision.MergeBase(r.dir, "main", "alone"); err == nil || !strings.Contains(err.Error(), "no commit in common") {
		t.Errorf("got %v", err)
	}
}

// TestObjectMissing reads from a repository that lost an object.
func TestObjectMissing(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1", "b.json": "2"})
	hash := r.git("rev-parse", "HEAD:a.json")
	rev := r.open("HEAD").Tree
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", hash[:2], hash[2:])); err != nil {
		t.Fatal(err)
	}
	if _, err := rev.ReadFile("a.json"); err == nil || !strings.Contains(err.Error(), "not in the repository") {
		t.Errorf("got %v", err)
	}
	if got, err := rev.ReadFile("b.json"); string(got) != "2" {
		t.Errorf("the next file: %q, %v", got, err)
	}
	if _, err := r.open("HEAD").Tree.ReadFile("a.json"); err == nil || !strings.Contains(err.Error(), "not in the repository") {
		t.Errorf("known from the list: %v", err)
	}
}

// TestNothingRuns holds that a repository whose configuration names programs
// to run for missing objects does not get them run.
func TestNothingRuns(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1"})
	hash := r.git("rev-parse", "HEAD:a.json")
	mark := filepath.Join(t.TempDir(), "mark")
	r.git("config", "core.repositoryFormatVersion", "1")
	r.git("config", "extensions.partialClone", "origin")
	r.git("config", "remote.origin.promisor", "true")
	r.git("config", "remote.origin.url", "ext::sh -c touch% "+filepath.ToSlash(mark))
	r.git("config", "protocol.ext.allow", "always")
	r.git("config", "core.fsmonitor", "touch "+filepath.ToSlash(mark))
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", hash[:2], hash[2:])); err != nil {
		t.Fatal(err)
	}
	rev, err := revision.Open(r.tree(), "HEAD")
	if err == nil {
		defer rev.Close()
		_, err = rev.Tree.ReadFile("a.json")
	}
	if err == nil {
		t.Error("the object is gone, and yet it was read")
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("a program of the configuration was run")
	}
}

// TestLFS does not take a pointer for the file.
func TestLFS(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"})
	_, problems, err := discover.Walk(r.open("HEAD").Tree, []string{r.dir}, discover.Options{})
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, "Git LFS") {
		t.Errorf("problems %v, %v", problems, err)
	}
}

func TestNoGit(t *testing.T) {
	r := newRepository(t, map[string]string{"a.json": "1"})
	t.Setenv("PATH", t.TempDir())
	_, err := revision.Open(r.tree(), "HEAD")
	if err == nil || !strings.Contains(err.Error(), "git is needed") {
		t.Errorf("got %v", err)
	}
}
