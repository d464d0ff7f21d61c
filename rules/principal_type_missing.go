package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
)

// RA008 reports role assignments that do not say what kind of principal they
// are for. For an identity that is created in the same deployment, Azure may
// not find the principal yet.
var RA008 = add("RA008", func(p *Pass) {
	for _, g := range p.Access.Grants {
		r := g.Resource
		if r.State == eval.NotDeployed && !r.EmptyLoop {
			continue
		}
		props := r.Get("properties")
		o := props.Object()
		if o == nil || o.Open != nil || !o.Get("principalType").IsNull() {
			continue
		}
		f := Finding{Resource: r, Path: "properties.principalType", Related: because(r, "the principal", "properties", "principalId")}
		grade := "other"
		f.Message = fmt.Sprintf("the role assignment does not say the type of its principal: '%s'", value.Show(g.Principal.Value))
		if id := g.Principal.Resource; id != nil && !id.Existing {
			grade = "race"
			f.Message = fmt.Sprintf("the role assignment for %s has no principalType: a new identity may not be found in time", who(g))
			at := o.Get("principalId").At
			f.Fixes = insertAfter(p.Unit, at, "add the principalType of a managed identity", `"principalType": "ServicePrincipal"`, true)
			if o.Index("principalType") >= 0 { // null is written there
				f.Fixes = replace(p.Unit, o.Get("principalType").At, "set the principalType of a managed identity", `"ServicePrincipal"`, true)
			}
		}
		p.report(grade, f)
	}
})
