// Package azure holds what rolecall knows about Azure itself: what built-in roles permit, which resource types take a
// managed identity, and which of them are of little use without one.
//
// The knowledge stands in tables of text, in the folder tables, that are embedded and searched where they lie: nothing
// is built at start-up. NOTICE names the public sources; [TablesDate] says how old they are. Every name that is looked
// up may be in any case.
package azure

//go:generate go run -C ../../internal/tools ./azuretables -normalise ../../rules/azure
