package cli

import (
	"fmt"
	"slices"
	"strings"

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
			found, err := named(name)
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
		found, err := named(name)
		if err != nil {
			return nil, nil, err
		}
		run = slices.DeleteFunc(run, func(r *rules.Rule) bool { return slices.Contains(found, r) })
	}
	return run, wanted, nil
}

func named(name string) ([]*rules.Rule, error) {
	name = strings.TrimSpace(name)
	if r := rules.Find(name); r != nil {
		return []*rules.Rule{r}, nil
	}
	var out []*rules.Rule
	for _, r := range rules.All() {
		if len(name) == 2 && strings.EqualFold(r.Name[:2], name) {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	if near := nearest(name); near != "" {
		return nil, fmt.Errorf("there is no rule %q; did you mean %s?", name, near)
	}
	return nil, fmt.Errorf("there is no rule %q; 'rolecall rules' lists them", name)
}

// nearest returns the id or slug that differs least from a name.
func nearest(name string) string {
	var known []string
	for _, r := range rules.All() {
		known = append(known, r.Name, r.Slug)
	}
	return closest(name, known)
}

// distance is the number of letters to change, add or leave out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		prev := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := prev
			if a[i] != b[j] {
				cost++
			}
			prev = row[j+1]
			row[j+1] = min(cost, row[j]+1, prev+1)
		}
	}
	return row[len(b)]
}
