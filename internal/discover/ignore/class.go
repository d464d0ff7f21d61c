package ignore

import "strings"

// translateClasses writes the bracket expressions of a segment as path.Match
// wants them: "!" as "^", a "]" in first place and a "-" that is no range
// behind a backslash, named classes as ranges. False if a bracket is not
// closed or a name not known; git lets such a pattern match nothing.
func translateClasses(text string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(text); {
		switch text[i] {
		case '\\':
			end := min(i+2, len(text))
			b.WriteString(text[i:end])
			i = end
		case '[':
			size, ok := translateClass(&b, text[i:])
			if !ok {
				return "", false
			}
			i += size
		default:
			b.WriteByte(text[i])
			i++
		}
	}
	return b.String(), true
}

// translateClass writes the bracket expression that text begins with and
// returns its length.
func translateClass(b *strings.Builder, text string) (size int, ok bool) {
	i := 1
	b.WriteByte('[')
	if i < len(text) && (text[i] == '!' || text[i] == '^') {
		b.WriteByte('^')
		i++
	}
	for first := i; i < len(text); {
		switch c := text[i]; {
		case c == ']' && i > first:
			b.WriteByte(']')
			return i + 1, true
		case c == '[' && strings.HasPrefix(text[i:], "[:"):
			name, _, closed := strings.Cut(text[i+2:], ":]")
			ranges := namedClass(name)
			if !closed || ranges == "" {
				return 0, false
			}
			b.WriteString(ranges)
			i += len(name) + len("[::]")
		case c == '\\' && i+1 < len(text):
			b.WriteString(text[i : i+2])
			i += 2
		case c == '-' && i > first && i+1 < len(text) && text[i+1] != ']':
			b.WriteByte('-')
			i++
		case c == '-' || c == ']':
			b.WriteByte('\\')
			fallthrough
		default:
			b.WriteByte(c)
			i++
		}
	}
	return 0, false
}

// namedClass returns the ASCII members of a POSIX class, "" if there is none of
// that name.
func namedClass(name string) string {
	switch name {
	case "alnum":
		return "0-9A-Za-z"
	case "alpha":
		return "A-Za-z"
	case "blank":
		return " \t"
	case "cntrl":
		return "\x00-\x1f\x7f"
	case "digit":
		return "0-9"
	case "graph":
		return "!-~"
	case "lower":
		return "a-z"
	case "print":
		return " -~"
	case "punct":
		return "!-/:-@\\[-`{-~"
	case "space":
		return " \t-\r"
	case "upper":
		return "A-Z"
	case "xdigit":
		return "0-9A-Fa-f"
	}
	return ""
}
