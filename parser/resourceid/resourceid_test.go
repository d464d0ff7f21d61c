package resourceid_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/resourceid"
	"github.com/rolecall/rolecall/parser/value"
)

// id reads a text in which ? stands for a hole that may hold anything and *
// for one segment.
func id(text string) value.Value {
	var parts []value.Value
	for _, c := range text {
		switch c {
		case '?', '*':
			parts = append(parts, value.OfSymbol(&value.Symbol{Reason: value.ReasonParameter, Type: value.TypeString, Segment: c == '*', Key: string(c), Text: string(c)}))
		default:
			parts = append(parts, value.OfString(string(c)))
		}
	}
	return value.Join(parts...)
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, scope, typ, name string }{
		{"/subscriptions/s/resourceGroups/g/providers/A.B/c/n", "/subscriptions/s/resourceGroups/g", "A.B/c", "n"},
		{"/subscriptions/s/resourceGroups/g/providers/A.B/c/n/d/m", "/subscriptions/s/resourceGroups/g", "A.B/c/d", "n/m"},
		{"/subscriptions/s/PROVIDERS/A.B/c/n/providers/X.Y/z/l/", "/subscriptions/s/PROVIDERS/A.B/c/n", "X.Y/z", "l"},
		{"/providers/A.B/c/n", "", "A.B/c", "n"},
		{"/subscriptions/s", "", "Microsoft.Resources/subscriptions", "s"},
		{"/subscriptions/s/resourcegroups/g", "/subscriptions/s", "Microsoft.Resources/resourceGroups", "g"},
		{"/subscriptions/*/resourceGroups/*/providers/A.B/c/*", "/subscriptions/‹*›/resourceGroups/‹*›", "A.B/c", "‹*›"},
		{"?/providers/A.B/c/n", "‹?›", "A.B/c", "n"},
		{"/subscriptions/s/providers/A.B/c", "", "", ""},
		{"/subscriptions/s/providers/A.B/*/n", "", "", ""},
		{"/subscriptions/s/providers/*/c/n", "", "", ""},
		{"?", "", "", ""},
		{"", "", "", ""},
		{"name", "", "", ""},
	} {
		p, ok := resourceid.Parse(id(c.in))
		if ok != (c.typ != "") {
			t.Errorf("%s: read: %v", c.in, ok)
			continue
		}
		if ok && (value.Show(p.Scope) != c.scope || p.Type != c.typ || value.Show(p.Name()) != c.name) {
			t.Errorf("%s: got %s, %s, %s", c.in, value.Show(p.Scope), p.Type, value.Show(p.Name()))
		}
	}
}

func TestContains(t *testing.T) {
	for _, c := range []struct {
		outer, inner string
		want         value.Tri
	}{
		{"/", "/subscriptions/s", value.Yes},
		{"/subscriptions/s", "/subscriptions/S/resourceGroups/g", value.Yes},
		{"/subscriptions/s", "/subscriptions/s", value.Yes},
		{"/subscriptions/s", "/subscriptions/t", value.No},
		{"/subscriptions/s/resourceGroups/g", "/subscriptions/s", value.No},
		{"/subscriptions/s/resourceGroups/g", "/subscriptions/s/resourceGroups/G/providers/A.B/c/n", value.Yes},
		{"/subscriptions/s/resourceGroups/g", "/subscriptions/s/resourceGroups/gg", value.No},
		{"/subscriptions/*", "/subscriptions/*/resourceGroups/g", value.Yes},
		{"/subscriptions/*", "/subscriptions/s", value.Maybe},
		{"/subscriptions/s", "?", value.Maybe},
		{"?", "/subscriptions/s", value.Maybe},
		{"/providers/Microsoft.Management/managementGroups/m", "/subscriptions/s", value.Maybe},
		{"/providers/Microsoft.Management/managementGroups/m", "/providers/microsoft.management/managementgroups/M", value.Yes},
	} {
		if got := resourceid.Contains(id(c.outer), id(c.inner)); got != c.want {
			t.Errorf("%s holds %s: %s, want %s", c.outer, c.inner, got, c.want)
		}
	}
}

func TestLevels(t *testing.T) {
	for in, want := range map[string]resourceid.Level{
		"": resourceid.Tenant, "/": resourceid.Tenant, "/subscriptions/*": resourceid.Subscription, "/subscriptions/s/resourceGroups/*": resourceid.ResourceGroup,
		"/providers/Microsoft.Management/managementGroups/m": resourceid.ManagementGroup, "/subscriptions/s/providers/A.B/c/n": resourceid.Resource,
		"?": resourceid.LevelUnknown, "?/resourceGroups/g": resourceid.ResourceGroup,
		"/subscriptions/s/resourceGroups/g/providers/?": resourceid.Resource, "/subscriptions/s/resourceGroups/g/providers/?/n": resourceid.Resource,
		"/subscriptions/s/providers/?": resourceid.LevelUnknown, "/providers/?": resourceid.LevelUnknown,
	} {
		if got := resourceid.LevelOf(id(in)); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"/subscriptions/S/resourceGroups/G", "/SUBSCRIPTIONS/s/resourcegroups/g/", true},
		{"/subscriptions/*/x", "/Subscriptions/*/X", true},
		{"/subscriptions/*", "/subscriptions/?", false},
		{"/subscriptions/s", "/subscriptions/t", false},
	} {
		if same := resourceid.Key(id(c.a)) == resourceid.Key(id(c.b)); same != c.same {
			t.Errorf("%s and %s have the same key: %v", c.a, c.b, same)
		}
	}
}

// TestKeyOfChoices: ids that are one of several are the same if they choose
// alike, and others are not.
func TestKeyOfChoices(t *testing.T) {
	choice := func(a, b string) value.Value {
		p := &value.Symbol{Reason: value.ReasonParameter, Key: "p", Text: "parameters('p')"}
		yes := value.Condition{{Of: p, Is: value.OfBool(true)}}
		no := value.Condition{{Of: p, Is: value.OfBool(true), Not: true}}
		return value.Choose([]value.Alternative{{Value: value.OfString(a), When: yes}, {Value: value.OfString(b), When: no}})
	}
	one, same, other := choice("/A/x", "/b"), choice("/a/X", "/B"), choice("/a/x", "/c")
	if one.Kind != value.Choice {
		t.Fatal("it is no choice")
	}
	if resourceid.Key(one) == "" || resourceid.Key(one) != resourceid.Key(same) {
		t.Errorf("got %q and %q", resourceid.Key(one), resourceid.Key(same))
	}
	if long := strings.Repeat("/a/b", 500); resourceid.Key(choice(long, "/c")) != resourceid.Key(choice(strings.ToUpper(long), "/C")) {
		t.Error("the keys of long ids depend on the case")
	}
	if resourceid.Key(one) == resourceid.Key(other) {
		t.Errorf("two choices have one key, %q", resourceid.Key(one))
	}
}
