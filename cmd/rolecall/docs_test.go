package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDocs runs the commands of the readme and the guides. A page tells its
// story in code blocks:
//
//   - "```console": lines that begin with "$ " are commands, what follows is
//     all they print. A line "…" stands for any number of lines. A command
//     that ends with another exit code than 0 or 1 is followed by its number,
//     as in "exit code 3".
//   - "```json main.json" and the like: the file that the page speaks of next.
//   - "```go rules/x.go", "```txtar testdata/rules/x.txtar": a part of a file
//     of this repository.
//   - "```sh": commands that need a network or another machine. None of them
//     may be one that could be run here.
//
// Each page begins in a folder of its own that holds the example, testdata/demo,
// under its usual name, and is a git repository with one commit.
func TestDocs(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell to run the commands with")
	}
	pages, err := filepath.Glob("../../docs/guides/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no guides: %v", err)
	}
	for _, page := range append(pages, "../../README.md") {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".md"), func(t *testing.T) {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			s := &story{t: t, dir: storyFolder(t), bin: programs(t)}
			told := s.tell(string(text))
			if *update && !t.Failed() && told != string(text) {
				if err := os.WriteFile(page, []byte(told), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestPicture holds the picture in the readme to the program.
func TestPicture(t *testing.T) {
	const name = "../../docs/images/access.svg"
	s := &story{t: t, dir: storyFolder(t), bin: programs(t)}
	got := s.run("rolecall grants --format svg testdata/demo") + "\n"
	if *update {
		s.must(os.WriteFile(name, []byte(got), 0o644))
	}
	want, err := os.ReadFile(name)
	s.must(err)
	if got != string(want) {
		t.Errorf("%s is stale; run 'go test ./cmd/rolecall -update'", name)
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinks follows the links between the pages of this repository.
func TestLinks(t *testing.T) {
	for _, pattern := range []string{"../../*.md", "../../docs/guides/*.md", "../../docs/rules/*.md", "../../docs/ci/*.md"} {
		pages, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range link.FindAllStringSubmatch(string(text), -1) {
				to, _, _ := strings.Cut(m[1], "#")
				if to == "" || strings.Contains(to, "://") {
					continue
				}
				if _, err := os.Stat(filepath.Join(filepath.Dir(page), to)); err != nil {
					t.Errorf("%s links to %s, which is not there", page, m[1])
				}
			}
		}
	}
}

// story is a page that is being run.
type story struct {
	t   *testing.T
	dir string // where it happens
	bin string // a folder with the program
}

var (
	opening  = regexp.MustCompile("^```(\\w+)(?: (\\S+))?$")
	runnable = regexp.MustCompile(`^(\$ )?(rolecall|go run \./cmd/rolecall) `)
)

// tell runs the code blocks of a page. It returns the page with the outputs
// that were seen.
func (s *story) tell(page string) string {
	var out strings.Builder
	for rest := page; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		out.WriteString(line + "\n")
		rest = after
		m := opening.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		body, after, ok := strings.Cut("\n"+rest, "\n```\n")
		if !ok {
			s.t.Fatalf("the block %q does not end", line)
		}
		body = strings.TrimPrefix(body, "\n")
		body = s.block(m[1], m[2], body)
		if body != "" {
			out.WriteString(strings.TrimSuffix(body, "\n") + "\n")
		}
		out.WriteString("```\n")
		rest = after
	}
	return out.String()
}

// block does what a code block says, and returns what should stand in it.
func (s *story) block(language, file, body string) string {
	switch {
	case language == "go" || language == "txtar":
		text, err := os.ReadFile(filepath.Join("../..", file))
		s.must(err)
		if !strings.Contains(string(text), body) {
			s.t.Errorf("%s does not hold what the page shows of it:\n%s", file, body)
		}
	case file != "":
		name := filepath.Join(s.dir, filepath.FromSlash(file))
		s.must(os.MkdirAll(filepath.Dir(name), 0o755))
		s.must(os.WriteFile(name, []byte(body+"\n"), 0o644))
	case language == "console":
		return s.console(body)
	case language == "sh" || language == "bash":
		for line := range strings.Lines(body) {
			if runnable.MatchString(line) {
				s.t.Errorf("%q could be run: it belongs into a console block", strings.TrimSpace(line))
			}
		}
	}
	return body
}

// console runs commands and compares what they print.
func (s *story) console(body string) string {
	var out strings.Builder
	commands := strings.Split("\n"+body, "\n$ ")
	if strings.TrimSpace(commands[0]) != "" {
		s.t.Errorf("a console block begins with %q instead of a command", commands[0])
	}
	for _, c := range commands[1:] {
		command, want, _ := strings.Cut(c, "\n")
		for strings.HasSuffix(command, "\\") {
			more, after, _ := strings.Cut(want, "\n")
			command, want = command+"\n"+more, after
		}
		want = strings.Trim(want, "\n")
		got := s.run(command)
		if !matches(strings.Split(want, "\n"), strings.Split(got, "\n")) {
			if *update {
				want = got
			} else {
				s.t.Errorf("$ %s (- on the page, + printed):\n%s", command, cmp.Diff(want, got))
			}
		}
		fmt.Fprintf(&out, "$ %s\n", command)
		if want != "" {
			out.WriteString(want + "\n")
		}
	}
	return out.String()
}

// run runs a command in a shell. Blank lines at either end do not count.
func (s *story) run(command string) string {
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(command, "go run ./cmd/rolecall", "rolecall"))
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), storyEnv...)
	cmd.Env = append(cmd.Env, "PATH="+s.bin+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+s.bin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	if code := cmd.ProcessState.ExitCode(); code > 1 {
		fmt.Fprintf(&out, "exit code %d\n", code)
	}
	return strings.Trim(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n")
}

// matches tells whether lines are as wanted; "…" stands for any lines.
func matches(want, got []string) bool {
	switch {
	case len(want) == 0:
		return len(got) == 0
	case want[0] == "…":
		for i := range len(got) + 1 {
			if matches(want[1:], got[i:]) {
				return true
			}
		}
		return false
	case len(got) == 0:
		return false
	}
	return strings.TrimRight(want[0], " ") == strings.TrimRight(got[0], " ") && matches(want[1:], got[1:])
}

// storyEnv keeps the outputs the same on every machine.
var storyEnv = []string{
	"NO_COLOR=1", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C.UTF-8",
	"GIT_AUTHOR_NAME=demo", "GIT_AUTHOR_EMAIL=demo@example.com", "GIT_COMMITTER_NAME=demo", "GIT_COMMITTER_EMAIL=demo@example.com",
	"GIT_AUTHOR_DATE=2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE=2026-01-01T00:00:00Z",
	"GITHUB_ACTIONS=", "GITHUB_STEP_SUMMARY=", "GITHUB_OUTPUT=", "TF_BUILD=", "CI=",
}

// storyFolder is a repository with the example.
func storyFolder(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git to make a repository with")
	}
	dir := t.TempDir()
	for _, name := range []string{"demo", "clean"} {
		if err := os.CopyFS(filepath.Join(dir, "testdata", name), os.DirFS("../../testdata/"+name)); err != nil {
			t.Fatal(err)
		}
	}
	s := &story{t: t, dir: dir, bin: dir}
	if out := s.run("git init -q -b main . && git add . && git commit -q -m example"); out != "" {
		t.Fatalf("the repository of the example: %s", out)
	}
	return dir
}

// programs is a folder with the program under its name: this test binary,
// which testscript makes into it.
func programs(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, "rolecall")); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Skipf("no symbolic links: %v", err)
	}
	return dir
}

func (s *story) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}
