// Command measure times whole runs of rolecall beside an empty Go program and
// a gjson walk over the same bytes, so that the figures are ratios of one job:
//
//	cd internal/tools && go run ./measure [-runs N] [-root ../..] [FOLDER …]
//
// It builds both programs. For each folder it runs check over it and prints
// wall time, CPU time, rate and peak memory, and the rate of one full gjson
// walk over the same files in this process.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/tidwall/gjson"
)

const small = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "name": { "type": "string" } },
  "variables": { "owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635" },
  "resources": [
    {
      "type": "Microsoft.Authorization/roleAssignments",
      "apiVersion": "2022-04-01",
      "name": "[guid(resourceGroup().id, parameters('name'))]",
      "properties": {
        "principalId": "[parameters('name')]",
        "principalType": "ServicePrincipal",
        "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', variables('owner'))]"
      }
    }
  ]
}
`

func main() {
	runs := flag.Int("runs", 40, "runs of each short program, interleaved")
	root := flag.String("root", filepath.Join("..", ".."), "the root of the module")
	flag.Parse()
	dir, err := os.MkdirTemp("", "measure")
	check(err)
	defer os.RemoveAll(dir)
	empty, tool := build(dir, *root)
	file := filepath.Join(dir, "small.json")
	check(os.WriteFile(file, []byte(small), 0o644))

	info, err := os.Stat(tool)
	check(err)
	fmt.Printf("stripped binary: %.1f MB\n\n", float64(info.Size())/1e6)
	fmt.Println("program                   wall ms min  median   cpu ms min   peak MiB")
	commands := [][]string{{empty}, {tool, "--version"}, {tool, "check", "--exit-zero", file}}
	results := make([][]run, len(commands))
	for range *runs {
		for i, c := range commands {
			results[i] = append(results[i], measure(c))
		}
	}
	for i, name := range []string{"empty program", "rolecall --version", "rolecall check, one file"} {
		row(name, results[i])
	}
	for _, folder := range flag.Args() {
		folderRow(tool, folder)
	}
}

func build(dir, root string) (empty, tool string) {
	src := filepath.Join(dir, "empty.go")
	check(os.WriteFile(src, []byte("package main\n\nfunc main() {}\n"), 0o644))
	empty, tool = filepath.Join(dir, "empty"), filepath.Join(dir, "rolecall")
	for _, c := range []*exec.Cmd{
		exec.Command("go", "build", "-o", empty, src),
		exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", tool, "./cmd/rolecall"),
	} {
		if c.Args[3] == tool || c.Args[len(c.Args)-1] == "./cmd/rolecall" {
			c.Dir = root
		}
		c.Env = append(os.Environ(), "CGO_ENABLED=0") // static, as releases are
		c.Stderr = os.Stderr
		check(c.Run())
	}
	return empty, tool
}

type run struct {
	wall, cpu time.Duration
	peak      int64 // KiB
}

func measure(command []string) run {
	c := exec.Command(command[0], command[1:]...)
	start := time.Now()
	if err := c.Run(); err != nil && c.ProcessState == nil {
		check(err)
	}
	s := c.ProcessState
	return run{time.Since(start), s.UserTime() + s.SystemTime(), s.SysUsage().(*syscall.Rusage).Maxrss}
}

func row(name string, rs []run) {
	wall, cpu := durations(rs, func(r run) time.Duration { return r.wall }), durations(rs, func(r run) time.Duration { return r.cpu })
	peak := slices.MaxFunc(rs, func(a, b run) int { return int(a.peak - b.peak) }).peak
	fmt.Printf("%-25s %11.2f %7.2f %12.2f %10.1f\n", name, ms(wall[0]), ms(wall[len(wall)/2]), ms(cpu[0]), float64(peak)/1024)
}

func durations(rs []run, f func(run) time.Duration) []time.Duration {
	out := make([]time.Duration, len(rs))
	for i, r := range rs {
		out[i] = f(r)
	}
	slices.Sort(out)
	return out
}

func folderRow(tool, folder string) {
	var rs []run
	for range 5 {
		rs = append(rs, measure([]string{tool, "check", "--no-ignore", "--exit-zero", "--format", "sarif", "--output", os.DevNull, folder}))
	}
	files, bytes, walk := gjsonWalk(folder)
	wall := durations(rs, func(r run) time.Duration { return r.wall })[0]
	cpu := durations(rs, func(r run) time.Duration { return r.cpu })[0]
	peak := slices.MaxFunc(rs, func(a, b run) int { return int(a.peak - b.peak) }).peak
	mb := float64(bytes) / 1e6
	fmt.Printf("\n%s: %d files, %.1f MB\n", folder, files, mb)
	fmt.Printf("  check, SARIF: %.0f ms wall, %.0f ms cpu, %.0f MB/s wall, %.0f MB/s cpu, %.0f files/s, peak %.1f MiB\n",
		ms(wall), ms(cpu), mb/wall.Seconds(), mb/cpu.Seconds(), float64(files)/wall.Seconds(), float64(peak)/1024)
	fmt.Printf("  one gjson walk: %.0f MB/s; check runs at %.2f of it per cpu second\n", mb/walk.Seconds(), walk.Seconds()/cpu.Seconds())
}

func gjsonWalk(folder string) (files, bytes int, took time.Duration) {
	check(filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".json") {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		files++
		bytes += len(b)
		start := time.Now()
		walk(gjson.ParseBytes(b))
		took += time.Since(start)
		return nil
	}))
	return files, bytes, took
}

func walk(r gjson.Result) {
	if r.IsObject() || r.IsArray() {
		r.ForEach(func(_, v gjson.Result) bool {
			walk(v)
			return true
		})
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}
