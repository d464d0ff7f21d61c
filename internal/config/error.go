package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/source"
)

// Error says what is wrong at one place of a configuration file, and how to
// mend it.
type Error struct {
	File    string
	At      source.Position // the zero Position for the file as a whole
	Message string          // without a place
}

func (e *Error) Error() string {
	if e.At.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.At.Line, e.At.Rune, e.Message)
}

// Errors are all that is wrong with the configuration, by file and place.
type Errors []*Error

// Error has a line for each.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the errors one by one.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

func (es Errors) sort() {
	slices.SortStableFunc(es, func(a, b *Error) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.At.Offset - b.At.Offset
	})
}
