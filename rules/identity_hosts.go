package rules

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// wantsIdentity tells whether a host should have an identity, as far as the
// template says what it is for: what can be skipped, or cannot be decided, is
// not wanted.
func (p *Pass) wantsIdentity(h azure.Host, r *eval.Resource) bool {
	for _, c := range h.Skip {
		if c.Op == azure.OpRemark {
			if h.Class == "agent" {
				return false
			}
			continue
		}
		if p.holds(c, r) != value.No {
			return false
		}
	}
	switch h.Strength {
	case "required":
		return true
	case "recommended":
		return h.Class == "code" || p.advised(h, r)
	}
	return h.Strength == "optional" && h.Class == "code"
}

// runsCode tells whether a host runs people's code and nearly always needs an
// identity for it.
func (p *Pass) runsCode(h azure.Host, r *eval.Resource) bool {
	return h.Class == "code" && (h.Strength == "required" || h.Strength == "recommended" && p.advised(h, r))
}

// advised tells whether one of the conditions holds under which an identity
// is of use; also if there are none that can be decided.
func (p *Pass) advised(h azure.Host, r *eval.Resource) bool {
	decidable := false
	for _, c := range append(slices.Clip(h.Required), h.Recommended...) {
		if c.Op == azure.OpRemark || c.Weak {
			continue
		}
		if p.holds(c, r) == value.Yes {
			return true
		}
		decidable = true
	}
	return !decidable
}

// holds decides a condition about a resource.
func (p *Pass) holds(c azure.Condition, r *eval.Resource) value.Tri {
	targets := []*eval.Resource{r}
	if c.Sibling != "" {
		targets = p.siblings(r, c.Sibling)
	}
	if c.Path == "" {
		switch c.Op {
		case azure.OpAbsent:
			return value.TriOf(len(targets) == 0)
		case azure.OpExists, azure.OpAlways:
			return value.TriOf(len(targets) > 0)
		}
		return value.Maybe
	}
	answer := value.No
	for _, t := range targets {
		switch holdsAt(c, t.Body()) {
		case value.Yes:
			return value.Yes
		case value.Maybe:
			answer = value.Maybe
		}
	}
	return answer
}

// siblings returns the resources of a type that are children of r or, if the
// type is of another service, stand in the same template.
func (p *Pass) siblings(r *eval.Resource, pattern string) []*eval.Resource {
	var out []*eval.Resource
	child := hasPrefixFold(pattern, r.Type+"/")
	for t := range p.deployed {
		if !azure.Match(pattern, t.Type) {
			continue
		}
		if child && !isChild(t, r) || !child && t.Instance != r.Instance {
			continue
		}
		out = append(out, t)
	}
	return out
}

func isChild(t, host *eval.Resource) bool {
	id, ok := hostID(t, host.Type)
	return ok && value.Key(id) == value.Key(host.ID())
}

// holdsAt decides a condition about what stands at its path.
func holdsAt(c azure.Condition, body value.Value) value.Tri {
	found, exact := places(body, c.Path)
	answer := value.Maybe
	if exact {
		answer = value.No
	}
	switch c.Op {
	case azure.OpAbsent:
		return absent(found, exact)
	case azure.OpAbsentOrIn:
		if absent(found, exact) == value.Yes {
			return value.Yes
		}
	case azure.OpOnlyIn:
		return onlyIn(c, found, exact)
	}
	for _, at := range found {
		switch holdsFor(c, at) {
		case value.Yes:
			return value.Yes
		case value.Maybe:
			answer = value.Maybe
		}
	}
	return answer
}

func absent(found []place, exact bool) value.Tri {
	switch {
	case len(found) == 0 && exact:
		return value.Yes
	case slices.ContainsFunc(found, certain):
		return value.No
	}
	return value.Maybe
}

// certain tells whether something stands at a place in any case.
func certain(at place) bool {
	return len(at.When) == 0 && !at.Offered && at.Value.Kind != value.Unknown
}

func onlyIn(c azure.Condition, found []place, exact bool) value.Tri {
	if len(found) == 0 {
		return value.Maybe
	}
	for _, at := range found {
		switch holdsFor(c, at) {
		case value.No:
			return value.No
		case value.Maybe:
			exact = false
		}
	}
	if !exact {
		return value.Maybe
	}
	return value.Yes
}

// holdsFor decides a condition about one place.
func holdsFor(c azure.Condition, at place) value.Tri {
	if c.Op == azure.OpExists {
		if s, ok := at.Value.Str(); ok && s == "" {
			return value.No
		}
		return unless(certain(at))
	}
	texts, known := textsOf(at.Value)
	if slices.ContainsFunc(texts, c.Holds) {
		return unless(len(at.When) == 0 && !at.Offered && (known || c.Op == azure.OpContains || c.Op == azure.OpPrefix || c.Op == azure.OpSuffix))
	}
	if !known {
		return value.Maybe
	}
	return value.No
}

// unless is Yes if the answer is certain, else Maybe.
func unless(certain bool) value.Tri {
	if certain {
		return value.Yes
	}
	return value.Maybe
}

// textsOf returns the texts in a value, those below an object among them; of
// one with holes the expressions stand in their place.
func textsOf(v value.Value) (texts []string, known bool) {
	if s, ok := scalar(v); ok {
		return []string{s}, true
	}
	switch v.Kind {
	case value.Text, value.Unknown:
		var b strings.Builder
		for _, p := range v.Parts() {
			if p.Hole != nil {
				b.WriteString(p.Hole.Text)
			} else {
				b.WriteString(p.Literal)
			}
		}
		return []string{b.String()}, false
	case value.Array, value.Object:
		found, exact := places(v, "**")
		for _, at := range found {
			if at.Value.Kind == value.Array || at.Value.Kind == value.Object {
				continue
			}
			below, sure := textsOf(at.Value)
			texts, exact = append(texts, below...), exact && sure
		}
		return texts, exact
	}
	return nil, true
}
