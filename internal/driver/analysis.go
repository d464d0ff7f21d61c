package driver

import (
	"slices"

	"github.com/rolecall/rolecall/report"
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
	return &Analysis{o, units, visit(o, (*worker).findings, units)}
}

// Report is what was found, sorted and the same on every run.
func (a *Analysis) Report() *report.Report { return merge(a.o, a.results) }

// Again judges the units that read one of the files. What is to be read is the
// same as before: a file that was a template still is one.
func (a *Analysis) Again(files []string) {
	var at []int
	var units []unit
	for i, u := range a.units {
		if slices.ContainsFunc(files, func(f string) bool { return a.reads(i, f) }) {
			at = append(at, i)
			units = append(units, u)
		}
	}
	for i, r := range visit(a.o, (*worker).findings, units) {
		a.results[at[i]] = r
	}
}

// reads tells whether a unit read a file.
func (a *Analysis) reads(i int, file string) bool {
	u := a.units[i]
	return u.file.Path == file || slices.Contains(u.params, file) || slices.Contains(a.results[i].uses, file)
}

// Blank returns the text of a file as read finds it, with a star for each byte
// that a unit which reads the file must not show.
func (a *Analysis) Blank(file string, read facts.Reader) []byte {
	var out []byte
	for i, u := range a.units {
		if !a.reads(i, file) {
			continue
		}
		loaded, err := a.o.load(u, read)
		if err != nil || loaded.Limit != nil {
			continue
		}
		hidden := facts.NewHidden(facts.NewAccess(loaded))
		for _, f := range loaded.Files {
			if f.Name == file {
				out = stars(out, hidden.Blank(f, 0, len(f.Text)))
			}
		}
	}
	return out
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
