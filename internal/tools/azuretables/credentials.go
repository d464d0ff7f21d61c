package main

import (
	"slices"
	"strings"
	"unicode"
)

func credentialTable(operations []string) table {
	t := table{file: "credentials.tsv", fields: 1, head: `Operations that hand out or replace a credential: functions of resource types, and what built-in roles name.`}
	for _, op := range operations {
		t.rows = append(t.rows, []string{op})
	}
	return t
}

// credentialOperations picks the functions that yield a credential.
func (c *catalogue) credentialOperations() []string {
	var out []string
	for _, op := range c.functions {
		if isCredential(op) {
			out = append(out, op)
		}
	}
	slices.Sort(out)
	return out
}

// addRoleCredentials adds the operations that roles name without a wildcard.
func (t *table) addRoleCredentials(roles table) {
	known := map[string]bool{}
	for _, row := range t.rows {
		known[fold(row[0])] = true
	}
	for _, row := range roles.rows {
		for block := range strings.SplitSeq(field(row, 3), "|") {
			actions, _, _ := strings.Cut(strings.TrimPrefix(block, "?"), ";")
			for op := range strings.SplitSeq(actions, ",") {
				if isCredential(op) && !known[fold(op)] {
					known[fold(op)] = true
					t.rows = append(t.rows, []string{op})
				}
			}
		}
	}
	t.sort()
}

// isCredential judges an operation by the words of its verb: one of them must name a credential, another must not
// take the sense away.
func isCredential(op string) bool {
	if !strings.HasSuffix(fold(op), "/action") || strings.Contains(op, "*") {
		return false
	}
	op = op[:len(op)-len("/action")]
	verb := op[strings.LastIndexByte(op, '/')+1:]
	return namesCredential(verb) && !harmless(verb)
}

// credentialWords end a word of a verb, in the singular.
var credentialWords = []string{"key", "secret", "credential", "password", "token", "sas", "connectionstring", "callbackurl", "publishxml"}

// harmlessWords make a verb harmless: it stores, checks or removes a credential, or speaks of something else.
var harmlessWords = []string{
	"validate", "check", "test", "revoke", "delete", "remove", "import", "upload", "add", "set", "update", "enable", "disable",
	"status", "vault", "delegation", "sync", "purge", "backup", "restore", "recover", "upgrade", "migrate", "tokenize", "verify",
	"renew", "resync", "crypto", "hash", "issue", "deactivate", "activate", "sign", "create", "refresh", "transfer", "summary", "assessment", "health", "values",
}

func namesCredential(verb string) bool {
	return slices.ContainsFunc(words(verb), func(w string) bool {
		return slices.ContainsFunc(credentialWords, func(c string) bool {
			return strings.HasSuffix(w, c) || strings.HasSuffix(w, c+"s")
		})
	})
}

func harmless(verb string) bool {
	return slices.ContainsFunc(words(verb), func(w string) bool { return slices.Contains(harmlessWords, w) })
}

// words splits camel case and keeps the whole in lower case as the last word, for names without case.
func words(verb string) []string {
	var out []string
	start := 0
	for i, r := range verb {
		if unicode.IsUpper(r) && i > start {
			out = append(out, strings.ToLower(verb[start:i]))
			start = i
		}
	}
	return append(out, strings.ToLower(verb[start:]), strings.ToLower(verb))
}
