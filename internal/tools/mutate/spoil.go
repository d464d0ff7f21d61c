package main

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// way changes a text; other is what else may be put in.
type way func(r *rand.Rand, text, other string) string

// tame ways leave JSON mostly whole, so that what comes behind its parser sees
// it; in Bicep they change words.
var tame = []way{node, node, expression}

// wild ways change bytes, words, lines, and what stands in brackets.
var wild = []way{flip, cut, splice, hostile, word, word, word, block, block, line, node, expression}

// spoil makes one to four changes to a text.
func spoil(r *rand.Rand, text, other string) string {
	ways := wild
	if r.IntN(2) == 0 {
		ways = tame
	}
	for range 1 + r.IntN(4) {
		text = ways[r.IntN(len(ways))](r, text, other)
	}
	return text
}

// flip changes a byte.
func flip(r *rand.Rand, text, _ string) string {
	if text == "" {
		return text
	}
	b := []byte(text)
	b[r.IntN(len(b))] ^= 1 << r.IntN(8)
	return string(b)
}

// cut ends the text early.
func cut(r *rand.Rand, text, _ string) string {
	if r.IntN(3) > 0 { // most of what is cut off is the same to a reader
		return text
	}
	return text[:r.IntN(len(text)+1)]
}

// splice ends the text with the end of another one.
func splice(r *rand.Rand, text, other string) string {
	if r.IntN(3) > 0 {
		return text
	}
	return text[:r.IntN(len(text)+1)] + other[r.IntN(len(other)+1):]
}

// oddities are what parsers stumble over.
var oddities = []string{
	"\x00", "\xff\xfe", "\xef\xbb\xbf", "\u2028", "\U0001F600", "\r", "\\u", "\\ud800", "/*", "*/", "//", "'''", "${", "}", "[[", "]]", "\"", "'",
	"99999999999999999999", "-9223372036854775808", "1e999", "-0", "null", "[null]", "{}", "\"\"", "[]", "true", "@", "#", "::", "!", "?.", "[?",
	"if (true)", "for x in y:", "resource x 'A/b@1' existing", "using 'main.bicep'", "#disable-next-line RA001", "// rolecall:ignore RA001 x",
}

// hostile puts something odd anywhere.
func hostile(r *rand.Rand, text, _ string) string {
	odd := oddities[r.IntN(len(oddities))]
	if r.IntN(20) == 0 {
		odd = strings.Repeat(odd, 1+r.IntN(3000))
	}
	at := r.IntN(len(text) + 1)
	return text[:at] + odd + text[at:]
}

// span is a range of bytes.
type span struct{ start, end int }

func (s span) of(text string) string { return text[s.start:s.end] }

// put returns the text with something in the place of a range.
func put(text string, at span, s string) string { return text[:at.start] + s + text[at.end:] }

// wordAt is the word, the blanks or the single character around a place.
func wordAt(text string, at int) span {
	class := func(c rune) int {
		switch {
		case c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c):
			return 1
		case unicode.IsSpace(c):
			return 2
		}
		return 0
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	c, size := utf8.DecodeRuneInString(text[at:])
	s := span{at, at + size}
	if class(c) == 0 {
		return s
	}
	same := func(x rune) bool { return class(x) != class(c) }
	if i := strings.LastIndexFunc(text[:at], same); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		s.start = i + size
	} else {
		s.start = 0
	}
	s.end = len(text)
	if i := strings.IndexFunc(text[at:], same); i >= 0 {
		s.end = at + i
	}
	return s
}

// anyWord is a word at a random place.
func anyWord(r *rand.Rand, text string) span {
	if text == "" {
		return span{}
	}
	return wordAt(text, r.IntN(len(text)))
}

// word deletes, doubles, exchanges or replaces words.
func word(r *rand.Rand, text, other string) string { return rearrange(r, text, other, anyWord) }

// line does so with lines.
func line(r *rand.Rand, text, other string) string {
	return rearrange(r, text, other, func(r *rand.Rand, text string) span {
		at := r.IntN(len(text) + 1)
		s := span{strings.LastIndexByte(text[:at], '\n') + 1, len(text)}
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			s.end = at + i + 1
		}
		return s
	})
}

// block does so with what stands in brackets.
func block(r *rand.Rand, text, other string) string { return rearrange(r, text, other, anyBlock) }

// anyBlock is a pair of brackets and what stands between; nothing if there is
// none near a random place.
func anyBlock(r *rand.Rand, text string) span {
	at := r.IntN(len(text) + 1)
	start := strings.IndexAny(text[at:], "{[(")
	if start < 0 {
		return span{at, at}
	}
	start += at
	depth := 0
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '{', '[', '(':
			depth++
		case '}', ']', ')':
			if depth--; depth == 0 {
				return span{start, i + 1}
			}
		}
	}
	return span{start, len(text)}
}

// rearrange deletes, doubles, exchanges or replaces what pick picks.
func rearrange(r *rand.Rand, text, other string, pick func(*rand.Rand, string) span) string {
	a := pick(r, text)
	switch r.IntN(5) {
	case 0:
		return put(text, a, "")
	case 1:
		return put(text, a, a.of(text)+a.of(text))
	case 2:
		b := pick(r, text)
		if b.start < a.start {
			a, b = b, a
		}
		if a.end > b.start {
			return put(text, a, b.of(text)) // one within the other
		}
		return put(put(text, b, a.of(text)), a, b.of(text))
	case 3:
		return put(text, a, pick(r, text).of(text))
	}
	return put(text, a, pick(r, other).of(other))
}
