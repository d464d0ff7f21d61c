// Package armfn holds the deterministic algorithms of the Azure Resource
// Manager template language over plain Go types.
//
// The functions know nothing of template values: the evaluator checks argument
// counts and kinds, calls this package with strings and integers, and wraps the
// results. Strings have the semantics of the official engine, which counts
// UTF-16 code units: a character outside the basic plane counts as two.
//
// Three outcomes are possible. A nil error means the result is what the
// official engine gives. An error that wraps ErrUnknown means the sources do
// not settle the result. Any other error means the engine rejects the
// arguments; its text says what was wrong with them.
package armfn

import (
	"errors"
	"fmt"
)

// ErrUnknown reports that the documented behaviour does not settle the result,
// so the caller must treat the value as unknown. It is always wrapped with the
// reason; test for it with errors.Is.
var ErrUnknown = errors.New("the documented behaviour does not settle the result")

// maxText is the largest text, in bytes, that a function builds. It equals the
// limit on a whole template; a longer result is reported as unknown.
const maxText = 4 << 20

// unknown returns an error that wraps ErrUnknown and names the function and
// the reason.
func unknown(function, reason string, args ...any) error {
	return fmt.Errorf("%s: %s: %w", function, fmt.Sprintf(reason, args...), ErrUnknown)
}

// isDigit reports whether c is an ASCII digit.
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isLetter reports whether c is an ASCII letter.
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// allDigits reports whether s is not empty and has ASCII digits only.
func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
