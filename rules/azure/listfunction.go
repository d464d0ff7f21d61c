package azure

// ListYieldsCredential tells whether the result of a list*() function on a resource type holds a credential. Of a type that
// is not known, "", the name of the function decides.
func ListYieldsCredential(resourceType, function string) bool {
	switch {
	case !hasPrefixFold(function, "list"), containsFold(harmlessLists, function):
		return false
	case isCredentialVerb(function), containsFold(credentialLists, function):
		return true
	}
	return resourceType != "" && credentials.has(resourceType+"/"+function+"/action")
}

// harmlessLists give what is configured, a credential only if somebody put one there.
var harmlessLists = []string{"listKeyValue"}

// credentialLists mean the same for every type, and are no actions that stand out in roles.
var credentialLists = []string{"listCallbackUrl", "listContentCallbackUrl", "listQueryKeys", "listRegistrationTokens"}

// HoldsCredential tells whether a member of the result of a list*() function, named by its last name, holds a credential:
// beside a key stand its name, what it may do and when it was made.
func HoldsCredential(member string) bool { return !containsFold(harmlessMembers, member) }

// harmlessMembers of the results that the services document.
var harmlessMembers = []string{
	"keyName", "name", "permissions", "creationTime", "username", "id", "type", "description", "basePath", "method",
	"relativePath", "relativePathParameters", "expirationTime", "expiryTime", "keyKind",
}
