package main

import (
	"encoding/json"
	"os"
)

// An identityRecord is the identity support of a type. The tags are those of an -identity file.
type identityRecord struct {
	Type             string           `json:"type"`
	System           bool             `json:"systemAssigned"`
	User             bool             `json:"userAssigned"`
	Both             *bool            `json:"both"`
	LatestSystem     bool             `json:"latestSystemAssigned"`
	LatestUser       bool             `json:"latestUserAssigned"`
	LatestBoth       *bool            `json:"latestBoth"` // null: the sources do not say
	Values           []string         `json:"typeValues"`
	LatestValues     []string         `json:"latestTypeValues"`
	KnownValues      []string         `json:"knownTypeValues"`
	Open             bool             `json:"latestTypeOpen"`
	TypeRequired     bool             `json:"typeRequired"`
	IdentityRequired bool             `json:"identityRequired"`
	Shape            string           `json:"userAssignedShape"`
	ArrayVersions    []string         `json:"arrayLegacyVersions"`
	Documented       *documentedKinds `json:"documented"`
	DocumentedOnly   bool             `json:"documentedOnly"`
	Doubtful         string           `json:"doubtful"` // why
	Retired          bool             `json:"retired"`
}

// documentedKinds is what the documentation says where the type files say something else.
type documentedKinds struct {
	System bool `json:"system"`
	User   bool `json:"user"`
}

func identityRecords(file string, derived *catalogue) ([]identityRecord, error) {
	if file == "" {
		if derived == nil {
			return nil, nil
		}
		return derived.support(), nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var records []identityRecord
	return records, json.Unmarshal(data, &records)
}

// support derives the records of all types with a writable root identity.
func (c *catalogue) support() []identityRecord {
	var records []identityRecord
	for _, name := range c.sortedTypes() {
		e := c.types[name]
		latest, ok := e.newest(func(v typeVersion) bool { return v.identity != nil })
		if !ok {
			continue
		}
		s := latest.identity
		r := identityRecord{
			Type: latest.name, LatestSystem: s.system(), LatestUser: s.user(), LatestBoth: knownBoth(s),
			LatestValues: s.values, Open: s.open, TypeRequired: s.typeRequired, IdentityRequired: s.required, Shape: s.userMap,
		}
		for _, v := range e.versions {
			r.addVersion(v)
		}
		records = append(records, r)
	}
	return records
}

// knownBoth is nil where the type is any text, for then nothing tells whether the kinds combine.
func knownBoth(s *identityShape) *bool {
	if len(s.values) == 0 && s.user() {
		return nil
	}
	both := s.both()
	return &both
}

func (r *identityRecord) addVersion(v typeVersion) {
	s := v.identity
	if s == nil {
		return
	}
	r.System = r.System || s.system()
	r.User = r.User || s.user()
	if r.Shape == shapeNone {
		r.Shape = s.userMap
	}
	if s.both() {
		r.Both = new(bool)
		*r.Both = true
	}
	if s.idArray {
		r.ArrayVersions = append(r.ArrayVersions, v.api)
	}
	r.Values = append(r.Values, s.values...)
}
