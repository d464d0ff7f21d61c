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
	{"ID002", "identity-missing-with-credential", true, []Grade{{"credential", Security, Medium, Default}}},
	{"ID003", "identity-missing", true, []Grade{
		{"runs code", Security, Info, Default},
		{"other", Security, Info, Pedantic},
	}},
	{"ID004", "identity-block-empty", false, []Grade{{"empty", Correctness, High, Default}}},
	{"ID005", "identity-type-invalid", true, []Grade{{"invalid", Correctness, High, Default}}},
	{"ID006", "identity-misplaced", true, []Grade{{"misplaced", Correctness, Medium, Default}}},
	{"ID007", "identity-reference-not-full", true, []Grade{{"not full", Correctness, High, Default}}},
	{"ID008", "principal-of-no-identity", false, []Grade{{"no identity", Correctness, High, Default}}},
	{"ID009", "uami-wrong-member", true, []Grade{{"wrong member", Correctness, High, Default}}},
	{"ID010", "policy-assignment-identity", false, []Grade{
		{"no location", Correctness, High, Default},
		{"no identity", Correctness, Medium, Default},
	}},

	{"UA001", "userassigned-without-map", false, []Grade{{"no map", Correctness, High, Default}}},
	{"UA002", "map-without-userassigned", true, []Grade{{"not used", Correctness, High, Default}}},
	{"UA003", "map-wrong-shape", true, []Grade{{"shape", Correctness, High, Default}}},
	{"UA004", "map-key-malformed", false, []Grade{{"malformed", Correctness, High, Default}}},
	{"UA005", "map-value-not-empty", true, []Grade{
		{"read-only members", Correctness, Low, Default},
		{"null", Correctness, Info, Strict},
	}},
	{"UA006", "map-duplicate-key", false, []Grade{{"duplicate", Correctness, Low, Default}}},
	{"UA007", "identity-ref-not-in-map", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"fails at run time", Correctness, Medium, Default},
	}},
	{"UA008", "identity-ref-wrong-kind", false, []Grade{
		{"wrong kind", Correctness, Medium, Default},
		{"resource id", Correctness, Low, Default},
	}},
	{"UA009", "identity-used-before-created", true, []Grade{{"race", Correctness, Medium, Default}}},
	{"UA010", "uami-unused-or-unrestricted", false, []Grade{
		{"unused", Security, Info, Pedantic},
		{"unrestricted", Security, Info, Pedantic},
	}},
	{"UA011", "too-many-identities", false, []Grade{{"too many", Correctness, High, Default}}},
	{"UA012", "primary-identity-missing", false, []Grade{{"missing", Correctness, High, Default}}},

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
	{"RA003", "unconditioned-delegation", false, []Grade{{"unconditioned", Security, Medium, Default}}},
	{"RA004", "weak-delegation-condition", true, []Grade{
		{"weak", Security, High, Default},
		{"delete open", Security, Low, Default},
		{"any principal", Security, Low, Strict},
	}},
	{"RA005", "condition-malformed", true, []Grade{
		{"malformed", Correctness, High, Default},
		{"ambiguous", Correctness, Medium, Default},
		{"dead", Correctness, Medium, Default},
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
	{"RA009", "principal-type-mismatch", true, []Grade{
		{"mismatch", Correctness, High, Default},
		{"foreign group", Security, Medium, Default},
	}},
	{"RA010", "principal-id-wrong", true, []Grade{
		{"wrong", Correctness, High, Default},
		{"placeholder", Correctness, Info, Strict},
	}},
	{"RA011", "direct-user-grant", false, []Grade{
		{"user", Security, Low, Strict},
		{"developer", Security, Info, Strict},
	}},
	{"RA012", "name-not-deterministic", false, []Grade{
		{"no GUID", Correctness, High, Default},
		{"changes", Correctness, Medium, Default},
		{"deployment name", Correctness, Low, Strict},
	}},
	{"RA013", "name-seed-incomplete", false, []Grade{
		{"shared", Correctness, High, Default},
		{"loop", Correctness, Medium, Default},
		{"constant", Correctness, Medium, Default},
		{"incomplete", Correctness, Low, Strict},
	}},
	{"RA014", "duplicate-or-redundant", false, []Grade{
		{"duplicate", Correctness, High, Default},
		{"redundant", Security, Info, Strict},
	}},
	{"RA015", "scope-wider-than-need", false, []Grade{
		{"subscription", Security, Medium, Default},
		{"resource group", Security, Low, Default},
		{"several", Security, Info, Strict},
	}},
	{"RA016", "principal-hardcoded", false, []Grade{{"literal", Security, Low, Strict}}},
	{"RA017", "scope-property-mismatch", true, []Grade{{"mismatch", Correctness, High, Default}}},
	{"RA018", "grant-ignored-by-target", false, []Grade{{"ignored", Correctness, Medium, Default}}},
	{"RA019", "consumer-before-grant", true, []Grade{{"race", Correctness, Medium, Default}}},
	{"RA020", "grant-before-target", true, []Grade{{"race", Correctness, High, Default}}},
	{"RA021", "data-role-at-management-group", false, []Grade{{"refused", Correctness, High, Default}}},

	{"RD001", "wildcard-actions", false, []Grade{
		{"wildcard", Security, High, Default},
		{"carved", Security, Medium, Default},
	}},
	{"RD002", "custom-role-can-escalate", false, []Grade{{"escalates", Security, High, Default}}},
	{"RD003", "secret-reading-actions", false, []Grade{{"credentials", Security, Medium, Default}}},
	{"RD004", "data-actions-wildcard", false, []Grade{
		{"wildcard", Security, High, Default},
		{"read only", Security, Low, Default},
	}},
	{"RD005", "notactions-illusion", false, []Grade{
		{"another way", Security, Medium, Default},
		{"dead", Security, Medium, Default},
		{"no effect", Security, Low, Strict},
	}},
	{"RD006", "unknown-action", true, []Grade{
		{"rejected", Correctness, High, Default},
		{"unknown", Correctness, Medium, Default},
	}},
	{"RD007", "assignable-scopes", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"foreign subscription", Correctness, Medium, Default},
		{"literal subscription", Correctness, Low, Strict},
		{"wide", Security, Low, Strict},
	}},
	{"RD008", "definition-hygiene", true, []Grade{
		{"no GUID", Correctness, High, Default},
		{"changes", Correctness, Medium, Default},
		{"type", Correctness, Low, Strict},
		{"like a built-in", Security, Low, Strict},
	}},

	{"PP001", "code-host-with-privilege", true, []Grade{
		{"escalates", Security, High, Default},
		{"broad", Security, High, Default},
		{"public", Security, Medium, Default},
	}},
	{"PP002", "script-grants-access", false, []Grade{
		{"grants", Security, High, Default},
		{"keys", Security, Medium, Default},
		{"external", Security, Info, Strict},
	}},
	{"PP003", "deployment-script-overprivileged", false, []Grade{
		{"overprivileged", Security, Medium, Default},
		{"idle", Security, Low, Pedantic},
	}},
	{"PP004", "federation-hijack", false, []Grade{{"takeover", Security, High, Default}}},
	{"PP005", "identity-attach-hijack", false, []Grade{{"takeover", Security, Medium, Default}}},
	{"PP006", "vault-self-grant", false, []Grade{{"self grant", Security, Medium, Default}}},
	{"PP007", "key-bypass", false, []Grade{{"bypass", Security, Medium, Default}}},
	{"PP008", "shared-identity", false, []Grade{
		{"exposed", Security, Medium, Default},
		{"shared", Security, Low, Default},
	}},
	{"PP009", "policy-requests-too-much", false, []Grade{
		{"escalates", Security, High, Default},
		{"rejected", Correctness, High, Default},
		{"broad", Security, Medium, Default},
		{"beyond", Security, Medium, Default},
	}},
	{"PP010", "embedded-template", false, []Grade{{"grants", Security, Info, Pedantic}}},

	{"CR001", "local-auth-enabled", true, []Grade{
		{"explicit", Security, Medium, Default},
		{"telemetry", Security, Low, Default},
		{"absent", Security, Info, Strict},
	}},
	{"CR002", "storage-shared-key", true, []Grade{
		{"explicit", Security, Medium, Default},
		{"used by identity", Security, Medium, Default},
		{"local user", Security, Medium, Default},
		{"absent", Security, Info, Strict},
		{"disk", Security, Info, Pedantic},
	}},
	{"CR003", "acr-admin-and-anonymous", true, []Grade{
		{"admin", Security, Medium, Default},
		{"token", Security, Medium, Default},
		{"anonymous", Security, Low, Default},
	}},
	{"CR004", "basic-publishing", true, []Grade{
		{"allowed", Security, Low, Default},
		{"absent", Security, Info, Pedantic},
	}},
	{"CR005", "keys-to-consumers", false, []Grade{
		{"output", Security, High, Default},
		{"setting", Security, Medium, Default},
		{"protected", Security, Low, Strict},
	}},
	{"CR006", "literal-credential", false, []Grade{{"literal", Security, High, Default}}},
	{"CR007", "function-storage-by-key", false, []Grade{{"key", Security, Medium, Default}}},
	{"CR008", "registry-password", false, []Grade{{"password", Security, Medium, Default}}},
	{"CR009", "service-principal-secrets", false, []Grade{
		{"secret", Security, Medium, Default},
		{"local accounts", Security, Low, Pedantic},
		{"retired agent", Security, Low, Strict},
		{"retired extension", Security, Info, Strict},
	}},
	{"CR010", "database-password-admin", false, []Grade{
		{"password", Security, Medium, Default},
		{"no Entra administrator", Security, Low, Default},
	}},
	{"CR011", "vm-password", false, []Grade{
		{"password", Security, Low, Default},
		{"no sign-in extension", Security, Info, Pedantic},
	}},
	{"CR012", "secret-handling", true, []Grade{
		{"exposed", Security, Medium, Default},
		{"logged", Security, Low, Strict},
	}},
	{"CR013", "sas-and-authorization-rules", false, []Grade{
		{"broad", Security, Medium, Default},
		{"issued", Security, Low, Default},
		{"no policy", Security, Info, Pedantic},
	}},

	{"GP001", "lighthouse-privileged", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"delegates escalation", Security, High, Default},
		{"standing", Security, Medium, Default},
		{"delegates Contributor", Security, Low, Default},
		{"standing credentials", Security, Low, Strict},
	}},
	{"GP002", "lighthouse-eligible-weak", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"weak", Security, Medium, Default},
	}},
	{"GP003", "pim-active-permanent", false, []Grade{
		{"permanent", Security, High, Default},
		{"permanent, less", Security, Medium, Default},
		{"permanent, least", Security, Low, Default},
		{"no justification", Security, Low, Strict},
	}},
	{"GP004", "pim-eligible-and-policy", false, []Grade{
		{"policy", Correctness, High, Default},
		{"permanent", Security, Medium, Default},
		{"not redeployable", Correctness, Medium, Default},
		{"permanent, less", Security, Low, Default},
	}},
	{"GP005", "fic-subject-broad", false, []Grade{
		{"broad", Security, High, Default},
		{"wide", Security, Medium, Default},
		{"dead", Correctness, Medium, Default},
	}},
	{"GP006", "fic-malformed", true, []Grade{
		{"rejected", Correctness, High, Default},
		{"no match", Correctness, Medium, Default},
		{"race", Correctness, Medium, Default},
	}},
	{"GP007", "graph-app-role", false, []Grade{
		{"dangerous", Security, High, Default},
		{"credential", Security, High, Default},
	}},
	{"GP008", "keyvault-access-policy", false, []Grade{
		{"excessive", Security, High, Default},
		{"excessive, by whomever", Security, Medium, Default},
		{"beyond need", Security, Medium, Default},
		{"mode", Security, Low, Strict},
	}},
	{"GP009", "cosmos-data-plane", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"wide", Security, Medium, Default},
		{"password", Security, Medium, Default},
	}},
	{"GP010", "kusto-and-analytics-admins", false, []Grade{
		{"administrator", Security, Medium, Default},
		{"foreign tenant", Security, Medium, Default},
	}},
	{"GP011", "database-entra-admin", false, []Grade{
		{"rejected", Correctness, High, Default},
		{"workload", Security, Medium, Default},
		{"user", Security, Low, Default},
	}},
	{"GP012", "redis-and-other-data-grants", false, []Grade{
		{"wide", Security, Medium, Default},
		{"secret", Security, Medium, Default},
	}},
	{"GP013", "managed-app-and-devcenter", false, []Grade{
		{"escalates", Security, Medium, Default},
		{"broad", Security, Medium, Default},
		{"publisher", Security, Low, Default},
		{"no deny", Security, Low, Default},
	}},
	{"GP014", "org-level-and-external", false, []Grade{
		{"denied", Security, High, Default},
		{"organisation", Security, Medium, Default},
		{"external", Security, Medium, Default},
	}},

	{"SU001", "unused-suppression", false, []Grade{{"unused", Correctness, Low, Default}}},
	{"SU002", "suppression-invalid", false, []Grade{{"invalid", Correctness, Low, Default}}},
}
