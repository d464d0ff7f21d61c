package azure

import (
	_ "embed"
	"strings"
)

//go:embed tables/credentials.tsv
var credentials table

// credentialEvidence names an operation of the block that hands out or replaces a credential. Patterns are tried on the
// operations that are best known first.
func (p Permissions) credentialEvidence() string {
	if op := p.firstAllowed(credentialOperations); op != "" {
		return op
	}
	for _, pattern := range p.Actions {
		op := credentialOperation(pattern)
		if op != "" && !matchAny(p.NotActions, op) {
			return op
		}
		if op := p.matchingCredential(pattern); op != "" {
			return op
		}
	}
	return ""
}

// matchingCredential finds an operation of the table that a pattern with a wildcard covers, one that says what it does by
// its verb before others. Only the lines that start like the pattern are read, and none if the pattern ends in a way that
// no action does.
func (p Permissions) matchingCredential(pattern string) string {
	star := strings.IndexByte(pattern, '*')
	if star < 0 || !mayEndIn(pattern, "/action") {
		return ""
	}
	prefix := pattern[:star]
	_, rest, _ := credentials.find(prefix)
	found := ""
	for op := range rest.lines() {
		switch {
		case !hasPrefixFold(op, prefix):
			return found
		case !Match(pattern, op) || matchAny(p.NotActions, op):
		case isCredentialVerb(lastVerb(op)):
			return op
		case found == "":
			found = op
		}
	}
	return found
}

// mayEndIn says whether what stands behind the last star of the pattern fits an operation with that end.
func mayEndIn(pattern, end string) bool {
	tail := pattern[strings.LastIndexByte(pattern, '*')+1:]
	n := min(len(tail), len(end))
	return equalFold(tail[len(tail)-n:], end[len(end)-n:])
}

// credentialOperation gives the pattern back if its very text names an operation of the class: one of the table, or one
// of any provider with a verb that has only one sense.
func credentialOperation(pattern string) string {
	if credentials.has(pattern) || isCredentialVerb(lastVerb(pattern)) {
		return pattern
	}
	return ""
}

// lastVerb is the segment before a closing /action.
func lastVerb(operation string) string {
	end := len(operation) - len("/action")
	if end < 0 || !equalFold(operation[end:], "/action") {
		return ""
	}
	return operation[strings.LastIndexByte(operation[:end], '/')+1 : end]
}

func isCredentialVerb(verb string) bool { return verb != "" && containsFold(credentialVerbs, verb) }

// credentialVerbs mean the same in every provider.
var credentialVerbs = []string{
	"listKeys", "listKey", "listSecrets", "listSecret", "listCredentials", "listCredential", "listConnectionStrings",
	"listConnectionString", "listTokens", "listToken", "listPasswords", "listPassword", "listSas", "listAccountSas",
	"listServiceSas", "listAdminKeys", "listAccessKeys", "listAdminCredentials", "listClusterAdminCredential",
	"regenerateKey", "regenerateKeys", "regenerateSecret", "regenerateCredential", "regenerateCredentials",
	"regeneratePassword", "rotateKey", "rotateKeys", "generateToken", "generateKey",
}
