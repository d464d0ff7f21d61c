package rules

import (
	"fmt"

	"github.com/rolecall/rolecall/parser/eval"
	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// way words the stops of a credential, first stop first, and the place where
// it arrives; nil if it comes from nowhere else.
func way(f *facts.Flow) []Related {
	stops := f.Way()
	if len(stops) == 0 || len(stops) == 1 && stops[0].Kind == "list" && inside(stops[0].At, f.At) {
		return nil
	}
	out := make([]Related, 0, len(stops)+1)
	for _, s := range stops {
		out = append(out, Related{s.At, wayStop(s, f.Source)})
	}
	return append(out, Related{f.At, "here it arrives"})
}

func wayStop(s eval.Stop, from facts.Credential) string {
	switch s.Kind {
	case "list":
		return fmt.Sprintf("%s is read by %s()", listedAs(from), s.Name)
	case "default":
		return fmt.Sprintf("it is the default of the parameter '%s'", s.Name)
	case "argument":
		return fmt.Sprintf("it goes to the parameter '%s'", s.Name)
	case "output":
		return fmt.Sprintf("it goes out through the output '%s'", s.Name)
	}
	return "it goes through " + variable(s)
}

// listedAs says what the result of a list*() function is.
func listedAs(c facts.Credential) string {
	switch {
	case containsFold(c.Name, "CallbackUrl"):
		return "a callback address with its signature"
	case containsFold(c.Name, "Sas"):
		return "a shared access signature"
	case containsFold(c.Name, "ConnectionString"):
		return "a connection string"
	case containsFold(c.Name, "Token"):
		return "a token"
	case containsFold(c.Name, "Credential"):
		return "a password"
	case containsFold(c.Name, "Secret"):
		return "a secret"
	}
	return "a key"
}

// keyOwner names the resource that a credential belongs to.
func keyOwner(c facts.Credential) string {
	noun := "a resource"
	if k, ok := azure.KeylessRole(c.Type); ok {
		noun = "the " + k.Noun
	} else if c.Type != "" {
		noun = "the resource of the type '" + c.Type + "'"
	}
	if name := keyOwnerName(c); name != "" && noun != "a resource" {
		return noun + " '" + name + "'"
	}
	return noun
}

// keyOwnerName is the name of the resource itself, without those of rules and
// the like below it.
func keyOwnerName(c facts.Credential) string {
	id, ok := resourceid.Parse(c.ID)
	if !ok || len(id.Names) == 0 {
		return ""
	}
	name := id.Names[0]
	if _, keyless := azure.KeylessRole(c.Type); !keyless {
		name = id.Name()
	}
	if s := value.Show(name); len(s) <= 80 {
		return s
	}
	return ""
}

// keyless says which role replaces a key; false if the service takes nothing
// but keys, or may do so.
func keyless(f *facts.Flow) (azure.Keyless, bool) {
	k, ok := azure.KeylessRole(f.Source.Type)
	if ok && value.FoldEqual(k.Type, "Microsoft.DocumentDB/databaseAccounts") && !cosmosTakesIdentities(f) {
		return k, false
	}
	return k, ok
}

// cosmosTakesIdentities tells whether the data of a Cosmos DB account can be
// reached with an identity: through the API for NoSQL only.
// https://learn.microsoft.com/azure/cosmos-db/nosql/how-to-connect-role-based-access-control
func cosmosTakesIdentities(f *facts.Flow) bool {
	text := literals(f.Value)
	if containsFold(text, "mongodb") || containsFold(text, ".cassandra.") || containsFold(text, ".gremlin.") || containsFold(text, "TableEndpoint") {
		return false
	}
	r := f.Source.Resource
	if r == nil {
		return !containsFold(f.Source.Name, "ConnectionString") // mostly those of MongoDB
	}
	if kind, ok := r.Get("kind").Str(); ok && value.FoldEqual(kind, "MongoDB") || !ok && !r.Get("kind").IsNull() {
		return false
	}
	found, exact := places(r.Body(), "properties.capabilities[].name")
	for _, at := range found {
		name, known := at.Value.Str()
		exact = exact && known
		for _, api := range []string{"EnableMongo", "EnableCassandra", "EnableGremlin", "EnableTable"} {
			if value.FoldEqual(name, api) {
				return false
			}
		}
	}
	return exact
}
