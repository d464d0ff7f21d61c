package eval

import (
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// substituted is the text of a parameter file in which the Azure Developer CLI
// replaces variables of the environment: ${NAME}, or with a default ${NAME=…},
// ${NAME:=…}, ${NAME-…} and ${NAME:-…}. Each is its default, else it is not
// known.
//
// https://learn.microsoft.com/azure/developer/azure-developer-cli/manage-environment-variables
func substituted(s string) value.Value {
	var parts []value.Value
	for {
		before, behind, ok := nextVariable(s)
		if !ok {
			break
		}
		name, behind := cutName(behind)
		end := closing(behind)
		standard, hasDefault := cutDefault(behind)
		if end < 0 || end > 0 && !hasDefault {
			break
		}
		parts = append(parts, value.OfString(before))
		if hasDefault {
			parts = append(parts, substituted(standard[:closing(standard)]))
		} else {
			parts = append(parts, ofEnvironment(name))
		}
		s = behind[end+1:]
	}
	if parts == nil {
		return value.OfString(s)
	}
	return value.Join(append(parts, value.OfString(s))...)
}

// nextVariable cuts a text around the first ${ that a name follows.
func nextVariable(s string) (before, behind string, ok bool) {
	for at := 0; ; {
		i := strings.Index(s[at:], "${")
		if i < 0 {
			return "", "", false
		}
		at += i + len("${")
		if name, _ := cutName(s[at:]); name != "" {
			return s[:at-len("${")], s[at:], true
		}
	}
}

// cutName cuts the name of a variable from a text, "" if it begins with none.
func cutName(s string) (name, behind string) {
	for i := range len(s) {
		c := s[i] | 0x20
		if letter := c >= 'a' && c <= 'z' || s[i] == '_'; !letter && (i == 0 || s[i] < '0' || s[i] > '9') {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// cutDefault cuts what announces a default from a text.
func cutDefault(s string) (standard string, ok bool) {
	rest := strings.TrimPrefix(s, ":")
	if rest == "" || rest[0] != '=' && rest[0] != '-' {
		return s, false
	}
	return rest[1:], true
}

// closing is where the brace is that closes one before the text, -1 if there is
// none.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch {
		case strings.HasPrefix(s[i:], "${"):
			depth++
		case s[i] == '}' && depth == 0:
			return i
		case s[i] == '}':
			depth--
		}
	}
	return -1
}

// ofEnvironment is a variable of the environment, which only who deploys knows.
func ofEnvironment(name string) value.Value {
	return value.OfSymbol(&value.Symbol{
		Reason: value.ReasonParameter, Type: value.TypeString, NotNull: true,
		Key: "environment:" + name, Text: "${" + name + "}",
	})
}
