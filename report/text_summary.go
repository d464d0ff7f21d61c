package report

import (
	"strconv"
	"strings"
)

// summary writes what was found, how much could be judged, and what to do next.
func (p *printer) summary(r *Report) {
	switch {
	case r.Coverage.Files == 0 && len(r.Findings) == 0:
		p.line("no templates found")
	case len(r.Findings) == 0:
		p.flow("", p.paint.strong("no findings"), " in ", files(r.Coverage.Files), "; ", r.Coverage.Sentence())
	default:
		p.line(p.paint.strong(counts(r)), " in ", filesWithFindings(r))
		p.flow("", r.Coverage.Sentence())
	}
	if n := r.Coverage.Covered; n > 0 {
		p.line(Plural(n, "generated template is", "generated templates are"), " judged by the Bicep source")
	}
	if len(r.Suppressed) > 0 {
		p.flow("", suppressedSentence(r.Suppressed))
	}
	if !r.Complete {
		p.line(p.paint.strong("not everything could be analysed"))
	}
	if list := r.Coverage.Unsupported; len(list) > 0 && !p.o.Verbose {
		p.flow("", "not understood: ", notUnderstood(list))
	}
	if p.o.Verbose {
		p.suppressed(r.Suppressed)
		p.undecided(r.Coverage.Undecided)
		p.unsupported(r.Coverage.Unsupported)
	}
	p.advice(r)
}

// notUnderstood tells of the first place that could not be evaluated, and how
// many more there are.
func notUnderstood(list []Unsupported) string {
	more := -1
	for i := range list {
		more += list[i].Count
	}
	first := Where(list[0].First.File, list[0].First.From) + ": " + Clean(list[0].Construct)
	if more == 0 {
		return first
	}
	return first + ", and " + Plural(more, "place", "places") + " more; --verbose lists them"
}

// counts tells the numbers of findings per level.
func counts(r *Report) string {
	return strings.Join(countLevels(levels(r)), ", ")
}

// levels counts the findings of each level.
func levels(r *Report) map[string]int {
	n := map[string]int{}
	for i := range r.Findings {
		n[r.Findings[i].Severity.Level()]++
	}
	return n
}

// countLevels words the numbers of a level, the worst first.
func countLevels(n map[string]int) []string {
	var out []string
	for _, level := range []string{levelError, levelWarning, levelNote} {
		if n[level] > 0 {
			out = append(out, Plural(n[level], level, level+"s"))
		}
	}
	return out
}

func filesWithFindings(r *Report) string {
	seen := map[string]bool{}
	for i := range r.Findings {
		seen[r.Findings[i].At.File] = true
	}
	if r.Coverage.Files <= len(seen) {
		return files(len(seen))
	}
	return strconv.Itoa(len(seen)) + " of " + files(r.Coverage.Files)
}

func files(n int) string {
	return Plural(n, "file", "files")
}

func (p *printer) undecided(list []Undecided) {
	if len(list) > 0 {
		p.line(p.paint.strong("undecided:"))
	}
	for i := range list {
		p.flow(hanging, "  "+list[i].Sentence())
	}
}

func (p *printer) unsupported(list []Unsupported) {
	if len(list) > 0 {
		p.line(p.paint.strong("not understood:"))
	}
	for i := range list {
		u := &list[i]
		p.flow(hanging, "  ", Where(u.First.File, u.First.From), ": ", Clean(u.Construct),
			" (", Plural(u.Count, "time", "times"), ")")
	}
}

// advice says how to go on: which findings can be mended, and where to read about the worst.
func (p *printer) advice(r *Report) {
	if s := FixSentence(r); s != "" {
		p.line(s)
	}
	if len(r.Findings) == 0 {
		return
	}
	worst := WorstFirst(r.Findings)[0]
	p.flow("", "'rolecall explain ", Clean(worst.Rule.ID), "' tells what a rule means and how to mend it")
}
