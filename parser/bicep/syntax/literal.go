package syntax

import "strings"

// Literal decodes a string literal without holes, as it is written, and tells
// where its text stands: byte i of the text at offset at[i] of the source, its
// end at the last of them. It is false for everything else.
func Literal(source string) (text string, at []int, ok bool) {
	toks := Lex(source)
	if len(toks.Errors) > 0 || len(toks.List) == 0 || toks.List[0].Kind != StringComplete || int(toks.List[0].End) != len(source) {
		return "", nil, false
	}
	d := decoderOf(source)
	text = d.text(StringComplete, source)
	at = make([]int, 0, len(text)+1)
	i := d.begin(source)
	for len(at) < len(text) {
		n, m := d.step(source[i:])
		for range m {
			at = append(at, i)
		}
		i += n
		if n == 0 {
			return "", nil, false
		}
	}
	return text, append(at, i), len(at) == len(text)
}

// begin is the offset of the first character of a string.
func (d decoder) begin(source string) int {
	if !d.multi {
		return 1
	}
	i := d.dollars + len("'''")
	return i + len(source[i:]) - len(strings.TrimPrefix(strings.TrimPrefix(source[i:], "\r"), "\n"))
}

// step is how many bytes the next character or escape sequence takes in the
// source, and how many in the text.
func (d decoder) step(s string) (source, text int) {
	switch {
	case s == "":
		return 0, 0
	case d.multi || s[0] != '\\':
		return 1, 1
	}
	n := 2
	if strings.HasPrefix(s, `\u`) {
		n = strings.IndexByte(s, '}') + 1
	}
	return n, len(unescape(s[:n]))
}
