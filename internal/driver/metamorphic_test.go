package driver_test

import (
	"fmt"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/internal/discover"
	"github.com/rolecall/rolecall/internal/driver"
	"github.com/rolecall/rolecall/internal/front"
	"github.com/rolecall/rolecall/internal/ruletest"
	"github.com/rolecall/rolecall/internal/tree"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// specimen is a template that is written in several forms.
type specimen struct {
	name, root string
	read       facts.Reader
	front      facts.Front
}

// specimens calls f for the templates of the archives and those in the folder
// that ROLECALL_CORPUS names, if it does.
func specimens(t *testing.T, f func(specimen)) {
	t.Helper()
	fr := ruletest.Front(t)
	ruletest.Archives(t, func(archive string, files ruletest.Files, name string) {
		if !strings.Contains(name, "/") {
			f(specimen{archive + "/" + name, name, files.Read, fr})
		}
	})
	if folder := os.Getenv("ROLECALL_CORPUS"); folder != "" {
		inFolder(t, folder, f)
	}
}

// inFolder calls f for the templates in a folder.
func inFolder(t *testing.T, folder string, f func(specimen)) {
	t.Helper()
	tr, err := tree.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	files, _, err := discover.Walk(tr, []string{tr.Dir()}, discover.Options{NoIgnore: true})
	if err != nil {
		t.Fatal(err)
	}
	fr := front.New(tr)
	for _, x := range files {
		if x.Kind == discover.Template || x.Kind == discover.Bicep {
			f(specimen{x.Path, x.Path, tr.ReadFile, fr.Lower})
		}
	}
}

// judged is what is told of a specimen, written as a text.
func (s specimen) judged(text string) *report.Report {
	read := func(name string) ([]byte, error) {
		if path.Clean(name) == s.root {
			return []byte(text), nil
		}
		return s.read(name)
	}
	kind := discover.Template
	if path.Ext(s.root) == ".bicep" {
		kind = discover.Bicep
	}
	return driver.Run(driver.Options{
		Files: []discover.File{{Path: s.root, Kind: kind, Named: true}}, Read: read, Front: s.front,
		Rules: rules.All(), Profile: rules.Pedantic, Jobs: 1,
	})
}

// words are what a report tells, in lines that do not depend on the form.
func words(r *report.Report, root, text string, ignore says) []string {
	var out []string
	for _, f := range r.Findings {
		out = append(out, sentence(f, root, text, ignore))
	}
	for _, p := range r.Problems {
		out = append(out, fmt.Sprintf("%s %s: %s", p.Kind, p.File, p.Message))
	}
	out = append(out, fmt.Sprintf("%+v %+v", r.Coverage.Identities, r.Coverage.Grants))
	if ignore.letters {
		for i := range out {
			out[i] = strings.ToLower(out[i])
		}
	}
	slices.Sort(out)
	if ignore.modules { // a parameter may be found in both
		out = slices.Compact(out)
	}
	return out
}

func sentence(f report.Finding, root, text string, ignore says) string {
	about := strings.ReplaceAll(fmt.Sprintf("about %s %q", f.Resource.Type, f.Resource.Name), outer, "")
	if ignore.pairs {
		about = "about " + f.Resource.Type
	}
	message := f.Message
	if ignore.modules {
		about = strings.Replace(about, `Microsoft.Resources/deployments "wrapped"`, ` ""`, 1)
		message = strings.ReplaceAll(message, outer, "")
	}
	line := fmt.Sprintf("%s %s %s, %d times", f.Rule.ID, f.Severity, about, f.Count)
	if !ignore.order {
		line += fmt.Sprintf(": %q if %q", message, strings.ReplaceAll(f.Maybe, outer, ""))
	}
	if ignore.order || ignore.places {
		return line
	}
	line += fmt.Sprintf(" at %s %s", f.At.File, f.At.Pointer)
	if f.At.File == root {
		line += " " + text[f.At.Start:f.At.End]
	}
	return line + fmt.Sprintf(", %d related, %d in the flow, %d fixes, %s", len(f.Related), len(f.Flow), len(f.Fixes), f.Fingerprint)
}

// missing are those of some lines that others do not have.
func missing(of, in []string) string {
	var b strings.Builder
	for _, line := range of {
		if i := slices.Index(in, line); i >= 0 {
			in = slices.Delete(slices.Clone(in), i, i+1)
		} else {
			b.WriteString("\t" + line + "\n")
		}
	}
	return b.String()
}

// TestForms writes templates in other forms that mean the same: the same must be
// found in them.
func TestForms(t *testing.T) {
	all := forms()
	tried, findings := make([]int, len(all)), make([]int, len(all))
	every, n := 4, 0 // of many templates, each form is tried with a fourth
	if os.Getenv("ROLECALL_CORPUS") != "" {
		every = 1
	}
	specimens(t, func(s specimen) {
		n++
		raw, err := s.read(s.root)
		if err != nil {
			t.Fatal(err)
		}
		f := source.Parse(s.root, raw)
		if f.Encoding != source.UTF8 {
			return
		}
		var plain *report.Report
		for i, form := range all {
			text, ok := "", false
			if form.bicep == (path.Ext(s.root) == ".bicep") {
				text, ok = form.write(f)
			}
			if !ok || tried[i] >= 100 && (n+i)%every > 0 {
				continue
			}
			if plain == nil {
				plain = s.judged(f.Text)
			}
			tried[i]++
			findings[i] += len(plain.Findings)
			got, want := words(s.judged(text), s.root, text, form.ignore), words(plain, s.root, f.Text, form.ignore)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s %s:\nis not said any more\n%sis said instead\n%s", s.name, form.name, missing(want, got), missing(got, want))
			}
		}
	})
	for i, form := range all {
		t.Logf("%s: %d templates, %d findings in them", form.name, tried[i], findings[i])
		if tried[i] < 20 || findings[i] < 20 {
			t.Errorf("%s: only %d templates with %d findings were compared", form.name, tried[i], findings[i])
		}
	}
}
