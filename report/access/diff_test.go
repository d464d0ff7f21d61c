package access

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/report"
)

// changed is a comparison with so many changes of each kind.
func changed(n int) *Diff {
	d := &Diff{Old: "main", New: "the work tree", Same: 2, Complete: true}
	d.Before.Grants = report.Tally{Total: 4, Decided: 4}
	d.After.Grants = report.Tally{Total: 6, Decided: 3, Parameter: 2, NotUnderstood: 1}
	for k := Added; k <= Moved; k++ {
		for i := range n {
			g := &Grant{
				Plane: AzureRole, Principal: Principal{Kind: User, Name: fmt.Sprintf("someone-%d", i), Known: true},
				Role: Role{Name: "Owner", Known: true, Power: PowerEscalate}, Scope: Scope{Level: "subscription", Name: "s"},
				At: report.Place{File: "main.json", From: report.Position{Line: i + 1}},
			}
			d.Changes = append(d.Changes, Change{Kind: k, Principal: g.Principal, New: g, At: g.At, Reasons: []string{strings.Repeat("x", 100)}})
		}
	}
	return d
}

func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestDiffSummary says what the changes amount to, and how much less is
// decided.
func TestDiffSummary(t *testing.T) {
	out := written(t, func(b *bytes.Buffer) error { return DiffText(b, changed(1), report.Options{}) })
	want := `access widens from main to the work tree: 1 added, 1 widened, 1 not known, 1 not comparable, 1 now known, 1 restated, 1 narrowed, 1 removed, 2 grants are the same
3 of 6 role grants decided, 2 wait for parameters, 1 not understood
2 more grants wait for parameters than before
1 more grant is not understood than before
`
	if !strings.HasSuffix(out, "\n\n"+want) {
		t.Errorf("got\n%s", out)
	}
	if strings.Contains(out, ": moved: ") {
		t.Error("moves are told without being asked for")
	}
	all := written(t, func(b *bytes.Buffer) error { return DiffText(b, changed(1), report.Options{Verbose: true}) })
	if !strings.Contains(all, "main.json:1:1: moved: user 'someone-0': 'Owner' on subscription s\n") {
		t.Errorf("no move in\n%s", all)
	}
	if quiet := written(t, func(b *bytes.Buffer) error { return DiffText(b, changed(0), report.Options{Quiet: true}) }); quiet != "" {
		t.Errorf("quiet: %q", quiet)
	}
}

// TestDiffMarkdownFits holds that a comment can take the page, which has the
// worst changes and says how many there are more.
func TestDiffMarkdownFits(t *testing.T) {
	for _, n := range []int{1, 60, 500} {
		out := written(t, func(b *bytes.Buffer) error { return DiffMarkdown(b, changed(n), report.Options{}) })
		if len(out) > 65_000 {
			t.Errorf("%d of each: %d bytes", n, len(out))
		}
		if n == 500 && (strings.Count(out, "| added |") < 100 || strings.Contains(out, "| removed |") || strings.Count(out, " more, for which there is no room here") != 2) {
			t.Errorf("%d of each: the worst are not there, or the others not counted:\n%s", n, out[len(out)-500:])
		}
		if opened, closed := strings.Count(out, "<details>"), strings.Count(out, "</details>"); opened != closed {
			t.Errorf("%d folds are opened, %d closed", opened, closed)
		}
	}
}

// TestDiffJSON holds the members, none of which is null but those that say so.
func TestDiffJSON(t *testing.T) {
	d := changed(1)
	d.Changes = append(d.Changes, Change{Kind: NotKnown, Declared: &report.Undecided{Kind: report.KindGrant, State: report.StateLimit, Reason: "why", Resource: report.Resource{Type: "T/x"}}})
	out := written(t, func(b *bytes.Buffer) error { return DiffJSON(b, d, report.Options{}) })
	var doc struct {
		Widens  bool
		Counts  map[string]int
		Changes []struct {
			Kind, Text string
			Principal  *struct{ Name string }
			Old, New   *struct{ Plane string }
			Reasons    []string
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	last := doc.Changes[len(doc.Changes)-1]
	if !doc.Widens || doc.Counts["notComparable"] != 1 || doc.Counts["notKnown"] != 2 || doc.Changes[0].Kind != "added" || doc.Changes[0].New == nil || doc.Changes[0].Old != nil {
		t.Errorf("got %+v", doc)
	}
	if last.Principal != nil || last.Reasons == nil || last.Text != "a grant of T/x beyond a limit" {
		t.Errorf("the declaration is %+v", last)
	}
}
