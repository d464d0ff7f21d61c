package azure

import (
	"iter"
	"strings"
)

// A table is the text of one file: lines of tab-separated fields, sorted by the first field without case. Lines that
// start with "#" explain the file; they stand first, and "#" sorts before every key.
type table string

// find gives the first line whose key is the given one in any case, and the table from that line on.
func (t table) find(key string) (line string, rest table, ok bool) {
	lo, hi := 0, len(t)
	for lo < hi {
		start := t.middle(lo, hi)
		line := t[start:].firstLine()
		if compareFold(firstField(line), key) < 0 {
			lo = start + len(line) + 1
		} else {
			hi = start
		}
	}
	if lo >= len(t) {
		return "", "", false
	}
	line = t[lo:].firstLine()
	return line, t[lo:], line[0] != '#' && compareFold(firstField(line), key) == 0
}

// middle is where a line near the middle of t[lo:hi] starts: the next one behind it, for looking forward is fast, or else
// the last.
func (t table) middle(lo, hi int) int {
	mid := (lo + hi) / 2
	if next := mid + strings.IndexByte(string(t[mid:hi]), '\n') + 1; mid < next && next < hi {
		return next
	}
	return lo + strings.LastIndexByte(string(t[lo:mid]), '\n') + 1
}

func (t table) has(key string) bool {
	_, _, ok := t.find(key)
	return ok
}

func (t table) firstLine() string {
	end := strings.IndexByte(string(t), '\n')
	if end < 0 {
		return string(t)
	}
	return string(t[:end])
}

// lines gives the rows in order.
func (t table) lines() iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(t) > 0 {
			line := t.firstLine()
			t = t[min(len(line)+1, len(t)):]
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

func firstField(line string) string {
	field, _ := cutField(line)
	return field
}

// cutField takes the first field off a line.
func cutField(line string) (field, rest string) {
	field, rest, _ = strings.Cut(line, "\t")
	return field, rest
}

// cutFields fills the given variables with the fields of a line. What the line lacks stays empty.
func cutFields(line string, fields ...*string) {
	for _, f := range fields {
		*f, line = cutField(line)
	}
}

// splitList is strings.Split without an empty item for an empty text.
func splitList(s, separator string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, separator)
}

// compareFold compares two texts byte by byte, with ASCII letters in lower case. Ids, types and operations of Azure are
// ASCII; anything else must be spelled as in the table.
func compareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func equalFold(a, b string) bool { return len(a) == len(b) && compareFold(a, b) == 0 }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && equalFold(s[:len(prefix)], prefix)
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && equalFold(s[len(s)-len(suffix):], suffix)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
