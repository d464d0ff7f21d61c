// Package sample makes templates of a known size, for benchmarks: the same
// bytes on every run, and content such as the Bicep compiler writes and people
// write in Bicep: identities, workloads, role assignments, described
// parameters, variables and nested deployments.
package sample

import (
	"fmt"
	"strings"
)

// Shape says how large a template is. The zero value is the smallest.
type Shape struct {
	Resources int  // in each of the deployments; a group is five: identity, storage account, app, grant, vault
	Copies    int  // role assignments that each grant makes in a loop; 0: one, without a loop
	Depth     int  // deployments within deployments
	Uses      int  // how often a module of five resources is used
	Linked    bool // in JSON, the module is a file of its own, and no nested template
	Terms     int  // in the name of each identity: the arguments of one call
	Parens    int  // in the name of each identity: calls within calls
	Bytes     int  // resources are added until the JSON template has this many
}

// Set is a template and what it pulls in.
type Set struct {
	Root  string            // the path of the template
	Files map[string]string // texts by path
}

// Bytes is the size of all files.
func (s Set) Bytes() int {
	n := 0
	for _, text := range s.Files {
		n += len(text)
	}
	return n
}

// group is how many resources of different kinds take turns.
const group = 5

// Deployed is how many resources the template deploys, the deployments within
// it included. It knows nothing of Bytes.
func (s Shape) Deployed() int {
	grants := (s.Resources + 1) / group
	own := s.Resources + grants*max(s.Copies-1, 0)
	return own*(s.Depth+1) + s.Depth + s.Uses*(group+1)
}

// principal is the object id of somebody.
func principal(i int) string {
	return fmt.Sprintf("%08x-5a3c-4d1e-9b7f-%012x", 0x3f2a0000+i, 0x9e0000000000+i*7919)
}

// roles that grants name, in turn.
var roles = [...]struct{ name, id string }{
	{"Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7"},
	{"Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"},
	{"Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"},
	{"Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6"},
	{"Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c"},
}

// name is the expression that names identity i, as both languages write it but
// for the parameter.
func (s Shape) name(i int, parameter string) string {
	switch {
	case s.Terms > 0:
		terms := make([]string, s.Terms)
		for t := range terms {
			terms[t] = fmt.Sprintf("'-%d-', %s", t, parameter)
		}
		return fmt.Sprintf("concat('id-%d', %s)", i, strings.Join(terms, ", "))
	case s.Parens > 0:
		return strings.Repeat("toLower(concat('a', ", s.Parens) + fmt.Sprintf("'%d', %s", i, parameter) + strings.Repeat("))", s.Parens)
	}
	return fmt.Sprintf("format('{0}-id-%d', %s)", i, parameter)
}
