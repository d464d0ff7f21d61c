package driver

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/bicep"
	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// places turns positions of a unit into plain places, which outlive it: texts
// are cloned, since a part of a file would keep all of it.
type places struct {
	u      *facts.Unit
	access *facts.Access
	hidden *facts.Hidden // made when it is needed, see hide
	lines  map[*template.File]*source.LineIndex
	bicep  bool // the root is written in it
}

func newPlaces(a *facts.Access) *places {
	return &places{u: a.Unit, access: a, bicep: isBicep(a.Unit.Files[0].Name), lines: map[*template.File]*source.LineIndex{}}
}

// hide is what keeps secrets out of the report: of each text that leaves the
// unit.
func (p *places) hide() *facts.Hidden {
	if p.hidden == nil {
		p.hidden = facts.NewHidden(p.access)
	}
	return p.hidden
}

// plain is a text of the unit without secrets, which outlives it.
func (p *places) plain(s string) string { return strings.Clone(p.hide().Scrub(s)) }

// told is a plain text for people, in the words of the language that the root is
// written in.
func (p *places) told(s string) string {
	s = p.plain(s)
	if p.bicep {
		s = bicep.Words(s)
	}
	return s
}

func position(p source.Position) report.Position {
	return report.Position{Line: p.Line, Byte: p.Byte, Rune: p.Rune, UTF16: p.UTF16}
}

// maxFrame is how many bytes around a token are kept of a very long line.
const maxFrame = 400

// place returns the place of a span, with the line that it begins on. A range
// of several lines ends with its first line.
func (p *places) place(at value.Span, message string) report.Place {
	at = p.u.Written(at)
	f := p.u.Source(at.Pos())
	if f == nil {
		return report.Place{Message: p.told(message)}
	}
	start, end := int(at.Start)-f.Base, int(at.End)-f.Base
	end = min(max(end, start), len(f.Text))
	lineStart, lineEnd := p.index(f).LineAt(start)
	end = min(end, max(lineEnd, start))
	from, to := p.position(f, start), p.position(f, end)
	first, last := 0, lineEnd-lineStart
	if last > 4*maxFrame {
		first = boundary(f.Text[lineStart:lineEnd], max(start-lineStart-maxFrame, 0))
		last = boundary(f.Text[lineStart:lineEnd], min(end-lineStart+maxFrame, lineEnd-lineStart))
	}
	return report.Place{
		File: f.Name, Start: start, End: end, From: from, To: to, Message: p.told(message),
		Lines: []report.Line{{
			Number: from.Line, Text: p.hide().Blank(f, lineStart+first, lineStart+last),
			Before: first, After: lineEnd - lineStart - last,
		}},
	}
}

// position is an offset of a file as line and column.
func (p *places) position(f *template.File, offset int) report.Position {
	return position(p.index(f).Position(offset))
}

// index is the lines of a file, counted once.
func (p *places) index(f *template.File) *source.LineIndex {
	x := p.lines[f]
	if x == nil {
		x = f.LineIndex()
		p.lines[f] = x
	}
	return x
}

// boundary moves i back to the start of a character.
func boundary(s string, i int) int {
	for i > 0 && i < len(s) && s[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

func (p *places) finding(f rules.Finding, u unit) report.Finding {
	out := report.Finding{
		Rule: descriptor(f.Rule), Kind: kindOf(f.Grade.Kind), Severity: severityOf(f.Grade.Severity),
		Message: p.told(f.Message), At: p.place(f.At, ""), Count: 1,
	}
	out.Maybe = p.told(condition(f.Resource, f.When))
	if u.sets > 1 {
		out.Sets = []string{setName(u)}
	}
	if r := f.Resource; r != nil {
		out.Resource = p.resource(r)
		out.Chain = p.chain(r)
		out.At.Pointer = out.Resource.Pointer
	}
	for _, r := range f.Related {
		if at := p.u.Written(r.At); r.At.IsValid() && at != p.u.Written(f.At) {
			out.Related = append(out.Related, p.place(r.At, r.Message))
		}
	}
	for _, r := range f.Flow {
		out.Flow = append(out.Flow, p.place(r.At, r.Message))
	}
	for _, x := range f.Fixes {
		if fix, ok := p.fix(x); ok {
			out.Fixes = append(out.Fixes, fix)
		}
	}
	out.Fingerprint = p.seed(f, out)
	return out
}

// declared is where a resource is declared.
func (p *places) declared(r *eval.Resource) where {
	if r == nil {
		return where{}
	}
	start, end := r.Decl.Tree.Span()
	at := p.u.Written(value.Span{Start: int32(start), End: int32(end)})
	f := p.u.Source(at.Pos())
	if f == nil {
		return where{}
	}
	return where{f.Name, int(at.Start) - f.Base}
}

func setName(u unit) string {
	if u.set == "" {
		return "defaults"
	}
	return u.set
}

// fix returns a fix in plain terms; false if it would have to write a secret,
// or has an edit that lies in no file. One that takes away comments is not safe.
func (p *places) fix(x rules.Fix) (report.Fix, bool) {
	fix := report.Fix{Message: p.told(x.Message), Safe: x.Safe}
	for _, e := range x.Edits {
		if p.hide().Scrub(e.New) != e.New {
			return report.Fix{}, false
		}
		f := p.u.Source(e.Pos)
		if f == nil || e.End < e.Pos || int(e.End)-f.Base > len(f.Text) {
			return report.Fix{}, false
		}
		start, end := int(e.Pos)-f.Base, int(e.End)-f.Base
		fix.Safe = fix.Safe && !commented(f, start, end)
		fix.Edits = append(fix.Edits, report.Edit{File: f.Name, Start: start, End: end, New: e.New, From: p.position(f, start), To: p.position(f, end)})
	}
	return fix, true
}

// commented tells whether a comment stands within a range: an edit would take
// it away.
func commented(f *template.File, start, end int) bool {
	for c := range f.Comments() {
		if start <= c.Start && c.End <= end {
			return true
		}
	}
	return false
}

func (p *places) resource(r *eval.Resource) report.Resource {
	out := report.Resource{
		Type: strings.Clone(r.Type), Name: p.told(value.Show(r.Name())), Symbol: strings.Clone(r.Decl.Symbol),
		ID: p.plain(value.Show(r.ID())), Scope: p.plain(value.Show(r.Scope())),
	}
	start, end := r.Decl.Tree.Span()
	if f := p.u.File(start); f != nil && end > start && p.u.Source(p.u.Written(value.Span{Start: int32(start), End: int32(end)}).Pos()) == f {
		out.Pointer = f.NodeAt(int(start) - f.Base).Pointer()
	}
	return out
}

func (p *places) chain(r *eval.Resource) []string {
	var out []string
	for _, m := range r.Modules() {
		name := m.Decl.Symbol
		if name == "" {
			name = value.Show(m.Name())
		}
		out = append(out, p.told(name))
	}
	return out
}

// condition words what must hold for a finding: of the resource, if it is about
// one, and of the value.
func condition(r *eval.Resource, when value.Condition) string {
	return worded(r, holding(r, when).String())
}

// holding is what must hold for a resource and a value of it, each of it once.
func holding(r *eval.Resource, when value.Condition) value.Condition {
	var all value.Condition
	if r != nil && r.State == eval.Maybe {
		all = append(all, r.When...)
	}
	for _, l := range when {
		same := func(k value.Literal) bool { return k.Of.Key == l.Of.Key && k.String() == l.String() }
		if !slices.ContainsFunc(all, same) {
			all = append(all, l)
		}
	}
	return all
}

// worded is the text of a condition, or what can be said without one.
func worded(r *eval.Resource, text string) string {
	switch {
	case text != "" || r == nil || r.State != eval.Maybe:
		return text
	case r.Symbolic:
		return "the loop makes copies"
	}
	return "the condition of the resource holds"
}

func kindOf(k rules.Kind) report.Kind { return report.Kind(k.String()) }

func severityOf(s rules.Severity) report.Severity {
	return [...]report.Severity{report.Info, report.Low, report.Medium, report.High}[s]
}
