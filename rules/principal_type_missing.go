package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA008 reports role assignments that do not say what kind of principal they
// are for. For an identity that is created in the same deployment, Azure may
// not find the principal yet.
var RA008 = add("RA008", func(p *Pass) {
	for _, g := range p.Access.Grants {
		if g.Resource.State == eval.NotDeployed && !g.Resource.EmptyLoop {
			continue
		}
		o := g.Resource.Get("properties").Object()
		if o == nil || o.Open != nil || placeholderText(o.Get("principalId")) {
			continue
		}
		for _, alt := range o.Get("principalType").Alternatives() {
			if alt.Value.IsNull() && !alt.Offered {
				p.untyped(&facts.Grant{Resource: g.Resource, Principal: facts.PrincipalOf(o.Get("principalId"))}, o, alt.When)
			}
		}
	}
})

// untyped reports a grant without principalType, null being as good as none.
func (p *Pass) untyped(g *facts.Grant, o *value.ObjectValue, when value.Condition) {
	f := Finding{
		Resource: g.Resource, Path: "properties.principalType", When: when,
		Message: fmt.Sprintf("the role assignment for '%s' has no principalType", value.Show(g.Principal.Value)),
		Related: because(g.Resource, "the principal", "properties", "principalId"),
	}
	if g.Resource.EmptyLoop { // what its elements hold is not known
		f.Message = "the role assignments of the loop have no principalType"
	}
	id := g.Principal.Resource
	if id == nil || id.Existing {
		p.report("other", f)
		return
	}
	f.Message = fmt.Sprintf("the role assignment for %s has no principalType: a new identity may not be found in time", who(g))
	switch i := o.Index("principalType"); {
	case tooOld(g.Resource):
	case i < 0:
		f.Fixes = insertAfter(p.Unit, o.Get("principalId").At, "add the principalType of a managed identity", "principalType", `"ServicePrincipal"`, true)
	case o.At(i).Kind == value.Null:
		f.Fixes = replace(p.Unit, o.At(i).At, "set the principalType of a managed identity", `"ServicePrincipal"`, true)
	}
	p.report("race", f)
}

// tooOld tells whether the api version is from before principalType.
func tooOld(r *eval.Resource) bool {
	v, ok := r.APIVersion().Str()
	return ok && v < "2018-09-01"
}

// placeholderText recognises what documentation writes for a value: the name
// of its type, or a description in braces.
func placeholderText(v value.Value) bool {
	s, ok := v.Str()
	return ok && (s == "string" || strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}"))
}
