package fix_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/internal/fix"
	"github.com/rolecall/rolecall/report"
)

// habit is a rule for a test: it finds texts, and proposes others.
type habit struct {
	rule     string
	find     *regexp.Regexp
	severity report.Severity
	unsafe   bool
	edits    func(file string, start, end int, texts map[string]string) []report.Edit
	message  func(texts map[string]string) string // what it is about; nil: the text found
}

// write is the edit that puts a text in the place of what was found.
func write(text string) func(string, int, int, map[string]string) []report.Edit {
	return func(file string, start, end int, _ map[string]string) []report.Edit {
		return []report.Edit{{File: file, Start: start, End: end, New: text}}
	}
}

func rule(id, find, text string) habit {
	return habit{rule: id, find: regexp.MustCompile(find), edits: write(text)}
}

func (h habit) findings(texts map[string]string) []report.Finding {
	var out []report.Finding
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		for i, at := range h.find.FindAllStringIndex(texts[name], -1) {
			f := report.Finding{
				Rule: &report.Rule{ID: h.rule}, Severity: h.severity, Message: texts[name][at[0]:at[1]],
				At: report.Place{File: name, Start: at[0], End: at[1]}, Fingerprint: fmt.Sprint(h.rule, name, h.find, i),
			}
			if h.message != nil {
				f.Message = h.message(texts)
			}
			f.Fixes = []report.Fix{{Message: "mend " + h.rule, Safe: !h.unsafe, Edits: h.edits(name, at[0], at[1], texts)}}
			out = append(out, f)
		}
	}
	return out
}

// bench runs the engine over files with rules.
type bench struct {
	texts  map[string]string
	habits []habit
	unsafe bool
	allow  func(string) error
	broken string // a text that makes a file unreadable
	judged [][]string
	onRead func(name string)
}

func (b *bench) run() fix.Result {
	files := fix.NewFiles(func(name string) ([]byte, error) {
		if b.onRead != nil {
			b.onRead(name)
		}
		text, ok := b.texts[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	})
	judge := func(edited []string) *report.Report {
		b.judged = append(b.judged, edited)
		r := &report.Report{Complete: true}
		now := map[string]string{}
		for name := range b.texts {
			raw, _ := files.Read(name)
			now[name] = string(raw)
			if b.broken != "" && strings.Contains(now[name], b.broken) {
				r.Problems = append(r.Problems, report.Problem{Kind: report.ProblemInput, File: name, Message: "is broken"})
			}
		}
		for _, h := range b.habits {
			r.Findings = append(r.Findings, h.findings(now)...)
		}
		report.Sort(r.Findings)
		return r
	}
	allow := b.allow
	if allow == nil {
		allow = func(string) error { return nil }
	}
	return fix.Run(fix.Options{Files: files, Judge: judge, Allow: allow, Unsafe: b.unsafe})
}

// tell writes what came of it in short.
func tell(b *bench, done fix.Result) string {
	var out []string
	for _, c := range done.Changes {
		if string(c.Old) != b.texts[c.Path] {
			out = append(out, c.Path+" was not "+string(c.Old))
		}
		out = append(out, c.Path+": "+string(c.New))
	}
	for _, p := range done.Report.Problems {
		out = append(out, p.Kind+" "+p.File+" "+p.Rule+": "+p.Message)
	}
	x := done.Report.Fixing
	return strings.Join(append(out, fmt.Sprintf("%d of %d in %d", x.Gone, x.Found, x.Files)), "\n")
}

func TestRun(t *testing.T) {
	grave := rule("G", `"bad"`, `"good"`)
	grave.severity = report.High
	around := rule("L", `\["bad"\]`, `["new"]`)
	counting := rule("N", `"x+"`, "")
	counting.edits = func(file string, start, end int, texts map[string]string) []report.Edit {
		return []report.Edit{{File: file, Start: end - 1, End: end - 1, New: "x"}}
	}
	outer := rule("O", `\{"dup"`, `{ "dup"`)
	outer.severity = report.High
	unsafe := rule("U", `"old"`, `"new"`)
	unsafe.unsafe = true
	both := rule("B", `"here"`, "")
	both.edits = func(file string, start, end int, texts map[string]string) []report.Edit {
		at := strings.Index(texts["z.json"], "[]")
		return []report.Edit{{File: file, Start: start, End: end, New: `"there"`}, {File: "z.json", Start: at, End: at + 2, New: `["moved"]`}}
	}
	for _, c := range []struct {
		name string
		b    bench
		want string
	}{
		{"nothing to do", bench{texts: map[string]string{"a.json": `["fine"]`}, habits: []habit{grave}}, "0 of 0 in 0"},
		{"each at its place", bench{texts: map[string]string{"a.json": `["bad", "x", "bad"]`, "b.json": `"bad"`}, habits: []habit{grave}},
			"a.json: [\"good\", \"x\", \"good\"]\nb.json: \"good\"\n3 of 3 in 2"},
		{"the graver of two that overlap", bench{texts: map[string]string{"a.json": `["bad"]`}, habits: []habit{around, grave}},
			"a.json: [\"good\"]\n2 of 2 in 1"},
		{"the same twice, one of which waits", bench{texts: map[string]string{"a.json": `["dup", {"dup": 1}]`}, habits: []habit{rule("D", `"dup"`, `"ok"`), outer}},
			"a.json: [\"ok\", { \"ok\": 1}]\n3 of 3 in 1"},
		{"not safe", bench{texts: map[string]string{"a.json": `["old", "bad"]`}, habits: []habit{unsafe, grave}}, "a.json: [\"old\", \"good\"]\n1 of 2 in 1"},
		{"not safe, but wanted", bench{unsafe: true, texts: map[string]string{"a.json": `["old", "bad"]`}, habits: []habit{unsafe, grave}},
			"a.json: [\"new\", \"good\"]\n2 of 2 in 1"},
		{"one after the other", bench{texts: map[string]string{"a.json": `"bad"`}, habits: []habit{grave, rule("H", `"good"`, `"better"`)}},
			"a.json: \"better\"\n1 of 1 in 1"},
		{"two that propose the same", bench{texts: map[string]string{"a.json": `"bad"`}, habits: []habit{grave, rule("S", `"bad"`, `"good"`)}},
			"a.json: \"good\"\n2 of 2 in 1"},
		{"two files", bench{texts: map[string]string{"a.json": `"here"`, "z.json": `[]`}, habits: []habit{both}},
			"a.json: \"there\"\nz.json: [\"moved\"]\n1 of 1 in 2"},
		{"two files, one of which may not be edited", bench{texts: map[string]string{"a.json": `"here"`, "z.json": `[]`}, habits: []habit{both}, allow: func(name string) error {
			if name == "z.json" {
				return fix.Declined("it is far away")
			}
			return nil
		}}, "note z.json : not fixed: it is far away\n0 of 1 in 0"},
		{"without effect", bench{texts: map[string]string{"a.json": `["bad", "same"]`}, habits: []habit{grave, rule("S", `"same"`, `"same"`)}},
			"a.json: [\"good\", \"same\"]\ninternal a.json S: the fix 'mend S' was taken back: then the finding was still there\n1 of 2 in 1"},
		{"harmful", bench{broken: "boom", texts: map[string]string{"a.json": `["worse", "bad"]`}, habits: []habit{grave, rule("W", `"worse"`, `"boom"`)}},
			"a.json: [\"worse\", \"good\"]\ninternal a.json W: the fix 'mend W' was taken back: then a.json could not be analysed: is broken\n1 of 2 in 1"},
		{"in a circle", bench{texts: map[string]string{"a.json": `"left"`}, habits: []habit{rule("A", `"left"`, `"right"`), rule("B", `"right"`, `"left"`)}},
			"internal a.json A: the fix 'mend A' comes back after it was made\n0 of 1 in 0"},
		{"without an end", bench{texts: map[string]string{"a.json": `"x"`}, habits: []habit{counting}},
			"internal  : the fixes come to no end; nothing was changed\n0 of 1 in 0"},
		{"UTF-16", bench{texts: map[string]string{"a.json": "\xff\xfe\"bad\""}, habits: []habit{grave}}, "note a.json : not fixed: it is in UTF-16; save it in UTF-8\n0 of 1 in 0"},
		{"generated", bench{texts: map[string]string{"a.json": `{"metadata": {"_generator": {"name": "bicep"}}, "x": "bad"}`}, habits: []habit{grave}},
			"note a.json : not fixed: it is generated; mend its source\n0 of 1 in 0"},
		{"with a syntax error", bench{texts: map[string]string{"a.json": `["bad"`}, habits: []habit{grave}}, "note a.json : not fixed: it has a syntax error\n0 of 1 in 0"},
		{"Bicep", bench{texts: map[string]string{"a.bicep": `var x = "bad"`}, habits: []habit{grave}}, "a.bicep: var x = \"good\"\n1 of 1 in 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, tell(&c.b, c.b.run())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestJudged: after each round only what was edited is looked at again, and
// what was edited for nothing.
func TestJudged(t *testing.T) {
	rounds := []habit{rule("A", `"one"`, `"two"`), rule("A", `"two"`, `"three"`), rule("G", `"bad"`, `"good"`)}
	b := bench{texts: map[string]string{"a.json": `"one"`, "b.json": `"bad"`, "c.json": `"fine"`}, habits: rounds}
	b.run()
	if diff := cmp.Diff([][]string{nil, {"a.json", "b.json"}, {"a.json"}}, b.judged); diff != "" {
		t.Error(diff)
	}
	b = bench{texts: map[string]string{"a.json": `"worse"`, "b.json": `"one"`}, habits: append(rounds, rule("W", `"worse"`, `"boom"`)), broken: "boom"}
	b.habits[3].severity = report.High
	b.run()
	if diff := cmp.Diff([][]string{nil, {"a.json", "b.json"}, {"a.json", "b.json"}, {"a.json", "b.json"}, {"b.json"}}, b.judged); diff != "" {
		t.Error(diff)
	}
}

// TestChanged: a file that is another one by the time it is to be edited is
// left alone.
func TestChanged(t *testing.T) {
	reads := 0
	b := bench{texts: map[string]string{"a.json": `["bad"]`}, habits: []habit{rule("G", `"bad"`, `"good"`)}}
	b.onRead = func(string) {
		if reads++; reads == 2 {
			b.texts["a.json"] = `["so", "bad"]`
		}
	}
	done := b.run()
	if want := "input a.json : not fixed: it was changed by something else meanwhile\n0 of 1 in 0"; tell(&b, done) != want {
		t.Errorf("%s\nwant %s", tell(&b, done), want)
	}
	if done.Report.Complete {
		t.Error("the run counts as complete")
	}
}

// TestDiff compares diffs with secrets and hostile text.
func TestDiff(t *testing.T) {
	b := bench{texts: map[string]string{"a b.json": "[\r\n\t\"bad\",\r\n\t\"s3\ncret\x1b[31m\"\r\n]"}, habits: []habit{rule("G", `"bad"`, `"good"`)}}
	done := b.run()
	stars := func(text []byte) []byte { return bytes.ReplaceAll(text, []byte("s3\ncret"), []byte("*******")) }
	got, exact, _ := fix.Diff(done.Changes, func(name string, after bool) []byte {
		if after {
			return stars(done.Changes[0].New)
		}
		return stars(done.Changes[0].Old)
	})
	want := "--- a/a b.json\t\n+++ b/a b.json\t\n@@ -1,5 +1,5 @@\n [\r\n-\t\"bad\",\r\n+\t\"good\",\r\n \t\"**\n ****\u241b[31m\"\r\n ]\n\\ No newline at end of file\n"
	if string(got) != want || exact {
		t.Errorf("%q (a patch: %v)\nwant\n%q", got, exact, want)
	}
	hidden, exact, _ := fix.Diff(done.Changes, func(string, bool) []byte { return nil })
	if bytes.Contains(hidden, []byte("bad")) || exact {
		t.Errorf("what nobody could blank is shown: %q", hidden)
	}
}
