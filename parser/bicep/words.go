package bicep

import "strings"

// Words puts into the language what a text for people says of a template that
// was made of Bicep: "parameters('x')" is x there, "reference('site').outputs.id.value"
// is site.outputs.id. What has no name in the source stays as it is.
func Words(text string) string {
	var b strings.Builder
	for {
		open := strings.Index(text, "('")
		if open < 0 {
			b.WriteString(text)
			return b.String()
		}
		start := open
		for start > 0 && wordByte(text[start-1]) {
			start--
		}
		word, rest := inSource(text[start:open], text[open+2:])
		if word == "" || start > 0 && (text[start-1] == '.' || text[start-1] == '\'') {
			word, rest = text[start:open+2], text[open+2:]
		}
		b.WriteString(text[:start])
		b.WriteString(word)
		text = rest
	}
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// inSource is what the source has for a call, given what follows its first
// quote, and the text behind; "" if that is nothing else.
func inSource(function, after string) (word, rest string) {
	name, rest, ok := strings.Cut(after, "'")
	if !ok || !sourceName(name) {
		return "", after
	}
	switch function {
	case "parameters", "variables", "lambdaVariables":
		if rest, ok := strings.CutPrefix(rest, ")"); ok {
			return name[strings.LastIndexByte(name, '.')+1:], rest
		}
	case "reference":
		return readOf(name, rest)
	case "listOutputsWithSecureValues":
		if _, rest, ok := strings.Cut(rest, ")"); ok {
			return name + ".outputs", rest
		}
	}
	return "", after
}

// readOf is what a symbolic name says for reference(), given what follows it:
// the properties of a resource, or all of it.
func readOf(symbol, after string) (word, rest string) {
	if rest, ok := strings.CutPrefix(after, ")"); ok {
		outputs, ok := strings.CutPrefix(rest, ".outputs.")
		if !ok {
			return symbol + ".properties", rest
		}
		n := 0
		for n < len(outputs) && wordByte(outputs[n]) {
			n++
		}
		return symbol + ".outputs." + outputs[:n], strings.TrimPrefix(outputs[n:], ".value")
	}
	if args, rest, ok := strings.Cut(after, ")"); ok && strings.HasSuffix(strings.ToLower(args), ", 'full'") {
		return symbol, rest
	}
	return "", ""
}

// sourceName tells whether a name of the template is one of the source: a
// plain one, of an import "_1.x", or of a child "parent::child".
func sourceName(s string) bool {
	if n, ok := strings.CutPrefix(s, "_"); ok {
		if digits, own, is := strings.Cut(n, "."); is && strings.Trim(digits, "0123456789") == "" {
			s = own
		}
	}
	for part := range strings.SplitSeq(s, "::") {
		if !plainName(part) {
			return false
		}
	}
	return true
}
