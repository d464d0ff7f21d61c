package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// RD006 reports actions of custom roles that Azure refuses: with two
// wildcards, in the wrong list, misspelt, or without a verb. Operations that
// are merely unknown may be new, and are silent.
var RD006 = add("RD006", func(p *Pass) {
	for _, d := range p.Access.Definitions {
		if d.Offered || d.Resource.Existing || d.Resource.State == eval.NotDeployed {
			continue
		}
		if _, possible := d.When.And(d.Resource.When); !possible {
			continue
		}
		for _, a := range d.Actions {
			if a.Text = strings.TrimSpace(a.Text); !isPlaceholder(a.Text) {
				p.refusedAction(d, a)
			}
		}
	}
})

func (p *Pass) refusedAction(d *facts.Definition, a facts.Action) {
	if why := refusedInList(a); why != "" {
		p.report("rejected", actionFinding(p, d, a, why))
		return
	}
	why, meant := p.notAnOperation(a)
	if why == "" {
		return
	}
	f := actionFinding(p, d, a, why)
	if meant != "" && nodeAt(p.Unit, a.At).Text() == a.Text {
		f.Fixes = replace(p.Unit, a.At, "write '"+meant+"'", `"`+meant+`"`, false)
	}
	p.report("unknown", f)
}

func actionFinding(p *Pass, d *facts.Definition, a facts.Action, why string) Finding {
	return Finding{
		At: actionAt(p, d, a), Resource: d.Resource, When: d.When, Path: "properties.permissions." + listOf(a.Data, a.Not) + "." + a.Text,
		Message: fmt.Sprintf("'%s' of the role '%s' %s", a.Text, roleTitle(d), why),
		Related: because(d.Resource, "the list of actions", "properties", "permissions"),
	}
}

// refusedInList says why Azure refuses an action in its list, "" if nothing is
// known against it.
//
// https://learn.microsoft.com/azure/role-based-access-control/custom-roles#custom-role-limits
func refusedInList(a facts.Action) string {
	if n := strings.Count(a.Text, "*"); n > 1 {
		return fmt.Sprintf("has %d wildcards; an action of a custom role takes one", n)
	}
	switch {
	case !a.Data && onDataSide(a.Text):
		return fmt.Sprintf("is an operation on data: it belongs under %s, and is refused under %s", listOf(true, a.Not), listOf(false, a.Not))
	case a.Data && onManagementSide(a.Text):
		return fmt.Sprintf("is no operation on data: it belongs under %s, and is refused under %s", listOf(false, a.Not), listOf(true, a.Not))
	}
	return ""
}

func listOf(data, not bool) string {
	switch {
	case data && not:
		return "notDataActions"
	case data:
		return "dataActions"
	case not:
		return "notActions"
	}
	return "actions"
}

// onDataSide tells whether built-in roles name an operation among those on
// data, and nothing speaks for the other side. Of a pattern, the path before
// the wildcard must be that of a part of a resource.
func onDataSide(action string) bool {
	path, _, open := strings.Cut(action, "*")
	if open && strings.Count(path, "/") < 3 {
		return false
	}
	management, data := azure.Sides(action)
	return data && !management
}

// onManagementSide is the reverse. A pattern may cover operations on data that
// no built-in role names one by one.
func onManagementSide(action string) bool {
	if strings.Contains(action, "*") {
		return false
	}
	management, data := azure.RoleSides(action)
	return management && !data
}

// notAnOperation says why there can be no such operation, and what was meant,
// if that is known. On data there are operations without a verb.
func (p *Pass) notAnOperation(a facts.Action) (why, meant string) {
	action := a.Text
	if meant, ok := p.Access.Tables().Misspelt(action); ok {
		return fmt.Sprintf("is no operation that is known (as of %s); '%s' is", azure.TablesDate, meant), meant
	}
	slash := strings.LastIndexByte(action, '/')
	if slash < 0 || strings.Contains(action, "*") || azure.EndsInVerb(action) {
		return "", ""
	}
	switch verb := action[slash+1:]; {
	case isOperation(action + "/action"):
		return "lacks '/action' at its end", action + "/action"
	case a.Data || verb == "":
		return "", ""
	case azure.IsKnownPath(action):
		return "names resources and no operation: '/read', '/write', '/delete' or '/*' is missing at its end", ""
	case azure.IsKnownPath(action[:slash]):
		return fmt.Sprintf("ends in '%s'; operations end in read, write, delete or action", verb), ""
	}
	return "", ""
}

// isOperation tells whether an operation is known, on either side.
func isOperation(operation string) bool {
	management, data := azure.Sides(operation)
	return management || data
}
