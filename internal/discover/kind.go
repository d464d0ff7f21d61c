// Package discover finds the templates, parameter files and policy definitions
// among the files and folders of a command line, and says which parameter files
// belong to which template. It reads no more than the head of a file where that
// decides what the file is.
package discover

import "strings"

// Kind is what a file is for rolecall.
type Kind uint8

const (
	// NotTemplate is a file that rolecall has no interest in.
	NotTemplate Kind = iota
	// Template is an ARM template in JSON.
	Template
	// Parameters is a parameter file in JSON.
	Parameters
	// Policy is a policy definition or initiative in JSON.
	Policy
	// Bicep is a Bicep source file.
	Bicep
	// BicepParam is a Bicep parameter file.
	BicepParam
	// Unknown is JSON the head of which does not decide. [Walk] reads on and
	// never reports it.
	Unknown
)

// String is the kind in lower case: "template", "not a template".
func (k Kind) String() string {
	switch k {
	case Template:
		return "template"
	case Parameters:
		return "parameters"
	case Policy:
		return "policy"
	case Bicep:
		return "bicep"
	case BicepParam:
		return "bicepparam"
	case Unknown:
		return "unknown"
	}
	return "not a template"
}

// format is what the name of a file says of its text.
type format uint8

const (
	otherFormat format = iota
	jsonFormat
	bicepFormat
	bicepParamFormat
)

// splitName separates the suffix, which is not case-sensitive, from a name.
func splitName(name string) (stem string, f format) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return name, otherFormat
	}
	switch suffix := name[dot+1:]; {
	case strings.EqualFold(suffix, "json"), strings.EqualFold(suffix, "jsonc"):
		return name[:dot], jsonFormat
	case strings.EqualFold(suffix, "bicep"):
		return name[:dot], bicepFormat
	case strings.EqualFold(suffix, "bicepparam"):
		return name[:dot], bicepParamFormat
	}
	return name[:dot], otherFormat
}
