package driver

import (
	"iter"
	"slices"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/report"
)

// settlement decides which findings are suppressed, and which suppressions
// silence nothing.
type settlement struct {
	o       Options
	results []*result
	byFile  map[string][]*silence
	order   []*silence
	used    map[*silence]bool
	heeded  map[*config.Ignore]bool
}

// settle parts findings from those that are suppressed. Both stay sorted.
func settle(o Options, results []*result, all []*merged) (told []report.Finding, suppressed []report.Suppressed) {
	s := &settlement{
		o: o, results: results, byFile: map[string][]*silence{},
		used: map[*silence]bool{}, heeded: map[*config.Ignore]bool{},
	}
	s.collect()
	var left []*merged
	for _, f := range all {
		if by, ok := s.by(f); !ok {
			left = append(left, f)
		} else if o.remains(f) {
			suppressed = append(suppressed, by)
		}
	}
	for _, f := range append(left, s.unused()...) {
		switch {
		case !o.remains(f):
		case o.Known != nil && o.Known(&f.Finding):
			suppressed = append(suppressed, report.Suppressed{Finding: f.Finding, By: report.ByBaseline})
		default:
			told = append(told, f.Finding)
		}
	}
	report.Sort(told)
	report.SortSuppressed(suppressed)
	return told, suppressed
}

// collect takes the silences of all units, each once.
func (s *settlement) collect() {
	type key struct {
		file, name string
		offset     int
	}
	seen := map[key]bool{}
	for _, res := range s.results {
		for i := range res.silences {
			x := &res.silences[i]
			k := key{x.at.File, x.name, x.at.Start}
			if seen[k] {
				continue
			}
			seen[k] = true
			s.order = append(s.order, x)
		}
	}
	for _, x := range s.order {
		s.byFile[x.at.File] = append(s.byFile[x.at.File], x)
	}
}

// by returns a finding with what suppresses it; false if nothing does. All
// that covers it counts as used.
func (s *settlement) by(f *merged) (report.Suppressed, bool) {
	out := report.Suppressed{Finding: f.Finding}
	files := []string{f.At.File}
	for _, d := range f.declared {
		if !slices.Contains(files, d.file) {
			files = append(files, d.file)
		}
	}
	for _, file := range files {
		for _, x := range s.byFile[file] {
			if !x.covers(f) {
				continue
			}
			s.used[x] = true
			if out.By == "" {
				out.By, out.Reason = x.by, x.reason
			}
		}
	}
	for i := range s.ignores(f.At.File) {
		if !i.Rules[f.Rule.ID] || !i.Covers(f.At.File) {
			continue
		}
		s.heeded[i] = true
		if out.By == "" {
			out.By, out.Reason = report.ByConfiguration, i.Reason
		}
	}
	return out, out.By != ""
}

// ignores yields what the configuration of a file ignores.
func (s *settlement) ignores(file string) iter.Seq[*config.Ignore] {
	return func(yield func(*config.Ignore) bool) {
		c := s.o.Configs.For(file)
		for i := range c.Ignores() {
			if !yield(&c.Ignores()[i]) {
				return
			}
		}
	}
}
