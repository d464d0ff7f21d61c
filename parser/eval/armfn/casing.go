package armfn

import (
	"strings"
	"unicode"
)

// ToLower maps every character of s to lower case by the invariant culture:
// one character for one, no language rules.
func ToLower(s string) string { return strings.Map(lowerRune, s) }

// ToUpper maps every character of s to upper case by the invariant culture:
// one character for one, no language rules.
func ToUpper(s string) string { return strings.Map(upperRune, s) }

// HasPrefixFold reports whether s begins with x, ignoring case.
func HasPrefixFold(s, x string) bool { return strings.HasPrefix(foldCase(s), foldCase(x)) }

// HasSuffixFold reports whether s ends with x, ignoring case.
func HasSuffixFold(s, x string) bool { return strings.HasSuffix(foldCase(s), foldCase(x)) }

// IndexOf returns the index, in UTF-16 code units, of the first x in s, ignoring
// case, or -1. An empty x is found at 0.
func IndexOf(s, x string) int64 {
	folded := foldCase(s)
	return unitIndex(folded, strings.Index(folded, foldCase(x)))
}

// LastIndexOf returns the index, in UTF-16 code units, of the last x in s,
// ignoring case, or -1. An empty x is found at the end.
func LastIndexOf(s, x string) int64 {
	folded := foldCase(s)
	return unitIndex(folded, strings.LastIndex(folded, foldCase(x)))
}

// Like reports whether all of s matches the pattern, ignoring case. In the
// pattern "*" stands for any text, also none; all else stands for itself.
func Like(s, pattern string) bool {
	s = foldCase(s)
	first, rest, starred := strings.Cut(foldCase(pattern), "*")
	if !starred {
		return s == first
	}
	s, ok := strings.CutPrefix(s, first)
	for ok {
		first, rest, starred = strings.Cut(rest, "*")
		if !starred {
			return strings.HasSuffix(s, first)
		}
		_, s, ok = strings.Cut(s, first)
	}
	return false
}

// unitIndex turns a byte index of s into a UTF-16 index and keeps -1.
func unitIndex(s string, index int) int64 {
	if index < 0 {
		return -1
	}
	return int64(UTF16Len(s[:index]))
}

// foldCase returns the form of s that case-insensitive search compares.
func foldCase(s string) string { return strings.Map(foldRune, s) }

// foldRune maps a character for an ordinal comparison that ignores case. The
// long s stands for itself there, unlike in ToUpper.
func foldRune(r rune) rune {
	if r == 'ſ' {
		return r
	}
	return upperRune(r)
}

// upperRune maps a character to upper case; the dotless i stays.
func upperRune(r rune) rune {
	if r == 'ı' {
		return r
	}
	return unicode.ToUpper(r)
}

// lowerRune maps a character to lower case; the dotted capital I stays.
func lowerRune(r rune) rune {
	if r == 'İ' {
		return r
	}
	return unicode.ToLower(r)
}
