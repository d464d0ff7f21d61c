package azure

import (
	"slices"
	"strings"
	"testing"
)

// Every table must be sorted as find compares, or look-ups fail silently.
func TestTablesAreSorted(t *testing.T) {
	for _, c := range []struct {
		name string
		t    table
		rows int
		many bool
	}{
		{"roles", roles, 933, false},
		{"role-names", roleNames, 988, false},
		{"identity", identities, 361, false},
		{"resource-types", resourceTypes, 3588, false},
		{"properties-identity", propertiesIdentity, 11, false},
		{"credentials", credentials, 240, false},
		{"hosts", hosts, 145, false},
		{"host-conditions", hostConditions, 449, true},
		{"identity-references", references, 377, true},
		{"policies", policies, 1106, false},
	} {
		if !strings.HasPrefix(string(c.t), "# ") || !strings.HasSuffix(string(c.t), "\n") || strings.Contains(string(c.t), "\r") {
			t.Errorf("%s: wants a head, and lines that end in a newline", c.name)
		}
		rows := slices.Collect(c.t.lines())
		if len(rows) != c.rows {
			t.Errorf("%s: %d rows, want %d", c.name, len(rows), c.rows)
		}
		for i, row := range rows {
			if got, _, ok := c.t.find(strings.ToUpper(firstField(row))); !ok || !c.many && got != row {
				t.Errorf("%s: row %q is not found", c.name, firstField(row))
			}
			if d := compareFold(firstField(rows[max(i-1, 0)]), firstField(row)); i > 0 && (d > 0 || d == 0 && !c.many) {
				t.Errorf("%s: row %q is out of order", c.name, firstField(row))
			}
		}
	}
}

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name string
		t    table
		keys string // that are there
	}{
		{"empty", "", ""},
		{"head only", "# head\n", ""},
		{"one", "# head\nb\t1\n", "b"},
		{"no newline at the end", "# head\nb\t1\nd", "bd"},
		{"many", "# head\n# more\nB\t1\nd\nf\t\nh\t2\n", "bdfh"},
	} {
		for _, key := range "abcdefghi" {
			line, _, ok := tt.t.find(string(key))
			if want := strings.ContainsRune(tt.keys, key); ok != want || ok && !equalFold(line[:1], string(key)) {
				t.Errorf("%s: find(%c) = %q, %v", tt.name, key, line, ok)
			}
		}
		if line, _, ok := tt.t.find("# head"); ok {
			t.Errorf("%s: found the head as %q", tt.name, line)
		}
	}
}

// A condition without a host would never be seen.
func TestEveryConditionHasAHost(t *testing.T) {
	known := []Op{
		OpAlways, OpExists, OpAbsent, OpIn, OpNotIn, OpOnlyIn, OpAbsentOrIn, OpContains, OpPrefix, OpSuffix, OpWord, OpPart,
		OpBelow, OpRemark,
	}
	rows, conditions := 0, 0
	for range hostConditions.lines() {
		rows++
	}
	for line := range hosts.lines() {
		h, _ := HostOf(firstField(line))
		for _, c := range slices.Concat(h.Required, h.Recommended, h.Skip) {
			conditions++
			if !slices.Contains(known, c.Op) {
				t.Errorf("%s: operator %q", h.Type, c.Op)
			}
		}
	}
	if rows != conditions {
		t.Errorf("%d rows, but %d conditions belong to hosts", rows, conditions)
	}
}

// A property of an unknown kind, or a path that nobody can walk, would never be seen.
func TestReferencesAreKnown(t *testing.T) {
	kinds := []ReferenceKind{
		RefID, RefIDOrSystem, RefIDOrHost, RefPrefixedID, RefIDOrClientID, RefClientID, RefClientIDOrSystem, RefPrincipalID,
		RefPrincipalIDOrSystem, RefMap,
	}
	for line := range references.lines() {
		for _, r := range References(firstField(line)) {
			if !slices.Contains(kinds, r.Kind) {
				t.Errorf("%s: %s has the kind %q", firstField(line), r.Path, r.Kind)
			}
			for _, step := range strings.Split(r.Path, ".") {
				if i := strings.IndexByte(step, '['); step == "" || i >= 0 && step[i:] != "[]" && !strings.HasPrefix(step[i:], "[name=") {
					t.Errorf("%s: the path %s", firstField(line), r.Path)
				}
			}
		}
	}
}

// What the tables say about a type must not differ.
func TestTablesAgree(t *testing.T) {
	for line := range identities.lines() {
		s, _ := IdentitySupport(firstField(line))
		if info, ok := ResourceType(s.Type); ok && !info.RootIdentity && !s.DocumentedOnly {
			t.Errorf("%s: has identity support but no identity at its root", s.Type)
		}
	}
	for line := range resourceTypes.lines() {
		info, _ := ResourceType(firstField(line))
		if _, ok := IdentitySupport(info.Type); info.RootIdentity && !ok {
			t.Errorf("%s: has an identity at its root but no identity support", info.Type)
		}
	}
	for line := range hosts.lines() {
		h, _ := HostOf(firstField(line))
		s, ok := IdentitySupport(h.Type)
		if ok && (h.System && !s.System && !s.AlsoSystem || h.User && !s.User && !s.AlsoUser) {
			t.Errorf("%s: the host takes more than the type: %+v, %+v", h.Type, h, s)
		}
	}
}
