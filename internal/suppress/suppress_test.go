package suppress

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/parser/source"
)

func TestParseComment(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"// rolecall:ignore RA001 the lead holds it", "[RA001] the lead holds it"},
		{"//rolecall:ignore RA001,broad-role , cr  - by contract ", "[RA001 broad-role cr] by contract"},
		{"/* rolecall:ignore RA001: since 2024 */", "[RA001] since 2024"},
		{"/*\n * rolecall:ignore RA001\n * over two\n * lines\n */", "[RA001] over two lines"},
		{"/** rolecall:ignore RA001 x */", "[RA001] x"},
		{"// rolecall: ignore RA001 reason", "[RA001] reason"},
		{"// rolecall:ignore RA001 — Grund: weil Ü", "[RA001] Grund: weil Ü"},
		{"// rolecall:ignore RA001", "[RA001] "},
		{"// rolecall:ignore RA001 --", "[RA001] "},
		{"// rolecall:ignore RA001,", `[RA001 ] ! a rule is missing behind the comma`},
		{"// rolecall:ignore", `[] ! the suppression names no rule; write "rolecall:ignore RULE reason"`},
		{"// rolecall:ignore (RA001) x", `[] (RA001) x! the suppression names no rule; write "rolecall:ignore RULE reason"`},
		{"// rolecall:ignroe RA001 x", `[] ! there is no "rolecall:ignroe"; did you mean "rolecall:ignore"?`},
		{"// rolecall:disable RA001 x", `[] ! there is no "rolecall:disable"; a suppression is written "rolecall:ignore RULE reason"`},
		{"// rolecall: see the guide", "none"},
		{"// see rolecall:ignore RA001 x", "none"},
		{"// Rolecall:ignore RA001 x", "none"},
		{"//", "none"},
		{"/**/", "none"},
		{"/", "none"},
	} {
		d, ok := ParseComment(c.text, 0)
		got := "none"
		if ok {
			got = show(d)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func show(d Directive) string {
	var list []string
	for _, n := range d.Names {
		list = append(list, n.Text)
	}
	s := "[" + strings.Join(list, " ") + "] " + d.Reason
	if d.Fault != "" {
		s += "! " + d.Fault
	}
	return s
}

// TestScope marks what each suppression acts on: the text between the first
// and the last character of its scope.
func TestScope(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"behind", "{\n \"a\": 1, // rolecall:ignore RA001 x\n \"b\": 2\n}", []string{` "a": 1, // rolecall:ignore RA001 x`}},
		{"above", "{\n // rolecall:ignore RA001 x\n\n // more\n \"a\": 1,\n \"b\": 2\n}", []string{` "a": 1,`}},
		{"before", "{\n /* rolecall:ignore RA001 x */ \"a\": 1\n}", []string{` /* rolecall:ignore RA001 x */ "a": 1`}},
		{"over lines", "{\n /* rolecall:ignore RA001 x\n */ \"a\": 1\n}", []string{` */ "a": 1`}},
		{"two", "{\n // rolecall:ignore RA001 x\n // rolecall:ignore RA002 y\n \"a\": 1\n}", []string{` "a": 1`, ` "a": 1`}},
		{"two behind", "{\n \"a\": 1 /* rolecall:ignore RA001 x */ /* rolecall:ignore RA002 y */\n}",
			[]string{` "a": 1 /* rolecall:ignore RA001 x */ /* rolecall:ignore RA002 y */`, ` "a": 1 /* rolecall:ignore RA001 x */ /* rolecall:ignore RA002 y */`}},
		{"resource", "{\"resources\": [\n // rolecall:ignore RA001 x\n {\n \"type\": 1\n},\n {}\n]}", []string{" {\n \"type\": 1\n}"}},
		{"brace", "{\"resources\": [\n {// rolecall:ignore RA001 x\n \"type\": 1\n},\n {}\n]}", []string{" {// rolecall:ignore RA001 x\n \"type\": 1\n}"}},
		{"symbol", "{\"resources\": {\n // rolecall:ignore RA001 x\n \"vm\": {\n \"type\": 1\n}\n}}", []string{" \"vm\": {\n \"type\": 1\n}"}},
		{"inner", "{\"resources\": [{\n // rolecall:ignore RA001 x\n \"type\": 1,\n \"resources\": {}\n}]}", []string{" \"type\": 1,"}},
		{"named resources", "{\"Resources\": {\n // rolecall:ignore RA001 x\n \"resources\": {\n \"type\": 1\n}\n}}", []string{" \"resources\": {\n \"type\": 1\n}"}},
		{"no resource", "{\"variables\": [\n // rolecall:ignore RA001 x\n {\n \"type\": 1\n}\n]}", []string{" {"}},
		{"string over lines", "{\n // rolecall:ignore RA001 x\n \"a\": \"one\ntwo\",\n \"b\": 2\n}", []string{" \"a\": \"one\ntwo\""}},
		{"behind a string", "{\n \"a\": \"one\ntwo\", // rolecall:ignore RA001 x\n \"b\": 2\n}", []string{"two\", // rolecall:ignore RA001 x"}},
		{"CRLF", "{\r\n // rolecall:ignore RA001 x\r\n \"a\": 1,\r\n \"b\": 2\r\n}", []string{` "a": 1,`}},
		{"string", "{\"a\": \"// rolecall:ignore RA001 x\"}", nil},
		{"minified", `{"a":1,/* rolecall:ignore RA001 x */"resources":[{"b":2}]}`, []string{`{"a":1,/* rolecall:ignore RA001 x */"resources":[{"b":2}]}`}},
		{"end", "{\n}\n// rolecall:ignore RA001 x\n", []string{""}},
	} {
		f := source.Parse("", []byte(c.text))
		var got []string
		for _, d := range Directives(f) {
			got = append(got, f.Text[d.Scope.Start:d.Scope.End])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (- wanted)\n%s", c.name, diff)
		}
	}
}

// TestScopeOfBicep is the same for Bicep.
func TestScopeOfBicep(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"line", "var a = {\n #disable-next-line RA001\n b: 1\n c: 2\n}", " b: 1"},
		{"string", "var a = {\n // rolecall:ignore RA001 x\n b: '''one\ntwo''' // and\n c: 2\n}", " b: '''one\ntwo'''"},
		{"resource", "#disable-next-line RA001\nresource a 'b@c' = {\n name: 'd'\n}\nvar e = 1", "resource a 'b@c' = {\n name: 'd'\n}"},
	} {
		f := source.NewText("a.bicep", []byte(c.text))
		ds := Directives(f)
		if len(ds) != 1 {
			t.Errorf("%s: %d directives", c.name, len(ds))
			continue
		}
		if got := f.Text[ds[0].Scope.Start:ds[0].Scope.End]; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNothingFollows(t *testing.T) {
	ds := Directives(source.Parse("", []byte("{}\n// rolecall:ignore RA001 x")))
	if len(ds) != 1 || ds[0].Fault != "nothing follows that the suppression could act on" {
		t.Errorf("got %v", ds)
	}
}

func TestMetadata(t *testing.T) {
	const text = `{
	"metadata": {"_generator": {}, "rolecall": {"ignore": [{"rule": "CR", "reason": "all of it"}]}},
	"resources": [
		{"Metadata": {"rolecall": {"ignore": [{"rule": ["RA001", "RA002"], "reason": " both "}, {"rule": "RA003"}]}}},
		{"metadata": {"rolecall": {"ignore": [{"rule": [1], "reason": "x"}, {"reason": "x"}, {"rules": "x"}, 3], "ignor": []}}},
		{"metadata": {"rolecall": {"ignore": {}}}, "x": {"metadata": {"rolecall": []}}}
	]}`
	f := source.Parse("", []byte(text))
	var got []string
	for _, d := range Directives(f) {
		scope := "all"
		if d.Scope.End < math.MaxInt {
			scope = fmt.Sprintf("%.12s", f.Text[d.Scope.Start:d.Scope.End])
		}
		got = append(got, scope+": "+show(d))
	}
	want := []string{
		`all: [CR] all of it`,
		`{"Metadata":: [RA001 RA002] both`,
		`{"Metadata":: [RA003] `,
		`{"metadata":: [] x! "rule" is a rule, or an array of rules`,
		`{"metadata":: [] x! the entry of "ignore" names no rule: it needs the key "rule"`,
		`{"metadata":: [] ! there is no key "rules" in metadata of rolecall; did you mean "rule"?`,
		`{"metadata":: [] ! an entry of "ignore" is an object with the keys "rule" and "reason"`,
		`: [] ! there is no key "ignor" in metadata of rolecall; did you mean "ignore"?`,
		`: [] ! "ignore" is an array of objects with the keys "rule" and "reason"`,
		`: [] ! metadata of rolecall is written {"ignore": [{"rule": "…", "reason": "…"}]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"// rolecall:ignore RA001,broad-role reason", "RA001 RA002"},
		{"// rolecall:ignore RA001", "the suppression has no reason and silences nothing: write why behind the rule"},
		{"// rolecall:ignore RA0001,RA002 reason", `RA002, the suppression silences nothing: there is no rule "RA0001"; did you mean RA001?`},
		{"// rolecall:ignore SU001 reason", "SU001 is about suppressions themselves: turn it off in rolecall.json"},
		{"// rolecall:ignore", `the suppression names no rule; write "rolecall:ignore RULE reason"`},
	} {
		d, _ := ParseComment(c.text, 0)
		silences, faults := d.Read()
		var got []string
		for _, s := range silences {
			got = append(got, s.Rules...)
		}
		out := strings.Join(got, " ")
		for _, f := range faults {
			out = strings.TrimPrefix(out+", "+f.Message, ", ")
		}
		if out != c.want {
			t.Errorf("%s: got %q, want %q", c.text, out, c.want)
		}
	}
	d, _ := ParseComment("// rolecall:ignore CR", 0)
	d.NoReason = true
	if silences, faults := d.Read(); len(silences) != 1 || len(silences[0].Rules) < 10 || len(faults) != 0 {
		t.Errorf("a family without a reason: %v, %v", silences, faults)
	}
}

// FuzzDirectives holds that every span lies in the text, and that each
// directive says something.
func FuzzDirectives(f *testing.F) {
	for _, s := range []string{
		"{\n \"a\": 1, // rolecall:ignore RA001 x\n}", "/* rolecall:ignore RA001, */{}", "{\"resources\":[{//rolecall:ignore\n}]}",
		`{"metadata": {"rolecall": {"ignore": [{"rule": ["RA001"], "reason": "x"}]}}}`, "\ufeff//rolecall:ignroe\r{}",
		"#disable-next-line RA001 // x\nresource a 'A.B/c@1' = {\n}", "#disable-diagnostics CR\n#restore-diagnostics CR\nvar a = '''\n// rolecall:ignore CR x\n'''",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, file := range []*source.File{source.Parse("a.json", []byte(text)), source.NewText("a.bicep", []byte(text))} {
			for _, d := range Directives(file) {
				sound(t, file, d)
			}
		}
	})
}

func sound(t *testing.T, file *source.File, d Directive) {
	t.Helper()
	within := func(s Span) bool { return s.Start >= 0 && s.Start <= s.End && s.End <= len(file.Text) }
	if !within(d.Span) || !within(Span{d.Scope.Start, min(d.Scope.End, len(file.Text))}) {
		t.Errorf("%s: %+v lies outside of %d bytes", file.Name, d, len(file.Text))
	}
	for _, n := range d.Names {
		if !within(n.Span) {
			t.Errorf("%s: %+v lies outside of %d bytes", file.Name, n, len(file.Text))
		}
	}
	if s, faults := d.Read(); len(s)+len(faults) == 0 {
		t.Errorf("%s: %+v says nothing", file.Name, d)
	}
}
