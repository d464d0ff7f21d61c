package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/rules/facts"
)

// grantAdvice says which role lets an identity do what a workload does with
// the service that was named before.
func grantAdvice(u facts.Use) string {
	advice := fmt.Sprintf("grant it '%s' there", u.Role)
	if u.Writer != "" {
		advice += fmt.Sprintf(", or '%s' if it writes", u.Writer)
	}
	return advice
}

// neededGrants tells, as related places, which roles the identity of a host
// needs for what the host is configured to use.
func (p *Pass) neededGrants(host *eval.Resource) []Related {
	var out []Related
	for _, u := range p.Access.UsesOf(host) {
		if !u.Key && u.At.IsValid() && len(out) < 4 {
			out = append(out, Related{u.At, fmt.Sprintf("it %s %s: %s", u.Does, targetNoun(u), grantAdvice(u))})
		}
	}
	return out
}
