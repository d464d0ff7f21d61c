package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// wildcards are the providers of which a custom role should not take
// everything: access itself, secrets, code and the deployment of more.
var wildcards = []string{
	"Microsoft.Authorization/*", "Microsoft.KeyVault/*", "Microsoft.Compute/*", "Microsoft.ManagedIdentity/*",
	"Microsoft.Resources/*", "Microsoft.Web/*", "Microsoft.ContainerService/*",
}

// RD001 reports custom roles that take everything, all writes, or all of a
// provider by which more can be had.
var RD001 = add("RD001", func(p *Pass) {
	for _, d := range p.Access.Definitions {
		if d.Offered || d.Resource.Existing || d.Resource.State == eval.NotDeployed {
			continue
		}
		for _, a := range d.Actions {
			if a.Not || a.Data || !isWildcard(a.Text) || escalatesBy(d, a) {
				continue
			}
			grade := "wildcard"
			if carved(d.Blocks[a.Block], a.Text) {
				grade = "carved"
			}
			p.report(grade, Finding{
				At: actionAt(p, d, a), Resource: d.Resource, When: d.When, Path: "properties.permissions.actions." + a.Text,
				Message: fmt.Sprintf("the role '%s' allows '%s': %s", roleTitle(d), a.Text, meaning(a.Text)),
				Related: because(d.Resource, "the list of actions", "properties", "permissions"),
			})
		}
	}
})

func isWildcard(action string) bool {
	if action == "*" || strings.EqualFold(action, "*/write") {
		return true
	}
	for _, w := range wildcards {
		if strings.EqualFold(w, action) {
			return true
		}
	}
	return false
}

// escalatesBy tells whether RD002 reports the action: all of access itself.
func escalatesBy(d *facts.Definition, a facts.Action) bool {
	if !strings.EqualFold(a.Text, "Microsoft.Authorization/*") || !d.Known || takesAll(d) {
		return false
	}
	c, _ := azure.Classify(d.Blocks)
	return c&azure.Escalate != 0
}

func meaning(action string) string {
	switch {
	case action == "*":
		return "every management operation there is"
	case strings.EqualFold(action, "*/write"):
		return "every change there is"
	}
	provider, _, _ := strings.Cut(action, "/")
	return "every management operation of " + provider
}

// carved tells whether notActions take the ways to more rights out of a
// wildcard: those of access itself for a general one, all operations that make
// the provider's wildcard one to report otherwise.
func carved(b azure.Permissions, action string) bool {
	if action == "*" || strings.EqualFold(action, "*/write") {
		c, _ := azure.Classify([]azure.Permissions{b})
		return c&azure.Escalate == 0
	}
	provider, _, _ := strings.Cut(action, "/")
	for _, not := range b.NotActions {
		if strings.EqualFold(not, provider+"/*/write") || strings.EqualFold(not, provider+"/*/action") {
			return true
		}
	}
	return strings.EqualFold(provider, "Microsoft.Authorization") && !b.Allows("Microsoft.Authorization/roleAssignments/write") &&
		!b.Allows("Microsoft.Authorization/roleDefinitions/write")
}

// actionAt is where a definition has an action: the string if it is written
// there, else the name of the list, else the resource.
func actionAt(p *Pass, d *facts.Definition, a facts.Action) value.Span {
	if writtenIn(d.Resource, a.At) && !nodeAt(p.Unit, a.At).IsZero() {
		return a.At
	}
	if writtenIn(d.Resource, a.List) {
		return a.List
	}
	return Head(d.Resource)
}

// writtenIn tells whether a place is part of the declaration of a resource.
func writtenIn(r *eval.Resource, at value.Span) bool {
	start, end := r.Decl.Tree.Span()
	return at.IsValid() && at.Pos() >= start && at.EndPos() <= end
}

func roleTitle(d *facts.Definition) string {
	if d.Name != "" {
		return d.Name
	}
	return title(d.Resource)
}
