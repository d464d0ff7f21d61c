package armfn

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// UTF16Len returns the length of s in UTF-16 code units.
func UTF16Len(s string) int {
	n := 0
	for _, r := range s {
		n += units(r)
	}
	return n
}

// Substring returns length UTF-16 code units of s from start on; a length of -1
// means to the end. A start or length below zero and a range beyond the end are
// errors. A range that cuts a character in half wraps ErrUnknown.
func Substring(s string, start, length int64) (string, error) {
	size := int64(UTF16Len(s))
	switch {
	case start < 0:
		return "", fmt.Errorf("substring: start %d is negative", start)
	case start > size:
		return "", fmt.Errorf("substring: start %d is beyond the length %d", start, size)
	case length == -1:
		length = size - start
	case length < 0:
		return "", fmt.Errorf("substring: length %d is negative", length)
	case length > size-start:
		return "", fmt.Errorf("substring: length %d from start %d goes beyond the length %d", length, start, size)
	}
	if CutsPair(s, start) || CutsPair(s, start+length) {
		return "", unknown("substring", "the range cuts a surrogate pair")
	}
	return Take(Skip(s, start), length), nil
}

// Take returns the first n UTF-16 code units of s; n is clamped to the length.
// Half a surrogate pair comes out as U+FFFD; see CutsPair.
func Take(s string, n int64) string {
	offset, half := seek(s, n)
	if half {
		return s[:offset] + string(utf8.RuneError)
	}
	return s[:offset]
}

// Skip returns s without its first n UTF-16 code units; n is clamped to the
// length. Half a surrogate pair comes out as U+FFFD; see CutsPair.
func Skip(s string, n int64) string {
	offset, half := seek(s, n)
	if !half {
		return s[offset:]
	}
	_, size := utf8.DecodeRuneInString(s[offset:])
	return string(utf8.RuneError) + s[offset+size:]
}

// FirstChar returns the first UTF-16 code unit of s, or "" for an empty s.
func FirstChar(s string) string { return Take(s, 1) }

// LastChar returns the last UTF-16 code unit of s, or "" for an empty s.
func LastChar(s string) string {
	r, size := utf8.DecodeLastRuneInString(s)
	return Skip(s[len(s)-size:], int64(units(r)-1))
}

// CutsPair reports whether a cut of s after n UTF-16 code units falls inside a
// character that takes two. No Go string holds the halves, so callers of Take,
// Skip, FirstChar and LastChar should treat the result as unknown then.
func CutsPair(s string, n int64) bool {
	_, half := seek(s, n)
	return half
}

// units returns the number of UTF-16 code units of r: 1 or 2.
func units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// seek returns the byte offset of the character that holds UTF-16 code unit n
// of s, clamped to the string, and whether n is the second half of it.
func seek(s string, n int64) (offset int, half bool) {
	for i, r := range s {
		if n <= 0 {
			return i, false
		}
		width := int64(units(r))
		if n < width {
			return i, true
		}
		n -= width
	}
	return len(s), false
}

// padding returns count copies of the text pad; a negative count counts as zero.
func padding(pad string, count int) string { return strings.Repeat(pad, max(count, 0)) }
