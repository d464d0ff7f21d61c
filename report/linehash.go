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

// Hasher knows the hashes of the lines of one file, as far as they were asked for. It belongs to one goroutine.
type Hasher struct {
	raw    []byte // what has not been read
	w      window
	sums   []uint64
	counts []int32 // how often the hash occurred up to this line
	seen   map[uint64]int32
	ended  bool
}

// LineHashes computes the hashes of the lines of a file from its bytes as they are on disk, which must not change. The
// algorithm is that of https://github.com/github/codeql-action/blob/main/src/fingerprints.ts: a line is identified by
// its first characters and those that follow, also of the next lines, blanks left out. An alert keeps its identity
// when the tool sends the same value as the upload action would have computed.
func LineHashes(raw []byte) *Hasher {
	return &Hasher{raw: raw, w: newWindow(), seen: map[uint64]int32{}}
}

// At returns the hash of a line (counted from 1) as GitHub code scanning computes primaryLocationLineHash, or "" if
// the file has no such line. A lone carriage return ends a line here, as it does there.
func (h *Hasher) At(line int) string {
	for len(h.sums) < line && !h.ended {
		h.read()
	}
	if line < 1 || line > len(h.sums) {
		return ""
	}
	return strconv.FormatUint(h.sums[line-1], 16) + ":" + strconv.Itoa(int(h.counts[line-1]))
}

// read takes the next character of the file, or its end.
func (h *Hasher) read() {
	if len(h.raw) == 0 {
		h.ended = true
		h.add(hashEnd)
		for range hashWindow {
			h.flush()
			h.w.push(0)
		}
		return
	}
	switch c := h.raw[0]; {
	case c == ' ':
		blanks := 1
		for blanks < len(h.raw) && h.raw[blanks] == ' ' {
			blanks++
		}
		h.raw = h.raw[blanks:]
		h.w.afterCR = false
		return
	case c < utf8.RuneSelf:
		h.raw = h.raw[1:]
		h.add(rune(c))
		return
	}
	r, size := decode(h.raw)
	h.raw = h.raw[size:]
	if r >= 0x10000 {
		h.add(0xd800 + (r-0x10000)>>10)
		r = 0xdc00 + (r-0x10000)&0x3ff
	}
	h.add(r)
}

// add takes the next code unit of the file.
func (h *Hasher) add(unit rune) {
	w := &h.w
	if unit == ' ' || unit == '\t' || unit == '\n' && w.afterCR {
		w.afterCR = false
		return
	}
	w.afterCR = unit == '\r'
	if w.afterCR {
		unit = '\n'
	}
	h.flush()
	if w.atStart {
		w.lines[w.at] = true
	}
	w.atStart = unit == '\n'
	w.push(uint64(unit))
}

// flush gives out the hash of the line that starts at the oldest unit, if one does. Lines leave in their order.
func (h *Hasher) flush() {
	w := &h.w
	if !w.lines[w.at] {
		return
	}
	w.lines[w.at] = false
	n := h.seen[w.sum] + 1
	h.seen[w.sum] = n
	h.sums = append(h.sums, w.sum)
	h.counts = append(h.counts, n)
}

// window holds the last code units that were kept, in a ring, and whether a line starts at each.
type window struct {
	units   [hashWindow]uint64
	lines   [hashWindow]bool
	at      int
	sum     uint64
	power   uint64 // hashBase to the power of hashWindow
	atStart bool   // the next unit that is kept starts a line
	afterCR bool
}

func newWindow() window {
	w := window{atStart: true, power: 1}
	for range hashWindow {
		w.power *= hashBase
	}
	return w
}

// push replaces the oldest unit.
func (w *window) push(unit uint64) {
	w.sum = w.sum*hashBase + unit - w.power*w.units[w.at]
	w.units[w.at] = unit
	if w.at++; w.at == hashWindow {
		w.at = 0
	}
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
