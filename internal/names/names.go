// Package names finds rules by what people call them, and what a misspelt
// word was meant to be.
package names

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/rules"
)

// Rules returns the rules that a name stands for: one by its id or slug, or
// all of a family by its two letters, in any case.
func Rules(name string) ([]*rules.Rule, error) {
	name = strings.TrimSpace(name)
	if out := Find(name); len(out) > 0 {
		return out, nil
	}
	if near := Nearest(name, known()...); near != "" {
		return nil, fmt.Errorf("there is no rule %q; did you mean %s?", name, near)
	}
	return nil, fmt.Errorf("there is no rule %q; 'rolecall rules' lists them", name)
}

// Find is [Rules] for names of which most are none: it explains nothing.
func Find(name string) []*rules.Rule {
	if r := rules.Find(name); r != nil {
		return []*rules.Rule{r}
	}
	if len(name) != 2 {
		return nil
	}
	var out []*rules.Rule
	for _, r := range rules.All() {
		if strings.EqualFold(r.Name[:2], name) {
			out = append(out, r)
		}
	}
	return out
}

func known() []string {
	var out []string
	for _, r := range rules.All() {
		out = append(out, r.Name, r.Slug)
	}
	return out
}

// Nearest returns the candidate that differs least from a word, and by two
// letters at most; "" if there is none. Case does not count. The word may be of
// any length: those that are much longer or shorter are not compared.
func Nearest(word string, candidates ...string) string {
	if len(word) <= 2 {
		return ""
	}
	word = strings.ToLower(word)
	best, at := "", 3
	for _, c := range candidates {
		lower := strings.ToLower(c)
		if max(len(lower)-len(word), len(word)-len(lower)) >= at {
			continue
		}
		if d := Distance(word, lower); d < at {
			best, at = c, d
		}
	}
	return best
}

// Distance is the number of bytes to change, add or leave out.
func Distance(a, b string) int {
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
