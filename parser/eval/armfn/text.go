package armfn

import (
	"fmt"
	"strings"
)

// Trim removes all Unicode white space from both ends of s.
func Trim(s string) string { return strings.TrimSpace(s) }

// Replace returns s with every old replaced by new, respecting case. An empty
// old, and a result beyond the size of a template, wrap ErrUnknown.
func Replace(s, old, new string) (string, error) {
	if old == "" {
		return "", unknown("replace", "the text to find is empty")
	}
	if growth := len(new) - len(old); growth > 0 && growth*strings.Count(s, old) > maxText-len(s) {
		return "", unknown("replace", "the result is larger than a template may be")
	}
	return strings.ReplaceAll(s, old, new), nil
}

// Split cuts s at every delimiter and keeps empty pieces. Where several
// delimiters match, the earliest in the list wins. Empty delimiters match
// nothing; without any other the result is s alone.
func Split(s string, delims []string) []string {
	var pieces []string
	start := 0
	for i := 0; i < len(s); {
		width := matchAny(s[i:], delims)
		if width == 0 {
			i++
			continue
		}
		pieces = append(pieces, s[start:i])
		i += width
		start = i
	}
	return append(pieces, s[start:])
}

// matchAny returns the length in bytes of the first delimiter that s begins
// with, or 0.
func matchAny(s string, delims []string) int {
	for _, d := range delims {
		if d != "" && strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	return 0
}

// PadLeft puts copies of pad, a single character, before s until the text has
// total UTF-16 code units. It never cuts s. A negative total or a pad of another
// length is an error; a total beyond the size of a template wraps ErrUnknown.
func PadLeft(s string, total int64, pad string) (string, error) {
	if UTF16Len(pad) != 1 {
		return "", fmt.Errorf("padLeft: the padding %q is not a single character", pad)
	}
	if total < 0 {
		return "", fmt.Errorf("padLeft: the total length %d is negative", total)
	}
	if total > maxText {
		return "", unknown("padLeft", "the total length %d is larger than a template may be", total)
	}
	return padding(pad, int(total)-UTF16Len(s)) + s, nil
}
