package main

import (
	"encoding/json"
	"os"
	"strings"
)

// A hostRecord is a resource type that may need an identity, written by hand. The tags are those of a -hosts file.
type hostRecord struct {
	Type        string          `json:"type"`
	Class       string          `json:"class"`
	Strength    string          `json:"strength"`
	Why         string          `json:"why"`
	Prefers     string          `json:"identity"`
	IdentityOn  string          `json:"identityOn"`
	Support     *hostSupport    `json:"support"`
	Retired     bool            `json:"retired"`
	Note        json.RawMessage `json:"note"`
	Required    []hostCondition `json:"requiredWhen"`
	Recommended []hostCondition `json:"recommendedWhen"`
	Skip        []hostCondition `json:"skipWhen"`
}

type hostSupport struct {
	System bool  `json:"system"`
	User   bool  `json:"user"`
	Both   *bool `json:"both"`
}

func hostTables(file string) ([]table, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var hosts []hostRecord
	if err := json.Unmarshal(data, &hosts); err != nil {
		return nil, err
	}
	conditions, err := conditionRows(hosts)
	return []table{hostTable(hosts), conditionTable(conditions)}, err
}

func hostTable(hosts []hostRecord) table {
	t := table{file: "hosts.tsv", fields: 8, head: `Resource types that may need an identity: type, class, strength, preferred kind, flags, where the identity is, why, note.
Class: code, flow, service, agent or grantor. Strength: required, recommended, required-for-feature or optional.
Flags: s system-assigned, u user-assigned, b both at once, ? not known whether both, x the service is retired.
Where the identity is: empty for the resource itself, else resource types or a property path, with ";".`}
	for _, h := range hosts {
		kind, remark, _ := strings.Cut(h.Prefers, " ")
		t.rows = append(t.rows, []string{
			h.Type, h.Class, h.Strength, kind, h.flags(), identityPlace(h.IdentityOn), h.Why, h.note(kind, remark),
		})
	}
	return t
}

func (h hostRecord) flags() string {
	s := h.Support
	flags := ""
	if s != nil {
		flags = when(s.System, "s") + when(s.User, "u") + when(isTrue(s.Both), "b") + when(s.Both == nil, "?")
	}
	return flags + when(h.Retired, "x")
}

func when(on bool, text string) string {
	if on {
		return text
	}
	return ""
}

// note is the remark of the host, if it is a text, and what the file says about the preferred kind.
func (h hostRecord) note(kind, remark string) string {
	var note string
	_ = json.Unmarshal(h.Note, &note) // a structured note is for people who edit the list
	if remark != "" {
		note = strings.TrimPrefix(note+"; "+kind+": "+strings.TrimPrefix(remark, "preferred: "), "; ")
	}
	return note
}

// identityPlace drops the explanation behind a place and joins alternatives.
func identityPlace(s string) string {
	var places []string
	for place := range strings.SplitSeq(s, " or ") {
		place, _, _ = strings.Cut(place, " ")
		places = append(places, place)
	}
	return strings.Join(places, ";")
}
