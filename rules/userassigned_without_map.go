package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
)

// UA001 reports identity blocks whose type includes UserAssigned and that
// name no identity.
var UA001 = add("UA001", func(p *Pass) {
	for r := range p.deployed {
		support, ok := p.judgeable(r.Type)
		if !ok || support.Shape != azure.ShapeMap || maybeExists(r) {
			continue
		}
		for _, c := range identityCases(r) {
			if c.Known && c.Kinds.User() && !hasIdentityIDs(c.Block) {
				p.withoutMap(r, c)
			}
		}
	}
})

func (p *Pass) withoutMap(r *eval.Resource, c identityCase) {
	for _, m := range userMaps(c, r) {
		if m.Offered || !isEmptyMap(m.Value) || len(m.When) > len(c.When) {
			continue // a map that is empty in one case only is the choice of a caller
		}
		f := Finding{
			At: Head(r), Resource: r, Path: "identity.userAssignedIdentities", When: m.When,
			Message: fmt.Sprintf("the identity of '%s' is '%s' and has no userAssignedIdentities: Azure rejects the deployment", called(r), c.Kinds.Text),
			Related: because(r, "the type", "identity", "type"),
		}
		if c.Block.Index("userAssignedIdentities") >= 0 {
			f.At = memberName(r, r.Get("identity"), "userAssignedIdentities")
		}
		if !m.Value.IsNull() {
			f.Message = fmt.Sprintf("the identity of '%s' is '%s' and its userAssignedIdentities are empty: Azure rejects the deployment", called(r), c.Kinds.Text)
			f.Related = append(f.Related, because(r, "the map", "identity", "userAssignedIdentities")...)
		}
		p.report("no map", f)
	}
}

// userMaps returns what identity.userAssignedIdentities may be in one case of
// the block: nothing where that is not known.
func userMaps(c identityCase, r *eval.Resource) []place {
	m := c.Block.Get("userAssignedIdentities")
	if m.Kind == value.Missing && c.Block.Open != nil {
		return nil
	}
	var out []place
	for _, alt := range m.Alternatives() {
		when, ok := joined(c.When, alt.When)
		if _, feasible := when.And(r.When); !ok || !feasible {
			continue
		}
		out = append(out, place{Value: alt.Value, When: when, Offered: c.Offered || alt.Offered || guessed(when)})
	}
	return out
}

// isEmptyMap tells whether the map is surely absent or without a key.
func isEmptyMap(m value.Value) bool {
	o := m.Object()
	return m.IsNull() || o != nil && o.Open == nil && o.Len() == 0
}

// hasIdentityIDs tells whether the ids stand in the array of old versions.
func hasIdentityIDs(block *value.ObjectValue) bool { return !block.Get("identityIds").IsNull() }
