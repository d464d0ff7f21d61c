package discover

import "strings"

// ParameterNames returns those siblings, names in the folder of a template, that
// are named as its parameter files. For x.json, x.jsonc and x.bicep these are
//
//	x.parameters.json
//	x.parameters.*.json
//	x.parameters-*.json
//	x.bicepparam
//
// without regard to case, and .jsonc as well. The order stays as it is.
func ParameterNames(template string, siblings []string) []string {
	stem, f := splitName(template)
	if f != jsonFormat && f != bicepFormat || stem == "" {
		return nil
	}
	var names []string
	for _, name := range siblings {
		if isParametersOf(stem, name) {
			names = append(names, name)
		}
	}
	return names
}

func isParametersOf(stem, name string) bool {
	base, f := splitName(name)
	if len(base) < len(stem) || !strings.EqualFold(base[:len(stem)], stem) {
		return false
	}
	rest := base[len(stem):]
	if f == bicepParamFormat {
		return rest == ""
	}
	return f == jsonFormat && isParametersSuffix(rest)
}

// isParametersSuffix is about what follows the name of the template.
func isParametersSuffix(rest string) bool {
	const word = ".parameters"
	if len(rest) < len(word) || !strings.EqualFold(rest[:len(word)], word) {
		return false
	}
	rest = rest[len(word):]
	return rest == "" || len(rest) > 1 && (rest[0] == '.' || rest[0] == '-')
}

// mayBeParameters reports whether a name is that of a parameter file of any
// template.
func mayBeParameters(name string) bool {
	stem, f := splitName(name)
	return f == bicepParamFormat || f == jsonFormat && strings.Contains(strings.ToLower(stem), ".parameters")
}
