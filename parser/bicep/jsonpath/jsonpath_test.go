package jsonpath

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/parser/source"
	"github.com/rolecall/rolecall/parser/template"
)

const document = `{
	"name": "shop", "a-b": 1, "a.b": 2, "it's": 3, "none": null, "": 4,
	"list": [10, 11, 12, 13],
	"regions": {"north": {"name": "n", "open": true}, "south": {"name": "s", "open": false}},
	"roles": [
		{"name": "reader", "power": 1, "on": true, "ids": ["r1", "r2"]},
		{"name": "writer", "power": 2.5, "on": false, "ids": []},
		{"name": "owner", "power": 9, "who": {"kind": "group"}}
	]
}`

func TestSelect(t *testing.T) {
	tests := []struct{ path, want string }{
		{"$", "{…}"}, {"", "{…}"},
		{"name", "shop"}, {".name", "shop"}, {"$.name", "shop"}, {"$['name']", "shop"}, {`$["name"]`, "shop"}, {"$.['name']", "shop"},
		{"Name", ""}, {"gone", ""}, {"name.more", ""}, {"list.name", ""},
		{".a-b", "1"}, {"['a.b']", "2"}, {`['it\'s']`, "3"}, {`["it's"]`, "3"}, {"none", "null"}, {"['']", "4"},
		{"list[0]", "10"}, {"list[3]", "13"}, {"list[4]", ""}, {"list[1, 3]", "11 13"}, {"list[3,1]", "13 11"},
		{"list[*]", "10 11 12 13"}, {"list[1:3]", "11 12"}, {"list[-2:]", "12 13"}, {"list[:-3]", "10"}, {"list[::2]", "10 12"}, {"list[1::2]", "11 13"},
		{"['name','a-b']", "shop 1"}, {"['a-b', 'name']", "1 shop"},
		{"regions.*.name", "n s"}, {"regions[*]", ""}, {"list.*", ""},
		{"..kind", "group"}, {"roles..name", "reader writer owner"}, {"..name", "shop n s reader writer owner"}, {"roles[0]..*", "reader 1 true […] r1 r2"},
		{"roles[?(@.name == 'writer')].power", "2.5"}, {"roles[?(@.name=='writer')].power", "2.5"}, {`roles[?(@.name == "owner")].who.kind`, "group"},
		{"roles[?(@.power > 2)].name", "writer owner"}, {"roles[?(@.power >= 2.5 && @.power < 9)].name", "writer"},
		{"roles[?(@.power <= 1 || @.name == 'owner')].name", "reader owner"}, {"roles[?(@.on)].name", "reader writer"}, {"roles[?(@.on == true)].name", "reader"},
		{"roles[?(@.on != true)].name", "writer"}, {"roles[?(@.who.kind != 'user')].name", "owner"}, {"roles[?(@.who == 'x')].name", ""}, {"roles[?(@.who != 'x')].name", "owner"},
		{"roles[?(@.ids[*] == 'r2')].name", "reader"}, {"roles[?((@.on || @.who) && (@.power > 1))].name", "writer owner"}, {"roles[?(@.name == $.roles[2].name)].power", "9"},
		{"list[?(@ > 11)]", "12 13"}, {"list[?(@ == null)]", ""}, {"roles[?(@.name < 'p')].name", "owner"},
		{"roles[?(@.name > 1)].name", "?"},
		{".", "!"}, {"$.", "!"}, {"$..", "!"}, {"list[-1]", "!"}, {"list[x]", "!"}, {"list[0", "!"}, {"['name]", "!"}, {"['a\\n']", "!"}, {"list[::-1]", "!"}, {"list[1:2:3:4]", "!"},
		{"roles[?(@.name =~ /r.*/)]", "!"}, {"roles[?(@.name === 'x')]", "!"}, {"roles[?@.on]", "!"}, {"roles[?(@.on]", "!"}, {"roles[?(x)]", "!"}, {"..[0]", "!"}, {"name x", "!"},
		{"roles[?" + strings.Repeat("(", 40) + "@.on" + strings.Repeat(")", 40) + "]", "!"}, {strings.Repeat(".a", 3000), "!"},
	}
	tree := template.NewFile(source.Parse("shop.json", []byte(document))).Tree()
	for _, x := range tests {
		if got := picked(tree, x.path); got != x.want {
			t.Errorf("%.60s picks %q, want %q", x.path, got, x.want)
		}
	}
}

// picked shows what a path picks: "!" of one that is not understood, "?" if it is
// not known.
func picked(tree template.Tree, path string) string {
	p, ok := Parse(path)
	if !ok {
		return "!"
	}
	list, ok := p.Select(tree)
	if !ok {
		return "?"
	}
	var out []string
	for _, v := range list {
		switch v.Kind() {
		case template.Object:
			out = append(out, "{…}")
		case template.Array:
			out = append(out, "[…]")
		case template.Null:
			out = append(out, "null")
		case template.True:
			out = append(out, "true")
		case template.False:
			out = append(out, "false")
		default:
			out = append(out, v.Text())
		}
	}
	return strings.Join(out, " ")
}

func FuzzSelect(f *testing.F) {
	for _, path := range []string{"$..name", "roles[?(@.power >= 2.5 && (@.on || !@.x))].name", "list[-2:]", "['a','b'].*", "roles[?(@..x != $..y)]"} {
		f.Add(path)
	}
	tree := template.NewFile(source.Parse("shop.json", []byte(document))).Tree()
	f.Fuzz(func(t *testing.T, path string) {
		if p, ok := Parse(path); ok {
			list, _ := p.Select(tree)
			for _, v := range list {
				if v == nil {
					t.Fatalf("%q picks nothing", path)
				}
			}
		}
	})
}
