package rules

import (
	"fmt"
	"strings"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// UA008 reports properties that take the client id of an identity and are given
// its resource id, and those that take a resource id and are given a client id
// or principal id. A client id in the place of a principal id, or the reverse,
// is for ID009.
var UA008 = add("UA008", func(p *Pass) {
	for r := range p.deployed {
		for _, u := range p.Access.Usages(r) {
			given := wrongKind(u)
			if given == "" || undescribed(u) || u.Value.Flags&value.Secure != 0 {
				continue
			}
			grade, takes := "wrong kind", "the resource id of an identity"
			if given == "a resource id" {
				takes = "the client id of an identity"
			}
			if strings.HasSuffix(u.Path, ".acrUserManagedIdentityID") {
				grade = "resource id"
			}
			f := Finding{
				At: u.At, Resource: r, Path: u.Path, When: u.When,
				Message: fmt.Sprintf("'%s' takes %s, and '%s' is %s", leafOf(u.Path), takes, value.Show(u.Value), given),
			}
			if !strings.ContainsAny(u.Path, "[*") {
				f.Related = because(r, "the value", strings.Split(u.Path, ".")...)
			}
			p.report(grade, f)
		}
	}
})

// wrongKind says what a property is given in the place of what it takes, ""
// if that is right or not known.
func wrongKind(u facts.Usage) string {
	switch u.Kind {
	case azure.RefClientID, azure.RefClientIDOrSystem:
		if u.Value.IsStringLike() && containsFold(literals(u.Value), "/Microsoft.ManagedIdentity/userAssignedIdentities/") {
			return "a resource id"
		}
	case azure.RefID, azure.RefIDOrSystem, azure.RefIDOrHost:
		return otherThanID(u.Value)
	}
	return ""
}

// otherThanID says which other id of an identity stands in the place of the
// resource id.
func otherThanID(v value.Value) string {
	if s, ok := v.Str(); ok && facts.IsGUID(s) && strings.Trim(s, "0-") != "" {
		return "a GUID"
	}
	ref, path := eval.ReferenceOf(v)
	if ref == nil || ref.List != "" || len(path) == 0 {
		return ""
	}
	switch last := path[len(path)-1]; {
	case value.FoldEqual(last, "clientId"):
		return "a client id"
	case value.FoldEqual(last, "principalId"):
		return "a principal id"
	}
	return ""
}

// undescribed are resource types whose own description does not say what they
// take.
func undescribed(u facts.Usage) bool {
	return hasPrefixFold(u.Resource.Type, "Microsoft.App/agent") || hasPrefixFold(u.Resource.Type, "Microsoft.GuestConfiguration/") ||
		strings.HasSuffix(u.Path, ".managedIdentityName")
}
