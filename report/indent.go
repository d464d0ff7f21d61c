package report

// indent lays out JSON as json.Indent does with two spaces a level, with strings as [EscapeJSON] has them. It takes what
// encoding/json has written: valid, and without space between tokens. So it need not check, which makes it several times
// as fast: the texts of the rules alone, which every SARIF log has, are more than a megabyte.
func indent(doc []byte) []byte {
	out := make([]byte, 0, len(doc)+len(doc)/4)
	level := 0
	for i := 0; i < len(doc); {
		c := doc[i]
		switch c {
		case '"':
			end := i + quoted(doc[i:])
			out = appendEscaped(out, doc[i:end])
			i = end
			continue
		case '{', '[':
			out = append(out, c)
			if next := doc[i+1]; next == '}' || next == ']' {
				out = append(out, next)
				i += 2
				continue
			}
			level++
			out = newLine(out, level)
		case '}', ']':
			level--
			out = append(newLine(out, level), c)
		case ',':
			out = newLine(append(out, c), level)
		case ':':
			out = append(out, c, ' ')
		default:
			out = append(out, c)
		}
		i++
	}
	return out
}

// quoted is the length of the string that b begins with, quotes included.
func quoted(b []byte) int {
	for i := 1; ; i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

func newLine(b []byte, level int) []byte {
	const spaces = "                                "
	b = append(b, '\n')
	for n := 2 * level; n > 0; n -= len(spaces) {
		b = append(b, spaces[:min(n, len(spaces))]...)
	}
	return b
}
