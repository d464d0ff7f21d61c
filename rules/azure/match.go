package azure

import (
	"slices"
	"strings"
)

// Match says whether a pattern of a role definition covers an operation, such as
// Microsoft.Storage/storageAccounts/listKeys/action. Case does not matter, and "*" stands for any run of characters,
// "/" among them.
//
// Between slashes "*" may also stand for no segment at all: the role Managed Identity Operator is defined with
// userAssignedIdentities/*/assign/action, and the operation that it exists for is userAssignedIdentities/assign/action.
// https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
func Match(pattern, action string) bool {
	star := strings.IndexByte(pattern, '*')
	if star < 0 {
		return equalFold(pattern, action)
	}
	tail := pattern[strings.LastIndexByte(pattern, '*')+1:]
	if !hasPrefixFold(action, pattern[:star]) || !hasSuffixFold(action, tail) {
		return false // what nearly all pairs come to
	}
	return matchFrom(pattern, action, star)
}

// matchFrom goes through pattern and action once, and on a mismatch returns to the last star only: the leftmost place
// for what follows a star leaves the most to all later ones.
func matchFrom(pattern, action string, start int) bool {
	p, a := start, start
	backP, backA, segment := -1, 0, false
	for a < len(action) || p < len(pattern) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			segment = isSegment(pattern, p)
			p++
			if segment {
				p++ // the slash, which is behind every segment that the star may stand for
			}
			backP, backA = p, a
		case p < len(pattern) && a < len(action) && lower(pattern[p]) == lower(action[a]):
			p++
			a++
		case backP < 0:
			return false
		default:
			if backA = next(action, backA, segment); backA > len(action) {
				return false
			}
			p, a = backP, backA
		}
	}
	return true
}

// isSegment says whether the star at p stands between slashes.
func isSegment(pattern string, p int) bool {
	return p > 0 && pattern[p-1] == '/' && p+1 < len(pattern) && pattern[p+1] == '/'
}

// next is the next place at which what follows a star may start: anywhere, or behind a slash.
func next(action string, from int, segment bool) int {
	if !segment {
		return from + 1
	}
	slash := strings.IndexByte(action[from:], '/')
	if slash < 0 {
		return len(action) + 1
	}
	return from + slash + 1
}

// Allows says whether the block grants a management operation: one of its Actions covers it and none of its NotActions
// does. A condition may still stand in the way.
func (p Permissions) Allows(action string) bool {
	return matchAny(p.Actions, action) && !matchAny(p.NotActions, action)
}

// AllowsData is the same for an operation on data.
func (p Permissions) AllowsData(action string) bool {
	return matchAny(p.DataActions, action) && !matchAny(p.NotDataActions, action)
}

func matchAny(patterns []string, action string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return Match(pattern, action) })
}
