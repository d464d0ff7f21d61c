package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA003 reports user-assigned identities that are not written as a map whose
// keys are their ids.
var UA003 = add("UA003", func(p *Pass) {
	for r := range p.deployed {
		support, ok := p.judgeable(r.Type)
		if !ok || support.Shape != azure.ShapeMap {
			continue
		}
		for _, c := range identityCases(r) {
			if c.Block == nil || c.Offered {
				continue
			}
			p.wrongMap(r, c)
			p.oldArray(r, c)
		}
	}
})

func (p *Pass) wrongMap(r *eval.Resource, c identityCase) {
	for _, m := range userMaps(c, r) {
		problem := shapeProblem(m.Value)
		if m.Offered || problem == "" {
			continue
		}
		p.report("shape", Finding{
			At: spot(r, "identity", "userAssignedIdentities"), Resource: r, Path: "identity.userAssignedIdentities", When: m.When,
			Message: fmt.Sprintf("the userAssignedIdentities of '%s' are %s, not an object whose keys are the ids of identities", called(r), problem),
			Related: because(r, "the value", "identity", "userAssignedIdentities"),
			Fixes:   p.listToMap(r, m.Value),
		})
	}
}

// shapeProblem says what a value is in place of a map, "" if it may be one.
func shapeProblem(v value.Value) string {
	switch v.Kind {
	case value.Array:
		return "an array"
	case value.String, value.Text:
		if s, _ := v.Str(); v.Kind == value.String && (s == "" || isPlaceholder(s)) {
			return ""
		}
		return "a string"
	case value.Object:
		o := v.Object()
		if o.Len() != 1 || o.Open != nil || !o.At(0).IsStringLike() {
			return ""
		}
		if name := o.Names[0].Name; value.FoldEqual(name, "resourceId") || value.FoldEqual(name, "id") {
			return "an object with the member '" + name + "'"
		}
	}
	return ""
}

// oldArray judges identityIds, which only two api versions of the compute
// types have.
func (p *Pass) oldArray(r *eval.Resource, c identityCase) {
	if !hasIdentityIDs(c.Block) {
		return
	}
	if resourceid.Is(r.Type, "Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachineScaleSets") {
		version, ok := r.APIVersion().Str()
		if !ok || version < "2018-06-01" {
			return
		}
	}
	p.report("shape", Finding{
		At: spot(r, "identity", "identityIds"), Resource: r, Path: "identity.identityIds", When: c.When,
		Message: fmt.Sprintf("'%s' names its identities in identityIds, which this api version does not have: they belong in the keys of userAssignedIdentities", called(r)),
		Related: because(r, "the value", "identity", "identityIds"),
	})
}

// listToMap is the fix that makes an object of an array of strings that is
// written in the resource: each element becomes a key.
func (p *Pass) listToMap(r *eval.Resource, v value.Value) []Fix {
	if !inside(v.At, r.Body().At) || nodeAt(p.Unit, v.At).Kind() != source.Array {
		return nil
	}
	return change(p.Unit, v.At, "make it an object with the ids as keys", true, elementsToKeys, facts.Editor.Keys)
}

// elementsToKeys are the edits that make an object of an array of strings.
func elementsToKeys(n source.Node) []Edit {
	if n.Len() == 0 {
		return nil
	}
	edits := []Edit{{Pos: n.Pos(), End: n.Pos() + 1, New: "{"}}
	for e := range n.Elements() {
		if e.Kind() != source.String {
			return nil
		}
		edits = append(edits, Edit{Pos: e.EndPos(), End: e.EndPos(), New: ": {}"})
	}
	return append(edits, Edit{Pos: n.EndPos() - 1, End: n.EndPos(), New: "}"})
}
