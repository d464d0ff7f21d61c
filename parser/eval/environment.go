package eval

import (
	"regexp"
	"strings"

	"github.com/rolecall/rolecall/parser/value"
)

// variable begins what the Azure Developer CLI replaces in a parameter file:
// ${NAME}, or with a default ${NAME=…}, ${NAME:=…}, ${NAME-…} and ${NAME:-…}.
//
// https://learn.microsoft.com/azure/developer/azure-developer-cli/manage-environment-variables
var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)(:?[=-])?`)

// substituted is the text of a parameter file with its variables of the
// environment: each is its default, else it is not known.
func substituted(s string) value.Value {
	var parts []value.Value
	for {
		at := variable.FindStringSubmatchIndex(s)
		if at == nil {
			break
		}
		length := closing(s[at[1]:])
		if length < 0 || at[4] < 0 && length > 0 {
			break
		}
		parts = append(parts, value.OfString(s[:at[0]]))
		if at[4] >= 0 {
			parts = append(parts, substituted(s[at[1]:at[1]+length]))
		} else {
			parts = append(parts, ofEnvironment(s[at[2]:at[3]]))
		}
		s = s[at[1]+length+1:]
	}
	if parts == nil {
		return value.OfString(s)
	}
	return value.Join(append(parts, value.OfString(s))...)
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
