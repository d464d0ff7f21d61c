package azure

import (
	"slices"
	"strings"
)

// readVerbs and writeVerbs end the operations by which a pattern with a wildcard is tried.
var (
	readVerbs  = []string{"/read"}
	writeVerbs = []string{"/write", "/delete"}
)

// dataEvidence is the first of the block's data actions that is of a kind: by its own end, or, if it is a pattern that
// is open at its end, because it covers one of the verbs.
func (p Permissions) dataEvidence(verbs []string, is func(operation string) bool) string {
	for _, pattern := range p.DataActions {
		if p.coversData(pattern, verbs, is) {
			return pattern
		}
	}
	return ""
}

func (p Permissions) coversData(pattern string, verbs []string, is func(string) bool) bool {
	open, isOpen := strings.CutSuffix(pattern, "*")
	if !isOpen {
		return is(pattern) && !matchAny(p.NotDataActions, example(pattern))
	}
	open = strings.TrimSuffix(open, "/")
	return slices.ContainsFunc(verbs, func(verb string) bool {
		op := example(open) + "/thing" + verb
		return Match(pattern, op) && !matchAny(p.NotDataActions, op)
	})
}

// example makes an operation of a pattern: what has the same form but hardly any other pattern covers by name.
func example(pattern string) string {
	if strings.IndexByte(pattern, '*') < 0 {
		return pattern
	}
	return strings.ReplaceAll(pattern, "*", "thing")
}

func isDataRead(operation string) bool {
	if hasSuffixFold(operation, "/read") {
		return true
	}
	verb := lastVerb(operation)
	return verb == "*" || slices.ContainsFunc(readLike, func(prefix string) bool { return hasPrefixFold(verb, prefix) })
}

// isDataWrite takes every other action for one that changes or causes something.
func isDataWrite(operation string) bool {
	return lastVerb(operation) == "*" || !isDataRead(operation)
}

// readLike start verbs of actions that disclose data and leave it as it is.
var readLike = []string{
	"read", "get", "list", "query", "search", "view", "download", "export", "receive", "peek", "filter", "fetch", "find",
	"decrypt", "unwrap", "verify", "show", "lookup",
}
