package driver

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/report"
	"github.com/rolecall/rolecall/rules/facts"
)

// Of a report that is narrowed by Options.Only,
//
//   - findings remain that stand in one of the files, or have a related place
//     or a stop of their value there;
//   - of a file that is no template (a parameter file, say) all findings of the
//     units that it takes part in remain;
//   - problems and coverage remain of the units that one of the files takes part
//     in.

// about returns the results that the report is about.
func (o Options) about(results []*result) []*result {
	if o.Only == nil {
		return results
	}
	return slices.DeleteFunc(slices.Clone(results), func(r *result) bool { return !o.takesPart(r) })
}

// takesPart tells whether one of the files was read for a unit.
func (o Options) takesPart(r *result) bool {
	return o.Only == nil || o.Only(r.unit.file.Path) || slices.ContainsFunc(r.reads, o.Only)
}

// files counts what was looked at.
func (o Options) files(results []*result) int {
	if o.Only == nil {
		return len(o.Files)
	}
	seen := map[string]bool{}
	for _, r := range results {
		for _, file := range r.reads {
			if o.Only(file) {
				seen[file] = true
			}
		}
	}
	return len(seen)
}

// remains tells whether a finding stays in the report.
func (o Options) remains(f *merged) bool {
	in := func(p report.Place) bool { return o.Only(p.File) }
	return o.Only == nil || f.chosen || in(f.At) || slices.ContainsFunc(f.Related, in) || slices.ContainsFunc(f.Flow, in)
}

// needless tells of a unit, without evaluating it, that none of the files takes
// part in it.
func (o Options) needless(u unit) bool {
	if o.Only == nil || o.Only(u.file.Path) || slices.ContainsFunc(u.params, o.Only) {
		return false
	}
	raw, err := o.Read(u.file.Path)
	return err == nil && strings.EqualFold(path.Ext(u.file.Path), ".json") && !pullsIn(raw)
}

// pullsIn tells whether a JSON template may name other files: in a
// templateLink or parametersLink. It may say so too often: of text with
// escapes, and in UTF-16.
func pullsIn(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return true
	}
	text := bytes.ToLower(raw)
	return bytes.Contains(text, []byte(`link`)) || bytes.Contains(text, []byte(`\u00`))
}

// chosen tells whether one of the files was read for a unit, and is no template.
func (o Options) chosen(u *facts.Unit, reads []string) bool {
	return o.Only != nil && slices.ContainsFunc(reads, func(name string) bool {
		return o.Only(name) && !isTemplate(u, name)
	})
}

func isTemplate(u *facts.Unit, name string) bool {
	if strings.EqualFold(path.Ext(name), ".bicep") {
		return true
	}
	for _, f := range u.Inputs() {
		if f.Name == name {
			kind := template.KindOf(f.Tree())
			return kind == template.DeploymentTemplate || kind == template.PolicyDefinition
		}
	}
	return false
}
