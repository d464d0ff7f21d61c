package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD008 reports custom roles with a name that is no GUID or changes with each
// deployment, with a type that is not theirs, and those that a built-in role
// could stand in for.
var RD008 = add("RD008", func(p *Pass) {
	for r := range p.deployed {
		if r.Is(facts.RoleDefinitions) {
			p.definitionName(r)
			p.definitionType(r)
		}
	}
	for _, d := range p.Access.Definitions {
		if !d.Offered && d.Known && !d.Resource.Existing && d.Resource.State != eval.NotDeployed && !takesAll(d) {
			p.likeBuiltIn(d)
		}
	}
})

// definitionName judges the last segment of the name, which is the id of the
// role.
func (p *Pass) definitionName(r *eval.Resource) {
	for _, alt := range firing(r.Name(), isPoorName) {
		if _, possible := alt.When.And(r.When); !possible {
			continue
		}
		f := Finding{At: spot(r, "name"), Resource: r, Path: "name", When: alt.When, Related: because(r, "the name", "name")}
		if isNoRoleGUID(alt.Value) {
			f.Message = fmt.Sprintf("the name '%s' of a role definition is no GUID; roleName is for what people read", value.Show(alt.Value))
			p.report("no GUID", f)
			continue
		}
		f.Message = fmt.Sprintf("the name of the role '%s' is another one in each deployment: the second makes a new role, or fails because there is one of this roleName", roleNameOf(r))
		p.report("changes", f)
	}
}

func isPoorName(name value.Value) bool { return isNoRoleGUID(name) || changesEachTime(name, 0) }

// isNoRoleGUID tells whether the last segment of a name is surely no GUID.
func isNoRoleGUID(name value.Value) bool {
	segments, _ := name.Segments()
	if len(segments) == 0 {
		return false
	}
	name = segments[len(segments)-1]
	s, known := name.Str()
	switch {
	case name.Flags&value.Secure != 0:
		return false
	case known:
		return s != "" && !mayBeGUID(s) && !isPlaceholder(s)
	case name.Kind == value.Text:
		return strings.Trim(value.Fold(literals(name)), "0123456789abcdef-\x00") != ""
	}
	sym := name.Symbol()
	return sym != nil && sym.Op == "uniquestring"
}

// changesEachTime tells whether a value depends on the time or on chance.
func changesEachTime(v value.Value, depth int) bool {
	for _, part := range v.Parts() {
		if part.Hole == nil {
			continue
		}
		if part.Hole.Reason == value.ReasonTime && part.Hole.Op == "" {
			return true
		}
		for _, arg := range part.Hole.Args {
			if depth < 8 && changesEachTime(arg, depth+1) {
				return true
			}
		}
	}
	return false
}

func (p *Pass) definitionType(r *eval.Resource) {
	typ := r.Get("properties", "type")
	for _, alt := range firing(typ, isOtherRoleType) {
		f := Finding{
			At: spot(r, "properties", "type"), Resource: r, Path: "properties.type", When: alt.When,
			Message: fmt.Sprintf("the type of a role that a template defines is CustomRole, not '%s'", value.Show(alt.Value)),
			Related: because(r, "the type", "properties", "type"),
		}
		if s, _ := alt.Value.Str(); nodeAt(p.Unit, f.At).Text() == s {
			f.Fixes = replace(p.Unit, f.At, "make it a custom role", `"CustomRole"`, false)
		}
		p.report("type", f)
	}
}

func isOtherRoleType(v value.Value) bool {
	s, ok := v.Str()
	return ok && strings.TrimSpace(s) != "" && v.Flags&value.Secure == 0 && !isPlaceholder(s) && !value.FoldEqual(s, "CustomRole")
}

// likeBuiltIn reports a custom role that allows what a built-in role allows,
// or little more.
func (p *Pass) likeBuiltIn(d *facts.Definition) {
	role, more, ok := azure.NearestBuiltIn(d.Blocks)
	if !ok {
		return
	}
	f := Finding{
		At: spot(d.Resource, "properties", "roleName"), Resource: d.Resource, Path: "properties.permissions", When: d.When,
		Message: fmt.Sprintf("the role '%s' allows what the built-in role '%s' allows: assign that", roleTitle(d), role.Name),
	}
	if len(more) > 0 {
		f.Message = fmt.Sprintf("the role '%s' allows what the built-in role '%s' allows, and '%s': assign that, and define a role for the rest only",
			roleTitle(d), role.Name, strings.Join(more, "' and '"))
	}
	p.report("like a built-in", f)
}
