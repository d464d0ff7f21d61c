package main

import (
	"errors"
	"fmt"
	"io"
)

// gate holds what every change is held to: ratios of one job, wide enough for
// a busy machine, narrow enough for a map at start-up, a tree of values in
// place of the node table, or a loop over all pairs.
func (p *programs) gate(w io.Writer) error {
	goals, err := p.gates()
	if err != nil {
		return err
	}
	grown, err := p.growth(true, mostGated)
	if err != nil {
		return err
	}
	missed := false
	for _, g := range goals {
		missed = missed || !g.reaches(g.must)
		fmt.Fprintf(w, "%-70s %6s, bound %s\n", g.what, figure(g.value), bound(g.must))
	}
	for _, g := range grown {
		missed = missed || g.ratio() > mostGated
		fmt.Fprintf(w, "%-70s %6s, bound %d\n", "CPU time for eight times the "+g.Name, figure(g.ratio()), mostGated)
	}
	if missed {
		return errors.New("a ratio is beyond its bound")
	}
	return nil
}

func (p *programs) gates() ([]goal, error) {
	small, err := p.small()
	if err != nil {
		return nil, err
	}
	c, err := p.interleaved(8*p.runs, []string{p.empty}, []string{p.tool, "--version"}, p.check(small.dir, "text"))
	if err != nil {
		return nil, err
	}
	modules, err := p.generated("registry", 100, compiled)
	if err != nil {
		return nil, err
	}
	r, err := p.beside(modules, p.runs)
	if err != nil {
		return nil, err
	}
	empty := c[0].cpu().Seconds()
	return []goal{
		{what: "CPU time of --version to that of an empty program", value: c[1].cpu().Seconds() / empty, must: 3},
		{what: "CPU time of one small template to that of an empty program", value: c[2].cpu().Seconds() / empty, must: 8},
		// The generated modules hold fifty times the grants of real ones.
		{what: "rate of check to that of a gjson walk", value: r.gjson.Seconds() / r.ours.cpu().Seconds(), must: 0.015, atLeast: true},
		{what: "rate of the parser to that of a gjson walk", value: r.gjson.Seconds() / r.parse.Seconds(), must: 3, atLeast: true},
		{what: "heap bytes that the parser asks for, per byte of input", value: r.allocated, must: 0.1},
	}, nil
}
