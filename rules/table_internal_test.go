package rules

import "testing"

// TestTableIsImplemented holds that each line of the table has its rule.
func TestTableIsImplemented(t *testing.T) {
	for _, e := range table {
		if Find(e.id) == nil {
			t.Errorf("%s stands in the table, and no rule is called so", e.id)
		}
	}
	if len(table) != len(All()) {
		t.Errorf("%d lines in the table, %d rules", len(table), len(All()))
	}
}
