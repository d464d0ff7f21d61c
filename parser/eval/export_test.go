package eval

import "github.com/rolecall/rolecall/parser/template"

// DeployAnew is [Deploy] without memory of parameters, variables and outputs.
func DeployAnew(doc template.Tree, kind template.DocumentKind, cfg Config) (*Deployment, error) {
	u := newUnit(cfg)
	u.forgets = true
	return u.deploy(doc, kind)
}
