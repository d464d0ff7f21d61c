package revision

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// command is git for a folder, without anything that would run another
// program, ask a person, write, or fetch what a partial clone left out.
func command(dir string, args ...string) *exec.Cmd {
	safe := []string{"--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"}
	cmd := exec.Command("git", append(safe, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
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
