package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/expr"
	"github.com/rolecall/rolecall/parser/template"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// ID009 reports the client id of an identity where its principal id is wanted,
// the reverse, and the resource id of an identity where a principal id is
// wanted. The resource id in a role assignment is RA010's, and in the place of
// a client id UA008's.
var ID009 = add("ID009", func(p *Pass) {
	for r := range p.deployed {
		if path := principalPath(r.Type); path != "" {
			found, _ := places(r.Body(), path)
			for _, at := range found {
				if !at.Offered {
					p.reportMember(r, path, at.Value, at.When, "principalId")
				}
			}
		}
		for _, u := range p.Access.Usages(r) {
			if wanted := wantedMember(u.Kind); wanted != "" {
				p.reportMember(r, u.Path, u.Value, u.When, wanted)
			}
		}
	}
})

// wantedMember is the member of an identity that a property of the kind holds.
func wantedMember(kind azure.ReferenceKind) string {
	switch kind {
	case azure.RefClientID, azure.RefClientIDOrSystem:
		return "clientId"
	case azure.RefPrincipalID, azure.RefPrincipalIDOrSystem:
		return "principalId"
	}
	return ""
}

// grantPrincipals are the properties of grants that hold the object id of a
// principal. Those are left out that take an application id as well, or take
// it from some principals: administrators of databases, Kusto.
//
// https://learn.microsoft.com/azure/templates/
var grantPrincipals = [...]struct{ resourceType, path string }{
	{facts.RoleAssignments, "properties.principalId"},
	{"Microsoft.Authorization/roleAssignmentScheduleRequests", "properties.principalId"},
	{"Microsoft.Authorization/roleEligibilityScheduleRequests", "properties.principalId"},
	{"Microsoft.ApiManagement/service/authorizationProviders/authorizations/accessPolicies", "properties.objectId"},
	{"Microsoft.Cache/redis/accessPolicyAssignments", "properties.objectId"},
	{"Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments", "properties.user.objectId"},
	{"Microsoft.DocumentDB/databaseAccounts/cassandraRoleAssignments", "properties.principalId"},
	{"Microsoft.DocumentDB/databaseAccounts/mongoMIRoleAssignments", "properties.principalId"},
	{"Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "properties.principalId"},
	{"Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments", "properties.principalId"},
	{"Microsoft.HealthcareApis/services", "properties.accessPolicies[].objectId"},
	{"Microsoft.KeyVault/vaults", "properties.accessPolicies[].objectId"},
	{"Microsoft.KeyVault/vaults/accessPolicies", "properties.accessPolicies[].objectId"},
	{"Microsoft.Web/connections/accessPolicies", "properties.principal.identity.objectId"},
}

// principalPath is where a grant of the type names its principal, "" if the
// type is not known to be one.
func principalPath(resourceType string) string {
	for _, g := range grantPrincipals {
		if value.FoldEqual(g.resourceType, resourceType) {
			return g.path
		}
	}
	return ""
}

// reportMember judges what stands where a member of an identity is wanted.
func (p *Pass) reportMember(r *eval.Resource, path string, v value.Value, when value.Condition, wanted string) {
	given := memberOfIdentity(v)
	if given == "" || given == wanted || given == "id" && (wanted == "clientId" || asksForAzureRole(r)) || !together(when, r.When) {
		return
	}
	f := Finding{
		At: v.At, Resource: r, Path: path, When: when,
		Message: fmt.Sprintf("'%s' takes the %s of an identity, and '%s' is its %s", leafOf(path), idName(wanted), value.Show(v), idName(given)),
		Fixes:   p.readMember(v.At, given, wanted),
	}
	if !inside(v.At, r.Body().At) {
		f.At = spot(r, strings.Split(strings.SplitN(path, "[", 2)[0], ".")...)
	}
	if !strings.ContainsAny(path, "[*") {
		f.Related = because(r, "the value", strings.Split(path, ".")...)
	}
	p.report("wrong member", f)
}

// memberOfIdentity tells which member of a managed identity a value is:
// principalId, clientId or id; "" if none, or not surely.
func memberOfIdentity(v value.Value) string {
	if v.IsStringLike() && v.Symbol() == nil && endsInIdentity(v) {
		return "id"
	}
	ref, path := eval.ReferenceOf(v)
	if ref == nil || ref.List != "" || len(path) == 0 {
		return ""
	}
	r, last := ref.Resource(), path[len(path)-1]
	switch {
	case !value.FoldEqual(last, "clientId") && !value.FoldEqual(last, "principalId"):
		return ""
	case readsIdentityBlock(path), r != nil && r.Is(facts.UserAssignedIdentities), r == nil && endsInIdentity(ref.ID), ref.IsSystemIdentity():
		return memberSpelling(last)
	}
	return ""
}

func memberSpelling(name string) string {
	if value.FoldEqual(name, "clientId") {
		return "clientId"
	}
	return "principalId"
}

// readsIdentityBlock tells whether a path leads into the identity of a
// resource: identity.principalId, or to one of its user-assigned identities.
func readsIdentityBlock(path []string) bool {
	return len(path) > 1 && value.FoldEqual(path[0], "identity")
}

// endsInIdentity tells whether a value is the id of a user-assigned identity.
func endsInIdentity(v value.Value) bool {
	segments, _ := v.Segments()
	n := len(segments)
	if n < 3 {
		return false
	}
	typ, _ := segments[n-2].Str()
	ns, _ := segments[n-3].Str()
	return value.FoldEqual(ns+"/"+typ, facts.UserAssignedIdentities)
}

// asksForAzureRole tells whether r is a role assignment or a request for one.
func asksForAzureRole(r *eval.Resource) bool {
	return r.Is(facts.RoleAssignments, "Microsoft.Authorization/roleAssignmentScheduleRequests", "Microsoft.Authorization/roleEligibilityScheduleRequests")
}

func idName(member string) string {
	switch member {
	case "clientId":
		return "client id"
	case "principalId":
		return "principal id"
	}
	return "resource id"
}

// readMember is the fix that reads the other member, where the value is read
// in the very place.
func (p *Pass) readMember(at value.Span, given, wanted string) []Fix {
	n := nodeAt(p.Unit, at)
	if given == "id" || n.IsZero() || n.HasEscapes() {
		return nil
	}
	t := &template.JSON{F: p.Unit.File(at.Pos()), N: n}
	e, _ := t.Expression()
	if e == nil || e.Kind != expr.Property || !value.FoldEqual(e.Text, given) || e.Args[0].Kind != expr.Call || !value.FoldEqual(e.Args[0].Text, "reference") {
		return nil
	}
	return respell(p.Unit, at, "read the "+idName(wanted), true, Edit{Pos: t.Offset(e.NameStart), End: t.Offset(e.NameStart + int32(len(e.Text))), New: wanted})
}
