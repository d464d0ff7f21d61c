package azure

import (
	"slices"
	"strings"
)

// A role that a built-in one nearly is has at most so many actions more, and the built-in one at least so many patterns.
const (
	fewActions   = 2
	manyPatterns = 10
)

// NearestBuiltIn finds a built-in role that allows the same as the blocks, or one that allows the same but for one or two
// actions, which are returned. Roles with conditions and roles that are out of date are left out, and of several that
// allow the same the one with the lowest id is returned.
func NearestBuiltIn(blocks []Permissions) (role RoleDefinition, more []string, ok bool) {
	if slices.ContainsFunc(blocks, func(p Permissions) bool { return p.Condition }) {
		return RoleDefinition{}, nil, false
	}
	best := fewActions + 1
	for r := range Roles() {
		if patterns := patternCount(r.Blocks); patterns == 0 || !current(r) || !Covers(blocks, r.Blocks) {
			continue
		}
		rest, extra := split(blocks, r.Blocks)
		if len(extra) >= best || slices.ContainsFunc(extra, hasStar) || len(extra) > 0 && patternCount(r.Blocks) < manyPatterns || !Covers(rest, r.Blocks) {
			continue
		}
		role, more, best, ok = r, extra, len(extra), true
		if best == 0 {
			break
		}
	}
	return role, more, ok
}

func hasStar(pattern string) bool { return strings.IndexByte(pattern, '*') >= 0 }

// current says whether a role is one to recommend.
func current(r RoleDefinition) bool {
	name := strings.ToLower(r.Name)
	return r.Known && !strings.Contains(name, "deprecated") && !strings.Contains(name, "legacy") &&
		!slices.ContainsFunc(r.Blocks, func(p Permissions) bool { return p.Condition })
}

func patternCount(blocks []Permissions) int {
	n := 0
	for _, p := range blocks {
		n += len(p.Actions) + len(p.DataActions)
	}
	return n
}

// split takes the patterns out of the blocks that within does not cover, and returns both.
func split(blocks, within []Permissions) (rest []Permissions, extra []string) {
	for _, p := range blocks {
		kept := Permissions{NotActions: p.NotActions, NotDataActions: p.NotDataActions}
		for _, a := range p.Actions {
			if Covers(within, []Permissions{{Actions: []string{a}, NotActions: p.NotActions}}) {
				kept.Actions = append(kept.Actions, a)
			} else {
				extra = append(extra, a)
			}
		}
		for _, a := range p.DataActions {
			if Covers(within, []Permissions{{DataActions: []string{a}, NotDataActions: p.NotDataActions}}) {
				kept.DataActions = append(kept.DataActions, a)
			} else {
				extra = append(extra, a)
			}
		}
		rest = append(rest, kept)
	}
	return rest, extra
}
