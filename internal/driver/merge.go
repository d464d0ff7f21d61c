package driver

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/azure"
)

// merge makes one report of the results: findings at one place are one, and a
// template that others pull in is judged through them.
func merge(o Options, all []*result) *report.Report {
	results := throughOthers(all)
	r := outcome(o, all, o.about(results))
	for _, rule := range rules.All() {
		r.Rules = append(r.Rules, descriptor(rule))
	}
	r.Findings, r.Suppressed = settle(o, results, findings(results))
	return r
}

// outcome is a report of how it went, still without findings, about some of all
// results.
func outcome(o Options, all, results []*result) *report.Report {
	r := &report.Report{TablesDate: azure.TablesDate, Complete: true, Coverage: coverage(o, results)}
	seen := map[report.Problem]bool{}
	for _, res := range results {
		for _, p := range res.problems {
			if !seen[p] {
				seen[p] = true
				r.Problems = append(r.Problems, p)
			}
			r.Complete = r.Complete && p.Kind == report.ProblemNote
		}
	}
	r.Problems = append(r.Problems, strays(o, all)...)
	return r
}

// throughOthers leaves out the results of templates that nobody named and
// others pull in. Of those that pull in each other in a circle the first is
// kept.
func throughOthers(results []*result) []*result {
	uses := map[string][]string{}
	for _, res := range results {
		from := res.unit.file.Path
		uses[from] = append(uses[from], res.pulled()...)
	}
	used := map[string]bool{}
	for _, files := range uses {
		for _, f := range files {
			used[f] = true
		}
	}
	reached := map[string]bool{}
	kept := map[string]bool{}
	keep := func(file string) {
		kept[file] = true
		reach(uses, reached, file)
	}
	for _, res := range results {
		if file := res.unit.file; file.Named || !used[file.Path] {
			keep(file.Path)
		}
	}
	for _, res := range results {
		if file := res.unit.file.Path; !reached[file] {
			keep(file)
		}
	}
	return slices.DeleteFunc(slices.Clone(results), func(res *result) bool { return !kept[res.unit.file.Path] })
}

// reach notes a file and all that it pulls in.
func reach(uses map[string][]string, reached map[string]bool, file string) {
	if reached[file] {
		return
	}
	reached[file] = true
	for _, f := range uses[file] {
		reach(uses, reached, f)
	}
}

type key struct {
	rule, file string
	start, end int
	inside     string
}

func findings(results []*result) []*merged {
	byPlace := map[key]*merged{}
	var order []*merged
	for _, res := range results {
		perUnit := map[key]int{}
		for _, f := range res.findings {
			k := key{f.Rule.ID, f.At.File, f.At.Start, f.At.End, insideOf(f.Fingerprint)}
			perUnit[k]++
			m := byPlace[k]
			if m == nil {
				m = &merged{Finding: f.Finding}
				m.Count = 0
				byPlace[k] = m
				order = append(order, m)
			} else {
				m.take(f.Finding)
			}
			m.declare(f.declared)
			m.chosen = m.chosen || res.chosen
			m.Count = max(m.Count, perUnit[k])
			m.sets = max(m.sets, res.unit.sets)
		}
	}
	for _, m := range order {
		if len(m.Sets) == m.sets { // it holds in all of them
			m.Sets = nil
		}
		slices.Sort(m.Sets)
	}
	slices.SortStableFunc(order, func(a, b *merged) int { return report.Compare(&a.Finding, &b.Finding) })
	seen := map[string]int{}
	for _, m := range order {
		m.Fingerprint = fingerprint(m.Fingerprint, seen)
	}
	return order
}

type merged struct {
	report.Finding
	sets     int
	declared []where // the resources that it is about
	chosen   bool    // a unit that has it is asked for as a whole
}

// declare adds the place of a resource that the finding is about.
func (m *merged) declare(at where) {
	if at.file != "" && !slices.Contains(m.declared, at) {
		m.declared = append(m.declared, at)
	}
}

// take merges another instance: the gravest one speaks, a condition stays only
// if all have one, a fix only if all propose it.
func (m *merged) take(f report.Finding) {
	fixes := m.Fixes
	if !reflect.DeepEqual(m.Fixes, f.Fixes) {
		fixes = nil
	}
	maybe := m.Maybe
	if f.Maybe == "" || m.Maybe != "" && cmp.Compare(f.Maybe, m.Maybe) < 0 {
		maybe = f.Maybe
	}
	sets := m.Sets
	for _, s := range f.Sets {
		if !slices.Contains(sets, s) {
			sets = append(sets, s)
		}
	}
	if f.Severity > m.Severity || f.Severity == m.Severity && f.Maybe == "" && m.Maybe != "" {
		count := m.Count
		m.Finding = f
		m.Count = count
	}
	m.Fixes, m.Maybe, m.Sets = fixes, maybe, sets
}

func coverage(o Options, results []*result) report.Coverage {
	c := report.Coverage{Files: o.files(results)}
	for _, f := range o.Files {
		if f.CoveredBy != "" && !o.root(f) {
			c.Covered++
		}
	}
	roots := map[string]bool{}
	for _, res := range results {
		if res.template {
			c.Units++
			roots[res.unit.file.Path] = true
		}
	}
	c.Templates = len(roots)
	declared(&c, results)
	c.Unsupported = unsupported(results)
	return c
}
