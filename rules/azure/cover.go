package azure

import (
	"slices"
	"strings"
)

// Covers says whether outer surely allows every operation that inner allows. What a condition binds counts for inner, and
// not for outer. Several patterns that cover another one only together are not recognised.
func Covers(outer, inner []Permissions) bool {
	for _, p := range inner {
		for _, pattern := range p.Actions {
			if !anyCovers(outer, pattern, p.NotActions, managementPatterns) {
				return false
			}
		}
		for _, pattern := range p.DataActions {
			if !anyCovers(outer, pattern, p.NotDataActions, dataPatterns) {
				return false
			}
		}
	}
	return true
}

func managementPatterns(p Permissions) (allowed, not []string) { return p.Actions, p.NotActions }
func dataPatterns(p Permissions) (allowed, not []string)       { return p.DataActions, p.NotDataActions }

// anyCovers says whether one of the blocks allows all that a pattern stands for, without what is taken from it.
func anyCovers(blocks []Permissions, pattern string, without []string, lists func(Permissions) (allowed, not []string)) bool {
	if coveredByAny(without, pattern) {
		return true // nothing is left of it
	}
	return slices.ContainsFunc(blocks, func(p Permissions) bool {
		allowed, not := lists(p)
		return !p.Condition && coveredByAny(allowed, pattern) && !slices.ContainsFunc(not, func(n string) bool {
			return Overlap(n, pattern) && !coveredByAny(without, n)
		})
	})
}

func coveredByAny(patterns []string, pattern string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return CoversPattern(p, pattern) })
}

// CoversPattern says whether the pattern outer covers every operation that the pattern inner covers. The stars of inner
// are taken for characters that only a star of outer covers; and since a star between slashes may stand for no segment,
// inner is tried without these as well.
func CoversPattern(outer, inner string) bool {
	if !Match(outer, inner) {
		return false
	}
	for at := 0; ; {
		i := strings.Index(inner[at:], "/*/")
		if i < 0 {
			return true
		}
		at += i + 1
		if !CoversPattern(outer, inner[:at]+inner[at+2:]) {
			return false
		}
	}
}
