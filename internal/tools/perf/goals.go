package main

import (
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/rolecall/rolecall/parser/source"
)

// goal is a figure beside what it must be and what it should be.
type goal struct {
	id, what, unit string
	value          float64
	must, target   float64
	atLeast        bool   // more is better
	beside         string // the reference, measured in the same job
}

func (g goal) reaches(bound float64) bool {
	if g.atLeast {
		return g.value >= bound
	}
	return g.value <= bound
}

func (g goal) verdict() string {
	switch {
	case g.reaches(g.target):
		return "target"
	case g.reaches(g.must):
		return "must"
	}
	return "**missed**"
}

// goals measures all but growth.
func (p *programs) goals(quickstarts, registry string) ([]goal, error) {
	var out []goal
	short, err := p.shorts()
	if err != nil {
		return nil, err
	}
	out = append(out, short...)
	many, err := p.quickstarts(quickstarts)
	if err != nil {
		return nil, err
	}
	out = append(out, many...)
	large, err := p.modules(registry)
	if err != nil {
		return nil, err
	}
	out = append(out, large...)
	info, err := os.Stat(p.tool)
	if err != nil {
		return nil, err
	}
	return append(out, goal{id: "G10", what: "binary, stripped", unit: "MB", value: float64(info.Size()) / 1e6, must: 8, target: 6}), nil
}

// shorts measures start-up and one small template.
func (p *programs) shorts() ([]goal, error) {
	small, err := p.small()
	if err != nil {
		return nil, err
	}
	c, err := p.interleaved(8*p.runs, []string{p.empty}, []string{p.tool, "--version"}, p.check(small.dir, "text"))
	if err != nil {
		return nil, err
	}
	empty, version, one := c[0], c[1], c[2]
	reference := fmt.Sprintf("empty program %.2f ms wall (median %.2f), %.2f ms cpu", ms(empty.wall()), ms(empty.median()), ms(empty.cpu()))
	return []goal{
		{id: "G1", what: "start-up (`--version`) beyond an empty program, wall", unit: "ms", value: ms(version.wall() - empty.wall()), must: 1.5, target: 0.7,
			beside: fmt.Sprintf("%s; ours %.2f ms (median %.2f), %.2f ms cpu", reference, ms(version.wall()), ms(version.median()), ms(version.cpu()))},
		{id: "G2", what: fmt.Sprintf("one template of %.1f kB, wall", float64(small.bytes)/1e3), unit: "ms", value: ms(one.wall()), must: 8, target: 5,
			beside: fmt.Sprintf("%s; ours median %.2f ms, %.2f ms cpu", reference, ms(one.median()), ms(one.cpu()))},
		{id: "G6", what: "peak memory, one small template", unit: "MiB", value: mib(one.peak()), must: 16, target: 10,
			beside: fmt.Sprintf("empty program %.1f MiB", mib(empty.peak()))},
	}, nil
}

// quickstarts measures many small templates.
func (p *programs) quickstarts(from string) ([]goal, error) {
	sets, err := p.firsts(from)
	if err != nil {
		return nil, err
	}
	c, err := p.interleaved(p.runs, p.check(sets[0].dir, "text"), p.check(sets[1].dir, "text"), p.check(sets[2].dir, "text"))
	if err != nil {
		return nil, err
	}
	mb, n := sets[0].mb(), len(sets[0].texts)
	wall, cpu := c[0].wall().Seconds(), c[0].cpu().Seconds()
	what := fmt.Sprintf("%d small templates, %.1f MB", n, mb)
	return []goal{
		{id: "G3", what: what + ": per wall second", unit: "MB", value: mb / wall, must: 49, target: 98, atLeast: true,
			beside: fmt.Sprintf("%.0f ms, median %.0f", wall*1e3, ms(c[0].median()))},
		{id: "G3", what: what + ": per CPU second", unit: "MB", value: mb / cpu, must: 33, target: 61, atLeast: true, beside: fmt.Sprintf("%.0f ms", cpu*1e3)},
		{id: "G3", what: what + ": per wall second", unit: "files", value: float64(n) / wall, must: 5000, target: 10000, atLeast: true},
		{id: "G7", what: fmt.Sprintf("peak memory of %d small templates beyond that of %d", len(sets[2].texts), len(sets[1].texts)), unit: "MiB",
			value: mib(c[2].peak() - c[1].peak()), must: 8, target: 4, beside: fmt.Sprintf("%.1f and %.1f MiB", mib(c[2].peak()), mib(c[1].peak()))},
	}, nil
}

// modules measures large templates, beside gjson.
func (p *programs) modules(from string) ([]goal, error) {
	s, err := p.registry(from)
	if err != nil {
		return nil, err
	}
	r, err := p.beside(s, p.runs)
	if err != nil {
		return nil, err
	}
	mb := s.mb()
	wall, cpu, gjson := r.ours.wall().Seconds(), r.ours.cpu().Seconds(), r.gjson.Seconds()
	what := fmt.Sprintf("%d compiled modules, %.1f MB", len(s.texts), mb)
	walks := fmt.Sprintf("gjson walk %.0f MB/s", mb/gjson)
	workers := runtime.NumCPU()
	bound := 16 + 8*mib(int64(s.largest))*float64(workers)
	return []goal{
		{id: "G4", what: what + ": per wall second", unit: "MB", value: mb / wall, must: 118, target: 236, atLeast: true,
			beside: fmt.Sprintf("%.2f s, median %.2f", wall, r.ours.median().Seconds())},
		{id: "G4", what: what + ": per CPU second", unit: "MB", value: mb / cpu, must: 79, target: 157, atLeast: true, beside: fmt.Sprintf("%.2f s", cpu)},
		{id: "G5", what: "rate of all of it per CPU second, to that of a gjson walk", unit: "x", value: gjson / cpu, must: 0.7, target: 1.4, atLeast: true, beside: walks},
		{id: "G5", what: "rate of parsing alone, to that of a gjson walk", unit: "x", value: gjson / r.parse.Seconds(), must: 4, target: 4, atLeast: true,
			beside: fmt.Sprintf("%s; parsing %.0f MB/s", walks, mb/r.parse.Seconds())},
		{id: "G6", what: "peak memory, compiled modules", unit: "MiB", value: mib(r.ours.peak()), must: 96, target: 48,
			beside: fmt.Sprintf("16 MiB + 8 x largest file x %d workers = %.0f MiB", workers, bound)},
		{id: "G9", what: "heap bytes that parsing asks for, per byte of input, once buffers have grown", unit: "B", value: r.allocated, must: 0.1, target: 0.005},
	}, nil
}

// ratios are our costs over a set beside those of a plain walk.
type ratios struct {
	ours         costs
	gjson, parse time.Duration // CPU, minimum
	allocated    float64       // bytes per byte, by parsing
}

// beside runs check, a gjson walk and the parser over a set, in turn.
func (p *programs) beside(s *set, runs int) (ratios, error) {
	r := ratios{gjson: time.Hour, parse: time.Hour}
	var f source.File
	parse(&f, s.texts) // grows what is reused
	for range runs {
		one, err := p.once(p.check(s.dir, "sarif")...)
		if err != nil {
			return r, err
		}
		r.ours = append(r.ours, one)
		r.gjson = min(r.gjson, took(func() { walkGjson(s.texts) }))
		r.parse = min(r.parse, took(func() { parse(&f, s.texts) }))
	}
	r.allocated = allocated(func() { parse(&f, s.texts) }) / float64(s.bytes)
	return r, nil
}
