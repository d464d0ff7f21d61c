package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// choice is the value of a flag that takes one of a few words.
type choice struct {
	flag  string
	value *string
	words []string
}

// choose declares a flag that takes one of the words. They are added to its
// usage.
func choose(fs *pflag.FlagSet, value *string, name, standard string, values []string, usage string) {
	*value = standard
	f := fs.VarPF(&choice{name, value, values}, name, "", usage+": "+oneOf(values))
	annotate(f, words, values...)
}

// Set takes one of the words.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.words, s) {
		return &choiceError{c.flag, s, c.words}
	}
	*c.value = s
	return nil
}

// String returns the word that is chosen.
func (c *choice) String() string {
	return *c.value
}

// Type is what pflag calls the value.
func (c *choice) Type() string {
	return "string"
}

// choiceError tells of a word that is none of those to choose from.
type choiceError struct {
	flag, word string
	words      []string
}

func (e *choiceError) Error() string {
	text := fmt.Sprintf("--%s takes %s, not %q", e.flag, oneOf(e.words), e.word)
	if near := closest(e.word, e.words); near != "" {
		text += fmt.Sprintf("; did you mean %s?", near)
	}
	return text
}

// oneOf lists words to choose from: "text, json or sarif".
func oneOf(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// closest returns the word that differs from another by two letters at most,
// and least of all; "" if there is none.
func closest(word string, words []string) string {
	best, at := "", 3
	for _, w := range words {
		if d := distance(strings.ToLower(word), strings.ToLower(w)); len(word) > 2 && d < at {
			best, at = w, d
		}
	}
	return best
}
