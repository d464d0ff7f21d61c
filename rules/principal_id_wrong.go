package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA010 reports principal ids that are no object id: the id of a resource,
// the name of a user, the id of an application, nothing at all. A literal
// object id is RA016's; the client id of an identity is ID009's.
var RA010 = add("RA010", func(p *Pass) {
	for r := range p.deployed {
		if !asksForRole(r) {
			continue
		}
		id, ok := principalIDOf(r)
		if !ok {
			continue
		}
		for _, alt := range firing(id, wrongIn(id)) {
			if _, feasible := alt.When.And(r.When); feasible {
				p.wrongPrincipal(r, id, alt)
			}
		}
	}
})

// wrongIn judges the alternatives of a principalId. An empty one among others
// stands for "no identity here", and a condition elsewhere goes with it.
func wrongIn(id value.Value) func(value.Value) bool {
	chosen := len(id.Alternatives()) > 1
	return func(v value.Value) bool {
		return faultOf(v).text != "" && !(chosen && isEmptyID(v))
	}
}

func (p *Pass) wrongPrincipal(r *eval.Resource, id value.Value, alt value.Alternative) {
	fault := faultOf(alt.Value)
	f := Finding{
		At: principalAt(r, id), Resource: r, Path: "properties.principalId", When: alt.When,
		Message: fmt.Sprintf("the principalId '%s' %s", value.Show(alt.Value), fault.text),
		Related: because(r, "the principal", "properties", "principalId"),
	}
	if id.Kind != value.Choice {
		f.Fixes = p.readPrincipal(alt.Value, id.At)
	}
	if isEmptyID(alt.Value) {
		f.Message = "the principalId is empty: Azure wants the object id of a principal"
	}
	grade := "wrong"
	if fault.placeholder {
		grade = "placeholder"
	}
	p.report(grade, f)
}

// readPrincipal is the fix for the id of a user-assigned identity: its
// principal is read instead.
func (p *Pass) readPrincipal(v value.Value, at value.Span) []Fix {
	id, ok := resourceid.Parse(v)
	if !ok || !resourceid.Is(id.Type, facts.UserAssignedIdentities) {
		return nil
	}
	text, quoted := strings.CutPrefix(nodeAt(p.Unit, at).Source(), `"[`)
	text, ended := strings.CutSuffix(text, `]"`)
	if !quoted || !ended || strings.HasPrefix(text, "[") {
		return nil
	}
	return change(p.Unit, at, "read the principal of the identity", true, func(source.Node) []Edit {
		return []Edit{{Pos: at.Pos(), End: at.EndPos(), New: `"[reference(` + text + `, '2023-01-31').principalId]"`}}
	}, facts.Editor.Principal)
}
