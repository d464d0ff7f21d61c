// Package fix mends findings by the fixes that rules propose: in rounds, until
// nothing changes any more, and in memory only. What it changed is written by
// whoever called it.
package fix

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/report"
)

// Options say what is mended, and how that is judged.
type Options struct {
	Files *Files // what Judge reads

	// Judge returns the findings after files were edited, none to begin with.
	Judge func(edited []string) *report.Report

	// Allow tells why a file is left alone; nil if it may be edited.
	Allow func(file string) error

	Unsafe bool // also fixes that are not safe
}

// Result is what came of it.
type Result struct {
	Report  *report.Report // with what is left, what was fixed, and what went wrong
	Changes []tree.Change  // what is to be written
}

// spareRounds is how many rounds are made beyond one for each finding that
// there was in the beginning: fixes may bring others to light.
const spareRounds = 10

// Run mends what can be mended.
func Run(o Options) Result {
	e := &engine{o: o, refused: map[string]error{}, found: map[string]int{}, done: map[string]int{}, banned: map[string]bool{}, stale: map[string]bool{}}
	first := o.Judge(nil)
	r := e.rounds(first)
	changes := o.Files.Changes()
	r.Fixing = &report.Fixing{Fixed: e.fixed, Found: len(first.Findings), Gone: gone(first, r), Files: len(changes), Unsafe: e.o.Unsafe}
	for _, p := range e.problems {
		r.Problems = append(r.Problems, p)
		r.Complete = r.Complete && p.Kind == report.ProblemNote
	}
	return Result{r, changes}
}

type engine struct {
	o        Options
	refused  map[string]error // by file; nil for those that may be edited
	found    map[string]int   // how often a fix was proposed at first, by its key
	done     map[string]int   // how often it was made
	banned   map[string]bool  // keys of fixes that went wrong
	stale    map[string]bool  // files that were judged with edits since taken back
	fixed    []report.Fixed
	problems []report.Problem
}

// rounds makes fixes until there are none left to make.
func (e *engine) rounds(first *report.Report) *report.Report {
	r := first
	for range len(first.Findings) + spareRounds {
		chosen := e.choose(r)
		if len(chosen) == 0 {
			return r
		}
		r = e.round(r, chosen)
	}
	if len(e.choose(r)) == 0 {
		return r
	}
	e.o.Files.reset()
	e.fixed = nil
	e.problems = append(e.problems, report.Problem{Kind: report.ProblemInternal, Message: "the fixes come to no end; nothing was changed", Hint: defect})
	return first
}

const defect = "this is a defect of rolecall; please report it with the template"

// round makes the fixes. If something is wrong after that, it makes the first
// one that does no harm, and bans those before it. It returns what is found
// then.
func (e *engine) round(r *report.Report, chosen []*choice) *report.Report {
	if next, reason := e.try(r, chosen); reason == "" {
		return next
	} else if len(chosen) == 1 {
		e.ban(chosen[0], "was taken back: "+reason)
		return r
	}
	for _, c := range chosen {
		next, reason := e.try(r, []*choice{c})
		if reason == "" {
			return next
		}
		e.ban(c, "was taken back: "+reason)
	}
	return r
}

// try makes fixes and judges the result. With a reason against it, it takes
// them back.
func (e *engine) try(r *report.Report, chosen []*choice) (next *report.Report, reason string) {
	edits := map[string][]report.Edit{}
	for _, c := range chosen {
		for _, x := range c.fix.Edits {
			edits[x.File] = append(edits[x.File], x)
		}
	}
	undo, err := e.o.Files.edit(edits)
	if err != nil {
		return nil, err.Error()
	}
	next = e.judge(edits)
	if reason = wrong(r, next, chosen); reason != "" {
		undo()
		for name := range edits {
			e.stale[name] = true
		}
		return nil, reason
	}
	for _, c := range chosen {
		for _, f := range c.findings {
			e.done[keyOf(f, c.fix)]++
			e.fixed = append(e.fixed, report.Fixed{Rule: f.Rule, File: f.At.File, Message: f.Message, Fix: c.fix.Message, Safe: c.fix.Safe})
		}
	}
	return next, ""
}

// judge looks again at what reads the edited files, and those whose edits were
// taken back.
func (e *engine) judge(edits map[string][]report.Edit) *report.Report {
	files := e.stale
	e.stale = map[string]bool{}
	for name := range edits {
		files[name] = true
	}
	return e.o.Judge(slices.Sorted(maps.Keys(files)))
}

// ban leaves out a fix from now on.
func (e *engine) ban(c *choice, why string) {
	e.banned[c.key] = true
	f := c.findings[0]
	e.problems = append(e.problems, report.Problem{
		Kind: report.ProblemInternal, File: f.At.File, Position: f.At.From, Rule: f.Rule.ID,
		Message: fmt.Sprintf("the fix '%s' %s", c.fix.Message, why), Hint: defect,
	})
}
