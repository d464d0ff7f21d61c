package driver

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/internal/discover"
)

// plan makes units of the files: a template with each of its parameter files,
// and with its defaults.
func plan(o Options) []unit {
	var units []unit
	using := usingOf(o)
	for _, f := range o.Files {
		if !o.root(f) {
			continue
		}
		if len(o.Parameters) > 0 {
			units = append(units, unit{file: f, params: o.Parameters, sets: 1})
			continue
		}
		var beside []string
		if o.Pairs != nil && f.Kind != discover.Policy && f.Kind != discover.Unknown {
			beside = o.fitting(f.Path, o.Pairs(f.Path))
		}
		for _, p := range using[f.Path] {
			if !slices.Contains(beside, p) {
				beside = append(beside, p)
			}
		}
		n := len(beside) + 1
		units = append(units, unit{file: f, sets: n})
		for _, p := range beside {
			units = append(units, unit{file: f, params: []string{p}, set: p, sets: n})
		}
	}
	return append(units, alone(o, using)...)
}

// root tells whether a file is judged on its own, at least at first.
func (o Options) root(f discover.File) bool {
	switch f.Kind {
	case discover.Template:
		return f.CoveredBy == "" || o.Front == nil
	case discover.Policy:
		return true
	case discover.Bicep:
		return o.Front != nil
	}
	return f.Named && f.Kind == discover.Unknown
}

// fitting are those parameter files that are not for another template.
func (o Options) fitting(template string, files []string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		if !isBicepParam(f) {
			return false
		}
		if o.Using == nil {
			return true
		}
		t, ok := o.Using(f)
		return ok && t != template && strings.HasSuffix(template, ".bicep")
	})
}

// usingOf finds which Bicep parameter files are for which template.
func usingOf(o Options) map[string][]string {
	out := map[string][]string{}
	if o.Using == nil {
		return out
	}
	for _, f := range o.Files {
		if f.Kind == discover.BicepParam {
			if t, ok := o.Using(f.Path); ok {
				out[t] = append(out[t], f.Path)
			}
		}
	}
	return out
}

// alone are units of parameter files that were named without their template,
// and of those whose template is not there.
func alone(o Options, using map[string][]string) []unit {
	var units []unit
	for _, f := range o.Files {
		if f.Kind != discover.BicepParam {
			continue
		}
		for t, files := range using {
			if !slices.Contains(files, f.Path) || slices.ContainsFunc(o.Files, func(x discover.File) bool { return x.Path == t }) {
				continue
			}
			if _, err := o.Read(t); f.Named || err != nil {
				file := discover.File{Path: t, Kind: discover.Bicep, Named: true}
				units = append(units, unit{file: file, params: []string{f.Path}, sets: 1})
			}
		}
	}
	return units
}

func isBicep(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".bicep") }

func isBicepParam(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".bicepparam") }
