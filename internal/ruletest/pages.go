package ruletest

import (
	"regexp"
	"strings"

	"github.com/rolecall/rolecall/docs"
)

// Example is a block of code of a page, as a file: bad.json, or good.bicep.
type Example struct{ Name, Text string }

var fences = regexp.MustCompile("(?s)```(json|bicep)\n(.*?)\n```")

// Examples returns the examples of a section in the order of the page.
func Examples(page docs.Page, section string) []Example {
	var out []Example
	for _, m := range fences.FindAllStringSubmatch(page.Section(section), -1) {
		out = append(out, Example{strings.ToLower(section) + "." + m[1], m[2]})
	}
	return out
}
