package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// nameSources collects what the name of a role assignment depends on, as long
// as that is not vague.
func (p *Pass) nameSources(r *eval.Resource) sources {
	var s sources
	s.symbols(r.Name())
	w, ok := p.written(r, "name")
	if ok && namesHost(r) {
		_, w, ok = splitHost(w)
	}
	s.vague = s.vague || !ok || r.Name().Flags&value.Supplied != 0
	if !s.vague {
		p.parameters(&s, r, w.stops())
	}
	return s
}

// loopSources collects what the number of a copy stands for, if the name of a
// role assignment has it: the list that is looped over.
func (p *Pass) loopSources(r *eval.Resource) sources {
	var s sources
	if r.Decl.Copy == nil {
		return s
	}
	if w, _ := p.written(r, "name"); w.calls("copyIndex") {
		s.symbols(r.Env().Eval(r.Decl.Copy.Count))
		p.parameters(&s, r, written{r.Decl.Copy.Count, r.Env()}.stops())
	}
	return s
}

// scopeSources collects what the scope of a role assignment depends on.
func (p *Pass) scopeSources(r *eval.Resource) sources {
	var s sources
	s.symbols(scopeApart(r))
	if namesHost(r) {
		w, _ := p.written(r, "name")
		host, _, _ := splitHost(w)
		p.parameters(&s, r, host.stops())
	}
	p.follow(&s, r, "scope")
	for up := r.Parent; up != nil; up = up.Parent {
		p.follow(&s, up, "name")
	}
	if strings.HasPrefix(r.Get("scope").Prefix(), "/") {
		return s
	}
	for by := r.Instance.By; by != nil; by = by.Instance.By {
		for _, name := range []string{"scope", "subscriptionId", "resourceGroup"} {
			p.follow(&s, by, name)
		}
	}
	return s
}

// principalSources collects what the principal depends on.
func (p *Pass) principalSources(r *eval.Resource) sources {
	var s sources
	s.symbols(r.Get("properties", "principalId"))
	p.follow(&s, r, "properties", "principalId")
	return s
}

// roleSources collects what decides the role: the last segment of its id. Of a
// role that is read from a resource it is not known whether it ever differs.
func (p *Pass) roleSources(r *eval.Resource) sources {
	var s sources
	for _, alt := range facts.RoleIDOf(r).Alternatives() {
		segments, _ := alt.Value.Segments()
		if madeFrom(alt.Value, func(s *value.Symbol) bool { return s.Target != nil }) != nil {
			return sources{}
		}
		s.symbols(segments[len(segments)-1])
		for _, l := range alt.When {
			s.symbols(value.OfSymbol(l.Of))
		}
	}
	p.parameters(&s, r, r.Trace("properties", "roleDefinitionId"))
	return s
}

// follow adds the parameters that the member of r depends on; r may be
// another resource than the grant that s is about.
func (p *Pass) follow(s *sources, r *eval.Resource, path ...string) {
	if w, ok := p.written(r, path...); ok {
		p.parameters(s, r, w.stops())
	}
}
