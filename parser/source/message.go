package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// failEnd records that the text ends too early.
func (f *File) failEnd(b []byte, nodes []entry, cur frame) {
	end := len(b)
	switch {
	case cur.node >= 0:
		opens := f.Position(int(nodes[cur.node].start)).Line
		f.fail(end, end, fmt.Sprintf("the file ends before the %s that opens on line %d is closed; %c is missing",
			Kind(nodes[cur.node].meta&kindMask), opens, cur.closer))
	case len(f.comments) > 0:
		f.fail(end, end, "the file holds nothing but comments")
	default:
		f.fail(end, end, "the file is empty")
	}
}

// failDepth records that the container at i is one too deep.
func (f *File) failDepth(i int) {
	f.fail(i, i+1, fmt.Sprintf("the nesting is too deep: at most %d arrays and objects may stand inside each other", MaxDepth))
}

// failKey records that what stands at i is not a property name.
func (f *File) failKey(b []byte, i int) {
	end := i + len(wordAt(b, i))
	switch {
	case end > i:
		f.fail(i, end, fmt.Sprintf(`property names stand in double quotes: write "%s"`, shorten(b[i:end])))
	case b[i] == ',':
		f.fail(i, i+1, "unexpected comma; a property is missing before it")
	case b[i] == ']':
		f.fail(i, i+1, "unexpected ]; the object it stands in ends with }")
	default:
		f.unexpected(b, i, "a property name in double quotes or } is expected here")
	}
}

// failColon records that no colon follows a property name.
func (f *File) failColon(b []byte, i int, nodes []entry, cur frame) {
	if i >= len(b) {
		f.failEnd(b, nodes, cur)
		return
	}
	f.unexpected(b, i, "a colon is expected after the property name"+unclosedHint(nodes))
}

// failValue records that what stands at i is not a value.
func (f *File) failValue(b []byte, i int) {
	word := wordAt(b, i)
	if len(word) == 0 {
		switch b[i] {
		case ',':
			f.fail(i, i+1, "unexpected comma; a value is missing before it")
		case '}', ']':
			f.fail(i, i+1, fmt.Sprintf("unexpected %c; a value is missing before it", b[i]))
		case '.', '+':
			f.fail(i, i+1, "a number starts with a digit or a minus sign")
		default:
			f.unexpected(b, i, "a value is expected here")
		}
		return
	}
	f.fail(i, i+len(word), wordMessage(shorten(word)))
}

// wordMessage says what to write in place of an unquoted word.
func wordMessage(word string) string {
	switch strings.ToLower(word) {
	case "nan", "infinity":
		return word + " is not JSON; write a number, or null"
	case "undefined":
		return "undefined is not JSON; write null, or leave the property out"
	case "true", "false", "null":
		return fmt.Sprintf("%s is not JSON; write it in lower case: %s", word, strings.ToLower(word))
	case "none", "nil":
		return word + " is not JSON; write null"
	}
	return word + " is not JSON; put it in double quotes if it is meant as text"
}

// failNumber records what is wrong with the number at i.
func (f *File) failNumber(b []byte, i int, problem string) {
	end := i + 1
	for end < len(b) && (isWord(b[end]) || b[end] == '.') {
		end++
	}
	if word := wordAt(b, i+1); b[i] == '-' && strings.EqualFold(string(word), "infinity") {
		problem = wordMessage(shorten(word))
	}
	f.fail(i, end, problem)
}

// failMore records that neither a comma nor the end of the container follows a value.
func (f *File) failMore(b []byte, i int, nodes []entry, cur frame) {
	part := "element"
	if cur.closer == '}' {
		part = "property"
	}
	hint := unclosedHint(nodes)
	switch c := b[i]; {
	case c == '}' || c == ']':
		opens := f.Position(int(nodes[cur.node].start)).Line
		f.fail(i, i+1, fmt.Sprintf("unexpected %c; the %s that opens on line %d ends with %c%s",
			c, Kind(nodes[cur.node].meta&kindMask), opens, cur.closer, hint))
	case c == '"' || c == '\'' || c == '{' || c == '[' || c == '-' || isWord(c):
		end := i + max(1, len(wordAt(b, i)))
		f.fail(i, end, "a comma is missing before this "+part+hint)
	default:
		f.unexpected(b, i, fmt.Sprintf("a comma or %c is expected after the %s%s", cur.closer, part, hint))
	}
}

// expectEnd records an error unless nothing but white space and comments follows
// the root value.
func (f *File) expectEnd(b []byte, i int, nodes []entry) {
	if i = f.space(b, i); i < len(b) {
		end := i + max(1, len(wordAt(b, i)))
		if c := b[i]; c < ' ' || c >= utf8.RuneSelf {
			f.unexpected(b, i, "the file ends with its outermost value")
			return
		}
		f.fail(i, end, "unexpected text after the end of the outermost value; remove it"+unclosedHint(nodes))
	}
}

// failUnclosed records that the string at start never ends.
func (f *File) failUnclosed(b []byte, start int) {
	end := start + 1
	for end < len(b) && b[end] != '\n' && b[end] != '\r' {
		end++
	}
	f.fail(start, end, fmt.Sprintf("the string is never closed; end it with %c", b[start]))
}

// failEscape records that the backslash at i starts no escape.
func (f *File) failEscape(b []byte, i int) {
	r, size := utf8.DecodeRune(b[i+1:])
	end := i + 1 + size
	if r > ' ' && r < 0x7f {
		f.fail(i, end, fmt.Sprintf(`\%c is not an escape; write \\%c for a backslash`, r, r))
		return
	}
	f.fail(i, end, `the backslash starts no escape; write \\ for a backslash`)
}

// unexpected records that the character at i cannot stand there, and what can.
func (f *File) unexpected(b []byte, i int, expected string) {
	r, size := utf8.DecodeRune(b[i:])
	what := ""
	switch {
	case r == 0:
		what, expected = "NUL byte", "save the file as UTF-8, or as UTF-16 with a byte order mark"
	case r == utf8.RuneError && size == 1:
		what, expected = fmt.Sprintf("byte 0x%02X", b[i]), "the file is not UTF-8"
	case r == '\uFEFF':
		what, expected = "byte order mark", "it stands at the beginning of a file only; remove it"
	case r >= '\u2018' && r <= '\u201F':
		what, expected = "typographic quotation mark", `write "`
	case unicode.IsSpace(r):
		what, expected = fmt.Sprintf("white space (%U)", r), "write a plain space"
	case r > ' ' && r < 0x7f:
		what = string(r)
	default:
		what = fmt.Sprintf("character %U", r)
	}
	f.fail(i, i+size, "unexpected "+what+"; "+expected)
}

// unclosedHint guesses at the cause of an error behind a string that contains line
// breaks: its closing quote is more often forgotten than such a string is meant.
func unclosedHint(nodes []entry) string {
	if len(nodes) > 0 && nodes[len(nodes)-1].meta&flagControl != 0 {
		return " (the string before it spans several lines: is its closing quote missing?)"
	}
	return ""
}

// wordAt returns the unquoted word at i, which may be empty.
func wordAt(b []byte, i int) []byte {
	end := i
	for end < len(b) && isWord(b[end]) {
		end++
	}
	return b[i:end]
}

// shorten keeps a word to the length of a readable message.
func shorten(word []byte) string {
	const most = 40
	if len(word) > most {
		return string(word[:most]) + "..."
	}
	return string(word)
}
