package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text that others wrote fit for one line of a terminal or a build log. It replaces line breaks and tabs by
// spaces, other control characters by their pictures, and invisible or direction-changing characters by U+FFFD; and it
// breaks up what build agents would take for a command: "##[", "##vso[" and the like anywhere, a colon at the start.
//
// Sources: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs and
// https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	start := true // nothing but blanks so far
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case start && r == ':':
			b.WriteString(`\x3a`)
		default:
			b.WriteString(visible(s, i, r, size))
		}
		start = start && unicode.IsSpace(r)
		i += size
	}
	return b.String()
}

// isClean reports whether s is text that Clean need not touch; it may say no too often.
func isClean(s string) bool {
	blank := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == '#' || blank && c == ':' {
			return false
		}
		blank = blank && c == ' '
	}
	return true
}

// visible returns what to print for the character r of the given size at s[i:].
func visible(s string, i int, r rune, size int) string {
	switch {
	case r < ' ':
		return string('\u2400' + r) // the control pictures stand in the same order
	case r == 0x7f:
		return "\u2421"
	case r == utf8.RuneError, isHidden(r):
		return "\ufffd"
	case r == '#' && i > 0 && s[i-1] == '#' && opensCommand(s[i+1:]):
		return `\x23`
	}
	return s[i : i+size]
}

// opensCommand reports whether s continues "##" as in "##[" or "##vso[".
func opensCommand(s string) bool {
	for i := range len(s) {
		if s[i] == '[' {
			return true
		}
		if c := s[i] | 0x20; c < 'a' || c > 'z' { // letters of either case
			return false
		}
	}
	return false
}

// isHidden reports whether a character is a C1 control, a line separator, or one that is not seen but changes what is:
// the bidirectional controls of https://trojansource.codes, invisible operators and tags. The joiners of emoji and of
// Indic and Persian scripts (U+200C, U+200D) are none of them.
func isHidden(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r <= 0x9f, r == 0x61c, r == 0x200b, r == 0x200e, r == 0x200f, r == 0xfeff:
		return true
	case r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return false
}
