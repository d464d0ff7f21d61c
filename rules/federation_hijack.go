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
	able := func(h *facts.Holder, id value.Value) (by held, ok bool) {
		roles(h, func(one held) bool {
			if one.allows(federate) && classes(one.role)&azure.Broad == 0 && one.reaches(id) {
				by, ok = one, true
			}
			return !ok
		})
		return by, ok
	}
	p.takeovers(able, func(t takeover) {
		f := t.finding()
		f.Message = fmt.Sprintf("%s can take over %s with a federated credential, and so gets '%s' on %s: '%s' allows '%s'",
			who(t.by.g), who(t.prize.g), t.prize.role.Name(), where(t.prize.g), t.by.role.Name(), federate)
		p.report("takeover", f)
	})
})
