package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// secureType tells whether the type of a parameter says that the member at a
// path is secure.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/definitions
func secureType(t *template.Template, declared template.Tree, path []string) bool {
	for range 32 {
		declared = definition(t, declared)
		if declared == nil {
			return false
		}
		if s, ok := template.Literal(template.Member(declared, "type")); ok && hasPrefixFold(s, "secure") {
			return true
		}
		if len(path) == 0 {
			return false
		}
		below := template.Path(declared, "properties", path[0])
		if strings.Trim(path[0], "0123456789") == "" {
			below = template.Member(declared, "items")
		} else if below == nil {
			below = template.Member(declared, "additionalProperties")
		}
		declared, path = below, path[1:]
	}
	return false
}

// definition follows a reference to a type that the template defines.
func definition(t *template.Template, declared template.Tree) template.Tree {
	for range 16 {
		ref, ok := template.Literal(template.Member(declared, "$ref"))
		name, found := strings.CutPrefix(ref, "#/definitions/")
		if !ok || !found {
			return declared
		}
		declared = template.Member(t.Definitions, name)
	}
	return nil
}

// secureText is a text that is given for a secure parameter of the root
// template.
type secureText struct {
	param *template.Parameter
	tree  template.Tree
	text  string
	file  bool // by a parameter file, else by the default
}

// String names the text for messages.
func (s secureText) String() string {
	if s.file {
		return fmt.Sprintf("the value of the secure parameter '%s'", s.param.Name)
	}
	return fmt.Sprintf("the default of the secure parameter '%s'", s.param.Name)
}

// secureTexts are the texts that stand for secure parameters in the root
// template and in the parameter files.
func (p *Pass) secureTexts() []secureText {
	root := p.Unit.Deployment.Root
	if root == nil {
		return nil
	}
	var out []secureText
	add := func(param *template.Parameter, t template.Tree, file bool) {
		if s, ok := template.Literal(t); ok && param != nil && param.Secure {
			out = append(out, secureText{param, t, s, file})
		}
	}
	for _, param := range root.Template.Parameters {
		add(param, param.Default, false)
	}
	for _, f := range p.Unit.Files {
		if f.Tree() == nil || template.KindOf(f.Tree()) != template.Parameters {
			continue
		}
		for _, a := range template.NewParameterFile(f.Tree()).Arguments {
			add(parameterNamed(root.Template, a.Name), a.Value, true)
		}
	}
	return out
}

// looksChosen tells whether a text for a secure parameter looks like a
// password: with letters, digits and more, and no address, id or placeholder.
func looksChosen(s string) bool {
	const digits, signs = "0123456789", "!#$%&*+,./:;=?@^_~|"
	if !facts.MayBePassword(s) || facts.IsGUID(s) || strings.Contains(s, "://") || !strings.ContainsAny(s, digits) {
		return false
	}
	lower, upper := value.Fold(s) == s, strings.ToUpper(s) == s
	return !lower && !upper || strings.ContainsAny(s, signs) && !upper
}
