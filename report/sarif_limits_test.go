package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// crowd returns a report of n findings, each with more of everything than may be sent. The worst come last.
func crowd(n int, text func(i int) string) *Report {
	rule := &Rule{ID: "RA001", Slug: "escalating-role", Page: page(Page{Title: "t", Summary: "s", HelpText: "h"}), Kind: Security, Severity: High,
		Tags: strings.Fields("a b c d e f g h i j k l")}
	r := &Report{Version: "1.2.3", Rules: []*Rule{rule}, Complete: true}
	for i := range n {
		at := onLine(fmt.Sprintf("modules/m%d/main.json", i%300), i+1, 5, 40)
		at.Lines = []Line{{Number: i + 1, Text: strings.Repeat(" ", 4) + text(i)}}
		f := Finding{Rule: rule, Severity: Severity(i * 4 / n), Message: text(i), At: at, Fingerprint: fmt.Sprintf("%032x", i),
			LineHash: fmt.Sprintf("%x:1", i), Resource: Resource{Type: "Microsoft.Authorization/roleAssignments", Name: text(i)}}
		places := 1
		if i%1000 == 999 {
			places = 1200
		}
		for k := range places {
			p := at
			p.Message = fmt.Sprintf("place %d", k)
			f.Related, f.Flow = append(f.Related, p), append(f.Flow, p)
		}
		r.Findings = append(r.Findings, f)
	}
	return r
}

// TestSARIFOfMany holds GitHub's limits for more findings than it takes.
func TestSARIFOfMany(t *testing.T) {
	r := crowd(30_000, func(i int) string {
		return fmt.Sprintf("the identity 'id-%d' can give itself any role: %s", i, strings.Repeat("x", i%100/99*1500))
	})
	out := sarifOf(t, r, Options{})
	if n := compressed([]byte(out)); n >= 10_000_000 {
		t.Errorf("%d bytes after gzip", n)
	} else {
		t.Logf("%d bytes, %d after gzip", len(out), n)
	}
	run := runOf(t, out)
	results := object(run, "results").([]any)
	if len(results) != maxResults {
		t.Errorf("%d results, want %d", len(results), maxResults)
	}
	for _, x := range results {
		if object(x, "level") != "error" {
			t.Fatalf("a result of level %v, while errors were left out", object(x, "level"))
		}
		if n := length(object(x, "locations")); n != 1 {
			t.Fatalf("%d locations", n)
		}
		if n := length(object(x, "relatedLocations")); n > 100 {
			t.Fatalf("%d related locations", n)
		}
		if n := length(object(x, "codeFlows", 0, "threadFlows", 0, "locations")); n > 50 {
			t.Fatalf("%d steps", n)
		}
		if n := len([]rune(object(x, "message", "text").(string))); n > 1000 {
			t.Fatalf("a message of %d characters", n)
		}
	}
	if n := length(object(run, "tool", "driver", "rules", 0, "properties", "tags")); n != 10 {
		t.Errorf("%d tags", n)
	}
	told := object(run, "invocations", 0, "toolExecutionNotifications", 0, "message", "text").(string)
	if !strings.HasPrefix(told, "25000 findings were left out") {
		t.Errorf("notification %q", told)
	}
}

// TestFitting holds the size of a log that cannot be compressed.
func TestFitting(t *testing.T) {
	noise := make([]byte, 2500*maxResults)
	rand.NewChaCha8([32]byte{}).Read(noise)
	for each, want := range map[int]int{1: maxResults, 1800: maxResults, 2500: maxResults * 3 / 4} {
		calls := 0
		doc, err := fitting(30_000, func(n int) ([]byte, error) {
			calls++
			return noise[:n*each], nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(doc) / each; got > want+1 || got < want-1 || compressed(doc) > maxCompressed {
			t.Errorf("%d bytes a result: %d results, want %d; %d calls", each, got, want, calls)
		}
	}
	if doc, err := fitting(1, func(int) ([]byte, error) { return noise, nil }); err != nil || len(doc) != len(noise) {
		t.Errorf("a log without results is not written: %v", err)
	}
}

func TestSARIFOfManyProblems(t *testing.T) {
	r := &Report{Problems: make([]Problem, 1500)}
	run := runOf(t, sarifOf(t, r, Options{}))
	notes := object(run, "invocations", 0, "toolExecutionNotifications").([]any)
	if len(notes) != maxNotices+1 || !strings.HasPrefix(object(notes[maxNotices], "message", "text").(string), "500 notifications were left out") {
		t.Errorf("%d notifications, the last is %v", len(notes), notes[len(notes)-1])
	}
}

func length(list any) int {
	return len(list.([]any))
}
