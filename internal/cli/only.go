package cli

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/internal/config"
	"github.com/rolecall/rolecall/report"
)

// narrow makes the paths a filter on what is found in all of the tree, see
// driver.Options.Only. A configuration among them selects everything.
func (a *analysis) narrow(paths []string) error {
	var chosen []string
	for _, p := range paths {
		if p == "-" {
			return errors.New("--only takes files of the analysed tree, not standard input")
		}
		rel, err := a.tree.Rel(p)
		if err != nil {
			return err
		}
		if rel, err = a.tree.Resolve(rel); err != nil {
			return err
		}
		if a.settles(rel) {
			return nil
		}
		chosen = append(chosen, rel)
	}
	a.options.Only = func(file string) bool {
		return slices.ContainsFunc(chosen, func(p string) bool {
			return p == file || p == "." || strings.HasPrefix(file, p+"/")
		})
	}
	a.problems = slices.DeleteFunc(a.problems, func(p report.Problem) bool { return !a.asked(p.File) })
	return nil
}

// asked tells whether what is found in a file is asked for.
func (a *analysis) asked(file string) bool { return a.options.Only == nil || a.options.Only(file) }

// settles tells of a file whether it is a configuration, or belongs to one:
// then what it says of any template may have changed.
func (a *analysis) settles(rel string) bool {
	if base := path.Base(rel); base == config.FileName || base == config.HiddenName {
		return true
	}
	return slices.ContainsFunc(a.options.Configs.All(), func(c *config.Config) bool {
		return rel == c.Path || rel == c.Baseline || slices.Contains(c.Files, rel)
	})
}
