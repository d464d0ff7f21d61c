package driver

import (
	"slices"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/report"
)

// strays says of which Bicep parameter files no unit was made, and which none
// extends: they name no template of the tree.
func strays(o Options, results []*result) []report.Problem {
	if o.Only != nil || !o.ownValues() {
		return nil
	}
	var out []report.Problem
	for _, f := range o.Files {
		if f.Kind == discover.BicepParam && !slices.ContainsFunc(results, func(r *result) bool { return r.takes(f.Path) }) {
			out = append(out, report.Problem{Kind: report.ProblemNote, File: f.Path, Message: "it names no template of this tree with 'using': its values are not judged"})
		}
	}
	return out
}

// takes tells whether values of a parameter file are part of the unit.
func (r *result) takes(params string) bool {
	return slices.Contains(r.unit.params, params) || slices.Contains(r.reads, params)
}
