package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// authSwitch is a property that decides whether keys or passwords open a
// service that identities can open as well.
type authSwitch struct {
	on     string   // type of the resource
	path   string   // see places
	bad    string   // the value that lets keys in
	good   string   // the value that keeps them out; "" if no single value does
	since  string   // first api version that has the property; "" for all
	lacks  []string // later ones that do not have it
	absent bool     // where the property is absent keys are let in

	// exempt tells whether the keys are needed, or what decides that is not
	// known; may be nil.
	exempt func(*Pass, *eval.Resource) bool
}

// explicit returns where a resource lets keys in by a value of the property.
func (s *authSwitch) explicit(p *Pass, r *eval.Resource) []place {
	if s.inVersion(r) == value.No {
		return nil
	}
	found, _ := places(r.Body(), s.path)
	found = slices.DeleteFunc(found, func(at place) bool {
		text, known := scalar(at.Value)
		return at.Offered || !known || !value.FoldEqual(text, s.bad) || at.Value.Flags&value.Secure != 0
	})
	if len(found) == 0 || s.exempt != nil && s.exempt(p, r) {
		return nil
	}
	return found
}

// silent tells whether a resource lets keys in because it surely lacks the
// property, and no other deployment of the same resource has it.
func (s *authSwitch) silent(p *Pass, ids byID, r *eval.Resource) bool {
	if !s.absent || s.inVersion(r) != value.Yes || maybeExists(r) || s.mentioned(r) {
		return false
	}
	for _, other := range ids.find(r.Type, r.ID()) {
		if other != r && s.mentioned(other) {
			return false
		}
	}
	return s.exempt == nil || !s.exempt(p, r)
}

// mentioned tells whether a resource has, or may have, the property.
func (s *authSwitch) mentioned(r *eval.Resource) bool {
	found, exact := places(r.Body(), strings.TrimSuffix(s.path, "[]"))
	return len(found) > 0 || !exact
}

// inVersion tells whether the api version of a resource has the property.
func (s *authSwitch) inVersion(r *eval.Resource) value.Tri {
	text, known := r.APIVersion().Str()
	switch {
	case s.since == "":
		return value.Yes
	case !known:
		return value.Maybe
	}
	text = value.Fold(text)
	return value.TriOf(text >= s.since && !slices.Contains(s.lacks, text))
}

// leaf is the name of the property.
func (s *authSwitch) leaf() string {
	path := strings.TrimSuffix(s.path, "[]")
	return path[strings.LastIndexByte(path, '.')+1:]
}

// property is the path of the property for findings.
func (s *authSwitch) property() string { return strings.TrimSuffix(s.path, "[]") }

// report reports where a resource lets keys in by a value of the property.
func (s *authSwitch) report(p *Pass, r *eval.Resource, grade, message string) {
	for _, at := range s.explicit(p, r) {
		f := s.explicitFinding(p, r, at)
		f.Message = message
		p.report(grade, f)
	}
}

// reportAll is [authSwitch.report], and reports too where the property is
// lacking.
func (s *authSwitch) reportAll(p *Pass, ids byID, r *eval.Resource, grade, message string) {
	s.report(p, r, grade, message)
	if s.silent(p, ids, r) {
		p.report(grade, Finding{Resource: r, Path: s.property(), Message: message})
	}
}

// explicitFinding is a finding at a value of the property.
func (s *authSwitch) explicitFinding(p *Pass, r *eval.Resource, at place) Finding {
	path := strings.Split(s.property(), ".")
	f := Finding{
		At: at.Value.At, Resource: r, Path: s.property(), When: at.When,
		Related: because(r, "'"+s.leaf()+"'", path...),
	}
	if !inside(f.At, r.Body().At) {
		f.At = spot(r, path...)
	}
	f.Fixes = s.flip(p, f.At)
	return f
}

// flip is the fix that turns the switch: whoever signs in with a key is
// locked out, so it is not safe.
func (s *authSwitch) flip(p *Pass, at value.Span) []Fix {
	n := nodeAt(p.Unit, at)
	if s.good == "" || n.IsZero() {
		return nil
	}
	message := "set '" + s.leaf() + "' to " + s.good
	switch {
	case value.FoldEqual(n.Source(), s.bad):
		return replace(p.Unit, at, message, s.good, false)
	case value.FoldEqual(n.Text(), s.bad):
		return replace(p.Unit, at, message, `"`+s.good+`"`, false)
	}
	return nil
}

// anyDeployed tells whether the unit deploys a resource of one of the types.
func (p *Pass) anyDeployed(types ...string) bool {
	for r := range p.deployed {
		if r.Is(types...) {
			return true
		}
	}
	return false
}
