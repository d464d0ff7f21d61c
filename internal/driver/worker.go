package driver

import (
	"errors"
	"fmt"
	"go/types"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// worker analyses one unit after the other.
type worker struct {
	o     Options
	look  look
	users *users // nil: every unit is looked at
	pkg   *types.Package
	stop  atomic.Bool // the unit has had its time

	memory facts.Memory
}

// look takes out of a unit what is asked of it, and puts it into its result.
type look func(w *worker, u *Unit, res *result)

func newWorker(o Options, look look) *worker {
	return &worker{o: o, look: look, pkg: types.NewPackage("template", "template")}
}

// result is what one unit yields, in plain terms.
type result struct {
	unit     unit
	findings []finding
	silences []silence // what silences rules in the files of the unit
	waits    bool      // a parameter has neither a value nor a default
	skipped  bool      // nothing of it is asked for, see Options.Only
	left     bool      // it is judged through others, and nothing was asked of it
	chosen   bool      // all of it is asked for
	taken    any       // what Each or Also takes
	declared []declaration
	unknown  []report.Unsupported
	uses     []string // files that evaluation pulled in
	reads    []string // files that were read, its own first
	problems []report.Problem
	template bool
}

// finding is a finding with the place where its resource is declared; the zero
// where if it is about none.
type finding struct {
	report.Finding
	declared where
}

func (w *worker) analyse(u unit) (res *result) {
	res = &result{unit: u}
	defer func() {
		if p := recover(); p != nil {
			res.findings, res.silences, res.taken, res.declared = nil, nil, nil, nil
			res.problems = append(res.problems, broken(u.file.Path, p))
		}
	}()
	if res.skipped = w.o.needless(u); res.skipped {
		return res
	}
	loaded, err := w.o.load(u, res.recording(w.o.Read), &w.memory, &w.stop)
	if err != nil {
		if errors.Is(err, facts.ErrNoTemplate) {
			if u.file.Named {
				res.problems = append(res.problems, report.Problem{Kind: report.ProblemNote, File: u.file.Path, Message: "no template, nothing to check"})
			}
			return res
		}
		res.problems = append(res.problems, u.unreadable(err))
		return res
	}
	res.template = true
	if loaded.Limit != nil {
		res.problems = append(res.problems, limitProblem(u.file.Path, loaded))
		return res
	}
	res.uses = loaded.Uses()
	if res.skipped = !w.o.takesPart(res); res.skipped {
		return res
	}
	if res.left = w.users.have(u); res.left {
		return res
	}
	res.chosen = w.o.chosen(loaded, res.reads)
	access := facts.NewAccess(loaded)
	p := newPlaces(access)
	w.look(w, &Unit{Access: access, Root: strings.Clone(u.file.Path), unit: u, places: p}, res)
	res.declared = p.declarations(access)
	res.unknown = p.unsupported(loaded.Deployment.Unsupported)
	for _, e := range loaded.Errors {
		res.problems = append(res.problems, inputProblem(e.Path, e))
	}
	for _, f := range loaded.Files[1:] {
		if len(f.Errors) > 0 {
			e := f.Errors[0]
			res.problems = append(res.problems, inputProblem(f.Name, &facts.InputError{Path: f.Name, File: f.File, Offset: e.Offset, Message: e.Message}))
		}
	}
	return res
}

// unreadable is the problem of a root that cannot be read, which a Bicep
// parameter file may have named.
func (u unit) unreadable(err error) report.Problem {
	p := inputProblem(u.file.Path, err)
	if len(u.params) == 1 && isBicepParam(u.params[0]) && p.File == u.file.Path {
		p.Hint = "it is named by 'using' in " + u.params[0]
	}
	return p
}

// recording reads files and keeps their names.
func (r *result) recording(read facts.Reader) facts.Reader {
	return func(name string) ([]byte, error) {
		if !slices.Contains(r.reads, name) {
			r.reads = append(r.reads, strings.Clone(name))
		}
		return read(name)
	}
}

// findings is what the rules tell of a unit.
func (w *worker) findings(u *Unit, res *result) {
	for _, f := range w.judge(u.unit, u.Access, res) {
		res.findings = append(res.findings, finding{u.places.finding(f, u.unit), u.places.declared(f.Resource)})
	}
	w.silences(u, res)
	if w.o.Hashes {
		res.hashLines(maps.Keys(u.places.lines))
	}
	res.waits = u.Access.Unit.Deployment.Root.Waits()
	w.also(u, res)
}

// also takes what is asked for beside the findings. If that panics, it is an
// internal error; the findings stay.
func (w *worker) also(u *Unit, res *result) {
	if w.o.Also == nil {
		return
	}
	defer func() {
		if p := passLimits(recover()); p != nil {
			res.problems = append(res.problems, broken(u.Root, p))
		}
	}()
	res.taken = w.o.Also(u)
}

// judge runs the rules. A rule that panics is an internal error; the others
// go on.
func (w *worker) judge(u unit, access *facts.Access, res *result) []rules.Finding {
	loaded, sink := access.Unit, &rules.Sink{}
	results := map[*analysis.Analyzer]any{facts.Source: loaded, facts.Accesses: access, rules.Results: sink}
	pass := &analysis.Pass{
		Fset: loaded.Fset, Pkg: w.pkg, ResultOf: results,
		OtherFiles: names(loaded), ReadFile: w.o.Read,
		Report: func(analysis.Diagnostic) {},
	}
	for _, r := range w.o.Rules {
		before := len(sink.Findings)
		if p := runRule(r, pass); p != nil {
			sink.Findings = sink.Findings[:before]
			res.problems = append(res.problems, internal(u.file.Path, r.Name, p))
		}
	}
	out := sink.Findings[:0]
	for _, f := range sink.Findings {
		if w.o.grade(&f, fileOf(loaded, f)) {
			out = append(out, f)
		}
	}
	return out
}

// fileOf is the path of the file that a finding stands in.
func fileOf(u *facts.Unit, f rules.Finding) string {
	if file := u.Source(u.Written(f.At).Pos()); file != nil {
		return file.Name
	}
	return u.Files[0].Name
}

func runRule(r *rules.Rule, pass *analysis.Pass) (panicked any) {
	defer func() {
		if p := passLimits(recover()); p != nil {
			panicked = placed(p)
		}
	}()
	pass.Analyzer = r.Analyzer
	_, err := r.Run(pass)
	if err != nil {
		return err
	}
	return nil
}

// passLimits is what was recovered, unless that ends the whole unit.
func passLimits(panicked any) any {
	if l, ok := panicked.(*eval.LimitError); ok {
		panic(l)
	}
	return panicked
}

// broken is the problem of a unit that panicked: it is too large, or there is a
// defect.
func broken(path string, panicked any) report.Problem {
	if l, ok := panicked.(*eval.LimitError); ok {
		return report.Problem{Kind: report.ProblemLimit, File: path, Message: l.Message, Hint: leaveOut}
	}
	return internal(path, "", placed(panicked))
}

// leaveOut is what can be done about a file that is too large.
const leaveOut = "make it smaller, or leave it out with --exclude"

// placed words what is recovered, with the place where it was thrown.
func placed(panicked any) string {
	return fmt.Sprintf("%v at %s", panicked, Origin(debug.Stack()))
}

func names(u *facts.Unit) []string {
	files := u.Inputs()
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = f.Name
	}
	return out
}

// Defect is what is told with an internal error.
const Defect = "this is a defect of rolecall; please report it with the template"

func internal(path, rule string, p any) report.Problem {
	return report.Problem{
		Kind: report.ProblemInternal, File: path, Rule: rule, Message: fmt.Sprint(p),
		Hint: Defect,
	}
}

func limitProblem(path string, u *facts.Unit) report.Problem {
	p := report.Problem{Kind: report.ProblemLimit, File: path, Message: u.Limit.Message, Hint: leaveOut}
	at := u.Written(value.Span{Start: int32(u.Limit.At), End: int32(u.Limit.At) + 1})
	if f := u.Source(at.Pos()); f != nil {
		p.File, p.Position = f.Name, position(f.Position(int(at.Start)-f.Base))
	}
	return p
}
