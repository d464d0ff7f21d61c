package report

import (
	"strconv"
	"unicode/utf8"
)

// The constants of the hash. It covers a window of code units, weighted by the powers of a base, modulo 2^64.
const (
	hashWindow = 100
	hashBase   = 37
	hashEnd    = 0xffff // stands behind the last character of a file
)

// Hasher knows the hashes of the lines of one file.
type Hasher struct {
	sums   []uint64
	counts []int32 // how often the hash occurred up to this line
}

// At returns the hash of a line (counted from 1) as GitHub code scanning computes primaryLocationLineHash, or "" if
// the file has no such line. A lone carriage return ends a line here, as it does there.
func (h *Hasher) At(line int) string {
	if line < 1 || line > len(h.sums) {
		return ""
	}
	return strconv.FormatUint(h.sums[line-1], 16) + ":" + strconv.Itoa(int(h.counts[line-1]))
}

// LineHashes computes the hashes of all lines of a file from its bytes as they are on disk. The algorithm is that of
// https://github.com/github/codeql-action/blob/main/src/fingerprints.ts: a line is identified by its first characters
// and those that follow, also of the next lines, blanks left out. An alert keeps its identity when the tool sends
// the same value as the upload action would have computed.
func LineHashes(raw []byte) *Hasher {
	w := window{atStart: true, power: 1, seen: map[uint64]int32{}}
	for i := range w.lines {
		w.lines[i] = -1
	}
	for range hashWindow {
		w.power *= hashBase
	}
	for len(raw) > 0 {
		r, size := decode(raw)
		raw = raw[size:]
		if r >= 0x10000 {
			w.add(0xd800 + (r-0x10000)>>10)
			r = 0xdc00 + (r-0x10000)&0x3ff
		}
		w.add(r)
	}
	w.add(hashEnd)
	for range hashWindow {
		w.flush()
		w.push(0)
	}
	return &w.out
}

// window holds the last code units that were kept, in a ring, and the number of the line that starts at each (or -1).
type window struct {
	units   [hashWindow]uint64
	lines   [hashWindow]int
	at      int
	sum     uint64
	power   uint64 // hashBase to the power of hashWindow
	line    int
	atStart bool // the next unit that is kept starts a line
	afterCR bool
	seen    map[uint64]int32
	out     Hasher
}

// add takes the next code unit of the file.
func (w *window) add(unit rune) {
	if unit == ' ' || unit == '\t' || unit == '\n' && w.afterCR {
		w.afterCR = false
		return
	}
	w.afterCR = unit == '\r'
	if w.afterCR {
		unit = '\n'
	}
	w.flush()
	if w.atStart {
		w.lines[w.at] = w.line
		w.line++
	}
	w.atStart = unit == '\n'
	w.push(uint64(unit))
}

// flush gives out the hash of the line that starts at the oldest unit, if one does. Lines leave in their order.
func (w *window) flush() {
	if w.lines[w.at] < 0 {
		return
	}
	w.lines[w.at] = -1
	w.seen[w.sum]++
	w.out.sums = append(w.out.sums, w.sum)
	w.out.counts = append(w.out.counts, w.seen[w.sum])
}

// push replaces the oldest unit.
func (w *window) push(unit uint64) {
	w.sum = w.sum*hashBase + unit - w.power*w.units[w.at]
	w.units[w.at] = unit
	w.at = (w.at + 1) % hashWindow
}

// decode reads one character. Go takes each byte of an ill-formed sequence for a U+FFFD of its own, the Web (and so
// the upload action) takes the longest part that could have begun a character for one:
// https://encoding.spec.whatwg.org/#utf-8-decoder
func decode(b []byte) (rune, int) {
	r, size := utf8.DecodeRune(b)
	if r != utf8.RuneError || size != 1 {
		return r, size
	}
	need, low, high := lead(b[0])
	for size < need && size < len(b) && low <= b[size] && b[size] <= high {
		size++
		low, high = 0x80, 0xbf
	}
	return r, size
}

// lead returns the length of the character that c begins, and the range of its second byte.
func lead(c byte) (need int, low, high byte) {
	low, high = 0x80, 0xbf
	switch {
	case c >= 0xc2 && c <= 0xdf:
		return 2, low, high
	case c == 0xe0:
		return 3, 0xa0, high
	case c == 0xed:
		return 3, low, 0x9f
	case c >= 0xe1 && c <= 0xef:
		return 3, low, high
	case c == 0xf0:
		return 4, 0x90, high
	case c >= 0xf1 && c <= 0xf3:
		return 4, low, high
	case c == 0xf4:
		return 4, low, 0x8f
	}
	return 1, low, high
}
