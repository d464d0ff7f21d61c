package baseline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
)

func TestBytes(t *testing.T) {
	b := New(rules.Strict, []Entry{{"RA002", "b.json", "2"}, {"RA001", "b.json", "3"}, {"RA009", "a \"x\".json", "1"}, {"RA001", "b.json", "3"}})
	const want = `{
  "version": 1,
  "profile": "strict",
  "findings": [
    {"rule":"RA009","file":"a \"x\".json","fingerprint":"1"},
    {"rule":"RA001","file":"b.json","fingerprint":"3"},
    {"rule":"RA002","file":"b.json","fingerprint":"2"}
  ]
}
`
	if diff := cmp.Diff(want, string(b.Bytes())); diff != "" {
		t.Error(diff)
	}
	again, err := Parse("x", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.Entries(), again.Entries()); diff != "" || again.Profile != rules.Strict {
		t.Error(diff)
	}
	if again, err = Parse("x", New(rules.Default, nil).Bytes()); err != nil || len(again.Entries()) != 0 {
		t.Errorf("the empty baseline: %v, %v", again, err)
	}
}

func TestHas(t *testing.T) {
	f := report.Finding{Rule: &report.Rule{ID: "RA001"}, At: report.Place{File: "a.json"}, Fingerprint: "1"}
	b := New(rules.Strict, []Entry{EntryOf(&f)})
	if !b.Has(&f) || (*Baseline)(nil).Has(&f) {
		t.Error("the finding is not known, or known to nothing")
	}
	f.Fingerprint = "2"
	if b.Has(&f) {
		t.Error("another finding is known")
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "b.json:1:1: the file is empty",
		"{\n\"version\" 1}":                 "b.json:2:11: ",
		"{} // comment":                     "b.json is no strict JSON",
		"{\"version\": 1, \"a\": \"\xff\"}": "b.json is no strict JSON in UTF-8",
		"{}":                                `b.json is no baseline: it has no "version" and "findings"`,
		`{"version": 2, "findings":[]}`:     "b.json has version 2 of baselines, this program knows version 1",
		`{"version": 1, "findings":[]}`:     `b.json: "profile" is default, strict or pedantic, not`,
		`{"version": 1, "profile": "default", "findings":[{"rule": "RA001", "file": "a"}]}`: `b.json: entry 1 of "findings" lacks`,
	} {
		if _, err := Parse("b.json", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(string(New(rules.Strict, []Entry{{"RA001", "a.json", "1"}}).Bytes()))
	f.Add(`{"version": 1, "findings": [3, {"rule": {}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		b, err := Parse("b.json", []byte(text))
		if err != nil {
			return
		}
		again, err := Parse("b.json", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b.Entries(), again.Entries()); diff != "" {
			t.Error(diff)
		}
	})
}
