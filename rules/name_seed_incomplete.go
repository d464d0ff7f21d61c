package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// RA013 reports role assignments whose name is not made from all that makes
// the grant: copies of a loop, or two declarations, with one name; and names
// that stay the same with another scope, principal or role.
var RA013 = add("RA013", func(p *Pass) {
	clashes := p.clashes()
	for r := range p.namedGrants {
		message := p.sameInLoop(r)
		other := clashes[r]
		switch {
		case message == "" && other == nil && r.EmptyLoop:
		case r.Name().IsNull() || unstableName(r) || placeholderText(r.Get("properties", "principalId")):
		case message != "":
			p.reportSeed("loop", r, nil, message)
		case other != nil:
			p.reportClash(r, other)
		default:
			p.reportParts(r)
		}
	}
})

// unstableName tells whether RA012 speaks of the name, or it is only a
// placeholder.
func unstableName(r *eval.Resource) bool {
	for _, alt := range r.Name().Alternatives() {
		if s, ok := alt.Value.Str(); ok && !maybeGUID(s) || noGUID(alt.Value) != "" || madeFrom(alt.Value, isTime) != nil || madeFrom(alt.Value, isDeploymentName) != nil {
			return true
		}
	}
	return false
}

func (p *Pass) reportSeed(grade string, r *eval.Resource, related []Related, message string) {
	p.report(grade, Finding{
		At: spot(r, "name"), Resource: r, Path: "name", Message: message,
		Related: append(related, because(r, "the name", "name")...),
	})
}

// reportParts reports a name that does not change with what the grant depends on.
// A name that also depends on something else is left alone: it may be what
// tells the grants apart.
func (p *Pass) reportParts(r *eval.Resource) {
	name := p.nameSources(r)
	if name.vague {
		return
	}
	lacking, free := p.lackingParts(r, name)
	if len(lacking) == 0 || free {
		return
	}
	var parts []string
	var related []Related
	grade := "incomplete"
	for _, l := range lacking {
		from := strings.Join(l.sources, ", ")
		parts = append(parts, fmt.Sprintf("the %s (%s)", l.part, from))
		related = append(related, Related{l.at, fmt.Sprintf("the %s depends on %s", l.part, from)})
		if len(name.of) == 0 && l.chosen {
			grade = "constant"
		}
	}
	what := "the name"
	if len(name.of) == 0 {
		what = "the name is a constant and"
	}
	p.reportSeed(grade, r, related, fmt.Sprintf("%s does not depend on %s: role assignments that differ in it get the same name, which only one can have", what, strings.Join(parts, " or ")))
}

// lackingPart is a part of a grant that its name does not follow.
type lackingPart struct {
	part    string
	sources []string
	chosen  bool // by a parameter, not only by the place
	at      value.Span
}

// lackingParts returns what the name does not follow. free is true if the name
// follows something that no part of the grant does.
func (p *Pass) lackingParts(r *eval.Resource, name sources) (lacking []lackingPart, free bool) {
	rest, loop := maps.Clone(name.of), p.loopSources(r)
	for _, part := range []struct {
		name string
		sources
		at value.Span
	}{
		{"scope", p.scopeSources(r), spot(r, "scope")},
		{"principal", p.principalSources(r), spot(r, "properties", "principalId")},
		{"role", p.roleSources(r), spot(r, "properties", "roleDefinitionId")},
	} {
		l := lackingPart{part: part.name, at: part.at}
		for key, text := range part.of {
			delete(rest, key)
			if name.has(key) || loop.has(key) || !claimed(text, part.name, part.sources, name) {
				continue
			}
			l.sources = append(l.sources, sourceText(text))
			l.chosen = l.chosen || isParameter(text)
		}
		if slices.Sort(l.sources); len(l.sources) > 0 {
			lacking = append(lacking, l)
		}
	}
	for _, text := range rest {
		free = free || sourceText(text) == text
	}
	return lacking, free
}

// claimed tells whether a name that does not follow a source of a part is to
// be blamed for it. A resource group stands for its subscription, and a role
// is the same in all of them.
func claimed(text, part string, of, name sources) bool {
	const group = "resourceGroup().name"
	switch {
	case isParameter(text):
		return true
	case part == "role" || sourceText(text) == text:
		return false
	}
	return text == group || !name.hasText(group) && !of.hasText(group)
}

func (s sources) hasText(text string) bool {
	for _, t := range s.of {
		if t == text {
			return true
		}
	}
	return false
}

func isParameter(text string) bool { return strings.HasPrefix(text, "parameters('") }

// sourceText words those sources that are a place.
func sourceText(text string) string {
	switch text {
	case "subscription().subscriptionId":
		return "the subscription"
	case "resourceGroup().name":
		return "the resource group"
	case "managementGroup().name":
		return "the management group"
	}
	return text
}
