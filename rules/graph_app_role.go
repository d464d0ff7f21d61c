package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// GP007 reports permissions of Microsoft Graph by which a workload can come to
// be Global Administrator, secrets of applications, and workloads in groups
// that hold roles in Microsoft Entra ID.
var GP007 = add("GP007", func(p *Pass) {
	for g := range p.Access.GrantsOn(facts.GraphAppRole) {
		p.graphPermission(g)
	}
	for r := range p.deployed {
		switch strings.ToLower(facts.GraphType(r)) {
		case "microsoft.graph/applications", "microsoft.graph/serviceprincipals":
			p.graphCredentials(r)
		case "microsoft.graph/groups":
			p.graphGroup(r)
		}
	}
})

func (p *Pass) graphPermission(g *facts.Grant) {
	delegated := strings.EqualFold(facts.GraphType(g.Resource), "Microsoft.Graph/oauth2PermissionGrants")
	if consent, ok := g.Entry.Get("consentType").Str(); delegated && !(ok && value.FoldEqual(consent, "AllPrincipals")) {
		return
	}
	for _, alt := range g.Rights.Alternatives() {
		permission, ok := permissionIn(alt.Value, delegated)
		when, feasible := joined(g.When, alt.When)
		if !ok || alt.Offered || !feasible {
			continue
		}
		way := "leads to Global Administrator by way of another principal"
		if permission.Direct {
			way = "lets it make itself Global Administrator"
		}
		p.report("dangerous", Finding{
			At: p.graphPlace(g, alt.Value), Resource: g.Resource, When: when, Path: "properties." + permission.Name,
			Message: fmt.Sprintf("%s '%s' of Microsoft Graph, which %s", graphHolder(g, delegated), permission.Name, way),
			Related: because(g.Resource, "the permission", "properties", "appRoleId"),
		})
	}
}

// graphPlace is where a permission stands: the value itself, or the member
// that leads to it.
func (p *Pass) graphPlace(g *facts.Grant, v value.Value) value.Span {
	if writtenIn(g.Resource, v.At) && !nodeAt(p.Unit, v.At).IsZero() {
		return v.At
	}
	for _, member := range []string{"appRoleId", "scope"} {
		if !g.Entry.Get(member).IsNull() && g.Path == "" {
			return spot(g.Resource, "properties", member)
		}
	}
	return spot(g.Resource, entryPath(g)...)
}

// permissionIn finds a dangerous permission: the id of an app role, the
// look-up of one, or one of a list of scopes.
func permissionIn(v value.Value, delegated bool) (azure.GraphPermission, bool) {
	if s, ok := v.Str(); ok {
		if !delegated {
			return azure.DangerousGraphPermission(s)
		}
		for _, scope := range strings.Fields(s) {
			if found, ok := azure.DangerousGraphPermission(scope); ok {
				return found, true
			}
		}
		return azure.GraphPermission{}, false
	}
	if s := v.Symbol(); s != nil && !s.Secret && containsFold(s.Text, "filter(") {
		return azure.DangerousGraphPermissionIn(s.Text)
	}
	return azure.GraphPermission{}, false
}

func graphHolder(g *facts.Grant, delegated bool) string {
	switch r := g.Principal.Resource; {
	case g.Path != "":
		return "the application '" + called(g.Resource) + "' asks for the permission"
	case delegated:
		return "a client gets, for all users, the permission"
	case r != nil && g.Principal.System:
		return "the system-assigned identity of '" + called(r) + "' gets the permission"
	case r != nil:
		return "the identity '" + called(r) + "' gets the permission"
	}
	return "a principal gets the permission"
}

// graphCredentials reports secrets and certificates of an application. A
// member without content, and one that only shows what is there, is none.
func (p *Pass) graphCredentials(r *eval.Resource) {
	for _, member := range []string{"passwordCredentials", "keyCredentials"} {
		found, _ := places(r.Body(), "properties."+member+"[]")
		for _, at := range found {
			if o := at.Value.Object(); o == nil || at.Offered || len(o.Names) == 0 {
				continue
			}
			p.report("credential", Finding{
				At: spot(r, "properties", member), Resource: r, When: at.When, Path: "properties." + member,
				Message: fmt.Sprintf("'%s' gets a credential of its own ('%s'): a federated credential of a managed identity needs none", called(r), member),
			})
			break
		}
	}
}

// graphGroup reports workloads in a group that may hold roles.
func (p *Pass) graphGroup(r *eval.Resource) {
	if on, ok := r.Get("properties", "isAssignableToRole").Bool(); !ok || !on {
		return
	}
	for _, member := range []string{"members", "owners"} {
		for _, path := range []string{"properties." + member + "[]", "properties." + member + ".relationships[]"} {
			found, _ := places(r.Body(), path)
			for _, at := range found {
				who := facts.PrincipalOf(at.Value)
				if at.Offered || who.Resource == nil {
					continue
				}
				p.report("dangerous", Finding{
					At: spot(r, "properties", member), Resource: r, When: at.When, Path: "properties." + member,
					Message: fmt.Sprintf("the identity of '%s' is one of the %s of '%s', a group that can hold roles of Microsoft Entra ID", called(who.Resource), member, called(r)),
				})
			}
		}
	}
}
