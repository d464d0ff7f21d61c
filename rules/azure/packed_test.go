package azure

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPackedRoles holds the embedded tables to the one that they follow from, which people read.
func TestPackedRoles(t *testing.T) {
	text, err := os.ReadFile("tables/roles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range table(text).lines() {
		n++
		r, ok := RoleByID(firstField(line))
		if want := strings.TrimRight(line, "\t"); !ok || spelled(r) != want {
			t.Errorf("got  %s\nwant %s", spelled(r), want)
		}
	}
	embedded := 0
	for range Roles() {
		embedded++
	}
	if n != embedded {
		t.Errorf("%d roles, %d embedded", n, embedded)
	}
}

// TestPackedTypes holds the embedded table to the one that it follows from.
func TestPackedTypes(t *testing.T) {
	text, err := os.ReadFile("tables/resource-types.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want, got := slices.Collect(table(text).lines()), slices.Collect(resourceTypes.lines())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPackedPolicies holds the embedded table to the one that it follows from.
func TestPackedPolicies(t *testing.T) {
	text, err := os.ReadFile("tables/policies.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range table(text).lines() {
		n++
		var id, effect, parameter, roles string
		cutFields(line, &id, &effect, &parameter, &roles)
		p, ok := PolicyByID(id)
		if !ok || strings.Join(p.Roles, ",") != roles || p.EffectParameter != parameter || !p.Initiative && p.Effect != effect {
			t.Errorf("got  %+v\nwant %s", p, line)
		}
	}
	if rows := len(slices.Collect(policies.lines())); n != rows {
		t.Errorf("%d policies, %d embedded", n, rows)
	}
}

// TestNamesLeadToRoles follows the places of roles in the table of names.
func TestNamesLeadToRoles(t *testing.T) {
	for line := range roleNames.lines() {
		name := firstField(line)
		r, ok := RoleByName(name)
		if !ok || !IsGUID(r.ID) || !equalFold(r.Name, name) && !containsFold(r.Former, name) {
			t.Errorf("%s: got %q, %q", name, r.ID, r.Name)
		}
	}
}

// TestSharedBeginnings reads lines that share with one above.
func TestSharedBeginnings(t *testing.T) {
	shared := table("# head\nabcd\t1\n #xy\t2\n \"z\nb\n !c\t3")
	want := []string{"abcd\t1", "abcxy\t2", "abz", "b", "bc\t3"}
	if got := slices.Collect(shared.lines()); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for i, row := range want {
		got, from, ok := shared.find(strings.ToUpper(firstField(row)))
		if !ok || got != row || from.first() != row || !slices.Equal(slices.Collect(from.lines()), want[i:]) {
			t.Errorf("%s: got %q, then %q", row, got, slices.Collect(from.lines()))
		}
	}
	for _, key := range []string{"", "a", "ab", "abc", "abcx", "abcxyz", "ac", "bcd", "c"} {
		if row, _, ok := shared.find(key); ok {
			t.Errorf("%s: found %q", key, row)
		}
	}
}

// spelled is the line of a role in roles.tsv.
func spelled(r RoleDefinition) string {
	blocks := []string{"-"}
	if r.Known {
		blocks = nil
	}
	for _, p := range r.Blocks {
		var lists []string
		for _, list := range [][]string{p.Actions, p.NotActions, p.DataActions, p.NotDataActions} {
			lists = append(lists, strings.Join(list, ","))
		}
		block := strings.TrimRight(strings.Join(lists, ";"), ";")
		if p.Condition {
			block = "?" + block
		}
		blocks = append(blocks, block)
	}
	return strings.TrimRight(strings.Join([]string{r.ID, r.Name, strings.Join(r.Former, ";"), strings.Join(blocks, "|")}, "\t"), "\t")
}
