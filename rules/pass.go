package rules

import (
	"fmt"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// Pass is one rule at work on one unit. The next rule gets the same one, with
// what the former ones have worked out.
type Pass struct {
	*analysis.Pass
	Unit   *facts.Unit
	Access *facts.Access

	rule *Rule
	sink *Sink

	ids      byID
	verdicts []told                       // see voices
	steps    map[*facts.Grant]bool        // see stepsOnPaths
	lack     map[*eval.Resource][]lack    // see lacking
	held     map[*eval.Resource][]heldKey // see heldKeys
}

// Finding is what a rule tells, with positions in the FileSet of the unit.
type Finding struct {
	Rule     *Rule
	Grade    Grade
	At       value.Span // the smallest offending token
	Message  string     // lower case, no final period, names in single quotes
	Resource *eval.Resource
	Path     string // of the property, for the fingerprint: "identity.type"
	When     value.Condition
	Related  []Related
	Flow     []Related // the way of the value, first stop first
	Fixes    []Fix
}

// Related is another place that matters.
type Related struct {
	At      value.Span
	Message string
}

// Fix is a set of edits that are made together.
type Fix struct {
	Message string
	Safe    bool // keeps the meaning of a correct template
	Edits   []Edit
}

// Edit replaces a text.
type Edit = source.Edit

// Sink takes the findings of a unit.
type Sink struct {
	Findings []Finding
	pass     *Pass // of the unit
}

// begin is the pass of a rule.
func (s *Sink) begin(pass *analysis.Pass, rule *Rule) *Pass {
	access := pass.ResultOf[facts.Accesses].(*facts.Access)
	if s.pass == nil || s.pass.Access != access {
		s.pass = &Pass{Unit: access.Unit, Access: access, sink: s}
		s.pass.ids = byID{s.pass, map[string]map[string][]*eval.Resource{}}
	}
	s.pass.Pass, s.pass.rule = pass, rule
	return s.pass
}

// Results is the analyzer whose result takes the findings in full. Our driver
// seeds it; under another driver what go/analysis itself reports is all.
var Results = &analysis.Analyzer{
	Name:       "results",
	Doc:        "takes the findings of the rules",
	ResultType: reflect.TypeFor[*Sink](),
	Run:        func(*analysis.Pass) (any, error) { return &Sink{}, nil },
}

// report tells a finding of the grade with the name.
func (p *Pass) report(grade string, f Finding) {
	f.Rule = p.rule
	for _, g := range p.rule.Grades {
		if g.Name == grade {
			f.Grade = g
		}
	}
	if f.Grade.Name == "" {
		panic(fmt.Sprintf("rules: %s has no grade %q", p.rule.Name, grade))
	}
	if !f.At.IsValid() {
		f.At = Head(f.Resource)
	}
	p.sink.Findings = append(p.sink.Findings, f)
	p.Pass.Report(diagnostic(f))
}

func diagnostic(f Finding) analysis.Diagnostic {
	d := analysis.Diagnostic{Pos: f.At.Pos(), End: f.At.EndPos(), Category: f.Grade.Name, Message: f.Message}
	for _, r := range f.Related {
		if r.At.IsValid() {
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: r.At.Pos(), End: r.At.EndPos(), Message: r.Message})
		}
	}
	for _, x := range f.Fixes {
		fix := analysis.SuggestedFix{Message: x.Message}
		for _, e := range x.Edits {
			fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: e.Pos, End: e.End, NewText: []byte(e.New)})
		}
		d.SuggestedFixes = append(d.SuggestedFixes, fix)
	}
	return d
}

// deployed yields the resources that are or may be deployed with these
// values, leaving out existing ones.
func (p *Pass) deployed(yield func(*eval.Resource) bool) {
	for _, r := range p.Unit.Deployment.Resources {
		if !r.Existing && r.State != eval.NotDeployed && !yield(r) {
			return
		}
	}
}

// firing returns the alternatives of v that are reported as bad: each that
// the template itself chooses, under its condition; or one for all, without a
// condition, if every alternative is bad.
func firing(v value.Value, bad func(value.Value) bool) []value.Alternative {
	alts := v.Alternatives()
	var out []value.Alternative
	all := true
	for _, a := range alts {
		if !bad(a.Value) {
			all = false
		} else if !a.Offered {
			out = append(out, a)
		}
	}
	if all && len(alts) > 1 {
		return []value.Alternative{{Value: alts[0].Value}}
	}
	return out
}

// Head is the place that stands for a resource as a whole: the value of its
// type.
func Head(r *eval.Resource) value.Span {
	if r == nil {
		return value.Span{}
	}
	if r.Decl.Type != nil {
		start, end := r.Decl.Type.Span()
		return value.Span{Start: int32(start), End: int32(end)}
	}
	return value.Span{Start: int32(r.Decl.At), End: int32(r.Decl.At) + 1}
}

// nameOf is the place of a member's name in an object; the zero Span if it
// has no such member.
func nameOf(v value.Value, name string) value.Span {
	if o := v.Object(); o != nil {
		if i := o.Index(name); i >= 0 {
			return o.Names[i].At
		}
	}
	return value.Span{}
}

// title names a resource for messages: its name, or its type.
func title(r *eval.Resource) string {
	if s, ok := r.Name().Str(); ok {
		return s
	}
	if r.Decl.Symbol != "" {
		return r.Decl.Symbol
	}
	return value.ShowAll(r.Name())
}

// because words the stops of a value as related places: where the value comes
// from, literals that the property itself holds left out.
func because(r *eval.Resource, what string, path ...string) []Related {
	var out []Related
	seen := map[value.Span]bool{}
	for _, s := range r.Trace(path...) {
		if s.Kind == "literal" || seen[s.At] {
			continue
		}
		seen[s.At] = true
		if len(out) < 8 {
			out = append(out, Related{s.At, origin(s, what)})
		}
	}
	return out
}

func origin(s eval.Stop, what string) string {
	switch s.Kind {
	case "default":
		return fmt.Sprintf("%s comes from the default of the parameter '%s'", what, s.Name)
	case "argument":
		return fmt.Sprintf("%s comes from the argument for the parameter '%s'", what, s.Name)
	case "output":
		return fmt.Sprintf("%s comes from the output '%s'", what, s.Name)
	}
	return fmt.Sprintf("%s comes from %s", what, variable(s))
}

// variable names a variable as it was written. Bicep calls one that a file
// exports and another takes _1.name, and one that holds a loaded file $fxv#0.
func variable(s eval.Stop) string {
	if n, ok := strings.CutPrefix(s.Name, "$fxv#"); ok && isNumber(n) {
		return "the file that is loaded"
	}
	name := s.Name
	if n, of, ok := strings.Cut(name, "."); ok && n != "" && n[0] == '_' && isNumber(n[1:]) {
		name = of
	}
	return "the variable '" + name + "'"
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
