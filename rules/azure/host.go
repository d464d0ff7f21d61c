package azure

import (
	_ "embed"
	"strings"
)

//go:embed tables/hosts.tsv
var hosts table

// A Host is a resource type that signs in to other resources, always or with certain features, and what that says about
// its need of an identity. The list is written by hand; the statements rest on the documentation of the services, see
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-status.
type Host struct {
	Type     string // canonical case
	Class    string // code, flow, service, agent or grantor
	Strength string // required, recommended, required-for-feature or optional
	Why      string // what it uses the identity for, in a few words
	Note     string // a remark, or empty

	Prefers    string // system, user or any, where one kind is preferred, else empty
	IdentityOn string // what carries the identity if the root does not: a property path, or resource types with ";"

	System, User, Both bool // the kinds it takes, see Support
	BothUnknown        bool
	Retired            bool // the service is gone

	Required    []Condition // one that holds makes an identity necessary
	Recommended []Condition // one that holds makes an identity advisable
	Skip        []Condition // one that holds makes an identity pointless
}

// HostOf finds the entry of a resource type, in any case.
func HostOf(resourceType string) (Host, bool) {
	line, _, ok := hosts.find(resourceType)
	if !ok {
		return Host{}, false
	}
	var h Host
	var flags string
	cutFields(line, &h.Type, &h.Class, &h.Strength, &h.Prefers, &flags, &h.IdentityOn, &h.Why, &h.Note)
	h.System, h.User = strings.Contains(flags, "s"), strings.Contains(flags, "u")
	h.Both, h.BothUnknown = strings.Contains(flags, "b"), strings.Contains(flags, "?")
	h.Retired = strings.Contains(flags, "x")
	h.readConditions()
	return h, true
}
