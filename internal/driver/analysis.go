package driver

import (
	"slices"

	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules"
	"github.com/rolecall/rolecall/rules/facts"
)

// Analysis keeps what each unit yielded, so that after an edit only those that
// read the file need to be judged again.
type Analysis struct {
	o       Options
	units   []unit
	results []*result
}

// Analyse judges all units.
func Analyse(o Options) *Analysis {
	units := plan(o)
	return &Analysis{o, units, visitRoots(o, (*worker).findings, units)}
}

// Report is what was found, sorted and the same on every run.
func (a *Analysis) Report() *report.Report { return merge(a.o, a.results) }

// Sure returns what tells whether everything that a rule finds in a file is in
// the report: that it ran, and that nothing that has to do with the file was
// left out.
//
// Of a rule that grades its findings, only those count that the profile holds.
func (a *Analysis) Sure() func(rule, file string, profile rules.Profile) bool {
	s := &settlement{o: a.o, results: throughOthers(a.results)}
	complete := map[string]bool{}
	return func(rule, file string, profile rules.Profile) bool {
		if _, known := complete[file]; !known {
			complete[file] = s.complete(file)
		}
		return complete[file] && a.o.ran([]string{rule}, file, profile)
	}
}

// Profile is the widest profile that findings of the report may be of, rules
// that were selected left aside.
func (a *Analysis) Profile() rules.Profile {
	widest := rules.Default
	for _, res := range a.results {
		for _, file := range res.reads {
			widest = max(widest, a.o.profile(file))
		}
	}
	return widest
}

// Again judges the units that read one of the files. What is to be read is the
// same as before: a file that was a template still is one.
func (a *Analysis) Again(files []string) {
	at, units := a.readers(files...)
	for i, r := range visit(a.o, (*worker).findings, units) {
		a.results[at[i]] = r
	}
	lookAtLeft(a.o, (*worker).findings, a.results)
}

// readers are the units that read one of the files, and where they stand.
func (a *Analysis) readers(files ...string) (at []int, units []unit) {
	for i, u := range a.units {
		reads := func(f string) bool {
			return u.file.Path == f || slices.Contains(a.results[i].reads, f)
		}
		if slices.ContainsFunc(files, reads) {
			at = append(at, i)
			units = append(units, u)
		}
	}
	return at, units
}

// Blank returns the text of a file as read finds it, with a star for each byte
// that a unit which reads the file must not show; nil if none can be evaluated.
func (a *Analysis) Blank(file string, read facts.Reader) []byte {
	o := a.o
	o.Read, o.Progress = read, nil
	_, units := a.readers(file)
	var out []byte
	for _, res := range visit(o, func(_ *worker, u *Unit, res *result) { res.taken = u.blank(file) }, units) {
		if text, _ := res.taken.(string); text != "" {
			out = stars(out, text)
		}
	}
	return out
}

// blank is a file of the unit with stars for what is hidden.
func (u *Unit) blank(file string) string {
	for _, f := range u.Access.Unit.Inputs() {
		if f.Name == file {
			return u.places.hide().Blank(f, 0, len(f.Text))
		}
	}
	return ""
}

// stars adds the stars of a text to those of the same text.
func stars(to []byte, text string) []byte {
	if len(to) != len(text) {
		return []byte(text)
	}
	for i := range to {
		if text[i] == '*' {
			to[i] = '*'
		}
	}
	return to
}
