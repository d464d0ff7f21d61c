package revision

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// quiet keeps git from asking a person, taking locks, speaking another language,
// and fetching what a partial clone left out: GIT_ALLOW_PROTOCOL goes before all
// that the configuration of the repository allows, the running of programs
// included.
// https://git-scm.com/docs/git#Documentation/git.txt-codeGITALLOWPROTOCOLcode
var quiet = []string{"GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"}

// command is git for a folder.
func command(dir string, args ...string) *exec.Cmd {
	cmd := exec.Command("git", append([]string{"--no-pager", "-c", "core.fsmonitor=false"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), quiet...)
	return cmd
}

// output runs git and returns what it writes.
func output(dir string, args ...string) ([]byte, error) {
	cmd := command(dir, args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, failure(err, errs.String())
	}
	return out, nil
}

// errGit says that git is there and refused, for a reason of its own.
type errGit struct{ reason string }

func (e errGit) Error() string { return "git: " + e.reason }

// failure words an error of running git.
func failure(err error, told string) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return fmt.Errorf("git is needed to read revisions, and cannot be run: %w", err)
	}
	reason := strings.TrimSpace(told)
	if _, fatal, ok := strings.Cut(reason, "fatal: "); ok {
		reason = fatal
	}
	reason, _, _ = strings.Cut(reason, "\n")
	if reason == "" {
		reason = exit.Error()
	}
	return errGit{reason}
}
