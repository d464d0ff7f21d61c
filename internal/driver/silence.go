package driver

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/internal/suppress"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

// silence is a rule, or a family, that somebody silenced in a part of a file,
// in plain terms.
type silence struct {
	rules  []string // ids
	name   string   // as it is written
	by     string   // report.ByComment or report.ByMetadata
	reason string
	at     report.Place // of the name
	hash   string       // of the line
	scope  suppress.Span
}

// covers tells whether a finding is silenced: it begins in the scope, or is
// about resources that are declared there.
func (s *silence) covers(f *merged) bool {
	if !slices.Contains(s.rules, f.Rule.ID) {
		return false
	}
	in := func(w where) bool { return w.file == s.at.File && s.scope.Holds(w.offset) }
	if in(where{f.At.File, f.At.Start}) {
		return true
	}
	return len(f.declared) > 0 && !slices.ContainsFunc(f.declared, func(w where) bool { return !in(w) })
}

// where is a place of the analysed tree.
type where struct {
	file   string
	offset int
}

// silences reads what silences rules in the files of a unit. What is wrong
// with it becomes a finding.
func (w *worker) silences(u *Unit, res *result) {
	for _, f := range u.Access.Unit.Inputs() {
		for _, d := range suppress.Directives(f.File) {
			good, bad := d.Read()
			for _, s := range good {
				res.silences = append(res.silences, u.silence(f, d, s))
			}
			for _, x := range bad {
				at := u.Place(span(f, x.Span))
				if found, ok := w.o.own(rules.SU002, at, u.Plain(x.Message)); ok {
					res.findings = append(res.findings, finding{Finding: found})
				}
			}
		}
	}
}

func (u *Unit) silence(f *template.File, d suppress.Directive, s suppress.Silence) silence {
	return silence{
		rules: s.Rules, name: strings.Clone(s.Name.Text), by: d.By, reason: u.Plain(d.Reason),
		at: u.Place(span(f, s.Name.Span)), scope: d.Scope,
	}
}

func span(f *template.File, s suppress.Span) value.Span {
	return value.Span{Start: int32(f.Base + s.Start), End: int32(f.Base + s.End)}
}
