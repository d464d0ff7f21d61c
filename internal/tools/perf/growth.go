package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rolecall/rolecall/internal/sample"
)

// grown is how the costs grow along an axis.
type grown struct {
	sample.Axis
	none  step // without any of what grows: what the others are counted from
	steps []step
}

type step struct {
	n, bytes int
	root     string
	cpu      time.Duration
	peak     int64
}

// tiny is what cannot be told from chance: less is taken for as much.
const tiny = time.Millisecond

// tinyPeak is the same for memory, of which the collector lets some lie about.
const tinyPeak = 4 << 20

// eighth is the step that is an eighth of the last.
func (g grown) eighth() step {
	last := g.steps[len(g.steps)-1]
	for _, s := range g.steps {
		if 7*s.n <= last.n && last.n <= 9*s.n {
			return s
		}
	}
	panic(g.Name + " has no step that is an eighth of the last")
}

// ratio is how much more CPU time the last step takes than its eighth.
func (g grown) ratio() float64 {
	last, eighth := g.steps[len(g.steps)-1], g.eighth()
	return float64(max(last.cpu-g.none.cpu, tiny)) / float64(max(eighth.cpu-g.none.cpu, tiny))
}

// memory is the same of peak memory.
func (g grown) memory() float64 {
	last, eighth := g.steps[len(g.steps)-1], g.eighth()
	return float64(max(last.peak-g.none.peak, tinyPeak)) / float64(max(eighth.peak-g.none.peak, tinyPeak))
}

// exponent is e in n^e: 1 is linear, 2 quadratic.
func exponent(ratio float64) float64 { return math.Log(ratio) / math.Log(8) }

// What eightfold size may cost: as the goal, and as the gate, which a busy machine
// and the collector, that leaves small heaps alone, may not fail. A loop over all pairs makes it 64.
const (
	most      = 10
	mostGated = 20
)

// growth measures every axis. Brief takes the last two steps only, and no large templates; bound is
// what has to be reached, or else is measured again: a busy machine makes one step look dear, and minima
// get better with more runs.
func (p *programs) growth(brief bool, bound float64) ([]grown, error) {
	var out []grown
	for _, a := range sample.Axes() {
		if brief {
			a.Steps = ends(a)
		}
		g, err := p.grow(a)
		if err != nil {
			return nil, err
		}
		for try := 0; try < 4 && g.ratio() > bound; try++ {
			if err := p.again(&g); err != nil {
				return nil, err
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// ends are the last step of an axis below 5 MB, and the one that is its eighth.
func ends(a sample.Axis) []int {
	last := len(a.Steps) - 1
	for a.Make(a.Steps[last]).Bytes() > 5_000_000 {
		last--
	}
	g := grown{Axis: a}
	for _, n := range a.Steps[:last+1] {
		g.steps = append(g.steps, step{n: n})
	}
	return []int{g.eighth().n, a.Steps[last]}
}

func (p *programs) grow(a sample.Axis) (grown, error) {
	g := grown{Axis: a}
	var err error
	if g.none, err = p.step(a, 0); err != nil {
		return g, err
	}
	for _, n := range a.Steps {
		s, err := p.step(a, n)
		if err != nil {
			return g, err
		}
		g.steps = append(g.steps, s)
	}
	return g, p.again(&g)
}

// step writes the templates of a step.
func (p *programs) step(a sample.Axis, n int) (step, error) {
	set := a.Make(n)
	dir := filepath.Join(p.dir, "growth", strings.ReplaceAll(a.Name, " ", "-"), fmt.Sprint(n))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return step{}, err
	}
	for name, text := range set.Files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return step{}, err
		}
	}
	return step{n: n, bytes: set.Bytes(), root: filepath.Join(dir, set.Root), cpu: time.Hour, peak: math.MaxInt64}, nil
}

// again runs every step, short ones more often, and keeps the minima.
func (p *programs) again(g *grown) error {
	for range p.runs {
		for i := -1; i < len(g.steps); i++ {
			s := &g.none
			if i >= 0 {
				s = &g.steps[i]
			}
			if err := p.cheapest(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *programs) cheapest(s *step) error {
	if s.cpu < time.Hour && s.cpu > 2*time.Second { // once is enough
		return nil
	}
	c, err := p.once(p.check(s.root, "text")...)
	if err != nil {
		return err
	}
	if c.exit != 0 {
		return fmt.Errorf("check %s: exit code %d", s.root, c.exit)
	}
	s.cpu, s.peak = min(s.cpu, c.cpu), min(s.peak, c.peak)
	return nil
}

// worst is the axis along which the costs grow most, as a goal.
func worst(all []grown) goal {
	w := all[0]
	for _, g := range all {
		if g.ratio() > w.ratio() {
			w = g
		}
	}
	return goal{id: "G8", what: "CPU time for eight times the size, the worst axis", unit: "x", value: w.ratio(), must: most, target: 8.8, beside: w.Name}
}

// deep measures what 200,000 arrays within arrays cost until they are told to be too deep.
func (p *programs) deep() (goal, error) {
	name := filepath.Join(p.dir, "deep.json")
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": ` +
		strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) + "}\n"
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		return goal{}, err
	}
	c, err := p.interleaved(p.runs, []string{p.tool, "check", name}, []string{p.empty})
	if err != nil {
		return goal{}, err
	}
	if c[0][0].exit != 3 {
		return goal{}, fmt.Errorf("a file that nests 200,000 deep exits %d, not 3", c[0][0].exit)
	}
	return goal{id: "G8", what: "a file that nests 200,000 deep: until the error, wall", unit: "ms", value: ms(c[0].wall()), must: 50, target: 50,
		beside: fmt.Sprintf("empty program %.2f ms", ms(c[1].wall()))}, nil
}
