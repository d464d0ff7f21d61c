package facts_test

import (
	"slices"
	"testing"

	"github.com/rolecall/rolecall/parser/value"
	"github.com/rolecall/rolecall/rules/facts"
)

// TestPlaces walks the properties of one resource.
func TestPlaces(t *testing.T) {
	a := access(t, `"parameters": {"o": {"type": "object"}, "a": {"type": "array"}, "s": {"type": "string"}, "b": {"type": "bool"}},
		"resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "v", "properties": {
			"list": [{"name": "one", "v": "1"}, {"name": "a__two", "v": "2"}, {"v": "3"}, "text"],
			"members": {"x": {"v": "4"}, "b__two": {"v": "5"}, "gone": null},
			"unsure": "[union(parameters('o'), createObject('k', 'k'))]",
			"more": "[concat(createArray(createObject('name', 'one', 'v', '6')), parameters('a'))]",
			"nameless": [{"name": "[parameters('s')]", "v": "7"}],
			"chosen": "[if(parameters('b'), createObject('v', '8'), createObject('v', '9'))]",
			"either": [{"name": "[if(parameters('b'), 'one', 'two')]", "v": "10"}],
			"unknown": ["[parameters('o')]"],
			"open": ["[union(parameters('o'), createObject('v', '11'))]"]
		}}]`)
	body := a.Unit.Deployment.Resources[0].Body()
	for _, c := range []struct {
		path  string
		want  []string
		exact bool
	}{
		{"list[].v", []string{"1", "2", "3"}, true},
		{"list[name=ONE].v", []string{"1"}, true},
		{"list[name=*__two].v", []string{"2"}, true},
		{"list[name=three].v", nil, true},
		{"members.*.v", []string{"4", "5"}, true},
		{"members.*__two.v", []string{"5"}, true},
		{"members.gone", nil, true},
		{"members[name=x].v", nil, true},
		{"**.v", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}, false},
		{"unsure.k", []string{"k"}, true},
		{"unsure.l", nil, false},
		{"more[name=one].v", []string{"6"}, false},
		{"nameless[name=one].v", nil, false},
		{"chosen.v", []string{"8", "9"}, true},
		{"either[name=one].v", []string{"10"}, true},
		{"unknown[name=one].v", nil, false},
		{"open[name=one].v", nil, false},
	} {
		found, exact := facts.Places(body, "properties."+c.path)
		var got []string
		for _, at := range found {
			if s, ok := at.Value.Str(); ok {
				got = append(got, s)
			}
		}
		if !slices.Equal(got, c.want) || exact != c.exact {
			t.Errorf("%s: %q, exact %v; want %q, %v", c.path, got, exact, c.want, c.exact)
		}
	}
	chosen, _ := facts.Places(body, "properties.either[name=one].v")
	if len(chosen) != 1 || len(chosen[0].When) != 1 || chosen[0].Around.Get("v").Kind != value.String {
		t.Errorf("%+v", chosen)
	}
}
