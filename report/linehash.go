package report

import (
	"bytes"
	"iter"
	"math/bits"
	"slices"
	"strconv"
	"unicode/utf8"
)

// The constants of the hash. It covers a window of code units, weighted by the powers of a base, modulo 2^64.
const (
	hashWindow = 100
	hashBase   = 37
	hashEnd    = 0xffff // stands behind the last character of a file
)

// LineHashes returns what GitHub code scanning computes as primaryLocationLineHash, for lines (counted from 1) of a file,
// from its bytes as they are on disk; nothing for a line that the file does not have. The algorithm is that of
// https://github.com/github/codeql-action/blob/main/src/fingerprints.ts: a line is identified by its first characters
// and those that follow, also of the next lines, blanks left out, and by how many lines up to it have the same. A lone
// carriage return ends a line. An alert keeps its identity when the tool sends the same value as the upload action would
// have computed.
//
// Of the lines that nobody asks for only the beginnings are read, since few are like one that somebody does.
func LineHashes(raw []byte, lines []int) map[int]string {
	lines = slices.Sorted(slices.Values(lines))
	if len(lines) == 0 {
		return nil
	}
	last := lines[len(lines)-1]
	var alike beginnings
	next := 0
	for n, at := range lineStarts(raw, last) {
		for next < len(lines) && lines[next] < n {
			next++
		}
		if lines[next] == n {
			alike.add(beginningAt(raw, at))
		}
	}
	seen := map[uint64]int{}
	out := make(map[int]string, len(lines))
	for n, at := range lineStarts(raw, last) {
		if !alike.have(beginningAt(raw, at)) {
			continue
		}
		h := lineHash(raw, at)
		seen[h]++
		if _, asked := slices.BinarySearch(lines, n); asked {
			out[n] = strconv.FormatUint(h, 16) + ":" + strconv.Itoa(seen[h])
		}
	}
	return out
}

// lineStarts yields the lines of a file up to the last that is wanted, with the offsets where they start. What is behind
// the last line break is a line, too.
func lineStarts(raw []byte, last int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		lf, cr := -1, -1 // the next of each
		for n, start := 1, 0; n <= last && start <= len(raw) && yield(n, start); n++ {
			if lf < start {
				lf = indexFrom(raw, start, '\n')
			}
			if cr < start {
				cr = indexFrom(raw, start, '\r')
			}
			start = min(lf, cr) + 1
			if cr+1 == lf && lf < len(raw) {
				start = lf + 1
			}
		}
	}
}

// indexFrom returns where a byte comes next from an offset on, or the length of the file.
func indexFrom(raw []byte, from int, c byte) int {
	if i := bytes.IndexByte(raw[from:], c); i >= 0 {
		return from + i
	}
	return len(raw)
}

// beginningAt is how a line begins: a sum of its first characters without blanks, as far as they are ASCII. Lines with
// the same hash begin alike.
func beginningAt(raw []byte, at int) (sum uint64) {
	for i := 0; i < 16 && at < len(raw); at++ {
		c := raw[at]
		if c == ' ' || c == '\t' {
			continue
		}
		if c == '\n' || c == '\r' || c >= utf8.RuneSelf {
			break
		}
		sum = bits.RotateLeft64(sum, 7) ^ uint64(c)
		i++
	}
	return sum
}

// beginnings is a set of them. Most lines are told from it by a few bits.
type beginnings struct {
	some uint64
	all  map[uint64]bool
}

func (b *beginnings) add(sum uint64) {
	if b.all == nil {
		b.all = map[uint64]bool{}
	}
	b.some |= bit(sum)
	b.all[sum] = true
}

func (b *beginnings) have(sum uint64) bool { return b.some&bit(sum) != 0 && b.all[sum] }

func bit(sum uint64) uint64 { return 1 << (sum * 0x9e3779b97f4a7c15 >> 58) }

// lineHash is the hash of the line that starts at an offset, without the count.
func lineHash(raw []byte, at int) uint64 {
	var w window
	for at < len(raw) && w.n < hashWindow {
		c := raw[at]
		if c >= utf8.RuneSelf {
			r, size := decode(raw[at:])
			at += size
			w.character(r)
			continue
		}
		switch at++; {
		case c == ' ', c == '\t', c == '\n' && at > 1 && raw[at-2] == '\r':
		case c == '\r':
			w.add('\n')
		default:
			w.add(rune(c))
		}
	}
	w.add(hashEnd)
	for w.n < hashWindow {
		w.add(0)
	}
	return w.sum
}

// window adds up the code units that a hash covers.
type window struct {
	n   int
	sum uint64
}

func (w *window) add(unit rune) {
	if w.n < hashWindow {
		w.sum = w.sum*hashBase + uint64(unit)
		w.n++
	}
}

// character adds a character that is one or two code units of UTF-16.
func (w *window) character(r rune) {
	if r >= 0x10000 {
		w.add(0xd800 + (r-0x10000)>>10)
		r = 0xdc00 + (r-0x10000)&0x3ff
	}
	w.add(r)
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
