// Package suppress finds what silences rules in a source: comments and
// metadata.
//
// A comment
//
//	// rolecall:ignore RA001,broad-role the team lead holds it by contract
//
// or the same between /* and */ acts on the line that it stands on, or, alone
// on its line, on the next line that has more than comments. If a resource, or a
// string over several lines, begins on that line, it acts on all of it. Rules
// are named by id, slug or family, several with commas between; the reason
// follows.
//
// Where comments are not welcome, the same stands in metadata:
//
//	"metadata": {"rolecall": {"ignore": [{"rule": "RA001", "reason": "…"}]}}
//
// which acts on the object that the metadata belongs to (a resource, a
// parameter, a nested template), and at the top of a template on the file.
//
// Bicep has directives of its own besides, see [Bicep].
package suppress

import (
	"path"
	"strings"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/source"
)

// Directive is what a front end finds in a file: somebody silences rules in a
// part of it. All offsets are bytes of the text of the file.
type Directive struct {
	By     string // report.ByComment or report.ByMetadata
	Names  []Name // of rules
	Reason string
	Span   Span // of the directive

	// Scope is where findings are silenced, by where they begin. A finding
	// about a resource that is declared within a scope is silenced too,
	// wherever the value stands that it is about.
	Scope Span

	// NoReason says that this kind of directive may go without a reason.
	NoReason bool

	// Fault says what is wrong with its form; "" if nothing is. A directive
	// with a fault silences nothing.
	Fault string
}

// Name is a rule's name as it is written.
type Name struct {
	Text string
	Span Span
}

// Span is a range of bytes, End exclusive.
type Span struct{ Start, End int }

// Holds tells whether an offset lies in the span.
func (s Span) Holds(offset int) bool { return s.Start <= offset && offset < s.End }

// Silence is one rule, or family of rules, that a directive silences.
type Silence struct {
	Rules []string // ids
	Name  Name
}

// Fault is why a directive, or a part of it, silences nothing.
type Fault struct {
	Span    Span
	Message string
}

// Read says what a directive silences, and what is wrong with it. Without a
// reason it silences nothing.
func (d Directive) Read() (silences []Silence, faults []Fault) {
	if d.Fault != "" {
		return nil, []Fault{{d.Span, d.Fault}}
	}
	for _, n := range d.Names {
		found, err := names.Rules(n.Text)
		switch {
		case err != nil:
			faults = append(faults, Fault{n.Span, "the suppression silences nothing: " + err.Error()})
			continue
		case found[0].Driver:
			faults = append(faults, Fault{n.Span, found[0].Name + " is about suppressions themselves: turn it off in rolecall.json"})
			continue
		}
		s := Silence{Name: n}
		for _, r := range found {
			s.Rules = append(s.Rules, r.Name)
		}
		silences = append(silences, s)
	}
	if d.Reason == "" && !d.NoReason {
		return nil, append(faults, Fault{d.Span, "the suppression has no reason and silences nothing: write why behind the rule"})
	}
	return silences, faults
}

// Directives returns those of a file, in the order of the text.
func Directives(f *source.File) []Directive {
	if ext := strings.ToLower(path.Ext(f.Name)); ext == ".bicep" || ext == ".bicepparam" {
		return Bicep(f)
	}
	return append(comments(f), metadata(f)...)
}
