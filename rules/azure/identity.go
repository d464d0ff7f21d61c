package azure

import (
	_ "embed"
	"strings"
)

//go:embed tables/identity.tsv
var identities table

// Support says which managed identities a resource type takes at its root. Kinds and flags are those of the newest api
// version that has the block; older versions may lack some. The facts come from bicep-types-az, from
// azure-resource-manager-schemas, and from
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-status.
type Support struct {
	Type string // canonical case

	System, User bool // takes a system-assigned identity; takes user-assigned ones
	Both         bool // takes both at once
	BothUnknown  bool // the sources do not say whether it takes both at once

	// The kind is absent above, but an older version or the documentation has it: no reason to recommend it, and none
	// to object to it.
	AlsoSystem, AlsoUser, AlsoBoth bool

	Open             bool // the type check lets kinds pass that Values lacks: they are undocumented, not invalid
	TypeRequired     bool // identity.type must be there if the block is
	IdentityRequired bool // the block must be there
	LegacyArray      bool // some version takes an array identityIds in place of the map

	DocumentedOnly bool // only the documentation has the block
	Doubtful       bool // probably a by-product of a model shared with another type: neither recommend nor object
	Retired        bool // the type is gone

	Shape  Shape    // of identity.userAssignedIdentities
	Values []string // documented values of identity.type over all versions, each as the newest of them spells it
}

// A Shape is the form of identity.userAssignedIdentities.
type Shape string

// The shapes that occur.
const (
	ShapeMap               Shape = "map"                 // an object whose keys are resource ids
	ShapeNone              Shape = "none"                // the member is not there
	ShapeArrayLegacy       Shape = "array-legacy"        // an array of resource ids
	ShapeObjectWithoutKeys Shape = "object-without-keys" // an object of which the sources do not describe the keys
)

// IdentitySupport tells what is known of the identity block of a resource type, such as Microsoft.Web/sites, in any
// case. A type that is not found may still take an identity, unless [ResourceType] knows it.
func IdentitySupport(resourceType string) (Support, bool) {
	line, _, ok := identities.find(resourceType)
	if !ok {
		return Support{}, false
	}
	var s Support
	var flags, shape, values string
	cutFields(line, &s.Type, &flags, &shape, &values)
	s.Shape, s.Values = Shape(shape), splitList(values, ";")
	s.setFlags(flags)
	return s, true
}

func (s *Support) setFlags(flags string) {
	has := func(letter byte) bool { return strings.IndexByte(flags, letter) >= 0 }
	s.System, s.User, s.Both, s.BothUnknown = has('s'), has('u'), has('b'), has('?')
	s.AlsoSystem, s.AlsoUser, s.AlsoBoth = has('S'), has('U'), has('B')
	s.Open, s.TypeRequired, s.IdentityRequired, s.LegacyArray = has('o'), has('t'), has('i'), has('a')
	s.DocumentedOnly, s.Doubtful, s.Retired = has('d'), has('q'), has('x')
}
