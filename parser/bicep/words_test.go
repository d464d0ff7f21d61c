package bicep

import "testing"

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"the Group of parameters('operators')":                          "the Group of operators",
		"only if not parameters('on') and empty(variables('given'))":    "only if not on and empty(given)",
		"‹parameters('a')›-‹parameters('b')›":                           "‹a›-‹b›",
		"variables('_12.names')[0]":                                     "names[0]",
		"map(x, lambdaVariables('y').id)":                               "map(x, y.id)",
		"reference('site').outputs.id.value":                            "site.outputs.id",
		"reference('site').outputs.id.value.name":                       "site.outputs.id.name",
		"reference('site').enabled":                                     "site.properties.enabled",
		"reference('site::slot', '2023-12-01', 'full').identity":        "site::slot.identity",
		"listOutputsWithSecureValues('site', '2025-04-01').key":         "site.outputs.key",
		"variables('$fxv#0')":                                           "variables('$fxv#0')",
		"parameters('no name')":                                         "parameters('no name')",
		"parameters('lo…":                                               "parameters('lo…",
		"reference('site', '2023-12-01').x":                             "reference('site', '2023-12-01').x",
		"resourceId('Microsoft.Web/sites', parameters('x'))":            "resourceId('Microsoft.Web/sites', x)",
		"contoso.parameters('x') myparameters('x') 'parameters('x')":    "contoso.parameters('x') myparameters('x') 'parameters('x')",
		"reference(resourceId('Microsoft.Web/sites', 'a')).outputs.x.b": "reference(resourceId('Microsoft.Web/sites', 'a')).outputs.x.b",
		"uniqueString('web2', deployment().name)":                       "uniqueString('web2', deployment().name)",
		"": "",
	} {
		if got := Words(text); got != want {
			t.Errorf("Words(%q) is %q, want %q", text, got, want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("the Group of parameters('operators'), reference('a').outputs.b.value and reference('c', 'v', 'full').d")
	f.Fuzz(func(t *testing.T, text string) {
		once := Words(text)
		if len(once) > len(text)+len(text)/2 {
			t.Errorf("%q becomes %q", text, once)
		}
	})
}
