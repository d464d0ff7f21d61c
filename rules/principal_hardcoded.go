package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// RA016 reports object ids that are written into a template. A GUID that is
// known to be no object id is RA010's.
var RA016 = add("RA016", func(p *Pass) {
	for r := range p.deployed {
		if !asksForRole(r) {
			continue
		}
		if id, ok := principalIDOf(r); ok {
			p.hardcoded(r, id)
		}
	}
})

func (p *Pass) hardcoded(r *eval.Resource, id value.Value) {
	for _, alt := range id.Alternatives() {
		if _, possible := alt.When.And(r.When); !possible || alt.Offered || !isWrittenID(alt.Value) {
			continue
		}
		s, _ := alt.Value.Str()
		f := Finding{
			At: principalAt(r, id), Resource: r, Path: "properties.principalId", When: alt.When,
			Message: fmt.Sprintf("the object id '%s' is written into the template: it exists in one tenant only", s),
			Related: because(r, "the principal", "properties", "principalId"),
		}
		if alt.Value.Flags&value.Default != 0 {
			f.Message = fmt.Sprintf("the object id '%s' is the default of a parameter: it exists in one tenant only", s)
		}
		p.report("literal", f)
	}
}

// isWrittenID tells whether a value is an object id that no caller supplies.
func isWrittenID(v value.Value) bool {
	s, ok := v.Str()
	return ok && v.Flags&(value.Supplied|value.Secure) == 0 && facts.IsGUID(strings.TrimSpace(s)) && faultOf(v).text == ""
}
