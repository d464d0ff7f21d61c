package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// customRoles yields the custom roles that the template itself chooses and
// all of whose permissions are known.
func (p *Pass) customRoles(yield func(*facts.Definition) bool) {
	for _, d := range p.Access.Definitions {
		if d.Known && !d.Offered && !d.Resource.Existing && d.Resource.State != eval.NotDeployed && !yield(d) {
			return
		}
	}
}

// alone is the block of a role that an action stands in, with this action as
// the only one that it allows. No notActions of another block count.
func alone(d *facts.Definition, a facts.Action) azure.Permissions {
	b := d.Blocks[a.Block]
	if a.Data {
		return azure.Permissions{DataActions: []string{a.Text}, NotDataActions: b.NotDataActions, Condition: b.Condition}
	}
	return azure.Permissions{Actions: []string{a.Text}, NotActions: b.NotActions, Condition: b.Condition}
}

// by words an operation that an action allows, unless it is the action.
func by(a facts.Action, operation string) string {
	if strings.EqualFold(a.Text, operation) {
		return "'" + a.Text + "'"
	}
	return "'" + a.Text + "' allows '" + operation + "'"
}
