package rules

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/azure"
	"github.com/rolecall/rolecall/rules/facts"
)

// A path that the facts do not have, or a type that has no map of identities,
// would never be judged.
func TestNamings(t *testing.T) {
	const empty = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []}`
	u, err := facts.Load(facts.Options{Root: "t.json"}, func(string) ([]byte, error) { return []byte(empty), nil })
	if err != nil {
		t.Fatal(err)
	}
	access := facts.NewAccess(u)
	for _, n := range namings {
		if !slices.ContainsFunc(azure.References(n.on), func(r azure.Reference) bool { return r.Path == n.path }) {
			t.Errorf("%s: no property %s", n.on, n.path)
		}
		carrier := access.Carrier(n.on)
		if s, ok := azure.IdentitySupport(carrier); !ok || s.Shape != azure.ShapeMap || s.DocumentedOnly || s.Doubtful {
			t.Errorf("%s: the identities of %q: %+v", n.on, carrier, s)
		}
	}
}

func TestOtherID(t *testing.T) {
	const group = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
	hole := func(key string) value.Value {
		return value.OfSymbol(&value.Symbol{Reason: value.ReasonParameter, Type: value.TypeString, Key: key, Text: key})
	}
	text := func(parts ...any) value.Value {
		var vs []value.Value
		for _, p := range parts {
			if s, ok := p.(string); ok {
				vs = append(vs, value.OfString(s))
			} else {
				vs = append(vs, p.(value.Value))
			}
		}
		return value.Join(vs...)
	}
	a, b := hole("a"), hole("b")
	for _, c := range []struct {
		x, y  value.Value
		other bool
	}{
		{text(group, "x"), text(group, "y"), true},
		{text(group, "x"), text(group, "X"), false},
		{text(group, "id-1"), text(group, "id-11"), true},
		{text(group, "x"), text("/subscriptions/s/resourceGroups/h/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x"), true},
		{text(group, a), text(group, "x"), false},
		{text(group, a), text(group, b), false},
		{text(group, a), text(group, a), false},
		{text(group, a, "-x"), text(group, a, "-y"), true},
		{text(group, a, "-x"), text(group, a), true},
		{text(group, "x-", a), text(group, "y-", a), true},
		{text(group, "x", a), text(group, "xx", a), true},
		{text(group, a, "-x"), text(group, b, "-y"), false},
		{text(group, a, "x", b), text(group, b, "x", a), false},
		{text(a, "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x"), text(group, "y"), true},
		{text(a, "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x"), text(group, "x"), false},
		{a, text(group, "x"), false},
		{a, b, false},
		{text(group, "x"), value.Nil, false},
		{text(group, "x"), text(""), false},
	} {
		for _, pair := range [][2]value.Value{{c.x, c.y}, {c.y, c.x}} {
			if got := otherID(pair[0], pair[1]); got != c.other {
				t.Errorf("%s and %s: %v", value.Show(pair[0]), value.Show(pair[1]), got)
			}
		}
	}
}
