package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// failed finds the first test that has failed in the output of go test.
var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// try runs the tests against each mutant and prints a line for each, in their
// order. It returns how many were caught.
func (m *module) try(sample []drawn, jobs int, w io.Writer) (int, error) {
	if err := m.healthy(sample); err != nil {
		return 0, err
	}
	type outcome struct {
		by  string
		err error
	}
	outcomes := make([]chan outcome, len(sample))
	slots := make(chan struct{}, max(jobs, 1))
	var all sync.WaitGroup
	defer all.Wait()
	for i := range sample {
		outcomes[i] = make(chan outcome, 1)
	}
	all.Go(func() {
		for i, d := range sample {
			slots <- struct{}{}
			all.Go(func() {
				by, err := m.catch(d)
				outcomes[i] <- outcome{by, err}
				<-slots
			})
		}
	})
	caught := 0
	var errs []error
	for i, d := range sample {
		o := <-outcomes[i]
		switch {
		case o.err != nil:
			errs = append(errs, fmt.Errorf("%s: %w", d, o.err))
		case o.by == "":
			fmt.Fprintf(w, "SURVIVED  %s\n", d)
		default:
			caught++
			fmt.Fprintf(w, "caught    %s (%s)\n", d, o.by)
		}
	}
	return caught, errors.Join(errs...)
}

// healthy fails if the tests do so without any mutant.
func (m *module) healthy(sample []drawn) error {
	args := []string{"test", "-p", "1", "-vet=off", "-timeout", m.timeout.String()}
	seen := map[string]bool{}
	for _, d := range sample {
		for _, t := range d.in.tests {
			if !seen[t] {
				args = append(args, t)
			}
			seen[t] = true
		}
	}
	if len(seen) == 0 {
		return nil
	}
	if _, err := m.goCommand(args...); err != nil {
		return fmt.Errorf("the tests fail without a mutant: %w", err)
	}
	return nil
}

// catch returns the test that notices a mutant, or "" if none does.
func (m *module) catch(d drawn) (string, error) {
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	overlay, err := d.overlay(dir, m.root)
	if err != nil {
		return "", err
	}
	for _, t := range d.in.tests {
		by, err := m.test(overlay, t)
		if by != "" || err != nil {
			return by, err
		}
	}
	return "", nil
}

// overlay writes the changed file and what the -overlay flag of go wants to
// know of it, and returns the name of the latter.
func (d drawn) overlay(dir, root string) (string, error) {
	original, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(d.file.name)))
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, filepath.Base(d.file.name))
	if err := os.WriteFile(changed, d.apply(), 0o600); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "overlay.json")
	return name, os.WriteFile(name, text, 0o600)
}

// test runs the tests of a package and returns the one that fails, or "".
func (m *module) test(overlay, path string) (string, error) {
	c := exec.CommandContext(m.ctx, "go", "test", "-overlay", overlay, "-p", "1", "-failfast", "-vet=off", "-timeout", m.timeout.String(), path)
	c.Dir = m.root
	out, err := c.CombinedOutput()
	if err == nil {
		return "", nil
	}
	_, exited := errors.AsType[*exec.ExitError](err)
	text := string(out)
	switch name := failed.FindStringSubmatch(text); {
	case !exited || m.ctx.Err() != nil:
		return "", err
	case strings.Contains(text, "[build failed]") || strings.Contains(text, "[setup failed]"):
		return "", fmt.Errorf("does not build: %s", text)
	case strings.Contains(text, "panic: test timed out"):
		return path + " hangs", nil
	case name != nil:
		return path + " " + name[1], nil
	default:
		return path + " ends early", nil
	}
}
