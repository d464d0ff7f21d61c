// Package driver runs the rules over templates: it makes units out of files,
// evaluates each, runs the analyzers and turns what they tell into plain
// findings. Only this package builds an analysis.Pass.
package driver

import (
	"errors"
	"strings"
	"time"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// Options say what is analysed, and how.
type Options struct {
	Files      []discover.File
	Read       facts.Reader
	Front      facts.Front                                    // reads what is not JSON; nil: nothing
	Using      func(params string) (template string, ok bool) // what a Bicep parameter file is for; nil with Front
	Pairs      func(template string) []string                 // the parameter files beside a template; nil: none
	Parameters []string                                       // parameter files for every template, instead of those beside it
	Place      eval.Config
	Rules      []*rules.Rule
	Configs    *config.Finder // what is settled for each file; nil: nothing
	Profile    rules.Profile
	Selected   map[string]bool // rules whose every grade is wanted, by id

	// Only narrows the report to some files; nil tells everything. All files
	// are still what templates are judged in.
	Only func(file string) bool
	// Known tells of a finding that it was there before; nil: none was.
	Known func(*report.Finding) bool

	// Also takes something out of each unit beside the findings, see [Taken]. It
	// is called from several goroutines. nil: nothing is taken.
	Also func(*Unit) any

	Whole       bool // the files are all that there are in the analysed tree
	ProfileWins bool // the profile holds whatever the configuration says
	Jobs        int
	Timeout     time.Duration         // for each unit; 0: none
	Hashes      bool                  // compute what GitHub calls the primaryLocationLineHash
	Progress    func(done, total int) // may be nil; called from several goroutines
}

// Run analyses the files. The report is sorted and the same on every run.
func Run(o Options) *report.Report { return Analyse(o).Report() }

// visit looks at every unit. The results are in the order of the units.
func visit(o Options, look look, units []unit) []*result {
	q := newQueue(o, look, units)
	q.run()
	return q.results
}

// unit is a root document with one set of parameter values.
type unit struct {
	file   discover.File
	params []string
	set    string // how the set is called; "" for the defaults
	sets   int    // how many sets the root has
}

// NoTemplate says what is to be said of a file that was named and is no
// template: nothing is wrong with it, unless it names the schema of a template and
// cannot be read.
func NoTemplate(path string, read facts.Reader) report.Problem {
	p := report.Problem{Kind: report.ProblemNote, File: path, Message: "no template, nothing to check"}
	if !strings.Contains(strings.ToLower(path[max(0, len(path)-6):]), ".json") {
		return p
	}
	raw, err := read(path)
	if err != nil {
		return inputProblem(path, err)
	}
	f := source.Parse(path, raw)
	if len(f.Errors) == 0 {
		return p
	}
	broken := inputProblem(path, &facts.InputError{Path: path, File: f, Offset: f.Errors[0].Offset, Message: f.Errors[0].Message})
	if !strings.Contains(f.Text, "schema.management.azure.com") {
		broken.Kind = report.ProblemNote // whatever it is, it is no template
		broken.Message = "no template, nothing to check; it is no JSON either: " + broken.Message
	}
	return broken
}

// inputProblem words an error of reading or understanding a file.
func inputProblem(path string, err error) report.Problem {
	p := report.Problem{Kind: report.ProblemInput, File: path, Message: err.Error()}
	var in *facts.InputError
	if errors.As(err, &in) {
		p.File, p.Message = in.Path, in.Message
		if in.File != nil {
			p.Position = position(in.File.Position(in.Offset))
		}
	}
	p.Message = strings.TrimPrefix(p.Message, p.File+": ")
	return p
}
