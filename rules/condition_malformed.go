package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/abac"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA005 reports conditions that Azure cannot read or reads in another way than
// they look, and those that have nothing to do with the role.
var RA005 = add("RA005", func(p *Pass) {
	for c := range p.conditions {
		p.wrongVersion(c)
		p.beforeConditions(c)
		switch {
		case c.Err == nil:
			p.ambiguous(c)
			p.deadCondition(c)
		case c.Err.Sure:
			p.report("malformed", p.conditionFinding(c, c.Err.Span, "the condition is malformed: "+c.Err.Message))
		}
	}
})

// wrongVersion judges conditionVersion. If it is left out Azure takes 2.0.
func (p *Pass) wrongVersion(c *condition) {
	for _, alt := range firing(c.Version, func(v value.Value) bool { s, ok := v.Str(); return ok && s != "2.0" && s != "" && !isPlaceholder(s) }) {
		when, feasible := c.When.And(alt.When)
		if !feasible {
			continue
		}
		at := spot(c.Resource, append(c.Path[:len(c.Path):len(c.Path)], "conditionVersion")...)
		if writtenIn(c.Resource, alt.Value.At) {
			at = alt.Value.At
		}
		s, _ := alt.Value.Str()
		f := Finding{
			At: at, Resource: c.Resource, Path: c.Path[0] + ".conditionVersion", When: when,
			Message: fmt.Sprintf("conditionVersion is '%s'; the only version that Azure takes is 2.0", s),
			Related: because(c.Resource, "the version", append(c.Path[:len(c.Path):len(c.Path)], "conditionVersion")...),
		}
		if nodeAt(p.Unit, at).Text() == s {
			f.Fixes = replace(p.Unit, at, "set the version to 2.0", `"2.0"`, true)
		}
		p.report("malformed", f)
	}
}

// beforeConditions judges the api version of a role assignment.
func (p *Pass) beforeConditions(c *condition) {
	v, ok := c.Resource.APIVersion().Str()
	if !ok || !c.Resource.Is(facts.RoleAssignments) || len(v) < len("2020-03-01") || v[:len("2020-03-01")] >= "2020-03-01" {
		return
	}
	f := Finding{
		At: spot(c.Resource, "apiVersion"), Resource: c.Resource, Path: "apiVersion", When: c.When,
		Message: fmt.Sprintf("the api version '%s' has no conditions: they came with 2020-03-01-preview, and 2022-04-01 is the first stable one", v),
		Related: []Related{{p.conditionAt(c, abac.Span{End: len(c.Text)}), "the condition"}},
	}
	if nodeAt(p.Unit, f.At).Text() == v {
		f.Fixes = replace(p.Unit, f.At, "take an api version with conditions", `"2022-04-01"`, false)
	}
	p.report("dead", f)
}

// ambiguous reports the first place where AND and OR stand beside each other.
func (p *Pass) ambiguous(c *condition) {
	for e := range abac.All(c.Expr) {
		chain, ok := e.(*abac.Chain)
		if !ok {
			continue
		}
		if at, mixed := chain.Mixed(); mixed {
			p.report("ambiguous", p.conditionFinding(c, at, "the condition mixes AND and OR without parentheses: in which order Azure takes them is not defined"))
			return
		}
	}
}

// deadCondition reports a condition all of whose actions are none of the role.
func (p *Pass) deadCondition(c *condition) {
	first, ok := actionsOf(c.Expr)
	if !ok {
		return
	}
	for _, role := range c.Bound {
		when, feasible := c.When.And(role.When)
		if !feasible || role.mayDo(c.Expr) {
			continue
		}
		f := p.conditionFinding(c, first.Span, fmt.Sprintf("the condition is about '%s', which the role '%s' does not allow", first.Text, role.Name))
		f.When = when
		p.report("dead", f)
		return
	}
}

// actionsOf returns the first pattern of an action; false if there is none, or
// if something in the condition is not known.
func actionsOf(e abac.Expr) (first *abac.Literal, known bool) {
	for part := range abac.All(e) {
		switch part := part.(type) {
		case *abac.Unknown:
			return nil, false
		case *abac.Matches:
			for _, pattern := range part.Patterns {
				if pattern.HasHole() {
					return nil, false
				}
				if first == nil && !part.SubOperation {
					first = pattern
				}
			}
		}
	}
	return first, first != nil
}

// mayDo tells whether one of the actions of a condition may be one that the
// role allows.
func (b boundRole) mayDo(e abac.Expr) bool {
	for part := range abac.All(e) {
		if m, ok := part.(*abac.Matches); ok && !m.SubOperation {
			for _, pattern := range m.Patterns {
				if b.covers(pattern.Text) {
					return true
				}
			}
		}
	}
	return false
}

func (b boundRole) covers(pattern string) bool {
	for _, block := range b.Blocks {
		for _, list := range [][]string{block.Actions, block.DataActions} {
			for _, have := range list {
				if azure.Overlap(have, pattern) {
					return true
				}
			}
		}
	}
	return false
}
