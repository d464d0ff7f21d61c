package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP004 reports grants by which a principal can make tokens of its own stand
// for an identity that may do more. Roles that can do nearly everything are
// PP005's.
var PP004 = add("PP004", func(p *Pass) {
	p.takeovers(federates, func(t takeover) {
		f := t.finding()
		f.Message = fmt.Sprintf("%s can take over %s with a federated credential, and so gets '%s' on %s: '%s' allows '%s'",
			who(t.by.g), who(t.prize.g), t.prize.role.Name(), where(t.prize.g), t.by.role.Name(), federate)
		p.report("takeover", f)
	})
})

// federates finds the grants by which a holder may add a credential to an
// identity.
func federates(h *facts.Holder) means {
	var able []held
	roles(h, func(one held) bool {
		if one.allows(federate) && classes(one.role)&azure.Broad == 0 {
			able = append(able, one)
		}
		return true
	})
	if able == nil {
		return nil
	}
	return func(id value.Value) (held, bool) { return firstReaching(able, id) }
}
