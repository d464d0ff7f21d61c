package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

const registryType = "Microsoft.ContainerRegistry/registries"

// RA018 reports grants that the resource they are made on takes no notice of:
// data roles on a vault that goes by access policies, access policies on one
// that goes by roles, and roles of old on a registry with permissions for
// repositories.
var RA018 = add("RA018", func(p *Pass) {
	ids := p.byID()
	for g, role := range p.judged {
		if target, d, ok := ignoringRole(ids, g, role); ok {
			p.ignoredRole(g, role, target, d)
		}
	}
	for r := range p.deployed {
		switch {
		case r.Is(vaults):
			p.ignoredPolicies(r, []*eval.Resource{r})
		case r.Is(vaults+"/accessPolicies") && !removes(r):
			p.ignoredPolicies(r, ids.hosts(r, vaults))
		}
	}
})

// deaf is a case in which a resource takes no notice of some grants.
type deaf struct {
	at   value.Span // of the property that says so
	when value.Condition
}

// ignoringRole returns the resource on which, or below which, a role is
// granted if it takes no notice of the role. All that deploys this resource
// must say so.
func ignoringRole(ids byID, g *facts.Grant, role facts.Role) (target *eval.Resource, d deaf, ok bool) {
	resourceType, cases := registryType, byRepository
	switch {
	case isVaultDataRole(role):
		resourceType, cases = vaults, byPolicies
	case repositoryRole(role) == "":
		return nil, deaf{}, false
	}
	targets := ids.find(resourceType, targetOf(g.Scope, resourceType))
	return alwaysDeaf(targets, cases, joinedAll(role.When, g.Resource.When))
}

func (p *Pass) ignoredRole(g *facts.Grant, role facts.Role, target *eval.Resource, d deaf) {
	why := "the vault goes by access policies: set enableRbacAuthorization to true, or add an access policy"
	if new := repositoryRole(role); new != "" {
		why = "the registry has permissions for repositories, for which there is the role '" + new + "'"
	}
	p.report("ignored", Finding{
		At: spot(g.Resource, "properties", "roleDefinitionId"), Resource: g.Resource, Path: "properties.roleDefinitionId", When: joinedAll(role.When, d.when),
		Message: fmt.Sprintf("'%s' has no effect on '%s': %s", role.Name(), called(target), why),
		Related: append([]Related{{d.at, "this decides which grants count"}}, because(g.Resource, "the role", "properties", "roleDefinitionId")...),
	})
}

// alwaysDeaf finds the case that holds for all of the resources, which are
// deployed with one id.
func alwaysDeaf(targets []*eval.Resource, cases func(*eval.Resource) []deaf, when value.Condition) (*eval.Resource, deaf, bool) {
	var found *eval.Resource
	var out deaf
	for _, t := range targets {
		if !together(when, t.When) {
			continue
		}
		ok := false
		for _, d := range cases(t) {
			if all, feasible := joined(when, d.when); feasible && together(all, t.When) {
				found, out, ok = t, deaf{d.at, d.when}, true
				break
			}
		}
		if !ok || maybeExists(t) {
			return nil, deaf{}, false
		}
	}
	return found, out, found != nil
}

// joinedAll is the condition under which both hold; what contradicts is found
// where it is used.
func joinedAll(a, b value.Condition) value.Condition {
	if all, ok := a.And(b); ok {
		return all
	}
	return a
}

// targetOf is the id of the resource of the type that a scope is, or lies in.
func targetOf(scope value.Value, resourceType string) value.Value {
	id, ok := resourceid.Parse(scope)
	n := strings.Count(resourceType, "/")
	if !ok || !resourceid.Is(id.Type, resourceType) && !hasPrefixFold(id.Type, resourceType+"/") || len(id.Names) < n {
		return value.None
	}
	return resourceid.Join(id.Scope, resourceType, id.Names[:n])
}

// byRepository returns when a registry has permissions for repositories.
//
// https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
func byRepository(r *eval.Resource) []deaf {
	var out []deaf
	for _, alt := range r.Get("properties", "roleAssignmentMode").Alternatives() {
		if s, _ := alt.Value.Str(); value.FoldEqual(s, "AbacRepositoryPermissions") && !alt.Offered {
			out = append(out, deaf{spot(r, "properties", "roleAssignmentMode"), alt.When})
		}
	}
	return out
}

// isVaultDataRole tells whether a role is there for what is in vaults, more
// than for reading what they hold by name.
func isVaultDataRole(role facts.Role) bool {
	found := false
	for _, block := range role.Blocks() {
		for _, action := range block.DataActions {
			if !hasPrefixFold(action, "Microsoft.KeyVault/") {
				return false
			}
			found = found || !azure.Match("*/read", action) && !azure.Match("*/readMetadata/action", action)
		}
	}
	return found && role.Known
}

// repositoryRole is the role that takes the place of one of the roles of old,
// "" if there is none.
func repositoryRole(role facts.Role) string {
	switch role.GUID {
	case "7f951dda-4ed3-4680-a7ca-43fe172d538d": // AcrPull
		return "Container Registry Repository Reader"
	case "8311e382-0749-4cb8-b61a-304f252e45ec": // AcrPush
		return "Container Registry Repository Writer"
	case "c2f4ef07-c644-48eb-af81-4b1b4947fb11": // AcrDelete
		return "Container Registry Repository Contributor"
	}
	return ""
}

// ignoredPolicies reports access policies on a vault that goes by roles.
func (p *Pass) ignoredPolicies(r *eval.Resource, on []*eval.Resource) {
	found, _ := places(r.Body(), "properties.accessPolicies[]")
	for _, policy := range found {
		vault, d, ok := alwaysDeaf(on, func(v *eval.Resource) []deaf { return vaultCases(v, true) }, joinedAll(policy.When, r.When))
		if policy.Offered || !ok {
			continue
		}
		p.report("ignored", Finding{
			At: spot(r, "properties", "accessPolicies"), Resource: r, Path: "properties.accessPolicies", When: joinedAll(policy.When, d.when),
			Message: fmt.Sprintf("access policies have no effect on '%s': the vault goes by roles", called(vault)),
			Related: []Related{{d.at, "this decides which grants count"}},
		})
		return
	}
}

// removes tells whether a change of access policies takes some away.
func removes(r *eval.Resource) bool {
	s, _ := lastSegment(r.Name()).Str()
	return value.FoldEqual(s, "remove")
}
