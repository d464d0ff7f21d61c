package armfn

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// CompareStrings orders two strings as less() and greater() do and returns -1, 0
// or 1. Letters compare ignoring case, digits come before letters, and strings
// that differ in case only are ordered lower case first. The order wraps
// ErrUnknown where a character other than an ASCII letter or digit decides it.
func CompareStrings(a, b string) (int, error) {
	order, sure := collate(a, b)
	if !sure {
		return 0, unknown("comparison", "the order of %q and %q depends on punctuation or accents", a, b)
	}
	return order, nil
}

// CompareKeys orders two property names as items() and objectKeys() list them
// and returns -1, 0 or 1. It is the order of CompareStrings; punctuation comes
// before digits, and other characters come last.
func CompareKeys(a, b string) int {
	order, _ := collate(a, b)
	return order
}

// collate orders two strings and reports whether ASCII letters, digits or the
// length alone decided.
func collate(a, b string) (order int, sure bool) {
	if a == b {
		return 0, true
	}
	tie, tieSure := 0, true
	for a != "" && b != "" {
		x, xSize := utf8.DecodeRuneInString(a)
		y, ySize := utf8.DecodeRuneInString(b)
		if order = cmp.Compare(weight(x), weight(y)); order != 0 {
			return order, isPlain(x) && isPlain(y)
		}
		if tie == 0 && x != y {
			tie, tieSure = -cmp.Compare(x, y), isPlain(x) && isPlain(y)
		}
		a, b = a[xSize:], b[ySize:]
	}
	if a == b {
		return tie, tieSure
	}
	return cmp.Compare(len(a), len(b)), plainStart(a) && plainStart(b)
}

// plainStart reports whether s is empty or begins with a plain character.
func plainStart(s string) bool {
	return s == "" || isPlain(rune(s[0]))
}

// isPlain reports whether r is an ASCII letter or digit.
func isPlain(r rune) bool {
	return r < utf8.RuneSelf && (isDigit(byte(r)) || isLetter(byte(r)))
}

// weight returns the place of a character in the order, ignoring case: controls,
// punctuation, symbols, digits, ASCII letters, all others.
func weight(r rune) int {
	const signs = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
	switch {
	case r >= utf8.RuneSelf:
		return 0x1000 + int(lowerRune(r))
	case isPlain(r):
		return 0x800 + int(lowerRune(r))
	}
	if i := strings.IndexByte(signs, byte(r)); i >= 0 {
		return 0x400 + i
	}
	return int(r)
}
