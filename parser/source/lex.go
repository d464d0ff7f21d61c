package source

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// The byte-parallel tests below look at eight bytes in one word, the first byte
// lowest. See "Determine if a word has a byte less than n" in
// https://graphics.stanford.edu/~seander/bithacks.html; only the lowest bit that
// they set can be relied on, and only that one is used.
const (
	ones   = 0x0101010101010101
	highs  = 0x80 * ones
	blanks = ' ' * ones
)

// space returns the first offset from i on that holds neither white space nor a
// comment. A comment that never ends is recorded as an error, and i stays there.
func (f *File) space(b []byte, i int) int {
	for i < len(b) {
		switch b[i] {
		case ' ', '\n', '\r', '\t':
			i++
			for i+8 <= len(b) {
				other := binary.LittleEndian.Uint64(b[i:]) ^ blanks
				if other != 0 {
					i += bits.TrailingZeros64(other) / 8
					break
				}
				i += 8
			}
		case '/':
			end := f.comment(b, i)
			if end < 0 {
				return i
			}
			i = end
		default:
			return i
		}
	}
	return i
}

// comment notes the comment at i and returns its end, or -1 after an error.
func (f *File) comment(b []byte, i int) int {
	end := -1
	switch {
	case i+1 < len(b) && b[i+1] == '/':
		end = i + 2
		for end < len(b) && b[end] != '\n' && b[end] != '\r' {
			end++
		}
	case i+1 < len(b) && b[i+1] == '*':
		length := bytes.Index(b[i+2:], []byte("*/"))
		if length < 0 {
			f.fail(i, len(b), "the comment is never closed; end it with */")
			return -1
		}
		end = i + 2 + length + 2
	default:
		f.fail(i, i+1, "unexpected /; a comment starts with // or /*")
		return -1
	}
	f.Notes |= Comments
	f.comments = append(f.comments, Comment{Start: i, End: end})
	return end
}

// text returns the end and the flags of the string whose opening quote is at i,
// or an end of -1 after an error.
func (f *File) text(b []byte, i int) (int, uint32) {
	if b[i] == '"' {
		end := plainEnd(b, i+1)
		if end < len(b) && b[end] == '"' {
			return end + 1, 0
		}
		return f.irregularText(b, i, end)
	}
	f.Notes |= SingleQuoted
	return f.irregularText(b, i, i+1)
}

// plainEnd returns the first offset from i on that holds a double quote, a
// backslash or a control character, or len(b).
func plainEnd(b []byte, i int) int {
	for i+8 <= len(b) {
		word := binary.LittleEndian.Uint64(b[i:])
		// Flipping bit 1 moves the quote (0x22) to 0x20, next to the control
		// characters, and nothing else below 0x21: one comparison finds both.
		flipped := word ^ 0x02*ones
		slash := word ^ '\\'*ones
		found := ((flipped-0x21*ones)&^flipped | (slash-ones)&^slash) & highs
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
		i += 8
	}
	for i < len(b) && b[i] != '"' && b[i] != '\\' && b[i] >= ' ' {
		i++
	}
	return i
}

// irregularText is text for strings that have escapes, control characters or
// single quotes. Everything before i is known to be plain.
func (f *File) irregularText(b []byte, start, i int) (int, uint32) {
	quote := b[start]
	var flags uint32
	for i < len(b) {
		switch c := b[i]; {
		case c == quote:
			if flags&flagControl != 0 {
				f.Notes |= RawNewline
			}
			return i + 1, flags
		case c == '\\':
			flags |= flagEscaped
			end := f.escape(b, i)
			if end < 0 {
				return -1, 0
			}
			i = end
		case c < ' ':
			flags |= flagControl
			i++
		default:
			i++
		}
		if quote == '"' {
			i = plainEnd(b, i)
		}
	}
	f.failUnclosed(b, start)
	return -1, 0
}

// escape returns the end of the escape whose backslash is at i, or -1 after an error.
func (f *File) escape(b []byte, i int) int {
	if i+1 == len(b) {
		return len(b)
	}
	switch b[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case '\'':
		f.Notes |= SingleQuoted
		return i + 2
	case 'u':
		end := i + 2
		for end < len(b) && end < i+6 && isHex(b[end]) {
			end++
		}
		if end == i+6 || end == len(b) {
			return end
		}
		f.fail(i, end, `\u needs four hexadecimal digits`)
	default:
		f.failEscape(b, i)
	}
	return -1
}

// scalar returns the end and the kind of the number or the literal at i, or an
// end of -1 after an error.
func (f *File) scalar(b []byte, i int) (int, Kind) {
	end, kind := i, Invalid
	switch c := b[i]; {
	case c == '-' || c >= '0' && c <= '9':
		var problem string
		if end, problem = number(b, i); problem != "" {
			f.failNumber(b, i, problem)
			return -1, Invalid
		}
		return end, Number
	case hasWord(b[i:], "true"):
		end, kind = i+4, True
	case hasWord(b[i:], "false"):
		end, kind = i+5, False
	case hasWord(b[i:], "null"):
		end, kind = i+4, Null
	default:
		f.failValue(b, i)
		return -1, Invalid
	}
	return end, kind
}

// number returns the end of the number at i, or what is wrong with it.
func number(b []byte, i int) (end int, problem string) {
	if b[i] == '-' {
		i++
	}
	first := i
	i = digits(b, i)
	switch {
	case i == first:
		return i, "digits are missing after the minus sign"
	case b[first] == '0' && i > first+1:
		return i, "a number must not start with a zero"
	}
	if i < len(b) && b[i] == '.' {
		first, i = i+1, digits(b, i+1)
		if i == first {
			return i, "digits are missing after the decimal point"
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		first, i = i, digits(b, i)
		if i == first {
			return i, "digits are missing in the exponent"
		}
	}
	if i < len(b) && (isWord(b[i]) || b[i] == '.') {
		return i, "the number is malformed; put it in double quotes if it is meant as text"
	}
	return i, ""
}

// digits returns the end of the decimal digits at i.
func digits(b []byte, i int) int {
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	return i
}

// hasWord reports whether b begins with word and the word ends there.
func hasWord(b []byte, word string) bool {
	return len(b) >= len(word) && string(b[:len(word)]) == word && (len(b) == len(word) || !isWord(b[len(word)]))
}

// isWord reports whether c may be part of an unquoted name.
func isWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '$'
}

// isHex reports whether c is a hexadecimal digit.
func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
