package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestMentions reads what the text of a template mentions.
func TestMentions(t *testing.T) {
	told := func(m mention, ok bool, names ...string) string {
		if !ok {
			return ""
		}
		kind := [...]string{"list", "variable", "parameter", "output", "written"}[m.kind]
		for _, n := range names {
			if m.name == hashOf(n) {
				return kind + " " + n
			}
		}
		return kind + " ?"
	}
	for text, want := range map[string]string{
		"listKeys(":                   "list listkeys",
		"x.LISTkeys(":                 "list listkeys",
		"listKeys (":                  "list listkeys",
		"parameters  ( 'name' )":      "parameter name",
		"list(":                       "list list",
		"lis(":                        "",
		"my_listKeys(":                "",
		"enlist(":                     "",
		"variables('Name')":           "variable name",
		"Variables( 'name')":          "variable name",
		`variables(\u0027name\u0027)`: "variable name",
		"parameters('name')":          "parameter name",
		"parameters(name)":            "",
		"parameters('')":              "",
		"parameters('name":            "",
		"parameter('name')":           "",
		"lambdaVariables('name')":     "",
		"reference('name')":           "",
		"(":                           "",
	} {
		m, ok := mention{}, false
		for _, c := range callsIn(text) {
			m, ok = mentionOf(text, c)
		}
		if got := told(m, ok, "listkeys", "list", "name"); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
		if ok && !strings.HasPrefix(text[m.at:], wordBefore(text, strings.IndexByte(text, '('))) {
			t.Errorf("%s: it is at %d", text, m.at)
		}
	}
	for text, want := range map[string]string{
		".outputs.name.value":      "name",
		".outputs['name'].value":   "name",
		"'outputs', 'name')":       "name",
		`\u0027outputs.name`:       "name",
		".outputs[variables('x')]": "any",
		".outputs, variables('x')": "any",
		".outputs":                 "none",
		".outputs)":                "any",
		"outputs.name":             "none",
		"_outputs.name":            "none",
		".outputs.na_me2.value":    "na_me2",
		".outputsname":             "any",
		".outputs['na-me']":        "na", // a filter, for which the beginning does
	} {
		name, ok := outputAt(text, strings.Index(text, "utputs")+len("utputs"))
		got := "other"
		switch {
		case !ok:
			got = "none"
		case name == allOutputs:
			got = "any"
		default:
			for _, n := range []string{"name", "na_me2", "na"} {
				if name == hashOf(n) {
					got = n
				}
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"listKeys(x)": true, "a(list(x))": true, "LISTx(": true, "a(b)": false, "list": false, "lis(": false, "": false, "enlist(": false, "a( b(": false,
	} {
		if got := slices.ContainsFunc(callsIn(text), func(c textCall) bool { return c.kind == listCall }); got != want {
			t.Errorf("%q calls a list function: %v", text, got)
		}
	}
	if hashOf("Name") != hashOf("nAME") || hashOf("name") == hashOf("names") || hashOf("@") == hashOf("`") || hashOf("[") == hashOf("{") || hashOf("A") != hashOf("a") || hashOf("Z") != hashOf("z") {
		t.Error("hashes of names look at case, or at too much")
	}
}

// TestFlowForms follows a credential through each form of template and value.
func TestFlowForms(t *testing.T) {
	const key = `[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'st'), '2023-05-01').keys[0].value]`
	const id = `resourceId('Microsoft.Storage/storageAccounts', 'st')`
	output := func(name, value string) string {
		return fmt.Sprintf(`{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "parameters": {"b": {"type": "bool"}, "i": {"type": "int"}, "o": {"type": "object"}, "s": {"type": "securestring"}, "so": {"type": "secureObject"}},
			"variables": {"copy": [{"name": "many", "count": 2, "input": "%s"}], "all": {"a": ["%s"]}},
			"resources": [], "outputs": {"%s": %s}}`, key, key, name, value)
	}
	text := func(expression string) string { return output("o", `{"type": "string", "value": "`+expression+`"}`) }
	for _, c := range []struct {
		name, template string
		want           []string
	}{
		{"output", text(key), []string{"listKeys keys.0.value at "}},
		{"output of copies", output("o", `{"type": "array", "copy": {"count": 2, "input": "`+key+`"}}`), []string{"listKeys keys.0.value at []", "listKeys keys.0.value at []"}},
		{"loop of a variable", text("[variables('many')[1]]"), []string{"listKeys keys.0.value at "}},
		{"object", text("[variables('all')]"), []string{"listKeys keys.0.value at a[]"}},
		{"whole result", text("[listKeys(" + id + ", '1')]"), []string{"listKeys  at "}},
		{"name of a key", text("[listKeys(" + id + ", '1').keys[0].keyName]"), nil},
		{"length", text("[length(listKeys(" + id + ", '1').keys)]"), nil},
		{"whether it is", text("[empty(listKeys(" + id + ", '1').keys[0].value)]"), nil},
		{"hash", text("[uniqueString(listKeys(" + id + ", '1').keys[0].value)]"), nil},
		{"guid", text("[guid(listKeys(" + id + ", '1').keys[0].value)]"), nil},
		{"part of it", text("[split(listKeys(" + id + ", '1').keys[0].value, '=')[0]]"), []string{"listKeys keys.0.value.… at "}},
		{"in base64", text("[base64(listKeys(" + id + ", '1').keys[0].value)]"), []string{"listKeys keys.0.value at "}},
		{"first key", text("[first(listKeys(" + id + ", '1').keys).value]"), []string{"listKeys keys.value at "}},
		{"in one case", text("[if(parameters('b'), listKeys(" + id + ", '1').keys[0].value, 'x')]"), []string{"listKeys keys.0.value at  when parameters('b')"}},
		{"in both cases", text("[if(parameters('b'), listKeys(" + id + ", '1').keys[0].value, listKeys(" + id + ", '1').keys[1].value)]"), []string{"listKeys keys.0.value at "}},
		{"secure parameter", text("[parameters('s')]"), []string{"s  at "}},
		{"part of a secure object", text("[parameters('so').a.b]"), []string{"so a.b at "}},
		{"secure parameter in a text", text("[concat('a', parameters('s'))]"), []string{"s  at "}},
		{"length of a secure parameter", text("[length(parameters('s'))]"), nil},
		{"secure output", output("o", `{"type": "securestring", "value": "`+key+`"}`), nil},
		{"another list function", text("[listKeyValue(" + id + ", '1').value]"), nil},
		{"written out", text("AccountName=st;AccountKey=" + shortKey), []string{"an access key  at "}},
		{"written out beside a hole", text("[concat('AccountName=', parameters('o').x, ';AccountKey=" + shortKey + "')]"), []string{"an access key  at "}},
		{"two at once", text("[concat(parameters('s'), listKeys(" + id + ", '1').keys[0].value)]"), []string{"s  at ", "listKeys keys.0.value at "}},
	} {
		var got []string
		for _, f := range flowsOf(t, c.template) {
			s := f.Source.Name + " " + strings.Join(f.Source.Path, ".") + " at " + f.Sink.Path()
			if len(f.When) > 0 {
				s += " when " + f.When.String()
			}
			got = append(got, s)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}
