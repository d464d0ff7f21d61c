package azure

import "strings"

// TargetType is the one resource type that a role is for: the type below which
// all of its operations lie, for instance Microsoft.KeyVault/vaults of Key
// Vault Secrets User. What nearly every role has beside that (reading access
// and deployments, support requests, alerts, asking for names) does not count.
// It is false of a role for several types or for none.
func TargetType(blocks []Permissions) (resourceType string, ok bool) {
	for _, b := range blocks {
		for _, list := range [][]string{b.Actions, b.DataActions} {
			for _, operation := range list {
				t, counts := operationType(operation)
				switch {
				case !counts:
				case t == "", resourceType != "" && !strings.EqualFold(t, resourceType):
					return "", false
				default:
					resourceType = t
				}
			}
		}
	}
	return resourceType, resourceType != ""
}

// sideProviders are those of which roles have operations by the way.
var sideProviders = []string{"Microsoft.Authorization", "Microsoft.Insights", "Microsoft.Resources", "Microsoft.Support", "Microsoft.ResourceHealth"}

// sideTypes are segments behind a provider that name no resources.
var sideTypes = []string{"checkNameAvailability", "locations", "operations", "deletedVaults", "register", "unregister", "skus", "resourceTypes"}

// mainTypes are what the roles of providers mean that write "*" for the type.
var mainTypes = []string{
	"Microsoft.ServiceBus/namespaces", "Microsoft.EventHub/namespaces", "Microsoft.Relay/namespaces", "Microsoft.CognitiveServices/accounts",
}

// operationType is the type of the resources that an operation is for, ""
// if that is a pattern; counts is false of what roles have by the way.
func operationType(operation string) (resourceType string, counts bool) {
	provider, rest, _ := strings.Cut(operation, "/")
	kind, _, more := strings.Cut(rest, "/")
	switch {
	case containsFold(sideProviders, provider), containsFold(sideTypes, kind):
		return "", false
	case kind == "*":
		for _, main := range mainTypes {
			if p, _, _ := strings.Cut(main, "/"); strings.EqualFold(p, provider) {
				return main, true
			}
		}
		return "", true
	case !more || strings.Contains(provider, "*") || strings.Contains(kind, "*"):
		return "", true
	}
	return provider + "/" + kind, true
}
