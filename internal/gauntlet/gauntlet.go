// Package gauntlet runs everything that rolecall has over files in memory: the
// evaluation, all rules, all formats, who gets what where, what is deployed and
// all fixes. It tells what is wrong with rolecall, never what is wrong with the
// files. Fuzzing and the mutated copies of real templates go through it.
package gauntlet

import (
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/rolecall/rolecall/internal/access"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/expanded"
	"github.com/rolecall/rolecall/internal/fix"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// Outcome is what came of one run.
type Outcome struct {
	Report *report.Report // nil if the analysis itself panicked
	Faults []string       // each is a defect of rolecall
}

// Run takes the files of the options through everything, on one goroutine. The
// rules and all that they are wanted for are set here.
func Run(o driver.Options) Outcome {
	o.Rules, o.Profile, o.Hashes, o.Also, o.Jobs = rules.All(), rules.Pedantic, true, access.Also, 1
	g := &gauntlet{o: o}
	g.guard("analysis", g.analyse)
	if g.Report == nil {
		return g.Outcome
	}
	g.guard("places", g.places)
	g.guard("formats", g.formats)
	if slices.ContainsFunc(g.Report.Findings, func(f report.Finding) bool { return len(f.Fixes) > 0 }) {
		g.guard("safe fixes", func() { g.fix(false) })
		g.guard("fixes", func() { g.fix(true) })
	}
	for _, f := range o.Files {
		g.guard("expand", func() { g.expand(f.Path) })
	}
	return g.Outcome
}

type gauntlet struct {
	Outcome
	o      driver.Options
	judged *driver.Analysis
}

// fault notes a defect.
func (g *gauntlet) fault(format string, args ...any) {
	g.Faults = append(g.Faults, fmt.Sprintf(format, args...))
}

// guard runs a step, and makes a panic a fault.
func (g *gauntlet) guard(step string, f func()) {
	defer func() {
		if p := recover(); p != nil {
			g.fault("%s: panic: %v\n%s", step, p, debug.Stack())
		}
	}()
	f()
}

// analyse judges the files.
func (g *gauntlet) analyse() {
	g.judged = driver.Analyse(g.o)
	g.Report = g.judged.Report()
	g.problems("analysis", g.Report)
}

// problems makes faults of the internal errors of a report.
func (g *gauntlet) problems(step string, r *report.Report) {
	for _, p := range r.Problems {
		if p.Kind == report.ProblemInternal {
			g.fault("%s: internal error in %s: %s %s", step, p.File, p.Rule, p.Message)
		}
	}
}

// fix makes all fixes in memory. What comes of them must be what is analysed
// next, without syntax errors that were not there.
func (g *gauntlet) fix(unsafe bool) {
	files := fix.NewFiles(g.o.Read)
	o := g.o
	o.Read = files.Read
	a := driver.Analyse(o)
	done := fix.Run(fix.Options{
		Files: files, Unsafe: unsafe, Allow: func(string) error { return nil },
		Judge: func(edited []string) *report.Report {
			a.Again(edited)
			return a.Report()
		},
	})
	g.problems("fixes", done.Report)
	blank := func(file string, after bool) []byte {
		if after {
			return a.Blank(file, files.Read)
		}
		return a.Blank(file, g.o.Read)
	}
	if _, _, err := fix.Diff(done.Changes, blank); err != nil {
		g.fault("fixes: no diff: %v", err)
	}
	for _, c := range done.Changes {
		if slices.Equal(c.Old, c.New) {
			g.fault("fixes: %s is said to change and does not", c.Path)
		}
	}
}

// expand writes what a file deploys.
func (g *gauntlet) expand(path string) {
	u, err := facts.Load(facts.Options{Root: path, Front: g.o.Front}, g.o.Read)
	if err != nil || u.Limit != nil {
		return
	}
	hide := facts.NewHidden(facts.NewAccess(u)).Scrub
	g.holdJSON("expand", report.EscapeJSON(expanded.JSON(u.Deployment, true, hide)))
}
