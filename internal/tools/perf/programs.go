package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// programs are what is measured.
type programs struct {
	dir, root   string // for files of the run; of the module
	tool, empty string
	launch      string // runs one program
	runs        int
}

const module = "github.com/rolecall/rolecall"

// build makes the programs as releases are: stripped, without cgo.
func build(dir string, runs int) (*programs, error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return nil, fmt.Errorf("run this in internal/tools: %w", err)
	}
	p := &programs{
		dir: dir, root: strings.TrimSpace(string(root)), runs: runs,
		tool: filepath.Join(dir, "rolecall"), empty: filepath.Join(dir, "empty"), launch: filepath.Join(dir, "launch"),
	}
	src := filepath.Join(dir, "empty.go")
	if err := os.WriteFile(src, []byte("package main\n\nfunc main() {}\n"), 0o644); err != nil {
		return nil, err
	}
	tools := filepath.Join(p.root, "internal", "tools")
	for _, one := range []struct{ out, folder, what string }{{p.empty, p.root, src}, {p.launch, tools, "./perf/launch"}, {p.tool, p.root, "./cmd/rolecall"}} {
		if err := compile(one.out, one.folder, one.what); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func compile(out, folder, what string) error {
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", out, what)
	c.Dir, c.Env, c.Stderr = folder, append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	return c.Run()
}

// cost is what one run took.
type cost struct {
	wall, cpu time.Duration // cpu is user and system time of all threads
	peak      int64         // bytes of resident memory, at most
	exit      int
}

// once runs a program and throws its output away.
func (p *programs) once(command ...string) (cost, error) {
	c := exec.Command(p.launch, command...)
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return cost{}, fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	var one cost
	if _, err := fmt.Sscan(string(out), &one.wall, &one.cpu, &one.peak, &one.exit); err != nil {
		return cost{}, fmt.Errorf("%s: %q: %w", strings.Join(command, " "), out, err)
	}
	if runtime.GOOS != "darwin" { // which counts bytes and not kilobytes
		one.peak <<= 10
	}
	return one, nil
}

// interleaved runs the commands in turn, n times, and returns the costs of each.
func (p *programs) interleaved(n int, commands ...[]string) ([]costs, error) {
	all := make([]costs, len(commands))
	for range n {
		for i, c := range commands {
			one, err := p.once(c...)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], one)
		}
	}
	return all, nil
}

// check is the command that checks a file or folder. What it finds is written, and nowhere kept.
func (p *programs) check(path, format string) []string {
	return []string{p.tool, "check", "--no-ignore", "--exit-zero", "--format", format, "--output", os.DevNull, path}
}

type costs []cost

func (c costs) wall() time.Duration { return c.sorted(wall)[0] }
func (c costs) cpu() time.Duration {
	return c.sorted(func(c cost) time.Duration { return c.cpu })[0]
}
func (c costs) median() time.Duration { return c.sorted(wall)[len(c)/2] }

func wall(c cost) time.Duration { return c.wall }

func (c costs) sorted(f func(cost) time.Duration) []time.Duration {
	out := make([]time.Duration, len(c))
	for i := range c {
		out[i] = f(c[i])
	}
	slices.Sort(out)
	return out
}

// peak is the median of the largest resident memory.
func (c costs) peak() int64 {
	out := make([]int64, len(c))
	for i := range c {
		out[i] = c[i].peak
	}
	slices.Sort(out)
	return out[len(out)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
