package cli

import (
	"slices"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/rules"
)

// selection returns the rules to run. Selected rules run whatever their
// profile; a family such as RA stands for all of its rules.
func selection(selected, ignored []string) ([]*rules.Rule, map[string]bool, error) {
	run := slices.Clone(rules.All())
	wanted := map[string]bool{}
	if len(selected) > 0 {
		run = nil
		for _, name := range selected {
			found, err := names.Rules(name)
			if err != nil {
				return nil, nil, err
			}
			for _, r := range found {
				wanted[r.Name] = true
			}
		}
		for _, r := range rules.All() {
			if wanted[r.Name] {
				run = append(run, r)
			}
		}
	}
	for _, name := range ignored {
		found, err := names.Rules(name)
		if err != nil {
			return nil, nil, err
		}
		run = slices.DeleteFunc(run, func(r *rules.Rule) bool { return slices.Contains(found, r) })
	}
	return run, wanted, nil
}
