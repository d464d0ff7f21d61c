// Command perf measures whole runs of rolecall, each beside its reference in
// the same job: an empty Go program, and a walk with gjson over the same bytes.
//
//	go run -C internal/tools ./perf                      all tables, over generated templates
//	go run -C internal/tools ./perf -registry DIR        the goals of compiled modules over real ones
//	go run -C internal/tools ./perf -quickstarts DIR     the goals of small templates over real ones
//	go run -C internal/tools ./perf -write …             puts the tables into docs/performance.md
//	go run -C internal/tools ./perf -gate                ratios only, for every change; exits 1 if one is missed
//
// DIR is absolute, or relative to internal/tools. Only the JSON templates in it
// are taken; the registry of Bicep modules has its main.json.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	quickstarts := flag.String("quickstarts", "", "a `folder` of small templates; generated ones if it is not given")
	registry := flag.String("registry", "", "a `folder` of compiled modules; generated ones if it is not given")
	runs := flag.Int("runs", 5, "runs of each program over a folder; short ones run eight times as often")
	write := flag.Bool("write", false, "write the tables into docs/performance.md")
	gate := flag.Bool("gate", false, "hold the ratios that every change is held to")
	flag.Parse()
	if err := run(*quickstarts, *registry, *runs, *write, *gate); err != nil {
		fmt.Fprintln(os.Stderr, "perf:", err)
		os.Exit(1)
	}
}

func run(quickstarts, registry string, runs int, write, gate bool) error {
	dir, err := os.MkdirTemp("", "perf")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := build(dir, runs)
	if err != nil {
		return err
	}
	if gate {
		return p.gate(os.Stdout)
	}
	goals, err := p.goals(quickstarts, registry)
	if err != nil {
		return err
	}
	grown, err := p.growth(false, most)
	if err != nil {
		return err
	}
	deep, err := p.deep()
	if err != nil {
		return err
	}
	goals = append(goals, worst(grown), deep)
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\n", p.machine())
	table(&out, goals)
	growthTable(&out, grown)
	if _, err := os.Stdout.Write(out.Bytes()); err != nil || !write {
		return err
	}
	return between(p.root+"/docs/performance.md", out.Bytes())
}

// The marks of docs/performance.md: what stands between them is written.
const (
	begin = "<!-- written by perf -->\n"
	end   = "<!-- end of what perf has written -->\n"
)

// between puts text between the marks of a file.
func between(name string, text []byte) error {
	page, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	head, rest, ok := bytes.Cut(page, []byte(begin))
	_, tail, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		return errors.New(name + ": the marks for the tables are missing")
	}
	return os.WriteFile(name, bytes.Join([][]byte{head, []byte(begin), []byte("\n"), text, []byte("\n"), []byte(end), tail}, nil), 0o644)
}
