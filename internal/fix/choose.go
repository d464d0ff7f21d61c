package fix

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/report"
)

// choice is a fix to be made.
type choice struct {
	key      string
	fix      *report.Fix
	findings []*report.Finding // that have just this fix
}

// choose returns the fixes that can be made at the same time, those of the
// worst findings first. Others wait for the next round.
func (e *engine) choose(r *report.Report) []*choice {
	var out []*choice
	byEdits := map[string]*choice{}
	taken := map[string][]report.Edit{} // by file
	again := e.again(r)
	for _, f := range report.WorstFirst(r.Findings) {
		fix := f.Fix(e.o.Unsafe)
		if fix == nil || !e.allowed(fix) {
			continue
		}
		c := &choice{keyOf(f, fix), fix, []*report.Finding{f}}
		if e.banned[c.key] {
			continue
		}
		if again[c.key] {
			e.ban(c, "comes back after it was made")
			continue
		}
		edits := editsKey(fix)
		if same := byEdits[edits]; same != nil {
			same.findings = append(same.findings, f)
			continue
		}
		if touches(taken, fix.Edits) {
			continue
		}
		byEdits[edits] = c
		for _, x := range fix.Edits {
			taken[x.File] = append(taken[x.File], x)
		}
		out = append(out, c)
	}
	return out
}

// again tells of which fixes there are more than there were, although some have
// been made.
func (e *engine) again(r *report.Report) map[string]bool {
	now := map[string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if fix := f.Fix(e.o.Unsafe); fix != nil {
			now[keyOf(f, fix)]++
		}
	}
	out := map[string]bool{}
	for key, n := range now {
		if e.found[key] == 0 {
			e.found[key] = n
		}
		out[key] = e.done[key]+n > e.found[key]
	}
	return out
}

// allowed tells whether all the files of a fix may be edited.
func (e *engine) allowed(fix *report.Fix) bool {
	for _, x := range fix.Edits {
		if e.refusal(x.File) != nil {
			return false
		}
	}
	return len(fix.Edits) > 0
}

// keyOf identifies a fix over the rounds, in which places move.
func keyOf(f *report.Finding, fix *report.Fix) string {
	parts := []string{f.Rule.ID, f.At.File, f.Resource.Pointer, f.Message, fix.Message}
	for _, x := range fix.Edits {
		parts = append(parts, x.File, x.New)
	}
	return strings.Join(parts, "\x00")
}

// editsKey is the same for fixes that do the same.
func editsKey(fix *report.Fix) string {
	var b strings.Builder
	for _, x := range fix.Edits {
		fmt.Fprintf(&b, "%s\x00%d\x00%d\x00%s\x00", x.File, x.Start, x.End, x.New)
	}
	return b.String()
}
