package driver

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// unused finds the suppressions that silence nothing, though their rules ran
// and nothing was left out.
func (s *settlement) unused() []*merged {
	var out []report.Finding
	for _, x := range s.order {
		if s.used[x] || !s.complete(x.at.File) || !s.o.ran(x.rules, x.at.File, rules.Pedantic) {
			continue
		}
		message := fmt.Sprintf("the suppression of '%s' silences nothing: remove it", x.name)
		if f, ok := s.o.own(rules.SU001, x.at, message); ok {
			f.LineHash = x.hash
			out = append(out, f)
		}
	}
	for _, c := range s.o.Configs.All() {
		for i := range c.Ignores() {
			if f, ok := s.unheeded(&c.Ignores()[i]); ok {
				out = append(out, f)
			}
		}
	}
	report.Sort(out)
	seen := map[string]int{}
	all := make([]*merged, len(out))
	for i, f := range out {
		f.Fingerprint = fingerprint(f.Fingerprint, seen)
		all[i] = &merged{Finding: f}
	}
	return all
}

// unheeded returns the finding for an entry of "ignore" that silences nothing.
func (s *settlement) unheeded(i *config.Ignore) (report.Finding, bool) {
	if s.heeded[i] || !s.o.Whole || !s.o.ownValues() || !filepath.IsLocal(i.At.File) {
		return report.Finding{}, false
	}
	about := s.covered(i)
	for file := range about {
		if !s.complete(file) || !s.o.ran(i.IDs(), file, rules.Pedantic) {
			return report.Finding{}, false
		}
	}
	message := "the entry of 'ignore' silences nothing: remove it"
	if len(about) == 0 {
		message = "the entry of 'ignore' matches no file that was judged: mend its paths, or remove it"
	}
	return s.o.own(rules.SU001, i.At, message)
}

// covered are the files of all units that an entry is about.
func (s *settlement) covered(i *config.Ignore) map[string]bool {
	out := map[string]bool{}
	for _, res := range s.results {
		for _, file := range res.reads {
			if i.Covers(file) {
				out[file] = true
			}
		}
	}
	return out
}

// complete tells whether all findings of a file are known: nothing failed (what
// did might use the file), and all templates that use it were judged with their
// own values. Who names a single file gets that only of a template that stands
// on its own.
func (s *settlement) complete(file string) bool {
	if !s.o.ownValues() || slices.ContainsFunc(s.results, (*result).failed) {
		return false
	}
	alone := false
	for _, res := range s.results {
		root := res.unit.file.Path == file
		if !root && !slices.Contains(res.reads, file) {
			continue
		}
		if res.skipped || !root && !s.o.Whole {
			return false
		}
		alone = alone || root && !res.waits
	}
	return s.o.Whole || alone
}

func (r *result) failed() bool {
	return slices.ContainsFunc(r.problems, func(p report.Problem) bool { return p.Kind != report.ProblemNote })
}

// ownValues tells whether templates get the parameter files beside them, and
// nothing else.
func (o Options) ownValues() bool {
	return o.Pairs != nil && len(o.Parameters) == 0 && len(o.Place.Values) == 0
}

// ran tells whether all that the rules have to say about a file was asked for,
// as far as a profile holds it.
func (o Options) ran(ids []string, file string, upTo rules.Profile) bool {
	c := o.Configs.For(file)
	for _, id := range ids {
		i := slices.IndexFunc(o.Rules, func(r *rules.Rule) bool { return r.Name == id })
		if i < 0 {
			return false
		}
		if o.Selected[id] {
			continue
		}
		if state, settled := c.Rule(id, file); settled {
			if state.Off {
				return false
			}
			continue
		}
		profile := o.profile(file)
		if slices.ContainsFunc(o.Rules[i].Grades, func(g rules.Grade) bool { return g.Profile > profile && g.Profile <= upTo }) {
			return false
		}
	}
	return true
}

// own is a finding of the driver itself; false if it is not to be told.
func (o Options) own(a *analysis.Analyzer, at report.Place, message string) (report.Finding, bool) {
	i := slices.IndexFunc(o.Rules, func(r *rules.Rule) bool { return r.Analyzer == a })
	if i < 0 {
		return report.Finding{}, false
	}
	f := rules.Finding{Rule: o.Rules[i], Grade: o.Rules[i].Grades[0]}
	if !o.grade(&f, at.File) {
		return report.Finding{}, false
	}
	return report.Finding{
		Rule: descriptor(f.Rule), Kind: kindOf(f.Grade.Kind), Severity: severityOf(f.Grade.Severity),
		Message: message, At: at, Count: 1,
		Fingerprint: strings.Join([]string{f.Rule.Name, at.File, message}, "\x00"),
	}, true
}
