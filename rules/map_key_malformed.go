package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA004 reports keys of userAssignedIdentities that are not the id of a
// user-assigned identity. Of a key that is known in part, only that part is
// judged.
var UA004 = add("UA004", func(p *Pass) {
	p.eachKey(func(r *eval.Resource, k mapKey, when value.Condition) {
		for _, alt := range firing(k.Key, func(v value.Value) bool { return malformedIdentity(v) != "" }) {
			both, ok := joined(when, alt.When)
			if !ok || len(both) > 0 && hasGap(alt.Value) {
				continue // an empty name in one case stands for "not in this case"
			}
			p.report("malformed", Finding{
				At: k.At, Resource: r, Path: "identity.userAssignedIdentities", When: both,
				Message: fmt.Sprintf("'%s' is no id of a user-assigned identity: %s", value.Show(alt.Value), malformedIdentity(alt.Value)),
				Related: k.related(r),
			})
		}
	})
})

// eachKey calls f for the keys of all maps of identities that are or may be
// deployed, with the condition for the map.
func (p *Pass) eachKey(f func(*eval.Resource, mapKey, value.Condition)) {
	p.eachMap(func(r *eval.Resource, keys []mapKey, when value.Condition) {
		for _, k := range keys {
			f(r, k, when)
		}
	})
}

func (p *Pass) eachMap(f func(*eval.Resource, []mapKey, value.Condition)) {
	for r := range p.deployed {
		if !p.takesMap(r.Type) {
			continue
		}
		maps, _ := places(r.Body(), "identity.userAssignedIdentities")
		for _, m := range maps {
			if _, feasible := m.When.And(r.When); !feasible || m.Offered || m.Value.Kind != value.Object || shapeProblem(m.Value) != "" {
				continue
			}
			f(r, p.mapKeys(r, m.Value), m.When)
		}
	}
}

// takesMap tells whether a type takes a map of identities. Those of modules
// that cannot be seen into do: they make it of the ids that they are given.
func (p *Pass) takesMap(resourceType string) bool {
	support, ok := p.judgeable(resourceType)
	return ok && support.Shape == azure.ShapeMap || template.IsClosed(resourceType)
}

// related names the place of a key that is written elsewhere.
func (k mapKey) related(r *eval.Resource) []Related {
	if k.From.IsValid() {
		return []Related{{k.From, "the key is written here"}}
	}
	if k.Named {
		return because(r, "the map", "identity", "userAssignedIdentities")
	}
	return nil
}

// identityID is the form of the id of a user-assigned identity; "" is a name.
var identityID = []string{
	"", "subscriptions", "", "resourceGroups", "", "providers", "Microsoft.ManagedIdentity", "userAssignedIdentities", "",
}

// malformedIdentity says what is wrong with the id of an identity, "" if
// nothing is known to be.
func malformedIdentity(v value.Value) string {
	if v.Kind != value.String && v.Kind != value.Text || v.Flags&value.Secure != 0 {
		return ""
	}
	s, known := v.Str()
	switch {
	case known && (s == "" || isPlaceholder(s)):
		return ""
	case known && facts.IsGUID(s):
		return "it is a bare GUID, Azure wants the resource id"
	case known && !strings.Contains(s, "/"):
		return "it is a bare name, Azure wants the resource id"
	case strings.ContainsAny(literals(v), "<>{}"):
		return ""
	case hasGap(v) && (known || v.Flags&value.Default != 0):
		return "" // an empty default, which somebody will fill in
	}
	return wrongSegment(v)
}

// hasGap tells whether a name in the id is empty.
func hasGap(v value.Value) bool {
	segments, _ := v.Segments()
	return slices.ContainsFunc(segments[1:], func(s value.Value) bool { return s.Kind == value.String && literals(s) == "" })
}

// wrongSegment compares an id with the form from the left, until a hole may
// hold several segments; behind that, only what follows a literal
// "providers" is sure.
func wrongSegment(v value.Value) string {
	segments, exact := v.Segments()
	sure := true
	for i, s := range segments {
		text, literal := s.Str()
		if sure && i < len(identityID) {
			if problem := compareSegment(i, text, literalAt(segments, i+1), literal); problem != "" {
				return problem
			}
		}
		sure = sure && oneSegment(s)
		if problem := behindProviders(i, segments); problem != "" {
			return problem
		}
	}
	if exact && len(segments) < len(identityID) {
		return "it ends before the name of the identity"
	}
	if exact && len(segments) > len(identityID)+1 || exact && literalAt(segments, len(identityID)) != "" {
		return "it goes on behind the name of the identity"
	}
	return ""
}

// compareSegment compares segment i of the form with a text; next is the
// segment behind it.
func compareSegment(i int, text, next string, literal bool) string {
	want := identityID[i]
	switch {
	case !literal:
		return ""
	case i == 0 && text != "":
		return "it does not start with '/subscriptions/'"
	case i == 0:
		return ""
	case want == "" && text == "":
		return fmt.Sprintf("the name behind '%s' is empty", identityID[i-1])
	case want == "" || value.FoldEqual(text, want):
		return ""
	case i == 6:
		return fmt.Sprintf("'%s' is not the provider 'Microsoft.ManagedIdentity'", strings.TrimSuffix(text+"/"+next, "/"))
	case i == 7:
		return fmt.Sprintf("'Microsoft.ManagedIdentity/%s' is not the type 'Microsoft.ManagedIdentity/userAssignedIdentities'", text)
	}
	return fmt.Sprintf("'%s' stands in the place of '%s'", text, want)
}

// literalAt is segment i if it is literal, else "".
func literalAt(segments []value.Value, i int) string {
	if i >= len(segments) {
		return ""
	}
	s, _ := segments[i].Str()
	return s
}

// behindProviders judges provider and type behind a literal "providers" at i:
// the id of an identity has just one.
func behindProviders(i int, segments []value.Value) string {
	if s, _ := segments[i].Str(); !value.FoldEqual(s, "providers") || i+1 >= len(segments) {
		return ""
	}
	text, literal := segments[i+1].Str()
	next := literalAt(segments, i+2)
	if problem := compareSegment(6, text, next, literal); problem != "" {
		return problem
	}
	return compareSegment(7, next, "", next != "" && literal)
}

// oneSegment tells whether the holes of a segment hold no slash.
func oneSegment(s value.Value) bool {
	for _, p := range s.Parts() {
		if p.Hole != nil && !p.Hole.Segment {
			return false
		}
	}
	return true
}
