package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA017 reports role assignments whose properties name another scope than the
// one that they are made at. Azure compares the two and refuses.
var RA017 = add("RA017", func(p *Pass) {
	for r := range p.deployed {
		if !r.Is(facts.RoleAssignments) {
			continue
		}
		told := r.Get("properties", "scope")
		if told.IsNull() || told.Flags&value.Secure != 0 {
			continue
		}
		for _, alt := range firing(told, func(v value.Value) bool { return otherScope(v, r.Scope()) }) {
			p.report("mismatch", Finding{
				At: spot(r, "properties", "scope"), Resource: r, Path: "properties.scope", When: alt.When,
				Message: fmt.Sprintf("properties.scope is '%s', but the role is assigned at '%s': Azure rejects the deployment", value.Show(alt.Value), value.ShowAll(r.Scope())),
				Related: because(r, "the scope", "properties", "scope"),
				Fixes:   p.moveScope(r, told),
			})
		}
	}
})

// otherScope tells whether two scopes are surely not the same. Of a choice,
// every alternative must differ.
func otherScope(told, actual value.Value) bool {
	if isPlaceholder(literals(told)) {
		return false
	}
	for _, alt := range actual.Alternatives() {
		if !differentScope(told, alt.Value) {
			return false
		}
	}
	return true
}

// differentScope compares segment by segment as far as these are known to
// stand in the same place, and then by their number. A hole may hold more
// slashes, but never fewer.
func differentScope(told, actual value.Value) bool {
	if startsWithProvider(told) {
		return resourceid.LevelOf(actual) != resourceid.LevelUnknown
	}
	if !strings.HasPrefix(told.Prefix(), "/") {
		return false // Azure may add the slash
	}
	a, exactA := scopeSegments(told)
	b, exactB := scopeSegments(actual)
	for i := range min(len(a), len(b)) {
		s, ok := a[i].Str()
		t, known := b[i].Str()
		if ok && known && !value.FoldEqual(s, t) {
			return true
		}
		if !oneSegment(a[i]) || !oneSegment(b[i]) {
			break
		}
	}
	return exactA && len(b) > len(a) || exactB && len(a) > len(b)
}

// scopeSegments splits an id and leaves out the empty segment behind a closing
// slash.
func scopeSegments(id value.Value) (segments []value.Value, exact bool) {
	segments, exact = id.Segments()
	last := len(segments) - 1
	if s, ok := segments[last].Str(); ok && s == "" && last > 0 {
		segments = segments[:last]
	}
	return segments, exact
}

// startsWithProvider recognises a type and a name without a scope before
// them, which is not an id.
func startsWithProvider(v value.Value) bool {
	s, ok := v.Str()
	first, rest, _ := strings.Cut(s, "/")
	return ok && strings.Contains(first, ".") && strings.Contains(rest, "/") && !isPlaceholder(s)
}

// moveScope is the fix that puts the scope where it counts: beside the type.
// That works for a resource of the group that is deployed to, and narrows the
// grant to what the properties say. In Bicep the scope is no text.
func (p *Pass) moveScope(r *eval.Resource, told value.Value) []Fix {
	if r.Decl.Scope != nil || resourceid.LevelOf(told) != resourceid.Resource || resourceid.LevelOf(r.Scope()) != resourceid.ResourceGroup ||
		resourceid.Contains(r.Scope(), told) != value.Yes {
		return nil
	}
	n := nodeAt(p.Unit, spot(r, "properties", "scope"))
	if !value.FoldEqual(n.Key().Text(), "scope") || p.Unit.Lowered(n.Pos()) {
		return nil
	}
	return moveMember(p.Unit, n, spot(r, "name"), "move the scope out of the properties")
}
