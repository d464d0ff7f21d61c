// Package resourceid reads and writes the ids of Azure resources and the
// lattice of scopes that they span: tenant, management group, subscription,
// resource group, resource. Ids may have holes where a subscription, a group
// or a name is not known; what is read is read from the literal parts only.
//
// The forms: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource
package resourceid

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// Level is the height of a scope. A smaller level is wider.
type Level uint8

// The levels. LevelUnknown is not known to be any of the others.
const (
	LevelUnknown Level = iota
	Tenant
	ManagementGroup
	Subscription
	ResourceGroup
	Resource
)

var levelNames = [...]string{
	"an unknown scope", "the tenant", "a management group", "a subscription", "a resource group", "a resource",
}

func (l Level) String() string { return levelNames[l] }

// ID is a resource id taken apart. Every part may have holes.
type ID struct {
	// Scope is the id that the last "/providers/" stands behind: "" for the
	// tenant, a subscription, a group, or (for an extension resource) another
	// resource.
	Scope value.Value
	Type  string        // the full type, e.g. Microsoft.Sql/servers/databases
	Names []value.Value // one for each segment of the type but the first
}

// Name returns the names joined by slashes.
func (id ID) Name() value.Value {
	return joinSegments(id.Names)
}

// Join builds the id of a resource below scope. Subscriptions, resource
// groups and management groups get their own forms.
func Join(scope value.Value, typ string, names []value.Value) value.Value {
	if value.FoldEqual(typ, "Microsoft.Resources/resourceGroups") && len(names) == 1 && !strings.Contains(scope.Suffix(), "/providers/") {
		return value.Join(scope, value.OfString("/resourceGroups/"), names[0])
	}
	slash := value.OfString("/")
	parts := make([]value.Value, 0, 3+4*len(names))
	namespace, types, more := strings.Cut(typ, "/")
	parts = append(parts, scope, value.OfString("/providers/"), value.OfString(namespace))
	for _, n := range names {
		if !more {
			break
		}
		var own string
		own, types, more = strings.Cut(types, "/")
		parts = append(parts, slash, value.OfString(own), slash, n)
	}
	return value.Join(parts...)
}

// Parse takes an id apart at its last "/providers/", or reads the id of a
// subscription or resource group. It answers false when the literal parts do
// not show a type and its names.
func Parse(v value.Value) (ID, bool) {
	segments, _ := v.Segments()
	if len(segments) > 1 && literal(segments[len(segments)-1]) == "" && segments[len(segments)-1].Kind == value.String {
		segments = segments[:len(segments)-1]
	}
	for i := len(segments) - 1; i >= 0; i-- {
		if !value.FoldEqual(literal(segments[i]), "providers") {
			continue
		}
		return parseProvider(segments, i)
	}
	return parseContainer(segments)
}

func parseProvider(segments []value.Value, i int) (ID, bool) {
	rest := segments[i+1:]
	if len(rest) < 3 || len(rest)%2 == 0 {
		return ID{}, false
	}
	typ, ok := rest[0].Str()
	if !ok {
		return ID{}, false
	}
	var names []value.Value
	for j := 1; j < len(rest); j += 2 {
		t, ok := rest[j].Str()
		if !ok || t == "" {
			return ID{}, false
		}
		typ += "/" + t
		names = append(names, rest[j+1])
	}
	return ID{Scope: joinSegments(segments[:i]), Type: typ, Names: names}, true
}

// parseContainer reads /subscriptions/S and /subscriptions/S/resourceGroups/R.
func parseContainer(segments []value.Value) (ID, bool) {
	n := len(segments)
	if n >= 2 && value.FoldEqual(literal(segments[n-2]), "resourceGroups") {
		return ID{joinSegments(segments[:n-2]), "Microsoft.Resources/resourceGroups", segments[n-1:]}, true
	}
	if n >= 2 && value.FoldEqual(literal(segments[n-2]), "subscriptions") {
		return ID{joinSegments(segments[:n-2]), "Microsoft.Resources/subscriptions", segments[n-1:]}, true
	}
	return ID{}, false
}

func joinSegments(segments []value.Value) value.Value {
	parts := make([]value.Value, 0, max(2*len(segments)-1, 0))
	for i, s := range segments {
		if i > 0 {
			parts = append(parts, value.OfString("/"))
		}
		parts = append(parts, s)
	}
	return value.Join(parts...)
}

func literal(v value.Value) string {
	s, _ := v.Str()
	return s
}

// LevelOf tells how high the scope with this id is, as far as its literal
// parts show.
func LevelOf(id value.Value) Level {
	if s, ok := id.Str(); ok && (s == "" || s == "/") {
		return Tenant
	}
	p, ok := Parse(id)
	if !ok {
		return levelBelow(id)
	}
	switch {
	case value.FoldEqual(p.Type, "Microsoft.Resources/subscriptions"):
		return Subscription
	case value.FoldEqual(p.Type, "Microsoft.Resources/resourceGroups"):
		return ResourceGroup
	case value.FoldEqual(p.Type, "Microsoft.Management/managementGroups"):
		return ManagementGroup
	}
	return Resource
}

// levelBelow is the level of an id whose type is not known: what a resource
// group has is a resource.
func levelBelow(id value.Value) Level {
	segments, _ := id.Segments()
	for i, s := range segments {
		if !value.FoldEqual(literal(s), "providers") {
			continue
		}
		if p, ok := parseContainer(segments[:i]); ok && value.FoldEqual(p.Type, "Microsoft.Resources/resourceGroups") {
			return Resource
		}
	}
	return LevelUnknown
}

// Key returns a text that ids of the same resource share: letters in lower
// case, holes by the identity of their symbols.
func Key(id value.Value) string {
	if s, ok := id.Str(); ok {
		return value.Fold(strings.TrimSuffix(s, "/"))
	}
	if id.Kind == value.Choice { // one of several ids: the same choice is the same resource
		var key strings.Builder
		for _, a := range id.Alternatives() {
			key.WriteString(Key(a.Value) + "|")
		}
		return key.String()
	}
	var room [512]byte // most keys are shorter
	key := room[:0]
	for _, p := range id.Parts() {
		if p.Hole != nil {
			key = append(key, "‹"...)
			key = append(key, p.Hole.Key...)
			key = append(key, "›"...)
		} else {
			key = value.AppendFold(key, p.Literal)
		}
	}
	return string(bytes.TrimSuffix(key, []byte("/")))
}

// Contains tells whether the scope outer holds the scope or resource inner,
// or is the same. Management groups hold subscriptions, but which is not
// known from ids.
func Contains(outer, inner value.Value) value.Tri {
	switch LevelOf(outer) {
	case Tenant:
		return value.Yes
	case LevelUnknown, ManagementGroup:
		if Key(outer) != "" && Key(outer) == Key(inner) {
			return value.Yes
		}
		return value.Maybe
	}
	a, exactA := outer.Segments()
	b, exactB := inner.Segments()
	for i := range min(len(a), len(b)) {
		switch equalFold(a[i], b[i]) {
		case value.No:
			if exactA && exactB {
				return value.No
			}
			return value.Maybe
		case value.Maybe:
			return value.Maybe
		}
	}
	if len(a) <= len(b) {
		return value.Yes
	}
	if exactB {
		return value.No
	}
	return value.Maybe
}

func equalFold(a, b value.Value) value.Tri {
	s, ok := a.Str()
	t, ok2 := b.Str()
	if ok && ok2 {
		return value.TriOf(value.FoldEqual(s, t))
	}
	return value.Equal(a, b)
}

// Is tells whether typ is one of the types, in any case.
//
//go:noinline // called from a hundred places
func Is(typ string, types ...string) bool {
	return slices.ContainsFunc(types, func(t string) bool { return value.FoldEqual(t, typ) })
}
