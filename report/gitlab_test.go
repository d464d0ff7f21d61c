package report

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func gitlabOf(t *testing.T, r *Report) string {
	return write1(t, func(w *bytes.Buffer) error { return GitLab(w, r, Options{}) })
}

func TestGitLab(t *testing.T) {
	r := one(Medium, "see [this](http://e.x) <b>", onLine("a b.json", 3, 5, 9))
	r.Findings[0].Fingerprint = "0f"
	r.Findings = append(r.Findings, r.Findings[0], Finding{Rule: &Rule{ID: "ID001"}, Severity: High})
	var got []map[string]any
	if err := json.Unmarshal([]byte(gitlabOf(t, r)), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"description": "see [this] (http://e.x) ‹b›", "check_name": "RA001 escalating-role", "fingerprint": "0f",
		"severity": "major",
		"location": map[string]any{"path": "a b.json", "lines": map[string]any{"begin": 3.0, "end": 3.0}},
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
	prints := map[any]bool{}
	for _, issue := range got {
		prints[issue["fingerprint"]] = true
		if object(issue, "location", "lines", "begin").(float64) < 1 {
			t.Errorf("a line below 1: %v", issue)
		}
	}
	if len(prints) != 3 || prints[""] {
		t.Errorf("fingerprints are not distinct: %v", prints)
	}
}

func TestGitLabSeverities(t *testing.T) {
	var got []string
	for s := Info; s <= High; s++ {
		got = append(got, gitlabSeverity(s))
	}
	if diff := cmp.Diff([]string{"info", "minor", "major", "critical"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestGitLabEmpty(t *testing.T) {
	if got := gitlabOf(t, &Report{}); got != "[]\n" {
		t.Errorf("%q, want []", got)
	}
}
