package config

import (
	"slices"

	"github.com/rolecall/rolecall/internal/names"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/rules"
)

// states reads what rules are set to. A rule by its own name wins over its
// family.
func (p *parser) states(n source.Node) map[string]State {
	if !p.is(n, `"rules"`, source.Object) {
		return nil
	}
	families, single := map[string]State{}, map[string]State{}
	p.each(n, func(name string, key, v source.Node) {
		found, err := names.Rules(name)
		if err != nil {
			p.failf(key, "%v", err)
			return
		}
		into := single
		if len(name) == 2 {
			into = families
		}
		state := p.state(v)
		for _, r := range found {
			if _, twice := into[r.Name]; twice {
				p.failf(key, "%q names a rule that is set already: %s %s", name, r.Name, r.Slug)
			}
			into[r.Name] = state
		}
	})
	for id, s := range single {
		families[id] = s
	}
	return families
}

func (p *parser) state(n source.Node) State {
	word := p.oneOf(n, "what a rule is set to", SeverityWords...)
	i := slices.Index(SeverityWords, word)
	return State{Off: i == 0, Severity: rules.Severity(max(i-1, 0))}
}

// ruleSet reads a rule or a family, or an array of them.
func (p *parser) ruleSet(n source.Node) map[string]bool {
	out := map[string]bool{}
	add := func(n source.Node) {
		name := p.text(n, `"rule"`)
		if name == "" {
			return
		}
		found, err := names.Rules(name)
		if err != nil {
			p.failf(n, "%v", err)
		}
		for _, r := range found {
			out[r.Name] = true
		}
	}
	if n.Kind() != source.Array {
		add(n)
		return out
	}
	for e := range n.Elements() {
		add(e)
	}
	if n.Len() == 0 {
		p.failf(n, `"rule" is empty: name a rule`)
	}
	return out
}
