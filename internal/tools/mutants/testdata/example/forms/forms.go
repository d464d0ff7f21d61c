// Package forms has everything that is mutated, and what is not.
package forms

import "fmt"

// rule has documentation, which is not mutated.
var rule = struct{ Doc, Name string }{Doc: "says much", Name: "rule"}

type tagged struct {
	Name string `json:"name"`
}

// Kind tells what a value is. Without the case for int it does not compile.
func Kind(v any) string {
	switch v := v.(type) {
	case int:
		return fmt.Sprint(v + 1)
	case bool, string:
		return `text`
	}
	if rule.Doc == "" {
		panic("rules have documentation")
	}
	return tagged{rule.Name}.Name
}

// Letters counts the letters from a on.
func (t *tagged) Letters() (found []rune) {
	defer fmt.Println()
	for _, r := range t.Name {
		switch {
		case r < 'a', r == '-':
			continue
		}
		if ok := true; ok && t != nil {
			found = append(found, r)
		}
	}
	return found
}
