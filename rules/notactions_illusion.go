package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD005 reports notActions that do not keep from a role what they name: the
// same can be had by another operation, or by an action that they do not
// touch. What changes nothing at all is told in the strict profile.
var RD005 = add("RD005", func(p *Pass) {
	for d := range p.customRoles {
		for _, w := range anotherWays(d) {
			p.notAction("another way", d, w.Not, Finding{
				Message: fmt.Sprintf("without '%s' the role '%s' still %s: %s", w.Not.Text, roleTitle(d), w.Does, by(w.Action, w.Operation)),
				Related: []Related{{actionAt(p, d, w.Action), "it is allowed here"}},
			})
		}
		for _, not := range d.Actions {
			if not.Not && !d.Blocks[not.Block].Condition && refusedInList(not) == "" && !subtracts(d, not) { // what is refused is RD006's
				p.withoutEffect(d, not)
			}
		}
	}
})

func (p *Pass) notAction(grade string, d *facts.Definition, not facts.Action, f Finding) {
	f.At, f.Resource, f.When = actionAt(p, d, not), d.Resource, d.When
	f.Path = "properties.permissions." + listOf(not.Data, not.Not) + "." + not.Text
	f.Related = append(f.Related, because(d.Resource, "the list of actions", "properties", "permissions")...)
	p.report(grade, f)
}

// withoutEffect reports an entry that no action of its own list and block
// needs. It does no harm if the role does not have the operation at all.
func (p *Pass) withoutEffect(d *facts.Definition, not facts.Action) {
	for _, a := range d.Actions {
		if stillHas(d, a, not) {
			p.notAction("dead", d, not, Finding{
				Message: fmt.Sprintf("'%s' in %s takes nothing away: the role '%s' has it by '%s' in %s", not.Text, listOf(not.Data, not.Not), roleTitle(d), a.Text, otherList(a, not)),
				Related: []Related{{actionAt(p, d, a), "it is allowed here"}},
			})
			return
		}
	}
	if hasWildcards(d, not) {
		p.notAction("no effect", d, not, Finding{
			Message: fmt.Sprintf("'%s' in %s takes nothing away: the role '%s' does not allow it, and it is no denial", not.Text, listOf(not.Data, not.Not), roleTitle(d)),
		})
	}
}

// subtracts tells whether an entry takes something out of the list that it
// belongs to.
func subtracts(d *facts.Definition, not facts.Action) bool {
	for _, a := range d.Actions {
		if !a.Not && a.Block == not.Block && a.Data == not.Data && azure.Overlap(a.Text, not.Text) {
			return true
		}
	}
	return false
}

// stillHas tells whether an action of another list allows what the entry
// names. An operation is either one of management or one on data: which of the
// two is sure only where it is written out in the other list.
func stillHas(d *facts.Definition, a, not facts.Action) bool {
	switch {
	case a.Not || d.Blocks[a.Block].Condition || takenOut(d, a, not.Text):
		return false
	case a.Data == not.Data:
		return a.Block != not.Block && azure.Overlap(a.Text, not.Text)
	}
	return !strings.Contains(a.Text, "*") && azure.Match(not.Text, a.Text)
}

// takenOut tells whether the list beside an action takes the operations out of
// it after all.
func takenOut(d *facts.Definition, a facts.Action, operations string) bool {
	for _, not := range d.Actions {
		if not.Not && not.Block == a.Block && not.Data == a.Data && azure.Match(not.Text, operations) {
			return true
		}
	}
	return false
}

// hasWildcards tells whether the list that an entry belongs to has wildcards:
// of operations that are all written out it is a matter of style to say what
// is not among them.
func hasWildcards(d *facts.Definition, not facts.Action) bool {
	for _, a := range d.Actions {
		if !a.Not && a.Block == not.Block && a.Data == not.Data && strings.Contains(a.Text, "*") {
			return true
		}
	}
	return false
}

// otherList says where an action stands, seen from an entry of notActions.
func otherList(a, not facts.Action) string {
	if a.Block != not.Block {
		return listOf(a.Data, a.Not) + " of another block"
	}
	return listOf(a.Data, a.Not)
}
