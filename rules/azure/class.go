package azure

import "strings"

// A Class says what a role is dangerous for. Classes are bits; a role may be in several, or in none.
type Class uint16

// The classes of risk, in the order in which they are named.
const (
	// Escalate: it can give itself or others any access, by writing role assignments or role definitions.
	Escalate Class = 1 << iota
	// Broad: it can write whatever there is, or everything of ten providers and more.
	Broad
	// Credential: it can obtain or replace keys, passwords and tokens.
	Credential
	// CodeExecution: it can run code on a resource, and so with the identity of that resource.
	CodeExecution
	// Identity: it can use or take over user-assigned identities.
	Identity
	// DataRead: it can read data in resources.
	DataRead
	// DataWrite: it can change data in resources.
	DataWrite
	// Policy: it can assign policies or exempt from them.
	Policy
)

var classNames = [...]string{
	"escalate", "broad", "credential", "code-exec", "identity", "data-read", "data-write", "policy",
}

// Names lists the classes by the names that the documentation uses.
func (c Class) Names() []string {
	var names []string
	for i, name := range classNames {
		if c&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// String joins the names with ", "; it is "none" for no class.
func (c Class) String() string {
	if c == 0 {
		return "none"
	}
	return strings.Join(c.Names(), ", ")
}
