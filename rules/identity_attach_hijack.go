package rules

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// PP005 reports grants by which a principal can run code with an identity that
// may do more: it may attach the identity, and write something that runs code.
var PP005 = add("PP005", func(p *Pass) {
	p.takeovers(attaches, func(t takeover) {
		f := t.finding()
		f.Message = fmt.Sprintf("%s can run code with %s, and so gets '%s' on %s: '%s' allows '%s'",
			who(t.by.g), who(t.prize.g), t.prize.role.Name(), where(t.prize.g), t.by.role.Name(), attach)
		p.report("takeover", f)
	})
})

// codeWrites create what runs code with an identity.
var codeWrites = []string{
	"Microsoft.Compute/virtualMachines/write", "Microsoft.Web/sites/write", "Microsoft.App/containerApps/write",
	"Microsoft.ContainerInstance/containerGroups/write", "Microsoft.Resources/deploymentScripts/write",
	"Microsoft.Automation/automationAccounts/write", "Microsoft.Logic/workflows/write",
}

// attaches finds the grants by which a holder may attach an identity, if
// another or the same lets it write what runs code.
func attaches(h *facts.Holder) means {
	var attaching, coding []held
	roles(h, func(one held) bool {
		if one.allows(attach) {
			attaching = append(attaching, one)
		}
		if slices.ContainsFunc(codeWrites, one.allows) {
			coding = append(coding, one)
		}
		return true
	})
	if attaching == nil || coding == nil {
		return nil
	}
	return func(id value.Value) (held, bool) {
		by, ok := firstReaching(attaching, id)
		if !ok {
			return by, false
		}
		_, ok = firstReaching(coding, id)
		return by, ok
	}
}
