package main

import (
	"encoding/json"
	"slices"
	"strings"
)

// An identityShape is the identity block of one version of a resource type.
type identityShape struct {
	values                 []string
	open                   bool // other texts than values pass, too
	required, typeRequired bool
	userMap                string // shape of userAssignedIdentities: a constant below
	idArray                bool   // the older identityIds array
}

// Shapes of the member that lists user-assigned identities.
const (
	shapeMap         = "map"
	shapeNone        = "none"
	shapeArray       = "array-legacy"
	shapeWithoutKeys = "object-without-keys"
)

// rootIdentity describes the writable identity of a resource body, or is nil.
func (f typeFile) rootIdentity(body node) *identityShape {
	p, ok := f.member(body, "identity")
	if !ok || p.Flags&propReadOnly != 0 {
		return nil
	}
	object := f.at(p.Type)
	kind, ok := f.member(object, "type")
	if !ok || kind.Flags&propReadOnly != 0 {
		return nil
	}
	s := &identityShape{required: p.Flags&propRequired != 0, typeRequired: kind.Flags&propRequired != 0}
	s.values, s.open = f.literals(f.at(kind.Type))
	_, s.idArray = f.member(object, "identityIds")
	s.userMap = f.userShape(object, s.idArray)
	if f.onlyDiscriminator(object, "type") {
		s.values = discriminatorValues(object)
		s.open = false
	}
	return s
}

func (f typeFile) userShape(object node, idArray bool) string {
	p, ok := f.member(object, "userAssignedIdentities")
	switch {
	case ok && p.Flags&propReadOnly != 0, !ok && !idArray:
		return shapeNone
	case !ok:
		return shapeArray
	}
	switch n := f.at(p.Type); {
	case n.Additional != nil:
		return shapeMap
	case n.Kind == "ArrayType":
		return shapeArray
	}
	return shapeWithoutKeys
}

// onlyDiscriminator says whether the member chooses among variants, so that its values are their names.
func (f typeFile) onlyDiscriminator(object node, member string) bool {
	_, shared := object.members()[member]
	return object.Kind == "DiscriminatedObjectType" && !shared
}

func discriminatorValues(object node) []string {
	var variants map[string]ref
	if json.Unmarshal(object.Elements, &variants) != nil {
		return nil
	}
	var values []string
	for name := range variants {
		values = append(values, name)
	}
	slices.Sort(values)
	return values
}

// system takes a type that is any text for one that knows the system-assigned kind, as all of them do.
func (s *identityShape) system() bool {
	return len(s.values) == 0 && s.open || slices.ContainsFunc(s.values, isSystem)
}

// user wants the member as well: a value alone is often just a shared enumeration.
func (s *identityShape) user() bool { return s.userMap != shapeNone }

func (s *identityShape) both() bool { return s.user() && slices.ContainsFunc(s.values, isBoth) }

func isBoth(value string) bool {
	switch squeeze(value) {
	case "systemassigned,userassigned", "userassigned,systemassigned", "systemassigneduserassigned", "systemanduserassigned":
		return true
	}
	return false
}

func isSystem(value string) bool { return squeeze(value) == "systemassigned" || isBoth(value) }

// squeeze makes two spellings of a kind equal: without case and blanks.
func squeeze(value string) string { return strings.ReplaceAll(fold(value), " ", "") }
