package azure

import (
	_ "embed"
	"strings"
)

//go:embed tables/resource-types-packed.tsv
var resourceTypes table

//go:embed tables/properties-identity.tsv
var propertiesIdentity table

// Scopes at which a resource can be deployed, as in bicep-types-az.
// https://github.com/Azure/bicep-types/blob/main/src/Bicep.Types/Concrete/ScopeType.cs
const (
	ScopeTenant          uint8 = 1
	ScopeManagementGroup uint8 = 2
	ScopeSubscription    uint8 = 4
	ScopeResourceGroup   uint8 = 8
	ScopeResource        uint8 = 16 // another resource: the type is an extension
)

// A TypeInfo is what is known of a resource type.
type TypeInfo struct {
	Type           string // canonical case
	WritableScopes uint8  // the scopes above, added up over all versions; 0 if it cannot be written
	Extension      bool   // it may extend any resource
	RootIdentity   bool   // some version has a writable identity at its root
	ReadOnly       bool   // it can be read only
	Retired        bool   // no version of today has it
}

// ResourceType finds a resource type, such as Microsoft.Web/sites, in any case. Types of services that are not published
// as bicep-types-az are not found. A known type without RootIdentity takes no identity block, unless [IdentitySupport]
// has it from the documentation.
func ResourceType(resourceType string) (TypeInfo, bool) {
	line, _, ok := resourceTypes.find(resourceType)
	if !ok {
		return TypeInfo{}, false
	}
	var t TypeInfo
	var scopes, flags string
	cutFields(line, &t.Type, &scopes, &flags)
	for _, digit := range []byte(scopes) {
		t.WritableScopes = t.WritableScopes*10 + digit - '0'
	}
	t.Extension = strings.Contains(flags, "e")
	t.RootIdentity = strings.Contains(flags, "i")
	t.ReadOnly = strings.Contains(flags, "r")
	t.Retired = strings.Contains(flags, "x")
	return t, true
}

// HasPropertiesIdentity says whether some version of the type has a writable member properties.identity, whatever it
// holds. In any other type an identity in that place is misplaced, and Azure ignores it.
func HasPropertiesIdentity(resourceType string) bool { return propertiesIdentity.has(resourceType) }
