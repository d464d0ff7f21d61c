package azure

import (
	_ "embed"
	"strings"
)

//go:embed tables/identity-references.tsv
var references table

// A Reference is a property by which a resource names the identity that it uses. The facts come from bicep-types-az; the
// properties that it does not describe, such as app settings, are written by hand from the documentation of the services.
type Reference struct {
	Path string        // dots between names; [] is every element, [name=x] the elements called x, * every member, *x those that end in x, ** any depth
	Kind ReferenceKind // what the property holds

	// When says when the property counts: if all members of one of the lists are there, in objects around the property.
	// The member "name" is the last segment of the name of the resource. Empty: always.
	When [][]Discriminator
}

// A Discriminator is a member of an object, and its value, that says which form the object has.
type Discriminator struct{ Name, Value string }

// A ReferenceKind says what a property that names an identity holds.
type ReferenceKind string

// The kinds. Those with "or system" also take a word that means the system-assigned identity; which word differs by
// service.
const (
	RefID                  ReferenceKind = "id"              // the id of a user-assigned identity
	RefIDOrSystem          ReferenceKind = "id-or-system"    // or the word for the system-assigned identity
	RefIDOrHost            ReferenceKind = "id-or-host"      // or the id of the host itself, for its system-assigned identity
	RefPrefixedID          ReferenceKind = "prefixed-id"     // a word, "=" and the id, or a word for another identity
	RefIDOrClientID        ReferenceKind = "id-or-client-id" // or the object id; a property beside it says which
	RefClientID            ReferenceKind = "client-id"
	RefClientIDOrSystem    ReferenceKind = "client-id-or-system"
	RefPrincipalID         ReferenceKind = "principal-id"
	RefPrincipalIDOrSystem ReferenceKind = "principal-id-or-system"
	RefMap                 ReferenceKind = "map" // an object whose keys are ids
)

// References returns the properties by which a resource of the type, in any case, names identities.
func References(resourceType string) []Reference {
	line, rest, ok := references.find(resourceType)
	if !ok {
		return nil
	}
	var out []Reference
	key := firstField(line)
	for line = range rest.lines() {
		if !equalFold(firstField(line), key) {
			break
		}
		var r Reference
		var typ, kind, when string
		cutFields(line, &typ, &r.Path, &kind, &when)
		r.Kind, r.When = ReferenceKind(kind), discriminators(when)
		out = append(out, r)
	}
	return out
}

func discriminators(when string) [][]Discriminator {
	var out [][]Discriminator
	for _, all := range splitList(when, ";") {
		var list []Discriminator
		for _, one := range splitList(all, "&") {
			name, value, _ := strings.Cut(one, "=")
			list = append(list, Discriminator{name, value})
		}
		out = append(out, list)
	}
	return out
}
