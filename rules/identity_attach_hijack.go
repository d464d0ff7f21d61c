package rules

import (
	"fmt"

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

// attaches returns the grant by which a holder may attach the identity, if
// another or the same lets it write what runs code.
func attaches(h *facts.Holder, id value.Value) (by held, ok bool) {
	code := false
	roles(h, func(one held) bool {
		if !one.reaches(id) {
			return true
		}
		if by.g == nil && one.allows(attach) {
			by = one
		}
		for _, write := range codeWrites {
			code = code || one.allows(write)
		}
		return by.g == nil || !code
	})
	return by, by.g != nil && code
}
