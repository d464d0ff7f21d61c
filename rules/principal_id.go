package rules

import (
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// asksForRole tells whether a resource is a role assignment or a request of
// Privileged Identity Management for one.
func asksForRole(r *eval.Resource) bool {
	return r.Is(facts.RoleAssignments, "Microsoft.Authorization/roleAssignmentScheduleRequests", "Microsoft.Authorization/roleEligibilityScheduleRequests")
}

// principalIDOf is the principalId that a role assignment, or a request for
// one, says; false if it is not known whether it says one.
func principalIDOf(r *eval.Resource) (value.Value, bool) {
	props := r.Get("properties")
	o := props.Object()
	if o == nil || o.Open != nil && o.Index("principalId") < 0 {
		return value.None, false
	}
	return o.Get("principalId"), true
}

// principalAt is where a role assignment names its principal: the value if it
// is written there, else what stands for it.
func principalAt(r *eval.Resource, id value.Value) value.Span {
	if inside(id.At, r.Body().At) {
		return id.At
	}
	return spot(r, "properties", "principalId")
}

// A principalFault says why a value is no object id of a principal.
type principalFault struct {
	text        string // "" if nothing is known against the value
	placeholder bool   // it is there to be replaced
}

// faultOf judges one alternative of a principalId.
func faultOf(v value.Value) principalFault {
	s, known := v.Str()
	given := v.Flags&(value.Default|value.Supplied) != 0
	switch {
	case v.Flags&value.Secure != 0:
		return principalFault{}
	case isEmptyID(v):
		return principalFault{"is empty", given}
	case known && isPlaceholder(s):
		return principalFault{}
	case known && facts.IsGUID(strings.TrimSpace(s)):
		return guidFault(strings.ToLower(strings.TrimSpace(s)), given)
	case known || v.Kind == value.Text:
		return textFault(v, given)
	case v.Kind == value.Unknown:
		return principalFault{text: readFault(v)}
	case v.IsKnown():
		return principalFault{text: "is no text"}
	}
	return principalFault{}
}

// isEmptyID tells whether a principalId is absent, null or blank.
func isEmptyID(v value.Value) bool {
	s, ok := v.Str()
	return v.IsNull() || ok && strings.TrimSpace(s) == ""
}

// firstPartyApps are application ids that are taken for object ids, because
// the documentation tells them. The object id differs from tenant to tenant.
// https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys
var firstPartyApps = []struct{ appID, name string }{
	{"a232010e-820c-4083-83bb-3ace5fc29d0b", "Azure Cosmos DB"},
	{"57506a73-e302-42a9-b869-6f12d9ec29e9", "Azure Cosmos DB in US Government"},
}

func guidFault(guid string, given bool) principalFault {
	const zero = "00000000-0000-0000-0000-000000000000"
	for _, app := range firstPartyApps {
		if guid == app.appID {
			return principalFault{text: "is the application id of " + app.name + "; the object id of its service principal is another one in each tenant"}
		}
	}
	switch {
	case guid == zero && !given:
		return principalFault{text: "is nobody's object id"}
	case isSampleGUID(guid) || strings.HasPrefix(guid, "12345678-1234-"):
		return principalFault{"is a placeholder", true}
	}
	return principalFault{}
}

// textFault judges what is no GUID: the id of a resource, the name of a user,
// or any other text that is known.
func textFault(v value.Value, given bool) principalFault {
	text := literals(v)
	if id, ok := resourceid.Parse(v); ok && containsFold(text, "/providers/") {
		return principalFault{text: "is the id of a resource of the type '" + id.Type + "', not the object id of a principal"}
	}
	if user, domain, ok := strings.Cut(text, "@"); ok && user != "" && strings.Contains(domain, ".") {
		return principalFault{text: "is the name of a user, not an object id"}
	}
	s, known := v.Str()
	if !known || mayBeGUID(s) {
		return principalFault{}
	}
	return principalFault{"is no object id", given || isDummy(s)}
}

// mayBeGUID tells whether a text has the digits of a GUID, in a form that is
// not the usual one.
func mayBeGUID(s string) bool {
	digits := 0
	for _, c := range strings.ToLower(s) {
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'f':
			digits++
		case !strings.ContainsRune(" {}()-", c):
			return false
		}
	}
	return digits == 32
}

// isDummy recognises a text that tells what to put in its place.
func isDummy(s string) bool {
	for _, word := range []string{
		"xxx", "your", "replace", "todo", "change", "placeholder", "example", "sample", "gen-", "get-", "guid",
		"objectid", "object-id", "object_id", "object id", "principal", "here",
	} {
		if containsFold(s, word) {
			return true
		}
	}
	return false
}

// readFault judges a value that is read while the template is deployed: the
// id of an application is not that of its service principal.
//
// https://github.com/Azure/azure-cli/issues/5340
func readFault(v value.Value) string {
	if s := v.Symbol(); s.Reason == value.ReasonMetadata && s.Text == "deployer().userPrincipalName" {
		return "is the name of a user, not an object id"
	}
	ref, path := eval.ReferenceOf(v)
	if ref == nil || ref.Resource() == nil || len(path) != 1 {
		return ""
	}
	kind, _, _ := strings.Cut(ref.Resource().Type, "@")
	app := value.FoldEqual(kind, "Microsoft.Graph/applications")
	switch {
	case value.FoldEqual(path[0], "appId") && (app || value.FoldEqual(kind, "Microsoft.Graph/servicePrincipals")):
		return "is the application id, not the object id of the service principal"
	case value.FoldEqual(path[0], "id") && app:
		return "is the object id of the application, not of its service principal"
	}
	return ""
}
