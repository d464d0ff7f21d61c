package azure

import (
	"iter"
	"strconv"
	"strings"
)

// A table is the text of one file: lines of tab-separated fields, sorted by the first field without case. Lines that
// start with "#" explain the file; they stand first, and "#" sorts before every key. A line that starts with a blank
// shares its beginning with the nearest line above that does not: behind the blank stands how many bytes, as the
// character that is so many after the blank.
type table string

// find gives the first row whose key is the given one in any case, and the rows from there on.
func (t table) find(key string) (row string, from rows, ok bool) {
	lo, hi := 0, len(t)
	for lo < hi {
		start := t.middle(lo, hi)
		shared, own := t.parts(start)
		if compareKey(shared, firstField(own), key) < 0 {
			lo = start + len(t[start:].firstLine()) + 1
		} else {
			hi = start
		}
	}
	if lo >= len(t) {
		return "", rows{}, false
	}
	row = t.row(lo)
	return row, rows{t, lo}, row[0] != '#' && equalFold(firstField(row), key)
}

// compareKey compares a key in two parts with another.
func compareKey(shared, own, key string) int {
	if d := compareFold(shared, key[:min(len(shared), len(key))]); d != 0 {
		return d
	}
	return compareFold(own, key[len(shared):])
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

// row is the row of the line that starts at the offset.
func (t table) row(at int) string {
	shared, own := t.parts(at)
	return shared + own
}

// A place in another table is the offset of a line in so many digits with this base.
const (
	placeDigits = 4
	placeBase   = 36
)

// at is the row at a place.
func (t table) at(place string) string {
	at, err := strconv.ParseUint(place, placeBase, 32)
	if err != nil || at >= uint64(len(t)) {
		panic("azure: the tables are damaged; run go generate ./rules/azure")
	}
	return t.row(int(at))
}

// parts are what a row shares with one above it, and the rest of it.
func (t table) parts(at int) (shared, own string) {
	line := t[at:].firstLine()
	if line == "" || line[0] != ' ' {
		return "", line
	}
	head := at
	for t[head] == ' ' {
		head = strings.LastIndexByte(string(t[:head-1]), '\n') + 1
	}
	return string(t[head : head+int(line[1]-' ')]), line[2:]
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
func (t table) lines() iter.Seq[string] { return rows{t, 0}.lines() }

// rows are those of a table from a line on.
type rows struct {
	t  table
	at int // where the line starts
}

// first is the first row.
func (r rows) first() string { return r.t.row(r.at) }

// lines gives the rows in order.
func (r rows) lines() iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := r.at; at < len(r.t); {
			row := r.t.row(at)
			at += len(r.t[at:].firstLine()) + 1
			if row != "" && row[0] != '#' && !yield(row) {
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
