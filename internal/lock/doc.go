// Package lock writes who gets what where into a file that is reviewed and
// kept, and reads it again. It is made to be read as a difference: grants are
// sorted, each is a small block, and nothing in it changes but with the access
// it tells of. There are no lines, no places of this machine and no version of
// the program in it.
//
//	{
//	  "version": 1,
//	  "grants": [
//	    {
//	      "principal": {"kind": "user-assigned identity", "name": "id-app", "id": "/subscriptions/…"},
//	      "role": {"name": "Reader", "id": "acdd72a7-…", "power": "limited"},
//	      "scope": {"level": "resource group", "name": "rg-app", "id": "/subscriptions/…"},
//	      "templates": ["infra/main.json"]
//	    }
//	  ],
//	  "identities": [{"name": "id-app", "id": "/subscriptions/…", "declared": true, "hosts": [{"type", "name", "id", "deployedIf"}]}],
//	  "undecided": [{"type", "symbol", "state", "reason", "count"}],
//	  "coverage": {"total": 3, "decided": 2, "parameter": 1}
//	}
//
// A grant has further members only if there is something to say: "plane" if it
// is none of Azure roles, "condition", "deployedIf", "note" and
// "parameterSets"; a principal that is not known yet has "known": false; a role
// that the templates define has "custom": true and its "permissions". What is
// not known in a text stands in ‹ ›. The permissions of built-in roles are those
// of the program's tables, found by their ids.
//
// "principals" is how many principals a grant is for that are written alike, if
// they are several: a name of which a part is not known may stand for two.
//
// "undecided" are grants of which nothing more is known than that they are
// declared, and "coverage" counts all declarations of grants.
package lock

// Version is the version of the format.
const Version = 1

// FileName is what the file is called unless it is told otherwise.
const FileName = "rolecall.lock.json"
