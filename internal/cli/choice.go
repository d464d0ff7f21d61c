package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rolecall/rolecall/internal/names"
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
	if near := names.Nearest(e.word, e.words...); near != "" {
		text += fmt.Sprintf("; did you mean %s?", near)
	}
	return text
}

// oneOf lists words to choose from: "text, json or sarif".
func oneOf(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
