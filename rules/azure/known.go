package azure

import (
	"slices"
	"sort"
	"strings"
	"sync"
)

// knownOperation is an operation, or a pattern, that built-in roles name.
type knownOperation struct {
	name             string
	management, data bool // it stands under actions or notActions; under dataActions or notDataActions
}

// knownOperations are those of all built-in roles, sorted by name without case. They are put together when a role of a
// template is first looked at.
var knownOperations = sync.OnceValue(func() []knownOperation {
	var all []knownOperation
	add := func(list []string, data bool) {
		for _, name := range list {
			all = append(all, knownOperation{name, !data, data})
		}
	}
	for r := range Roles() {
		for _, p := range r.Blocks {
			add(p.Actions, false)
			add(p.NotActions, false)
			add(p.DataActions, true)
			add(p.NotDataActions, true)
		}
	}
	sort.Slice(all, func(i, j int) bool { return compareFold(all[i].name, all[j].name) < 0 })
	return merged(all)
})

// merged makes one of equal neighbours.
func merged(sorted []knownOperation) []knownOperation {
	out := sorted[:0]
	for _, op := range sorted {
		if n := len(out); n > 0 && equalFold(out[n-1].name, op.name) {
			out[n-1].management = out[n-1].management || op.management
			out[n-1].data = out[n-1].data || op.data
			continue
		}
		out = append(out, op)
	}
	return slices.Clip(out)
}

// startingWith are the known operations and patterns that start so, in any case.
func startingWith(prefix string) []knownOperation {
	all := knownOperations()
	from, _ := slices.BinarySearchFunc(all, prefix, func(op knownOperation, prefix string) int { return compareFold(op.name, prefix) })
	to := from
	for to < len(all) && hasPrefixFold(all[to].name, prefix) {
		to++
	}
	return all[from:to]
}

// Sides says where an operation, or what a pattern covers, belongs in a role definition: to the management operations, to
// the operations on data, or to both. What neither built-in roles nor the resource types tell is on neither side; so the
// answer that it is on one side only does not prove that it is not on the other.
func Sides(pattern string) (management, data bool) {
	management, data = RoleSides(pattern)
	prefix, _, open := strings.Cut(pattern, "*")
	management = management || coversType(pattern, prefix, open) || coversLine(credentials, pattern, prefix)
	return management, data
}

// RoleSides is Sides by what built-in roles name, and nothing else.
func RoleSides(pattern string) (management, data bool) {
	prefix, _, _ := strings.Cut(pattern, "*")
	for _, op := range startingWith(prefix) {
		if management && data {
			break
		}
		if Overlap(pattern, op.name) {
			management, data = management || op.management, data || op.data
		}
	}
	return management, data
}

// coversType says whether the pattern covers an operation by which resources of a known type are read, written or deleted.
// Of a pattern that is open, it is enough if there may be such an operation.
func coversType(pattern, prefix string, open bool) bool {
	if !open {
		slash := strings.LastIndexByte(pattern, '/')
		return slash > 0 && containsFold(resourceVerbs, pattern[slash+1:]) && resourceTypes.has(pattern[:slash])
	}
	_, rest, _ := resourceTypes.find(strings.TrimSuffix(prefix, "/"))
	for line := range rest.lines() {
		name := firstField(line)
		if !hasPrefixFold(name+"/", prefix) {
			return false
		}
		if slices.ContainsFunc(resourceVerbs, func(verb string) bool { return Match(pattern, name+"/"+verb) }) {
			return true
		}
	}
	return false
}

// resourceVerbs end the operations that every resource type has.
var resourceVerbs = []string{"read", "write", "delete"}

func coversLine(t table, pattern, prefix string) bool {
	_, rest, _ := t.find(prefix)
	for line := range rest.lines() {
		if !hasPrefixFold(line, prefix) {
			return false
		}
		if Match(pattern, line) {
			return true
		}
	}
	return false
}

// EndsInVerb says whether an operation ends as operations do: in read, write, delete or action.
// https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
func EndsInVerb(operation string) bool {
	verb := operation[strings.LastIndexByte(operation, '/')+1:]
	return equalFold(verb, "action") || containsFold(resourceVerbs, verb)
}

// IsKnownPath says whether something is known that starts with the path: an operation, a pattern or a resource type.
// A path has no slash at its end.
func IsKnownPath(path string) bool {
	if len(startingWith(path+"/")) > 0 || resourceTypes.has(path) {
		return true
	}
	below := path + "/"
	return startsLine(resourceTypes, below) || startsLine(credentials, below)
}

func startsLine(t table, prefix string) bool {
	_, rest, _ := t.find(prefix)
	return hasPrefixFold(rest.first(), prefix)
}
