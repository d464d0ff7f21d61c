// Package access turns the answer to "who gets what where" into what people and machines read: tables, pictures and
// one page. Like package report it knows nothing of templates and reads no files. What it is given is plain, free of
// secrets, and untrusted: the writers make it harmless for their format.
//
// # Powers
//
// The power of a grant is the most that its role lets one do, in a word for people and a name for machines. From the
// least up:
//
//	unknown      unknown        the permissions are not known
//	limited      limited        narrow, or reads what is no data
//	reads data   read-data
//	writes data  write-data
//	runs code    code           on a resource, and so with its identity; or takes identities over
//	gets keys    keys           reads or replaces keys and passwords
//	sets policies policy        assigns policies or exempts from them
//	broad control broad         changes nearly everything
//	grants access escalate      gives itself and others any access
//
// # JSON
//
// [JSON] writes one object. Lists are never null, numbers and ranges are those of package report, and what is not known
// before the deployment stands in ‹ ›.
//
//	{
//	  "version": "1.2.3",           the program
//	  "tables": "2026-01-31",       the date of its knowledge of Azure
//	  "grants": [{
//	    "plane": "Azure role",      the system of access: "Key Vault access policy", "Cosmos DB role" …
//	    "principal": {
//	      "kind": "user-assigned identity",
//	      "name", "id",
//	      "key": "…",               the same for the same principal, also in other runs; it has no meaning
//	      "known": true,            false: it is not known who it is, and name says what it waits for
//	      "hosts": [{"type", "name", "id", "deployedIf", "file", "range"}]
//	    },
//	    "role": {
//	      "name", "id",
//	      "custom": false,          true: the templates define it
//	      "known": true,            false: its permissions are not known
//	      "power": "broad", "evidence": "*",
//	      "permissions": [{"actions", "notActions", "dataActions", "notDataActions", "condition"}]   of custom roles
//	    },
//	    "scope": {"level", "type", "name", "id"},
//	    "condition": "…",           of the assignment, "" without one
//	    "deployedIf": "…",          what must hold for it to be deployed, "" if it always is
//	    "note": "…",                what else there is to know, mostly ""
//	    "resource": {"type", "name", "pointer", "symbol", "id"},
//	    "modules": ["…"],           the way to a nested deployment, outermost first
//	    "template": "main.json",    that is deployed
//	    "file": "main.json", "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 9}},
//	    "parameterSets": ["…"],     the parameter sets it holds in, if not in all
//	    "count": 1                  copies that are alike
//	  }],
//	  "identities": [{
//	    "kind", "name", "id", "key", "known", "hosts",
//	    "granted": true,            false: no grant of these templates is for it
//	    "file", "range"
//	  }],
//	  "coverage", "errors", "complete": as package report has them
//	}
//
// # Parameter sets
//
// A template with parameter files is read once with each, and with its defaults. If it cannot be deployed with these,
// since a parameter must be given, its defaults add only what no parameter file says.
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
	Complete   bool // nothing was left out for want of understanding
	Left       int  // grants that were left out on purpose, for their small power
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
	Note     string          // what else there is to know: that it has no effect, or needs to be activated; mostly ""
	Count    int             // copies that are alike; 0 counts as 1
}

// The kinds of principals.
const (
	SystemAssigned   = "system-assigned identity"
	UserAssigned     = "user-assigned identity"
	ServicePrincipal = "service principal"
	User             = "user"
	Group            = "group"
	Application      = "application"        // that a template registers in Microsoft Entra ID
	Federated        = "federated workload" // whose tokens an identity or application takes: Name is the subject, ID issuer and subject
	OtherPrincipal   = "principal"          // of a kind that is not known
)

// Principal is who is granted something.
type Principal struct {
	Kind  string // one of the kinds
	Name  string // of the identity, or of the host whose identity it is; the object id of others; what is unknown in ‹ ›
	ID    string // resource id of the identity or host, or the object id
	Key   string // the same for the same principal within a run, and across runs as long as its names stay; for machines
	Known bool   // it is known who it is; else Name says what it waits for
	Hosts []Host // what runs with it
}

// Host is a resource that an identity is attached to.
type Host struct {
	Type, Name, ID string
	At             report.Place
	Maybe          string // the condition under which it is attached
}

// Identity is a managed identity of the templates, declared or only attached. Its Hosts are all that run with it.
type Identity struct {
	Principal Principal
	At        report.Place
	Declared  bool // the templates make it, if it is user-assigned; else it is there before them
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
