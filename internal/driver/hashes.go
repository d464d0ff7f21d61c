package driver

import (
	"iter"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/report"
)

// hashLines gives what stands in files the hashes of its lines: findings, and
// what silences rules, which may become a finding.
func (r *result) hashLines(files iter.Seq[*template.File]) {
	lines := map[string][]int{}
	for _, f := range r.findings {
		lines[f.At.File] = append(lines[f.At.File], f.At.From.Line)
	}
	for _, s := range r.silences {
		lines[s.at.File] = append(lines[s.at.File], s.at.From.Line)
	}
	hashes := make(map[string]map[int]string, len(lines))
	for f := range files {
		if wanted := lines[f.Name]; wanted != nil {
			hashes[f.Name] = report.LineHashes(f.Raw, wanted)
		}
	}
	for i := range r.findings {
		f := &r.findings[i]
		f.LineHash = hashes[f.At.File][f.At.From.Line]
	}
	for i := range r.silences {
		s := &r.silences[i]
		s.hash = hashes[s.at.File][s.at.From.Line]
	}
}
