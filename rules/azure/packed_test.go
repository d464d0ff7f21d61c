package azure

import (
	"os"
	"strings"
	"testing"
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
