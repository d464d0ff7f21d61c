// Package access turns the answer to "who gets what where" into what people and machines read: tables, pictures and
// one page. Like package report it knows nothing of templates and reads no files. What it is given is plain, free of
// secrets, and untrusted: the writers make it harmless for their format.
package access

import "github.com/rolecall/rolecall/report"

// Access is who gets what where in the templates of one run.
type Access struct {
	Version    string // of the program
	TablesDate string // of its knowledge of Azure
	Grants     []Grant
	Identities []Identity // managed identities, also those that are granted nothing
	Coverage   report.Coverage
	Problems   []report.Problem
	Complete   bool // nothing was left out
}

// Grant is one right of one principal: a role assignment, or its like on another plane. A grant whose role is one of
// several is several grants, each with its condition.
type Grant struct {
	Plane     string // which system of access it belongs to: "Azure role", "Key Vault access policy", …
	Principal Principal
	Role      Role
	Scope     Scope
	Condition string // the ABAC condition of the assignment, its unknown parts in ‹ ›; "" without one

	At       report.Place    // where it is written
	Resource report.Resource // that makes it
	Chain    []string        // the modules that lead to it, outermost first
	Root     string          // the template that is deployed; it differs from At.File for what a module grants
	Sets     []string        // the parameter sets it holds in, if not in all
	Maybe    string          // the condition under which it is deployed; "" if it always is
	Count    int             // copies that are alike; 0 counts as 1
}

// The kinds of principals.
const (
	SystemAssigned   = "system-assigned identity"
	UserAssigned     = "user-assigned identity"
	ServicePrincipal = "service principal"
	User             = "user"
	Group            = "group"
	OtherPrincipal   = "principal" // of a kind that is not known
)

// Principal is who is granted something.
type Principal struct {
	Kind  string // one of the kinds
	Name  string // of the identity, or of the host whose identity it is; the object id of others; what is unknown in ‹ ›
	ID    string // resource id of the identity or host, or the object id
	Key   string // the same for the same principal within a run, and across runs as long as its names stay
	Known bool   // it is known who it is; else Name says what it waits for
	Hosts []Host // what runs with it
}

// Host is a resource that an identity is attached to.
type Host struct {
	Type, Name, ID string
	At             report.Place
	Maybe          string // the condition under which it is attached
}

// Identity is a managed identity of the templates, declared or only attached.
type Identity struct {
	Principal Principal
	At        report.Place
}

// Role is what a principal may do.
type Role struct {
	Name        string // "Contributor"; what is unknown in ‹ ›
	ID          string // GUID of a built-in role, or what names the definition
	Custom      bool   // the templates define it
	Known       bool   // its permissions are known
	Power       Power
	Evidence    string // an operation or pattern that gives the power: "Microsoft.Authorization/roleAssignments/write"
	Permissions []Permissions
}

// Permissions is one block of a role definition.
type Permissions struct {
	Actions, NotActions, DataActions, NotDataActions []string
	Condition                                        string // that binds the block; "" without one
}

// Power is the most that a role lets one do, in a word. A greater power is the worse one.
type Power uint8

// The powers in ascending order.
const (
	PowerUnknown Power = iota // the permissions are not known
	PowerNone                 // none of the others: narrow, or reading what is no data
	PowerReadData
	PowerWriteData
	PowerCode       // runs code on a resource, and so with its identity; or takes identities over
	PowerCredential // reads or replaces keys and passwords
	PowerPolicy     // assigns policies or exempts from them
	PowerBroad      // changes nearly everything
	PowerEscalate   // gives itself and others any access
)

// Scope is where a grant holds.
type Scope struct {
	Level string // "tenant", "management group", "subscription", "resource group", "resource"; "" if not known
	Type  string // of the resource, if it is one
	Name  string // the last segment
	ID    string // the whole id, what is unknown in ‹ ›
}
