package rules

import "slices"

// Kind says what a finding is about.
type Kind uint8

// The kinds of finding.
const (
	Security    Kind = iota // a risk
	Correctness             // Azure rejects the deployment, or it fails at run time
)

func (k Kind) String() string { return [...]string{"security", "correctness"}[k] }

// Severity says how grave a finding is.
type Severity uint8

// The severities. High is an error, medium and low are warnings, info is a
// note.
const (
	Info Severity = iota
	Low
	Medium
	High
)

func (s Severity) String() string { return [...]string{"info", "low", "medium", "high"}[s] }

// Profile is a set of rules: each profile holds those before it.
type Profile uint8

// The profiles.
const (
	Default  Profile = iota // what nearly everyone wants to be told
	Strict                  // adds hygiene
	Pedantic                // adds what most will disagree with
)

func (p Profile) String() string { return [...]string{"default", "strict", "pedantic"}[p] }

// ProfileNamed returns the profile with the name.
func ProfileNamed(name string) (Profile, bool) {
	i := slices.Index([]string{"default", "strict", "pedantic"}, name)
	return Profile(max(i, 0)), i >= 0
}

// Grade is one of the ways in which a rule fires.
type Grade struct {
	Name     string // within the rule
	Kind     Kind
	Severity Severity
	Profile  Profile
}

type entry struct {
	id, slug string
	fixable  bool
	grades   []Grade
}

// table is the authority on kind, severity and profile of every rule.
var table = []entry{
	{"ID001", "identity-needed-by-feature", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"fails at run time", Correctness, Medium, Default},
	}},
	{"ID003", "identity-missing", true, []Grade{
		{"runs code", Security, Info, Default},
		{"other", Security, Info, Pedantic},
	}},
	{"ID004", "identity-block-empty", false, []Grade{{"empty", Correctness, High, Default}}},
	{"ID005", "identity-type-invalid", true, []Grade{{"invalid", Correctness, High, Default}}},
	{"ID006", "identity-misplaced", false, []Grade{{"misplaced", Correctness, Medium, Default}}},

	{"RA001", "escalating-role", false, []Grade{
		{"wide", Security, High, Default},
		{"resource group", Security, Medium, Default},
		{"resource", Security, Low, Default},
	}},
	{"RA002", "broad-role", false, []Grade{
		{"wide, workload", Security, High, Default},
		{"wide", Security, Medium, Default},
		{"resource group, workload", Security, Low, Default},
		{"resource group", Security, Info, Default},
	}},
	{"RA006", "role-id-malformed", true, []Grade{{"malformed", Correctness, High, Default}}},
	{"RA007", "role-id-unknown", true, []Grade{
		{"misspelt", Correctness, Medium, Default},
		{"unknown", Correctness, Low, Default},
	}},
	{"RA008", "principal-type-missing", true, []Grade{
		{"race", Correctness, Medium, Default},
		{"other", Correctness, Info, Strict},
	}},
	{"RD001", "wildcard-actions", false, []Grade{
		{"wildcard", Security, High, Default},
		{"carved", Security, Medium, Default},
	}},
	{"RD002", "custom-role-can-escalate", false, []Grade{{"escalates", Security, High, Default}}},

	{"UA001", "userassigned-without-map", false, []Grade{{"no map", Correctness, High, Default}}},
	{"UA002", "map-without-userassigned", true, []Grade{{"not used", Correctness, High, Default}}},
	{"UA003", "map-wrong-shape", true, []Grade{{"shape", Correctness, High, Default}}},
	{"UA004", "map-key-malformed", false, []Grade{{"malformed", Correctness, High, Default}}},
	{"UA005", "map-value-not-empty", true, []Grade{
		{"read-only members", Correctness, Low, Default},
		{"null", Correctness, Info, Strict},
	}},
	{"UA006", "map-duplicate-key", false, []Grade{{"duplicate", Correctness, Low, Default}}},
}

func catalogue(id string) (entry, bool) {
	for _, e := range table {
		if e.id == id {
			return e, true
		}
	}
	return entry{}, false
}
